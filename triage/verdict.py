"""What triage says about a text: which matter, for whom, how urgent, where, and why."""

from dataclasses import dataclass, field
from typing import Literal

from province.pack import Urgency

Kind = Literal["report", "not_a_report", "status_question"]
Certainty = Literal["sure", "unsure", "nothing"]
SmallTalk = Literal["", "greeting", "thanks", "spam", "other", "noise"]


@dataclass(frozen=True, slots=True)
class Guess:
    """A category that the text may be about, with the department that would lead it."""

    category: str
    lead: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text; `codes` are the communes it may be (several if names collide)."""

    kind: Literal["commune", "old_commune", "old_district", "village", "road"]
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of triage. Nothing in it is a decision: acts decide, and say why."""

    kind: Kind
    certainty: Certainty
    category: str = ""
    lead: str = ""
    coordinating: tuple[str, ...] = ()
    operator: str | None = None
    confidence: float = 0.0
    alternatives: tuple[Guess, ...] = ()
    """Up to three guesses with distinct leads, likeliest first; the first equals `category`."""
    urgency: Urgency = "normal"
    urgency_why: str = ""
    no_report: float = 0.0
    """The chance that a report is none after all."""
    ask_danger: bool = False
    """True when words of danger stand alone: ask 'Có ai đang gặp nguy hiểm không?'."""
    small_talk: SmallTalk = ""
    """What kind of talk every word belongs to, noise where no word is one; '' where only the model
    takes it for no report."""
    warned: Literal["", "secret", "identity"] = ""
    money: bool = False
    places: tuple[Place, ...] = ()
    things: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    language: Literal["vi", "en"] = "vi"
    second: Guess | None = None
    second_text: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    """What the text already answers, by slot name of the category's questions."""
    ask_between: str = ""
    """One distinguishing question when two categories border on each other ('' if none)."""
    ask_between_choices: tuple[tuple[str, str], ...] = ()
    """(label, category) pairs that answer `ask_between`."""
    why: str = ""
    """One Vietnamese sentence that explains the verdict."""
