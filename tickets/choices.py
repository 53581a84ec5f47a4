"""The buttons under a question: its answers, and a way to skip it."""

from province.pack import Question
from storage.tickets import Ticket
from tickets.buttons import Press, button
from tickets.notices import Buttons
from tickets.texts import Texts


def choices_of(say: Texts, ticket: Ticket, asked: Question) -> Buttons:
    """The answers to a question that can be pressed, and a way to skip it."""

    def at(label: str, given: str) -> dict[str, str]:
        return button(label, Press("answer", ticket.id or 0, 0, f"{asked.slot}.{given}"))

    skip = at(say.label("skip"), "skip")
    if asked.kind == "yes_no":
        unclear = at(say.label("unclear"), "skip")
        return [[at(say.label("yes"), "yes"), at(say.label("no"), "no"), unclear]]
    if asked.choices:
        return [[at(choice, str(n)) for n, choice in enumerate(asked.choices)], [skip]]
    return [[skip]]
