"""Which department, when triage is unsure: the three likeliest and another."""

from handlers import keyboards
from handlers.reading import CHOOSING
from handlers.reply import Reply
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment
from tickets.offered import label_of, options_of

UNIT = "unit"
"""Among the slots to be asked: not a question of the category, but which department it is."""


def ask_unit(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    """Ask which of the likeliest departments it is, or another."""
    options = options_of(moment, ticket)
    labels = [(label_of(moment, category), unit) for category, unit in options]
    text = reply.say.choose(ticket, labels)
    reply.state(CHOOSING, ticket=ticket.id)
    key = notices.receipt_key(ticket)
    reply(text, keyboards.units(reply.say, ticket, options), ticket=ticket, key=key)
