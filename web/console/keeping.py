"""What is kept, for how long, and what was copied away, for administrators to look at."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage import rounds
from storage.people import Role
from storage.rounds import Round
from tickets.acts import retention
from tickets.acts.backups import BACKUP, LATE, made_lately
from tickets.moment import Moment
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, looking
from web.doors import Door


async def show(request: Request, doors: Door, sitting: Seated) -> Response:
    """The last backups, and how long each kind of thing stays, with what has gone by it."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        made = [
            one | {"at": datetime.fromisoformat(one["at"]), "mb": one["bytes"] / 1_000_000}
            for one in made_lately(await rounds.named(moment.session, BACKUP))
        ]
        row = await rounds.named(moment.session, retention.RETENTION)
        looked = row.kept.get("looked_at") if row is not None else None
        return view(
            request,
            sitting,
            moment,
            "keeping.html",
            place="/luu-giu",
            made=made,
            late=(moment.now - made[0]["at"]).days if made and _is_late(moment, made[0]) else 0,
            limits=_limits(moment, row),
            looked=datetime.fromisoformat(looked) if looked else None,
        )


def _is_late(moment: Moment, newest: dict[str, Any]) -> bool:
    return bool(moment.now - newest["at"] > LATE)


def _limits(moment: Moment, row: Round | None) -> list[tuple[str, str, int]]:
    """For each kind: for how many days it stays ("" for good), and how many have gone."""
    policy, kept = moment.rules.pack.policies.retention, row.kept if row is not None else {}
    return [
        (kind, getattr(policy, kind).removesuffix(" days"), int(kept.get(kind, 0)))
        for kind in retention.ACTS
    ]


def add_routes(router: APIRouter) -> None:
    """One page to look at."""
    router.add_api_route("/luu-giu", show, methods=["GET"])
