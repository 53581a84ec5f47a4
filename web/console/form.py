"""What a form of a ticket's page said, and what the act that it asks for needs of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.tickets import Status, Ticket
from tickets import moves
from tickets.dates import read_date
from tickets.deadlines import end_of_day
from tickets.incoming import Attachment
from tickets.moment import Moment
from tickets.texts import Texts
from web.console.sitting import Sitting, texts


class Unclear(Exception):
    """The form lacks something, or says what cannot be; the sentence tells what to do."""

    def __init__(self, sentence: str) -> None:
        """`sentence` may hold rich text."""
        super().__init__()
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Given:
    """What a form said; `seen` is the version of the ticket, or the task, that it was made for."""

    act: str
    seen: int
    words: str = ""
    day: str = ""
    unit: str = ""
    more: str = ""
    files: Sequence[Attachment] = field(default_factory=tuple)


@dataclass(slots=True)
class Doing:
    """An act under way."""

    moment: Moment
    ticket: Ticket
    sitting: Sitting
    given: Given

    @property
    def say(self) -> Texts:
        """The sentences for the person who acts."""
        return texts(self.moment, self.sitting)

    def need_words(self) -> str:
        """The words of the form; Unclear without any."""
        if not self.given.words:
            raise Unclear("words_missing")
        return self.given.words

    def until(self, *, must: bool = True) -> datetime | None:
        """The end of the day that was chosen or named; Unclear for none, or one that has passed."""
        given, today = self.given, self.moment.today
        day = _day_of(given.day) or read_date(given.words, today)
        if day is None:
            if must:
                raise Unclear(self.say.which_day(self.ticket))
            return None
        until = end_of_day(day, self.moment.rules.calendar)
        if until <= self.moment.now:
            raise Unclear(self.say.day_has_passed(self.ticket, until))
        return until

    def need_open(self) -> None:
        """Raise Stale unless the ticket is open and as it was seen."""
        is_open = Status(self.ticket.status) in moves.ALIVE
        if not is_open or self.given.seen not in {0, self.ticket.version}:
            raise moves.Stale


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
