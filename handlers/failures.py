"""What failed, for whoever runs the line: messages nobody got, updates nobody could handle."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.filters import Pressed
from handlers.reply import Reply
from storage import failures
from storage.inbox import Received
from storage.outbox import Notice
from storage.people import Speaker
from tickets import failing
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment

PAGE = 5
"""Of each kind on one page."""
Row = list[dict[str, str]]


async def failures_asked(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """/hong."""
    if not who.holds(*failing.SEES):
        reply(reply.say.not_allowed())
    elif said.is_group:
        reply(reply.say.coordinator_privately())
    else:
        await show(moment, 0, reply)


async def show(moment: Moment, page: int, reply: Reply) -> None:
    """One page of both: number, when, kind, unit and reason; never what was said."""
    dead = await failures.dead_notices(moment.session, offset=page * PAGE, limit=PAGE + 1)
    aside = await failures.aside(moment.session, offset=page * PAGE, limit=PAGE + 1)
    lines = [await failing.dead_line(moment, notice, reply.say) for notice in dead[:PAGE]]
    lines += [await failing.aside_line(moment, row, reply.say) for row in aside[:PAGE]]
    buttons = [_dead_buttons(notice, reply) for notice in dead[:PAGE]]
    buttons += [_aside_buttons(row, reply) for row in aside[:PAGE]]
    more = len(dead) > PAGE or len(aside) > PAGE
    turns = keyboards.paging(reply.say, "failed", page, more=more)
    reply(reply.say.failures(lines), [*buttons, *turns])


def _dead_buttons(notice: Notice, reply: Reply) -> Row:
    seen = str(failures.died(notice))
    return [
        button(f"{reply.say.label('send_again')} {notice.id}", _press("resend", notice.id, seen)),
        button(f"{reply.say.label('drop_notice')} {notice.id}", _press("drop", notice.id, seen)),
    ]


def _aside_buttons(row: Received, reply: Reply) -> Row:
    return [
        button(f"{reply.say.label('handle_again')} {row.id}", _press("rerun", row.id)),
        button(f"{reply.say.label('drop_update')} {row.id}", _press("forget", row.id)),
    ]


def _press(do: str, number: int | None, seen: str = "") -> Press:
    return Press(do, number or 0, 0, seen)


async def failed_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Another page, or what is to become of one failure; each press counts once."""
    if not who.holds(*failing.SEES) or reply.is_group:
        reply.toast(reply.say.not_allowed())
        return
    given = int(press.more) if press.more.isdecimal() else 0
    session, number = moment.session, press.ticket
    match press.do:
        case "failed":
            await show(moment, given, reply)
            return
        case "resend":
            done = await failures.send_again(session, number, given, moment.now) is not None
        case "drop":
            done = await failures.drop(session, number, given) is not None
        case "rerun":
            done = await failures.handle_again(session, number, moment.now)
        case _:
            done = await failures.forget(session, number)
    reply(reply.say.failure_done(press.do, number) if done else reply.say.failure_stale(number))


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(failures_asked, Command("hong"))


def add_routes(router: Router) -> None:
    """The list's buttons."""
    presses = Pressed("failed", "resend", "drop", "rerun", "forget")
    router.callback_query.register(failed_pressed, presses)
