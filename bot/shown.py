"""The buttons that somebody has before them, and what an old one means where none is changed."""

from handlers.twins import label_of, press_of
from storage import calls, outbox
from storage.conversations import ASKING, Conversation
from storage.outbox import Shown
from tickets import reach
from tickets.buttons import Press, unpack
from tickets.incoming import Incoming
from tickets.moment import Moment


async def lists_before(moment: Moment, chat: Conversation, said: Incoming) -> list[Shown]:
    """The lists that somebody can have meant, the newest first: none that came after they wrote."""
    lists = await outbox.said_lately(moment.session, chat.contact_id)
    return [one for one in lists if one.at is None or not said.precedes(one.at)]


async def button_typed(moment: Moment, chat: Conversation, said: Incoming) -> Press | None:
    """The button of the message last shown, or of the one replied to, that the words press.

    Where nothing can be pressed, the whole label of an earlier list is a press of that.
    """
    if said.reply_to is not None:
        replied = await outbox.shown_at(moment.session, chat.contact_id, said.reply_to)
        lists = [replied] if replied else []
    else:
        lists = await lists_before(moment, chat, said)
    if not lists:
        return None
    newest, *earlier = lists
    packed = press_of(said.text, newest.buttons, numbered=newest.numbered and not said.is_group)
    if packed is None and said.channel in reach.PLAIN:
        labelled = (label_of(said.text, older.buttons) for older in earlier)
        packed = next((press for press in labelled if press), None)
        pressed = unpack(packed) if packed else None
        return None if pressed and _is_answered_now(chat, pressed) else pressed
    return unpack(packed) if packed else None


def _is_answered_now(chat: Conversation, old: Press) -> bool:
    """Whether a question is open here: words that an earlier one offered too answer this one."""
    return chat.state == ASKING and old.do in {"answer", "skip"}


async def as_offered_now(moment: Moment, said: Incoming, press: Press) -> Press:
    """An old button where none can be changed: the same act, if it is still offered, as it is now.

    Elsewhere the button itself would have been changed to this.
    """
    if said.channel not in reach.PLAIN or not press.ticket or not press.seen:
        return press
    for packed in await calls.presses_now(moment.session, press.ticket):
        now = unpack(packed)
        if now and (now.do, now.ticket, now.more) == (press.do, press.ticket, press.more):
            return now
    return press
