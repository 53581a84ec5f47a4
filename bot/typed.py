"""The press or command that typed words stand for, in the chat and about the ticket they meet."""

import itertools
from dataclasses import replace

from bot.approvals import approval
from bot.asides import aside
from bot.rejoinders import answers_check_in, invitation, opinion
from bot.shown import as_offered_now, button_typed, lists_before
from handlers.awaiting import AWAITING, is_optional
from handlers.communes import meant_by_commune, without_commune
from handlers.plainly import plain_act_of
from handlers.rejoinders import is_nothing
from handlers.twins import (
    ACTS,
    WORDED,
    act_of,
    as_command,
    command_of,
    corrects_data,
    end_of,
    may_be_twin,
    own_worded_act_of,
    worded_act_of,
)
from province.text import fold
from storage import outbox, tasks, tickets
from storage.conversations import Conversation
from storage.people import Role, Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access
from tickets.buttons import Press, unpack
from tickets.incoming import Incoming, Kind
from tickets.joint import invited_by
from tickets.moment import Moment

SMALL_TALK_TOO = frozenset({"right", "ack", "finished", "view", "agree", "progress", "unmerge"})
"""Acts whose words say something else to nobody in particular: "đúng rồi", "xong"."""

DESK_ACTS = frozenset({*WORDED.values(), "more", "draft"})
"""Acts that mean the ticket of the newest message where none was spoken of."""

LABELS = frozenset(
    {
        "hoi them",
        "hen ngay",
        "cap nhat",
        "chuyen don vi",
        "phan cong",
        "moi phoi hop",
        "chua co nguon luc",
        "ngoai tham quyen",
        "viec khac",
        "soan van ban",
    }
)
"""Whole labels of a desk's buttons: another act is meant than the one that waits for words."""

SAME = {"finished": ("done", "resolve"), "ack": ("taskack",)}
"""Buttons that words press too which name another act."""

WORDED_ACTS = frozenset({*WORDED.values(), "sendback", "ended"})
"""Acts that words finish; what is typed for the button alone is no such words."""


async def typed_twin(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press | None]:
    """The press or command that a message stands for, if it does."""
    if said.kind is Kind.PRESS:
        pressed = unpack(said.press or "") or Press("unknown")
        return said, await as_offered_now(moment, said, pressed)
    if said.kind is not Kind.MESSAGE or who.person is None or said.attachments:
        return said, None
    if corrects_data(said.text) and not said.is_group:
        return replace(said, text=f"/suadulieu {said.text}"), None
    if said.text.startswith("/"):
        said = replace(said, text=as_command(said.text))
        if not said.text.startswith("/huy"):
            return said, None
    worded: tuple[Incoming, Press | None] | None = (
        await opinion(moment, who, said)
        or await approval(moment, who, chat, said)
        or await _worded(moment, who, chat, said)
        or await _own_worded(moment, who, chat, said)
        or await aside(moment, who, chat, said)
    )
    if worded:
        return worded
    if _answers(chat, said):
        is_optional_here = is_optional(chat, who) and may_be_twin(said.text)
        return said, await button_typed(moment, chat, said) if is_optional_here else None
    if press := await _twin(moment, who, chat, said):
        press = await as_offered_now(moment, said, press)
        return (replace(said, text="") if press.do in WORDED_ACTS else said), press
    if command := command_of(said.text):
        return replace(said, text=command), None
    return said, None


def _answers(chat: Conversation, said: Incoming) -> bool:
    """Whether these are words that somebody was asked for, and name no ticket to press."""
    if chat.state != AWAITING or not said.text or said.is_group:
        return False
    if chat.spoke_at is not None and said.precedes(chat.spoke_at):
        return False
    found = act_of(said.text)
    return found is None or not (found[1] or fold(said.text).strip(" .!") in LABELS)


async def _worded(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press] | None:
    """The act of a desk with the words that finish it, in one message."""
    found = worded_act_of(said.text) or _plainly(who, said)
    if found is None or not await _may_word(moment, who, found[0]):
        return None
    act, digits, words = found
    if digits:
        named = await access.tickets_called(moment, digits, who)
        if len(named) != 1:
            return said, Press("several", 0, 0, digits)
        return replace(said, text=words), Press(act, named[0].id or 0)
    ticket = await _spoken_of(moment, chat, said)
    if act == "taskanswer":
        ticket = await _asked_about(moment, who, ticket)
    elif said.reply_to is None and not said.is_group:
        shown = await outbox.last_ticket(moment.session, chat.contact_id)
        meant = await meant_by_commune(moment, who, said.text, shown)
        is_doubtful = meant is None or (meant == shown and ticket not in {None, shown})
        if shown is not None and is_doubtful:
            return said, Press("several")
        ticket = meant
        words = without_commune(words, moment.rules.units) if act in {"update", "ask"} else words
    if act == "ack" and ticket is not None:
        row = await tickets.by_id(moment.session, ticket)
        return said, Press(_meant(act, who, row) if row else act, ticket)
    return (replace(said, text=words), Press(act, ticket)) if ticket is not None else None


def _plainly(who: Speaker, said: Incoming) -> tuple[str, str, str] | None:
    """The same said plainly, where it can be nothing else: by who only works at a desk."""
    is_talk = said.is_group and said.reply_to is None
    if is_talk or who.holds(Role.REPORTER) or not who.holds(*access.DESK):
        return None
    if act_of(said.text) is not None:
        return None
    found = plain_act_of(said.text)
    return (found[0], "", found[1]) if found else None


async def _own_worded(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press] | None:
    """What a commune does with its own ticket, and why, in one message: "1 hủy vì trùng"."""
    found = own_worded_act_of(said.text) if who.holds(Role.REPORTER) else None
    if found is None or said.is_group:
        return None
    act, digits, words = found
    if act == "jointask" and not invited_by(words, moment.rules.units):
        return None  # "mời xã … về họp": a report, or the button's own words
    if digits:
        named = await access.tickets_called(moment, digits, who)
        if len(named) != 1:
            return said, Press("several", 0, 0, digits)
        return replace(said, text=words), Press(act, named[0].id or 0, 0, "why")
    ticket = await _spoken_of(moment, chat, said)
    return (replace(said, text=words), Press(act, ticket, 0, "why")) if ticket else None


async def _may_word(moment: Moment, who: Speaker, act: str) -> bool:
    """Whether a person does what a desk does; a commune's officials where theirs was asked."""
    if who.holds(*access.DESK, Role.COORDINATOR):
        return True
    communes = who.units(Role.REPORTER)
    return act == "taskanswer" and bool(await tasks.open_of(moment.session, communes, 1))


async def _twin(moment: Moment, who: Speaker, chat: Conversation, said: Incoming) -> Press | None:
    """The button that the words press: of the message last shown, or of the ticket meant."""
    if not said.is_group and said.reply_to is None and (end := end_of(said.text)):
        if press := await _shown_act(moment, chat, said, end):
            return press
    if press := await answers_check_in(moment, chat, said):
        return press
    if not may_be_twin(said.text) or (said.is_group and said.text.isdigit()):
        return None
    press = await button_typed(moment, chat, said)
    if press is not None and press.do == "nothing" and is_nothing(said.text):
        return None  # "không có" answers whoever has asked since
    if press is None:
        return await _act(moment, who, chat, said)
    is_word = not said.text.strip().isdigit() and press.do in ACTS.values()
    return replace(press, seen=0) if is_word else press  # words mean the ticket as it stands


async def _act(moment: Moment, who: Speaker, chat: Conversation, said: Incoming) -> Press | None:
    """The act that the words name, on the ticket replied to, numbered, or last spoken of."""
    found = act_of(said.text)
    if found is None:
        return None
    act, digits = found
    if digits:
        named = await access.tickets_called(moment, digits, who)
        if len(named) != 1:
            return await invitation(moment, who, act, digits) or Press("several", 0, 0, digits)
        return Press(_meant(act, who, named[0]), named[0].id or 0)
    if said.reply_to is None and not said.is_group:
        if press := await _shown_act(moment, chat, said, act):
            return press
    if act == "tell":
        return None  # only where the button of a note is shown
    target = await _spoken_of(moment, chat, said)
    if target is None and act in DESK_ACTS and not said.is_group:
        target = await outbox.last_ticket(moment.session, chat.contact_id)
    ticket = await tickets.by_id(moment.session, target) if target is not None else None
    if act == "urgent" and (ticket is None or Status(ticket.status) not in OPEN):
        return None  # a new emergency: handlers.reporting opens it
    if ticket is not None:
        return Press(_meant(act, who, ticket), ticket.id or 0)
    return None if said.is_group or act in SMALL_TALK_TOO else Press("several")


async def _spoken_of(moment: Moment, chat: Conversation, said: Incoming) -> int | None:
    """The ticket of the message replied to; in a private chat else the one last spoken of."""
    target = None if said.is_group else chat.ticket_id
    if said.reply_to is None:
        return target
    replied = await outbox.ticket_of_receipt(moment.session, chat.contact_id, said.reply_to)
    return replied or target


async def _asked_about(moment: Moment, who: Speaker, ticket: int | None) -> int | None:
    """The ticket on which the person's units were asked: the one spoken of, else the only one."""
    asked = [
        task.ticket_id for task in await tasks.open_of(moment.session, who.units(*access.PART))
    ]
    return asked[0] if len(asked) == 1 and ticket not in asked else ticket


async def _shown_act(moment: Moment, chat: Conversation, said: Incoming, act: str) -> Press | None:
    """The button of the message last shown that does what the words say, however they say it."""
    shown = await lists_before(moment, chat, said)
    for button in itertools.chain(*shown[0].buttons) if shown else ():
        press = unpack(button["press"])
        if press and (press.do == act or press.do in SAME.get(act, ())):
            return replace(press, seen=0)  # words mean the ticket as it stands
    return None


def _meant(act: str, who: Speaker, ticket: Ticket) -> str:
    """What a word presses that the commune, its chair and the desks each mean in their own way."""
    is_ours = access.reports_for(ticket, who)
    match act:
        case "finished":
            return "done" if is_ours else "resolve"
        case "more":
            return "apart" if is_ours else act
        case "agree":
            return act if is_ours or not access.chairs(ticket, who) else "chairyes"
        case "progress":
            return act if is_ours else "view"
        case "ack" if not access.leads(ticket, who) and access.helps(ticket, who):
            return "taskack"
        case _:
            return act
