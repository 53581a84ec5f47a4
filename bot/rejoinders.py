"""Words that answer what comes round: what they press, in the chat that they meet."""

import itertools
from dataclasses import replace
from datetime import timedelta

from handlers.rejoinders import is_nothing, opinion_of
from handlers.twins import act_of, label_of, worded_act_of
from storage import calls, carriers, outbox, tickets
from storage.conversations import Conversation
from storage.people import Role, Speaker
from storage.tickets import Status
from tickets import access
from tickets.buttons import Press, unpack
from tickets.incoming import Incoming
from tickets.moment import Moment

ACTS_OF_OTHERS = frozenset({"agree", "right", "finished", "keep", "cancel", "resolve"})
"""What is a leader's opinion where it stands after a number: "45 đồng ý"."""

OPEN_FOR = timedelta(hours=4)
"""For so long a "không" is the answer to the question that was open before the weekly one."""


async def opinion(moment: Moment, who: Speaker, said: Incoming) -> tuple[Incoming, Press] | None:
    """A leader's words on a ticket: "45: giao Sở Xây dựng làm ngay".

    Without the colon, words that press something on that ticket do that.
    """
    found = opinion_of(said.text) if who.holds(Role.LEADER) and not said.is_group else None
    if found is None:
        return None
    digits, words, has_colon = found
    act = act_of(said.text)
    if not has_colon and act is not None and act[0] not in ACTS_OF_OTHERS:
        return None
    if not has_colon and who.holds(Role.REPORTER):
        return None  # "2 nhà bị vùi" is a report
    if not has_colon and worded_act_of(said.text) and who.holds(*access.DESK, Role.COORDINATOR):
        return None
    named = await access.tickets_called(moment, digits, who)
    if len(named) != 1:
        return said, Press("several", 0, 0, digits)
    return replace(said, text=words), Press("opinion", named[0].id or 0)


async def invitation(moment: Moment, who: Speaker, act: str, digits: str) -> Press | None:
    """The answer to an invitation into another commune's request: "12 đồng ý", "12 từ chối".

    Such a ticket is not seen before the commune has agreed, so it is not found as others are.
    """
    if act not in {"agree", "jointno"}:
        return None
    mine = who.units(Role.REPORTER)
    named = {ticket.id for ticket in await tickets.called(moment.session, digits)}
    asked = [n for n in await carriers.invited(moment.session, mine) if n in named]
    do = "jointyes" if act == "agree" else act
    return Press(do, asked[0]) if len(asked) == 1 else None


async def answers_check_in(moment: Moment, chat: Conversation, said: Incoming) -> Press | None:
    """The button that "không" presses where it can only answer the weekly question.

    That is a reply to it, its whole label right after it, or other words while nothing else of
    this chat waits for an answer.
    """
    if said.is_group or not is_nothing(said.text):
        return None
    if said.reply_to is not None:
        shown = await outbox.shown_at(moment.session, chat.contact_id, said.reply_to)
        buttons = shown.buttons if shown else []
    else:
        buttons = await calls.newest_buttons(moment.session, chat.contact_id)
    if label_of(said.text, buttons) is None and await _is_asked(moment, chat):
        return None
    presses = (unpack(button["press"]) for button in itertools.chain(*buttons))
    return next((press for press in presses if press and press.do == "nothing"), None)


async def _is_asked(moment: Moment, chat: Conversation) -> bool:
    """Whether a question of ours from the last hours is open, or a department waits for it."""
    spoke_at = chat.spoke_at or moment.now
    if chat.state and moment.now - spoke_at <= OPEN_FOR:
        return True
    ticket = await tickets.by_id(moment.session, chat.ticket_id) if chat.ticket_id else None
    return ticket is not None and ticket.status == Status.WAITING
