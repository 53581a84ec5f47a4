"""A person asks about their own data; an administrator answers, puts off once, and does it."""

from datetime import datetime, time, timedelta

from storage import data_requests, people
from storage.data_requests import DataRequest
from storage.outbox import Kind
from storage.people import Person, Role, Speaker
from storage.rounds import Round
from tickets import access, moves, notices
from tickets.acts import anonymising, freezing, rosters
from tickets.acts.opening import next_opening
from tickets.acts.yearly import opening_from
from tickets.deadlines import after
from tickets.moment import Moment

REMINDER = "data_request"
"""The round that reminds administrators; its subject is the request's number."""


async def ask(moment: Moment, who: Speaker, kind: str, words: str = "") -> DataRequest:
    """Note a request and tell the administrators; asked again it is the same request.

    The clocks are the pack's: by default two working days to answer, 15 days to have it done
    (Law 91/2025/QH15 and Decree 356/2025/NĐ-CP).
    """
    assert who.person is not None and who.person.id is not None
    known = await data_requests.open_of(moment.session, who.person.id, kind)
    if known is not None:
        known.words = known.words or words
        return known
    policy, calendar = moment.rules.pack.policies.personal_data, moment.rules.calendar
    row = DataRequest(
        person_id=who.person.id,
        kind=kind,
        words=words,
        made_at=moment.now,
        answer_by=after(policy.answer, moment.now, "office", calendar),
        stop_by=after(policy.stop, moment.now, "wall", calendar),
    )
    moment.session.add(row)
    await moment.session.flush()
    due = _morning_of(moment, row.answer_by)
    moment.session.add(Round(name=REMINDER, subject=str(row.id), next_due_at=due))
    units = ", ".join(notices.texts(moment).unit(unit) for unit, _ in who.duties)
    told = notices.texts(moment).data_request_told(row, who.person.name, units, moment.now)
    await notices.tell_role(moment, Role.ADMIN, told)
    return row


def withdraw(moment: Moment, row: DataRequest) -> None:
    """The person takes it back. Raises moves.Stale for one that has ended."""
    if row.ended_at is not None:
        raise moves.Stale
    _end(moment, row, "withdrawn")


async def answer(moment: Moment, who: Speaker, row: DataRequest, words: str, *, yes: bool) -> None:
    """Accept or refuse, in words that the person reads. Raises NotAllowed and moves.Stale."""
    _require(who, row)
    if row.answered_at is not None:
        raise moves.Stale
    row.answered_at, row.answer, row.by = moment.now, words, _id(who)
    row.version += 1
    if not yes:
        _end(moment, row, "refused")
    person = await moment.session.get(Person, row.person_id)
    assert person is not None
    say = notices.texts(moment, person.language)
    _tell(moment, person, say.data_request_answered(row, moment.now, yes=yes))


async def extend(moment: Moment, who: Speaker, row: DataRequest, why: str) -> None:
    """Put the deadline for doing it off, once, and tell the person why."""
    _require(who, row)
    if row.extended_at is not None:
        raise moves.Stale
    period = moment.rules.pack.policies.personal_data.extension
    row.stop_by = after(period, row.stop_by, "wall", moment.rules.calendar)
    row.extended_at, row.by = moment.now, _id(who)
    row.version += 1
    person = await moment.session.get(Person, row.person_id)
    assert person is not None
    say = notices.texts(moment, person.language)
    _tell(moment, person, say.data_request_extended(row, why, moment.now))


async def carry_out(moment: Moment, who: Speaker, row: DataRequest) -> None:
    """Do what was accepted: make nameless, stop processing, or note that it is corrected.

    Raises NotAllowed, also for whoever else may not shut the person out; moves.Stale unless the
    person was answered first.
    """
    _require(who, row)
    person = await moment.session.get(Person, row.person_id, with_for_update=True)
    if row.answered_at is None or person is None:
        raise moves.Stale
    if row.kind == "delete":
        await anonymising.anonymise(moment, who, person)
    elif row.kind == "restrict" and person.active:
        await rosters.hand_over(moment, who, person, None)
        await freezing.freeze(moment, who, person)
    row.by = _id(who)
    if row.kind == "delete":
        row.words = row.answer = ""
    _end(moment, row, "done")


def _end(moment: Moment, row: DataRequest, outcome: str) -> None:
    row.outcome, row.ended_at = outcome, moment.now
    row.version += 1


def _require(who: Speaker, row: DataRequest) -> None:
    """Administrators decide, and nobody about their own request."""
    if not who.holds(Role.ADMIN) or _id(who) == row.person_id:
        raise access.NotAllowed
    if row.ended_at is not None:
        raise moves.Stale


def _id(who: Speaker) -> int:
    assert who.person is not None and who.person.id is not None
    return who.person.id


def _tell(moment: Moment, person: Person, text: str) -> None:
    notices.post(moment, Kind.NOTICE, text, person=person.id)


def _morning_of(moment: Moment, due: datetime) -> datetime:
    """As offices open on the day on which something is due, or as soon as they do."""
    calendar = moment.rules.calendar
    return opening_from(calendar.local_date(due), calendar, moment.now)


async def remind(moment: Moment, round_: Round) -> datetime | None:
    """Tell the administrators what is due today or overdue, each working day until it ends.

    What is overdue the coordinators hear as well.
    """
    row = await data_requests.by_id(moment.session, int(round_.subject))
    if row is None or row.ended_at is not None:
        return None
    due = row.stop_by if row.answered_at else row.answer_by
    midnight = datetime.combine(moment.today + timedelta(days=1), time(), moment.rules.zone)
    if due >= midnight:
        return _morning_of(moment, due)
    names = await people.names_of(moment.session, [row.person_id])
    told = notices.texts(moment).data_request_due(row, names.get(row.person_id, ""), moment.now)
    await notices.tell_role(moment, Role.ADMIN, told)
    if due < moment.now:
        await notices.tell_role(moment, Role.COORDINATOR, told)
    return next_opening(moment)
