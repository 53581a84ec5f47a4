"""What communes have in common: like needs to decide, outages that run; as a list and a map."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import clusters, outages, people
from storage.clusters import Cluster, Taken
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import access
from tickets.acts import clusters as acts
from tickets.clusters import Picture, picture
from tickets.joint_proposals import draft_of
from tickets.moment import Moment
from tickets.texts import Texts
from web import drafts
from web.console.bubbles import Bubble, Point, bubbles
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, looking, texts
from web.doors import Door
from web.forms import read_form, text_of, whole
from web.pages import Problem, base_of
from web.sessions import check_form

DOES = {"lap": "clmake", "thoi": "cldrop", "bo": "clundo"}
"""What a form may ask for, and the press that it equals."""
STATES = {
    Taken.PROPOSED: "cluster_proposed",
    Taken.MADE: "cluster_made",
    Taken.DROPPED: "cluster_dropped",
}
"""The words for how a proposal stands."""
SHOWN = 20
"""Proposals of one page, on its map and in its table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal on the page."""

    picture: Picture
    by: str
    decides: bool
    lines: list[tuple[Point, Point]]
    """Between the communes, on the map."""


async def show(
    request: Request, doors: Door, sitting: Seated, bang: str = "", trang: str = "1"
) -> Response:
    """The proposals that somebody may see; `bang` is the table in place of the map."""
    require(sitting, *access.DESK, *access.ANY_TICKET)
    async with looking(doors) as moment:
        leads = _leads(sitting.who)
        found = await clusters.newest(moment.session, leads)
        last = max(1, -(-len(found) // SHOWN))
        number = max(1, min(last, whole(trang)))
        part = found[(number - 1) * SHOWN : number * SHOWN]
        dots = _dots(moment, rows := await _rows(moment, sitting.who, part))
        return view(
            request,
            sitting,
            moment,
            "clusters.html",
            place="/nhu-cau",
            rows=rows,
            dots=dots,
            as_table=bang == "1",
            number=number,
            last=last,
            waiting=sum(cluster.state == Taken.PROPOSED for cluster in found),
            outages=await _outages(moment, leads),
            states=STATES,
            says=_says(texts(moment, sitting)),
        )


async def _outages(moment: Moment, leads: list[str] | None) -> list[tuple[Ticket, int]]:
    """The shared outages that are open, and how many communes each carries."""
    found = await outages.shared_ones(moment.session, leads)
    return [(row, len(await outages.communes(moment.session, row.id or 0))) for row in found]


def _leads(who: Speaker) -> list[str] | None:
    """The departments of a desk's people; None for who sees all."""
    return None if who.holds(*access.ANY_TICKET) else sorted(who.units(*access.DESK))


def _says(say: Texts) -> dict[str, list[tuple[str, str, str]]]:
    """The forms of each state: what they ask for, its label, and whether it comes first."""
    labels = {
        Taken.PROPOSED: (("lap", "make_cluster"), ("thoi", "drop_cluster")),
        Taken.MADE: (("bo", "undo_cluster"),),
        Taken.DROPPED: (("lap", "make_cluster"),),
    }
    return {
        state: [(do, say.label(name), "first" if do == "lap" else "") for do, name in does]
        for state, does in labels.items()
    }


async def _rows(moment: Moment, who: Speaker, found: Sequence[Cluster]) -> list[Row]:
    names = await people.names_of(moment.session, [cluster.by for cluster in found])
    at = {bubble.code: bubble.at for bubble in bubbles(moment.rules.pack, {})}
    rows = []
    for cluster in found:
        shown = await picture(moment, cluster)
        places = [at[code] for code in shown.group.communes if code in at]
        rows.append(
            Row(
                shown,
                names.get(cluster.by or 0, ""),
                access.decides_for(cluster.lead, who),
                list(itertools.pairwise(places)),
            )
        )
    return rows


def _dots(moment: Moment, rows: Sequence[Row]) -> list[Bubble]:
    """How many open or taken-up needs each commune shares; red where one waits to be decided."""
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.picture.cluster.state == Taken.DROPPED:
            continue
        waits = int(row.picture.cluster.state == Taken.PROPOSED)
        for code in row.picture.group.communes:
            count, late = counts.get(code, (0, 0))
            counts[code] = count + 1, late + waits
    return bubbles(moment.rules.pack, counts)


async def act(request: Request, doors: Door, sitting: Seated, number: int) -> Response:
    """Lập đề xuất chung, Không phải, Bỏ đề xuất: once, on the proposal as it was seen."""
    require(sitting, *access.DESK, *access.ANY_TICKET)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, seen = DOES.get(text_of(form, "viec"), ""), whole(text_of(form, "thay"), otherwise=-1)
    async with acting(doors, sitting) as moment:
        cluster = await _own(moment, sitting, number, lock=True)
        if not access.decides_for(cluster.lead, sitting.who):
            raise Problem(404, "not_there")
        if do and seen and acts.is_fresh(cluster, do, seen):
            await _do(moment, cluster, do, sitting)
    return RedirectResponse(f"{base_of(request)}/nhu-cau#n{number}", 303)


async def _do(moment: Moment, cluster: Cluster, do: str, sitting: Sitting) -> None:
    if do == "clmake":
        await acts.make(moment, cluster, sitting.who)
    elif do == "clundo":
        await acts.undo(moment, cluster, sitting.who)
    else:
        acts.drop(moment, cluster, sitting.who)


async def _own(moment: Moment, sitting: Sitting, number: int, *, lock: bool = False) -> Cluster:
    """A proposal that somebody may see; one answer for what is absent and not theirs."""
    is_number = 0 < number < 2**31
    cluster = await clusters.by_id(moment.session, number, lock=lock) if is_number else None
    leads = _leads(sitting.who)
    if cluster is None or (leads is not None and cluster.lead not in leads):
        raise Problem(404, "not_there")
    return cluster


async def draft(request: Request, doors: Door, sitting: Seated, number: int) -> Response:
    """The proposal as a .docx."""
    require(sitting, *access.DESK, *access.ANY_TICKET)
    async with looking(doors) as moment:
        paper = await draft_of(moment, await _own(moment, sitting, number))
        drafted = await drafts.drafted(moment.session, paper)
    return await drafts.answer(drafted)


def add_routes(router: APIRouter) -> None:
    """The page, its decisions, the draft."""
    router.add_api_route("/nhu-cau", show, methods=["GET"])
    router.add_api_route("/nhu-cau/{number}", act, methods=["POST"])
    router.add_api_route("/nhu-cau/{number}.docx", draft, methods=["GET"])
