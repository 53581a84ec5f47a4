"""How a text becomes a verdict: read, scored, routed, weighed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from province.pack import Pack, Question, Route, Urgency
from triage import (
    borders,
    confidential,
    english,
    matters,
    model,
    money,
    nothing,
    party,
    smalltalk,
    unread,
    urgency,
    why,
)
from triage.language import language
from triage.quoting import phrases
from triage.reading import Reader, Reading
from triage.routes import Routes
from triage.slots import slots
from triage.verdict import Certainty, Guess, Kind, Verdict

NOT_A_REPORT: Final = "not_a_report"
STATUS: Final = "status_question"

SURE: Final = 0.8
"""Confidence from which one department is proposed."""
KNOWN: Final = 0.25
"""Confidence below which only a coordinator can tell."""
NOTHING: Final = 0.0
"""Learned score from which a text is taken for no report."""
DOUBT: Final = (
    (-1.3, -1.1, -0.9, -0.7, -0.5, -0.3, -0.1, 0.15, 0.5),
    (0.01, 0.04, 0.06, 0.09, 0.16, 0.24, 0.31, 0.44, 0.72),
)
"""How often a text of this learned score was no report, when one in seven is none: from two
writers of the project's own examples, each held back."""
BORDER: Final = 0.25
"""Share of the first category's chance from which the second is worth a question."""
AHEAD: Final = 0.6
"""How much it counts by how far talk is ahead of the likeliest matter: with `NOTHING`, `HEARD` and
`TALK` chosen on four writers of the own examples before these were trained on."""
OWN: Final = 0.6
"""Confidence that each of two matters in one text must have by itself."""
TWO: Final = 700
"""Letters up to which a second matter is looked for: longer ones are letters on one matter."""
MONEY: Final = "so_tai_chinh"
"""The department that coordinates when a text asks for money."""
OFTEN: Final = 16
"""Letters of a text whose verdict is kept: "có", "không", "dạ vâng", "cảm ơn anh" come all day."""
Numbers = NDArray[np.float32]


class Judge:
    """Judges texts for one pack with one model."""

    def __init__(self, pack: Pack, learned: model.Model) -> None:
        self.reader = Reader(pack)
        self.model = learned
        self._routes = Routes(pack, learned.labels)
        self._no_report = {
            label: learned.labels.index(label)
            for label in (NOT_A_REPORT, STATUS)
            if label in learned.labels
        }
        self._often = lru_cache(1024)(self._verdict)

    def verdict(self, text: str, home: str | None, when: date | None) -> Verdict:
        """Return the verdict on a text written in commune `home`, by the routes in force `when`."""
        judge = self._often if len(text) <= OFTEN else self._verdict
        return judge(text, home, when)

    def _verdict(self, text: str, home: str | None, when: date | None) -> Verdict:
        reading = self.reader.read(text, home)
        scores = self._scores(reading)
        chances = self._settled(reading, self._chances(scores))
        guesses = self._routes.guesses(chances, when, party=party.of_party(reading.message.plain))
        small = smalltalk.small_talk(reading.message)
        if small:
            return nothing.no_report(reading, "not_a_report", nothing.CLEAR, guesses, small)
        if self._is_foreign(reading):
            told = self._foreign(reading, home, when)
            is_talk = self._kind(reading, scores) == "not_a_report"
            return told or nothing.unread(reading, is_talk=is_talk)
        alarm = float(scores[model.ALARM])
        if alarm < (urgency.TALK if reading.danger.plain else urgency.HEARD):
            kind = self._kind(reading, scores)
            if kind != "report" and not unread.is_cry(reading.folded):
                confidence = _chance_of_nothing(scores)
                return nothing.no_report(reading, kind, confidence, guesses, "")
        verdict = self._report(reading, chances, guesses, alarm, when)
        return replace(verdict, no_report=float(np.interp(scores[model.NOTHING], *DOUBT)))

    def report(self, text: str, home: str | None, when: date | None) -> Verdict:
        """Return the verdict on words that are said to be a report; what they tell of is a guess."""
        reading = self.reader.read(text, home)
        if self._is_foreign(reading):
            told = self._foreign(reading, home, when)
            return told if told and told.kind == "report" else nothing.unread_report(reading)
        scores = self._scores(reading)
        chances = self._chances(scores)
        chances[list(self._no_report.values())] = 0.0
        chances = self._settled(reading, chances / chances.sum())
        guesses = self._routes.guesses(chances, when, party=party.of_party(reading.message.plain))
        return _doubted(self._report(reading, chances, guesses, float(scores[model.ALARM]), when))

    def _is_foreign(self, reading: Reading) -> bool:
        """Tell whether the classifier cannot read a text; words of danger it always can."""
        if reading.danger.plain:
            return False
        is_unread = unread.is_unread(self.model, reading.folded)
        return is_unread or language(reading.message) == "en"

    def _foreign(self, reading: Reading, home: str | None, when: date | None) -> Verdict | None:
        """Judge an English text by what its words say in Vietnamese; None when they say nothing."""
        told = english.in_vietnamese(reading.message.folded)
        if not told:
            return None
        return replace(
            _doubted(self._verdict(told, home, when)),
            places=reading.places,
            documents=reading.documents,
            language=language(reading.message),
        )

    def answer(self, question: Question, text: str, home: str | None) -> str:
        """Return what a text says to one question, '' for nothing."""
        return _answers(self.reader.read(text, home), (question,)).get(question.slot, "")

    def _scores(self, reading: Reading) -> Numbers:
        bag = self.model.bag(reading.words, reading.folded, reading.signs)
        return self.model.scores(bag)

    def _chances(self, scores: Numbers) -> Numbers:
        raised = scores[: -model.SIDES] / self.model.temperature
        raised = np.exp(raised - raised.max())
        chances: Numbers = raised / raised.sum()
        return chances

    def _settled(self, reading: Reading, chances: Numbers) -> Numbers:
        """Return the chances with the first category's given to the one that a rule prefers."""
        labels = list(self.model.labels)
        first = int(chances.argmax())
        wanted = borders.settled(labels[first], " ".join(reading.folded))
        if wanted == labels[first]:
            return chances
        given = chances.copy()
        other = labels.index(wanted)
        given[[first, other]] = given[[other, first]]
        return given

    def _kind(self, reading: Reading, scores: Numbers) -> Kind:
        if smalltalk.asks_status(reading.message):
            return "status_question"
        if not self._no_report:
            return "report"
        best = max(self._no_report, key=lambda label: float(scores[self._no_report[label]]))
        matters = scores[: -model.SIDES].copy()
        matters[list(self._no_report.values())] = -np.inf
        ahead = float(scores[self._no_report[best]] - matters.max())
        if scores[model.NOTHING] + AHEAD * ahead < NOTHING:
            return "report"
        return "status_question" if best == STATUS else "not_a_report"

    def _report(
        self,
        reading: Reading,
        chances: Numbers,
        guesses: tuple[Guess, ...],
        alarm: float,
        when: date | None,
    ) -> Verdict:
        second, second_text, own = self._second(reading, guesses[0], when)
        if own is not None:
            guesses = (own, *(guess for guess in guesses[1:] if guess.lead != own.lead))
        best = guesses[0]
        route = self._routes.route(best.category, when, party=party.of_party(reading.message.plain))
        certainty = _certainty(best.confidence)
        known = _answers(reading, route.questions if route else ())
        alarm = urgency.CALM if reading.is_place_alone else alarm
        level, level_why = urgency.urgency(
            route, reading.danger, alarm, known, sure=certainty == "sure"
        )
        border = None if certainty == "sure" else self._border(chances)
        asks_money = money.asks_money(reading.message)
        return Verdict(
            kind="report",
            certainty=certainty,
            category=best.category,
            lead=best.lead,
            coordinating=_coordinating(route, money=asks_money),
            operator=route.operator if route else None,
            confidence=best.confidence,
            alternatives=guesses,
            urgency=level,
            urgency_why=level_why,
            ask_danger=urgency.asks(level, reading.danger, alarm, route, sure=certainty == "sure"),
            warned=confidential.warned(reading.message),
            money=asks_money,
            places=reading.places,
            things=reading.things,
            documents=reading.documents,
            language=language(reading.message),
            slots=known,
            ask_between=border.ask if border else "",
            ask_between_choices=border.choices if border else (),
            second=second,
            second_text=second_text,
            why=self._why(reading, route, best, level, level_why),
        )

    def _why(
        self, reading: Reading, route: Route | None, best: Guess, level: Urgency, level_why: str
    ) -> str:
        if route is None:
            return ""
        return why.of_route(
            route,
            phrases(reading, self.model.weights(reading.folded, best.category)),
            level,
            level_why,
        )

    def _border(self, chances: Numbers) -> borders.Border | None:
        first, second = np.argsort(-chances)[:2]
        if chances[second] < BORDER * chances[first]:
            return None
        return borders.between(self.model.labels[first], self.model.labels[second])

    def _second(
        self, reading: Reading, best: Guess, when: date | None
    ) -> tuple[Guess | None, str, Guess | None]:
        """Return the guess for a second matter, its words, and the first one's by its own words."""
        raw = reading.message.raw
        parts = matters.parts(raw) if len(raw) <= TWO else None
        if parts is None:
            return None, "", None
        guesses = [self._best(part, when) for part in parts]
        for guess, text in zip(guesses, parts, strict=True):
            other = guesses[1] if guess is guesses[0] else guesses[0]
            if guess.lead != best.lead and other.lead == best.lead and guess.confidence >= OWN:
                return guess, text, other
        return None, "", None

    def _best(self, text: str, when: date | None) -> Guess:
        reading = self.reader.read(text)
        chances = self._chances(self._scores(reading))
        return self._routes.guesses(chances, when, party=party.of_party(reading.message.plain))[0]


def _doubted(verdict: Verdict) -> Verdict:
    """The same, but never beyond doubt: the reporter is asked among the likeliest."""
    if verdict.kind != "report" or verdict.certainty != "sure":
        return verdict
    return replace(verdict, certainty="unsure")


def _certainty(confidence: float) -> Certainty:
    if confidence >= SURE:
        return "sure"
    return "unsure" if confidence >= KNOWN else "nothing"


def _chance_of_nothing(scores: Numbers) -> float:
    return float(min(nothing.CLEAR, 0.9 + max(0.0, float(scores[model.NOTHING]) - NOTHING) / 10))


def _answers(reading: Reading, questions: Sequence[Question]) -> dict[str, str]:
    return slots(
        reading.message,
        questions,
        places=reading.places,
        things=reading.things,
        documents=reading.documents,
        in_danger=reading.danger.victim and reading.danger.plain,
    )


def _coordinating(route: Route | None, *, money: bool) -> tuple[str, ...]:
    if route is None:
        return ()
    if money and MONEY not in (route.lead, *route.coordinating):
        return (*route.coordinating, MONEY)
    return route.coordinating
