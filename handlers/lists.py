"""Lists of tickets, a page at a time: the commune's, a desk's queue, what a search finds."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import NAMED, NUMBER, show_called
from handlers.reply import Reply
from storage import ended, queues
from storage.people import Role, Speaker
from storage.queues import Page, Scope
from storage.tickets import Ticket
from tickets import access, queue
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment
from tickets.notices import Buttons

SIZE = 8
"""Tickets a page: more do not fit a phone's screen."""


async def list_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/phieu, /phieu 123, or "phiếu hôm trước đến đâu rồi"."""
    asks = NUMBER if said.text.startswith("/") else NAMED
    if number := asks.search(said.text):
        await show_called(moment, who, number.group(1) or number.group(2), reply)
        return
    communes = [] if reply.is_group else _office(moment, who)
    if communes:
        await _show_office(moment, who, 1, reply)
    if _has_queue(moment, who):
        await _show_queue(moment, who, "", 1, reply)
    elif not communes:
        reply(reply.say.my_tickets("", []))


async def queue_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/hangdoi, or "/hangdoi quá hạn xã Chiêu Lưu"; who has none gets the commune's list."""
    if _has_queue(moment, who):
        await _show_queue(moment, who, said.text.partition(" ")[2], 1, reply)
    else:
        await _show_office(moment, who, 1, reply)


async def search_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/tim cầu tràn: whatever this person may see, without diacritics."""
    await _show_found(moment, who, said.text.partition(" ")[2], 1, reply)


async def page_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Trang sau, Trang trước: the list as it is now, further on."""
    kind, _dot, rest = press.more.partition(".")
    number, _dot, words = rest.partition(".")
    page = max(1, int(number)) if number.isdecimal() else 1
    if kind == "office" and not reply.is_group:
        await _show_office(moment, who, page, reply)
    elif kind == "queue" and _has_queue(moment, who):
        await _show_queue(moment, who, words, page, reply)
    elif kind == "found":
        await _show_found(moment, who, words, page, reply)
    else:
        raise access.NotAllowed


def _office(moment: Moment, who: Speaker) -> list[str]:
    """The communes whose office somebody belongs to: as a reporter or as the chair."""
    headed = {unit for unit in who.units(Role.HEAD) if moment.rules.units.commune(unit)}
    return sorted(who.units(Role.REPORTER) | headed)


def _led(moment: Moment, who: Speaker) -> list[str]:
    """The departments whose queue somebody works at."""
    units = who.units(*access.DESK)
    return sorted(unit for unit in units if not moment.rules.units.commune(unit))


def _has_queue(moment: Moment, who: Speaker) -> bool:
    return bool(_led(moment, who)) or who.holds(*access.ANY_TICKET)


async def _show_office(moment: Moment, who: Speaker, number: int, reply: Reply) -> None:
    communes = _office(moment, who)
    page = await queues.of_office(moment.session, communes, (number - 1) * SIZE, SIZE)
    head = reply.say.list_head(communes, page, number, _last(page))
    lines = [reply.say.one_line(row, moment.now) for row in page.tickets]
    buttons = _turning(reply, "office", "", page, number)
    reply(reply.say.my_tickets(head, lines), buttons, numbered=False)


async def _show_queue(moment: Moment, who: Speaker, words: str, number: int, reply: Reply) -> None:
    """A desk's own queue, or all of the province's for those who see all."""
    sees_all = who.holds(*access.ANY_TICKET)
    units = [] if sees_all else _led(moment, who)
    scope = Scope(leads=frozenset(units), everything=sees_all)
    person = who.person.id if who.person else None
    wanted = queue.wanted(words, moment.rules.units, person, by_lead=sees_all)
    if reply.is_group and wanted.words:
        scope = Scope(scope.communes, scope.units, scope.leads, sees_all, restricted=False)
    remote = queue.remote(moment.rules.pack)
    first = (number - 1) * SIZE
    page = await ended.queue(moment.session, scope, wanted, moment.now, remote, first, SIZE)
    head = reply.say.queue_head(units, page, wanted, number, _last(page))
    lines = [_queue_line(moment, row, page, reply, with_lead=sees_all) for row in page.tickets]
    buttons = _turning(reply, "queue", queue.short(words), page, number)
    reply(reply.say.queue(head, lines), buttons, numbered=False)


def _queue_line(
    moment: Moment, ticket: Ticket, page: Page, reply: Reply, *, with_lead: bool
) -> str:
    commune = moment.rules.units.commune(ticket.commune)
    tag = reply.say.area(
        is_area_three=commune is not None and commune.area_class == "III",
        is_mountainous=commune is not None and commune.mountainous,
    )
    late = ticket.id in page.overdue
    return reply.say.queue_line(ticket, tag, is_overdue=late, with_lead=with_lead)


async def _show_found(moment: Moment, who: Speaker, text: str, number: int, reply: Reply) -> None:
    words = queue.searched(text)
    if not words:
        reply(reply.say.search_longer())
        return
    scope = access.scope_of(who, in_group=reply.is_group)
    page = await ended.found(moment.session, scope, words, (number - 1) * SIZE, SIZE)
    lines = [
        f"{reply.say.one_line(row, moment.now)} · {reply.say.units.short_name(row.commune)}"
        for row in page.tickets
    ]
    buttons = _turning(reply, "found", " ".join(words), page, number)
    told = reply.say.found(" ".join(words), page, lines, number, _last(page))
    reply(told, buttons, numbered=False)


def _last(page: Page) -> int:
    return max(1, -(-page.total // SIZE))


def _turning(reply: Reply, kind: str, words: str, page: Page, number: int) -> Buttons:
    """Trang trước and Trang sau, where there is such a page."""
    turns = [("previous_page", number - 1)] if number > 1 else []
    turns += [("next_page", number + 1)] if number < _last(page) else []
    row = [
        button(reply.say.label(name), Press("page", 0, 0, f"{kind}.{to}.{words}"))
        for name, to in turns
    ]
    return [row] if row else []


async def several_named(
    event: TelegramObject,
    moment: Moment,
    who: Speaker,
    said: Incoming,
    press: Press,
    reply: Reply,
) -> None:
    """A number that fits no ticket of this person, or several; without one, the list."""
    if not press.more:
        await list_asked(event, moment, who, said, reply)
        return
    found = await access.tickets_called(moment, press.more, who)
    reply(reply.say.several(found) if found else reply.say.no_such_ticket())


def add_commands(router: Router) -> None:
    """The commands that list."""
    router.message.register(list_asked, Command("phieu", "phiếu"))
    router.message.register(queue_asked, Command("hangdoi", "hàngđợi"))
    router.message.register(search_asked, Command("tim", "tìm"))


def add_routes(router: Router) -> None:
    """Turning pages, and numbers that fit several tickets."""
    router.callback_query.register(several_named, Pressed("several"))
    router.callback_query.register(page_pressed, Pressed("page"))
