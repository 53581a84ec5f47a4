"""Storm mode is proposed, confirmed once, changed and ended; each step says who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from storage import rounds, storms, webchat
from storage.outbox import Kind
from storage.people import Role, Speaker, people_of, people_with
from storage.rounds import Round
from storage.storms import Storm
from tickets import notices
from tickets.acts import rollcalls
from tickets.acts.promising import hasten as hasten_ticket
from tickets.acts.promising import is_hastened
from tickets.moment import Moment
from tickets.moves import ALIVE
from tickets.stormreport import report

MAY = (Role.COORDINATOR, Role.LEADER)
"""Who switches it on and off, and hears how the communes are."""


PREVIEW_VALID = timedelta(hours=1)
"""After that a preview of a storm that is not on yet switches nothing on."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a proposal would change, for its preview."""

    added: list[str]
    removed: list[str]
    people: int
    """How many report for the added communes."""
    without: list[str]
    """Added communes in which nobody can be asked."""
    kept: int
    """Open tickets of the added communes whose deadlines stay."""


def wanted(running: Storm | None, how: str, communes: Sequence[str]) -> list[str]:
    """The communes as they would be: `how` is add or remove."""
    now = list(running.communes) if running else []
    if how == "remove":
        return [code for code in now if code not in set(communes)]
    return list(dict.fromkeys([*now, *communes]))


async def propose(moment: Moment, who: Speaker, communes: Sequence[str], every: int) -> Storm:
    """A preview of the communes and hours as they would be; no communes at all is the end of it.

    Whatever was proposed before counts no more.
    """
    assert who.person is not None and who.person.id is not None
    storm = await storms.current(moment.session)
    if storm is None:
        storm = Storm(by=who.person.id, version=0, created_at=moment.now)
        moment.session.add(storm)
    storm.version += 1
    storm.wanted = {"communes": list(communes), "every": every} if communes else {"off": True}
    await moment.session.flush()
    return storm


async def change_of(moment: Moment, storm: Storm) -> Change:
    """What a proposal would change."""
    now, then = storm.communes, storm.wanted.get("communes", [])
    added = [code for code in then if code not in set(now)]
    heard = await storms.heard_of(moment.session, added)
    people = {
        person for code in added for person in await people_of(moment.session, code, Role.REPORTER)
    }
    open_ones = await storms.tickets_of(moment.session, added, list(ALIVE))
    return Change(
        added,
        [code for code in now if code not in set(then)],
        len(people),
        [code for code in added if code not in heard],
        sum(is_hastened(moment, ticket.urgency) for ticket in open_ones),
    )


async def confirm(moment: Moment, storm: Storm, who: Speaker, address: str) -> int:
    """Do what was proposed; how many tickets from before keep their deadlines.

    `address` is where people reach the pages: the report at the end has a link.

    The caller has asked `storage.storms.locked` and compared the version.
    """
    change = await change_of(moment, storm)
    was_on, off = storm.is_on, bool(storm.wanted.get("off"))
    asked, storm.wanted = storm.wanted, {}
    storm.version += 1
    if off:
        await _end(moment, storm, who, address)
        return 0
    storm.communes, storm.every = asked["communes"], asked["every"]
    storm.since = storm.since or moment.now
    kind = "changed" if was_on else "on"
    storms.log(
        moment.session, storm, kind, at=moment.now, actor=who.actor,
        communes=storm.communes, every=storm.every,
    )  # fmt: skip
    await _tell_over(moment, change.removed)
    await rollcalls.ask(moment, storm, change.added, is_first=True)
    await _keep_round(moment, storm, was_on=was_on)
    await _tell_others(moment, storm, who)
    return change.kept


async def _keep_round(moment: Moment, storm: Storm, *, was_on: bool) -> None:
    """The round that asks again: from now when it begins, and when its hours change."""
    name, subject = rollcalls.ROLL_CALL, str(storm.id)
    row = await rounds.named(moment.session, name, subject)
    if row is None:
        row = Round(name=name, subject=subject)
        moment.session.add(row)
    next_call = moment.now + timedelta(hours=storm.every)
    if was_on and (kept := rollcalls.next_call(row)) is not None:
        next_call = min(kept, next_call)
    row.kept = {"ask_at": next_call.isoformat()}
    row.next_due_at = await rollcalls.next_due(moment, storm, next_call)


async def _tell_over(moment: Moment, communes: Sequence[str]) -> None:
    """The people of these communes hear that it is over for them."""
    for commune in communes:
        for person in await people_of(moment.session, commune, Role.REPORTER):
            say = await notices.texts_of(moment, person)
            notices.post(moment, Kind.NOTICE, say.storm_over(commune), person=person)


async def _tell_others(moment: Moment, storm: Storm, who: Speaker) -> None:
    """The other coordinators and leaders hear who has switched what."""
    doing = who.person
    for person in await people_with(moment.session, *MAY):
        if doing is not None and person != doing.id:
            say = await notices.texts_of(moment, person)
            told = say.storm_told(doing.name, storm, moment.now)
            notices.post(moment, Kind.NOTICE, told, person=person)


async def _end(moment: Moment, storm: Storm, who: Speaker, address: str) -> None:
    """Off: nobody is asked any more, what is open keeps its deadlines, and all is reported."""
    storm.until = moment.now
    storms.log(moment.session, storm, "off", at=moment.now, actor=who.actor)
    row = await rounds.named(moment.session, rollcalls.ROLL_CALL, str(storm.id))
    if row is not None:
        row.next_due_at = None
    await rollcalls.call_off(moment, storm)
    await _tell_over(moment, storm.communes)
    await _tell_others(moment, storm, who)
    for person in await people_with(moment.session, *MAY):
        purpose = f"{webchat.STORM}:{storm.id}"
        token = webchat.make_link(
            moment.session, person, purpose, moment.now, valid=webchat.LETTER_VALID
        )
        say = await notices.texts_of(moment, person)
        text = await report(moment, storm, say, f"{address}/storms/{token}")
        notices.post(moment, Kind.NOTICE, text, person=person)


async def drop(moment: Moment, storm: Storm) -> None:
    """Think better of a proposal; a storm that never began is over with it."""
    storm.wanted, storm.version = {}, storm.version + 1
    if storm.since is None:
        storm.until = moment.now


async def hasten(moment: Moment, storm: Storm, who: Speaker) -> int:
    """Let the tickets from before run by the storm's deadlines too; how many there were."""
    storm.version += 1
    found = await storms.tickets_of(moment.session, storm.communes, list(ALIVE), lock=True)
    done = [
        ticket.code
        for ticket in found
        if await hasten_ticket(moment, ticket, storm, actor=who.actor)
    ]
    storms.log(moment.session, storm, "hastened", at=moment.now, actor=who.actor, tickets=done)
    return len(done)
