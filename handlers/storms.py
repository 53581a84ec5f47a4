"""/baolu and /tinhhinh: storm mode is previewed and confirmed; how each commune is."""

import re

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Pressed
from handlers.reply import Reply
from province.text import fold
from storage import storms
from storage.people import Speaker
from storage.storms import Storm
from tickets import storms as stormy
from tickets.acts import storms as acts
from tickets.audience import UnknownAudience, audience
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.notices import Buttons

LONGEST = 24
"""Hours between two roll-calls, at most."""
PAGE = 20
"""Communes in one message."""
_EVERY = re.compile(r"\bm(?:ỗ|o|ô|õ)i (\d{1,3}) (?:giờ|gio|tiếng|tieng|h)\b", re.IGNORECASE)
_OFF = frozenset({"het", "tat", "ket thuc", "dung", "off", "het bao"})
_HOW = {"them": "add", "bot": "remove", "bo": "remove", "rut": "remove", "bat": "add"}


async def storm_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/baolu [thêm | bớt] <communes> [mỗi N giờ]; /baolu hết; /baolu alone says how it stands."""
    if not who.holds(*acts.MAY):
        reply(reply.say.not_allowed())
        return
    if said.is_group:
        reply(reply.say.coordinator_privately())
        return
    running = await storms.current(moment.session)
    words = said.text.partition(" ")[2].strip()
    if not words:
        told = reply.say.storm_state(running, moment.now) if running else reply.say.storm_help()
        reply(told)
    elif fold(words) in _OFF:
        await _propose_end(moment, who, running, reply)
    else:
        await _propose(moment, who, running, words, reply)


async def _propose_end(moment: Moment, who: Speaker, running: Storm | None, reply: Reply) -> None:
    if running is None:
        reply(reply.say.no_storm())
        return
    storm = await acts.propose(moment, who, [], running.every)
    reply(reply.say.storm_off_preview(storm, await stormy.silent(moment)), _confirms(storm, reply))


async def _propose(
    moment: Moment, who: Speaker, running: Storm | None, words: str, reply: Reply
) -> None:
    pace = _EVERY.search(words)
    every = int(pace.group(1)) if pace else running.every if running else _usual(moment)
    if not 1 <= every <= LONGEST:
        reply(reply.say.storm_pace_wrong())
        return
    how, whom = _split(_EVERY.sub(" ", words))
    try:
        units = audience(moment.rules.units, whom) if whom else []
        if strange := [unit for unit in units if moment.rules.units.commune(unit) is None]:
            raise UnknownAudience([reply.say.unit(unit) for unit in strange])
    except UnknownAudience as error:
        reply(reply.say.storm_unknown(error.names))
        return
    communes = acts.wanted(running, how, units)
    if not communes and running is None:
        reply(reply.say.storm_help())
    elif not communes:
        await _propose_end(moment, who, running, reply)
    elif running and (set(communes), every) == (set(running.communes), running.every):
        reply(reply.say.storm_same())
    else:
        await _preview(moment, await acts.propose(moment, who, communes, every), reply)


def _usual(moment: Moment) -> int:
    return moment.rules.pack.policies.storm.roll_call_hours


def _split(words: str) -> tuple[str, str]:
    """Whether communes are added or taken out, and which."""
    words = words.strip(" ,.")
    first, _, rest = words.partition(" ")
    how = _HOW.get(fold(first))
    return (how, rest.strip()) if how else ("add", words)


async def _preview(moment: Moment, storm: Storm, reply: Reply) -> None:
    change = await acts.change_of(moment, storm)
    text = reply.say.storm_preview(
        storm, change.added, change.removed, change.people, change.without, change.kept
    )
    reply(text, _confirms(storm, reply))


def _confirms(storm: Storm, reply: Reply) -> Buttons:
    yes = button(reply.say.storm_yes(storm), Press("stormyes", storm.id or 0, storm.version))
    no = button(reply.say.label("drop_it"), Press("stormno", storm.id or 0, storm.version))
    return [[yes, no]]


async def confirm_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply, address: str
) -> None:
    """Bật, Áp dụng, Tắt, Thôi, Rút hạn: once, as it stands; later it says how it stands."""
    storm, running = await storms.locked(moment.session, press.ticket)
    if storm is None or not who.holds(*acts.MAY):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
        return
    is_late = storm.since is None and moment.now - storm.created_at > acts.PREVIEW_VALID
    if is_late or not _counts(storm, running, press):
        text = reply.say.storm_state(running or storm, moment.now)
        reply.toast(text)
        reply(text)
    elif press.do == "stormhasten":
        reply(reply.say.storm_hastened(await acts.hasten(moment, storm, who)))
    elif press.do == "stormno":
        await acts.drop(moment, storm)
        reply(reply.say.storm_dropped())
    else:
        await _confirm(moment, storm, who, reply, address)


def _counts(storm: Storm, running: Storm | None, press: Press) -> bool:
    """Whether a button still means what it says."""
    is_fresh = press.seen in {0, storm.version} and storm.until is None
    if press.do == "stormhasten":
        return is_fresh and storm.is_on
    return is_fresh and bool(storm.wanted) and (running is None or running.id == storm.id)


async def _confirm(moment: Moment, storm: Storm, who: Speaker, reply: Reply, address: str) -> None:
    kept = await acts.confirm(moment, storm, who, address)
    if storm.is_on:
        reply(reply.say.storm_state(storm, moment.now))
    if kept:
        press = Press("stormhasten", storm.id or 0, storm.version)
        reply(reply.say.storm_kept(kept), keyboards.one(reply.say, "hasten", press))


async def states_asked(_: TelegramObject, moment: Moment, who: Speaker, reply: Reply) -> None:
    """/tinhhinh."""
    await _show_states(moment, who, 1, reply)


async def page_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Another page of it, as it stands now."""
    await _show_states(moment, who, int(press.more) if press.more.isdecimal() else 1, reply)


async def _show_states(moment: Moment, who: Speaker, number: int, reply: Reply) -> None:
    if not who.holds(*acts.MAY):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
        return
    if reply.is_group:
        reply(reply.say.coordinator_privately())
        return
    storm = await stormy.current(moment)
    if storm is None:
        reply(reply.say.no_storm())
        return
    found = await stormy.states(moment, storm)
    last = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), last)
    lines = [
        reply.say.storm_line(state, moment.now)
        for state in found[(number - 1) * PAGE : number * PAGE]
    ]
    turns = [("previous_page", number - 1)] if number > 1 else []
    turns += [("next_page", number + 1)] if number < last else []
    row = [button(reply.say.label(name), Press("stormpage", 0, 0, str(to))) for name, to in turns]
    reply(reply.say.storm_list(storm, lines, number, last), [row] if row else [])


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(storm_asked, Command("baolu"))
    router.message.register(states_asked, Command("tinhhinh"))


def add_routes(router: Router) -> None:
    """The buttons of previews and of the list."""
    presses = Pressed("stormyes", "stormno", "stormhasten")
    router.callback_query.register(confirm_pressed, presses)
    router.callback_query.register(page_pressed, Pressed("stormpage"))
