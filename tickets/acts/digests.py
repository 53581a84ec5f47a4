"""The morning digest: to every leader and coordinator, one each, of the present state."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage import rounds
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.rounds import Round
from tickets import digest, notices, quiet, standing_in
from tickets.acts import clusters
from tickets.buttons import Press, button
from tickets.digest import Reader
from tickets.moment import Moment
from tickets.storms import is_storm
from tickets.texts import Texts
from tickets.usage import count, month_of

DIGEST = "digest"
A_DAY = timedelta(days=1)


def next_morning(moment: Moment, *, daily: bool = False) -> datetime:
    """When it is told next (UTC): at the pack's hour, on a working day unless `daily`."""
    day = moment.today
    while True:
        at = _at(moment, day)
        if at > moment.now and (daily or moment.rules.calendar.is_working_day(day)):
            return at
        day += A_DAY


def next_look(moment: Moment) -> datetime:
    """When it is looked whether one is told (UTC): each day, as a storm may begin on a day off."""
    return next_morning(moment, daily=True)


def _at(moment: Moment, day: date) -> datetime:
    at = moment.rules.pack.policies.digest.at
    return datetime.combine(day, at, moment.rules.zone).astimezone(UTC)


async def tell(moment: Moment, row: Round) -> datetime:
    """Tell everybody how things stand; whoever did not get one before the next is told that.

    A digest that was missed comes late the same day; at night or on a day off the next one serves.
    """
    daily = await is_storm(moment)
    is_working = daily or moment.rules.calendar.is_working_day(moment.today)
    if not is_working or quiet.ends(moment.now, moment.rules.zone) is not None:
        return next_look(moment)
    told_at = row.kept.get("at")
    since = datetime.fromisoformat(told_at) if told_at else moment.now - A_DAY
    await clusters.review(moment)
    use = await count(moment.session, month_of(moment.now, moment.rules.zone), moment.now)
    found = replace(await digest.gather(moment, since), seen=_seen(row), use=use)
    chosen = await _each_once(moment, await digest.readers(moment))
    link = _link(moment)
    for reader in chosen:
        say = await notices.texts_of(moment, reader.person)
        seen = button(say.label("seen"), Press("seen", more=moment.today.isoformat()))
        notices.post(
            moment,
            Kind.DIGEST,
            say.digest(found, reader.posts, moment.now, link),
            person=reader.person,
            buttons=[[seen]],
            expires_at=next_morning(moment, daily=daily),
        )
    row.kept = {
        "at": moment.now.isoformat(),
        "day": moment.today.isoformat(),
        "sent": len(chosen),
        "seen": [],
    }
    return next_look(moment)


async def on_demand(moment: Moment, who: Speaker, say: Texts) -> str:
    """How things stand at this moment, for one who gets the digest; '' for everybody else.

    New is what came since the last digest, or within a day where none was told yet.
    """
    also = moment.rules.pack.policies.digest.also
    is_reader = who.holds(Role.LEADER, Role.COORDINATOR)
    if not is_reader and not who.units(Role.HEAD, Role.STAFF).intersection(also):
        return ""
    row = await rounds.named(moment.session, DIGEST)
    told_at = row.kept.get("at") if row is not None else None
    since = datetime.fromisoformat(told_at) if told_at else moment.now - A_DAY
    found = await digest.gather(moment, since)
    posts = digest.posts_of(moment, who)
    return say.digest(found, posts, moment.now, _link(moment), asked=True)


def _link(moment: Moment) -> str:
    return f"{moment.address}{digest.PAGE}" if moment.address else ""


def _seen(row: Round) -> tuple[int, int] | None:
    sent = int(row.kept.get("sent", 0))
    return (min(sent, len(row.kept.get("seen", []))), sent) if sent else None


async def _each_once(moment: Moment, found: list[Reader]) -> list[Reader]:
    """Without those who are away and whose deputy hears the same anyway."""
    reading = {reader.person for reader in found}
    kept = []
    for reader in found:
        hearing = await standing_in.receivers(moment, [reader.person])
        if reader.person in hearing or not reading.issuperset(hearing):
            kept.append(reader)
    return kept


async def seen(moment: Moment, who: Speaker, day: str) -> bool:
    """Count that somebody has read a day's digest, once; False for one that is not theirs."""
    assert who.person is not None
    also = moment.rules.pack.policies.digest.also
    hears = who.holds(Role.LEADER, Role.COORDINATOR)
    if not hears and not who.units(Role.HEAD, Role.STAFF).intersection(also):
        return False
    row = await rounds.named(moment.session, DIGEST, lock=True)
    if row is not None and row.kept.get("day") == day:
        read_by = dict.fromkeys([*row.kept.get("seen", []), who.person.id])
        row.kept = {**row.kept, "seen": list(read_by)}
    return True
