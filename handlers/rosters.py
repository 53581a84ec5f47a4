"""/truc, /vang: who is on duty, who is away and who stands in."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.reply import Reply
from province.text import fold
from storage import rosters
from storage.people import Person, Speaker
from storage.rosters import Shift
from tickets.acts import rosters as acts
from tickets.asking import read_unit
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.spans import Span, read_span

OVER = frozenset({"het", "xong", "huy", "da ve", "ve"})
"""Words that end an absence."""
DROPS = ("xoa", "bo", "huy")
"""Words before a shift's number that take it out."""


def named(everybody: Sequence[Person], words: str) -> list[Person]:
    """The people whom some words name: the whole name, else a part of it, without marks."""
    wanted = fold(words).strip(" .!,:")
    if not wanted:
        return []
    whole = [person for person in everybody if fold(person.name) == wanted]
    parts = f" {wanted} "
    return whole or [person for person in everybody if parts in f" {fold(person.name)} "]


async def find(moment: Moment, who: Speaker, words: str, reply: Reply) -> Person | None:
    """The one person whom some words name, or None after asking again."""
    found = named(await acts.candidates(moment, who), words)
    if len(found) == 1:
        return found[0]
    reply(reply.say.which_person([person.name for person in found]))
    return None


def argument(said: Incoming) -> str:
    """What follows the command."""
    return said.text.partition(" ")[2].strip()


async def roster_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/truc shows the roster, sets a shift, or takes one out."""
    words = argument(said)
    first, _space, rest = fold(words).partition(" ")
    if not words:
        for unit in acts.desk_units(who):
            await _show(moment, unit, reply)
    elif first in DROPS and rest.strip().isdecimal():
        await _drop(moment, who, int(rest), reply)
    elif (span := read_span(words, moment.now, moment.rules.zone)) is not None:
        await _set(moment, who, span, reply)
    elif len(units := read_unit(words, moment.rules.units)[0]) == 1:
        await _show_other(moment, who, units[0], reply)
    else:
        reply(reply.say.how_to_set_duty())


async def _show(moment: Moment, unit: str, reply: Reply) -> None:
    lines = []
    for shift in await rosters.shifts_of(moment.session, unit, moment.now):
        person = await moment.session.get(Person, shift.person_id)
        name = person.name if person else ""
        at = (shift.starts_at, shift.ends_at, moment.now)
        lines.append(reply.say.shift(shift.id or 0, name, *at))
    reply(reply.say.roster(unit, lines), numbered=False)


async def _show_other(moment: Moment, who: Speaker, unit: str, reply: Reply) -> None:
    if unit in acts.desk_units(who) or acts.may_manage(who, unit):
        await _show(moment, unit, reply)
    else:
        reply(reply.say.not_allowed())


async def _drop(moment: Moment, who: Speaker, number: int, reply: Reply) -> None:
    shift = await moment.session.get(Shift, number)
    if shift is None or shift.ends_at <= moment.now or not acts.may_manage(who, shift.unit):
        reply(reply.say.no_such_shift())
        return
    person = await moment.session.get(Person, shift.person_id)
    await acts.drop_shift(moment, shift)
    reply(reply.say.shift_dropped(person.name if person else "", shift.unit))


async def _set(moment: Moment, who: Speaker, span: Span, reply: Reply) -> None:
    name, _at, place = span.name.partition(" tai ")
    person = await find(moment, who, name, reply)
    if person is None:
        return
    wanted = read_unit(place, moment.rules.units)[0] if place else ()
    theirs = await acts.units_of(moment, person)
    units = [unit for unit in sorted(theirs) if unit in wanted or not place]
    if span.ends <= moment.now or not units:
        reply(reply.say.how_to_set_duty())
    elif not acts.may_manage(who, units[0]):
        reply(reply.say.not_allowed())
    else:
        await acts.set_shift(moment, units[0], person, span.begins, span.ends)
        at = (span.begins, span.ends, moment.now)
        reply(reply.say.on_duty_set(person.name, units[0], *at))


async def absence_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/vang shows who is away, says that somebody will be, or is back."""
    words = argument(said)
    folded = fold(words).strip(" .!")
    ends = next((word for word in OVER if folded == word or folded.endswith(f" {word}")), "")
    if not words:
        await _show_absences(moment, who, reply)
    elif (span := read_span(words, moment.now, moment.rules.zone)) is not None:
        await _be_away(moment, who, span, reply)
    elif ends:
        await _be_back(moment, who, folded.removesuffix(ends).strip(), reply)
    else:
        reply(reply.say.how_to_be_away())


async def _show_absences(moment: Moment, who: Speaker, reply: Reply) -> None:
    everybody = {person.id or 0: person for person in await acts.candidates(moment, who)}
    lines = []
    for absence in await rosters.absences_of(moment.session, everybody, moment.now):
        deputy = await moment.session.get(Person, absence.deputy_id or 0)
        name, stands_in = everybody[absence.person_id].name, deputy.name if deputy else ""
        at = (absence.starts_at, absence.ends_at, moment.now)
        lines.append(reply.say.absence(name, stands_in, *at))
    reply(reply.say.absences(lines))


async def _person(moment: Moment, who: Speaker, name: str, reply: Reply) -> Person | None:
    """Whose absence it is: the speaker's own, or that of somebody they decide about."""
    if not name:
        return who.person
    person = await find(moment, who, name, reply)
    if person is None or (who.person is not None and person.id == who.person.id):
        return person
    units = await acts.units_of(moment, person)
    if any(acts.may_manage(who, unit) for unit in units):
        return person
    reply(reply.say.not_allowed())
    return None


async def _be_away(moment: Moment, who: Speaker, span: Span, reply: Reply) -> None:
    person = await _person(moment, who, span.name, reply)
    deputy = await find(moment, who, span.deputy, reply) if person and span.deputy else None
    if person is None or (span.deputy and deputy is None):
        return
    if span.ends <= moment.now:
        reply(reply.say.how_to_be_away())
        return
    if deputy is not None and not await _fits(moment, person, deputy, span):
        reply(reply.say.deputy_unfit(deputy.name))
        return
    at = (span.begins, span.ends)
    await acts.set_absence(moment, who, person, deputy, *at)
    text = reply.say.absence(person.name, deputy.name if deputy else "", *at, moment.now)
    relying = await _relying_on(moment, person, span)
    reply(f"{text}\n{reply.say.still_deputy(', '.join(relying))}" if relying else text)


async def _fits(moment: Moment, person: Person, deputy: Person, span: Span) -> bool:
    """Whether a deputy works in the same unit and is there all the time."""
    if deputy.id == person.id:
        return False
    if not await acts.units_of(moment, person) & await acts.units_of(moment, deputy):
        return False
    theirs = await rosters.absences_of(moment.session, [deputy.id or 0], moment.now)
    return not any(one.starts_at < span.ends and one.ends_at > span.begins for one in theirs)


async def _relying_on(moment: Moment, person: Person, span: Span) -> list[str]:
    """The names of those for whom somebody who goes away was to stand in."""
    found = await rosters.deputised(moment.session, person.id or 0, moment.now)
    away = [one for one in found if one.starts_at < span.ends and one.ends_at > span.begins]
    people = [await moment.session.get(Person, one.person_id) for one in away]
    return [one.name for one in people if one is not None]


async def _be_back(moment: Moment, who: Speaker, name: str, reply: Reply) -> None:
    person = await _person(moment, who, name, reply)
    if person is None:
        return
    was_away = await acts.end_absences(moment, person)
    say = reply.say
    reply(say.absence_over(person.name) if was_away else say.nobody_away(person.name))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(roster_asked, Command("truc", "trực", "lichtruc"))
    router.message.register(absence_asked, Command("vang", "vắng"))
