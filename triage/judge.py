"""How a text becomes a verdict: read, scored, routed, weighed."""

from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from province.pack import Pack, Route, Urgency
from triage import borders, matters, model, money, smalltalk, urgency, warnings, why
from triage.language import language
from triage.reading import PLACE_WORD, Reader, Reading
from triage.slots import slots
from triage.verdict import Certainty, Guess, SmallTalk, Verdict

NOT_A_REPORT: Final = "not_a_report"
STATUS: Final = "status_question"

SURE: Final = 0.6
"""Confidence from which one department is proposed."""
KNOWN: Final = 0.15
"""Confidence below which only a coordinator can tell."""
NOTHING: Final = 0.9
"""Confidence a text must have to be taken for no report."""
BORDER: Final = 0.25
"""Share of the first category's chance from which the second is worth a question."""
OWN: Final = 0.5
"""Confidence that each of two matters in one text must have by itself."""

_ALL_TIME: Final = date.max

Numbers = NDArray[np.float32]


class Judge:
    """Judges texts for one pack with one model."""

    def __init__(self, pack: Pack, learned: model.Model) -> None:
        self.reader = Reader(pack)
        self.model = learned
        self._names = {agency.code: agency.name for agency in pack.agencies}
        self._rows: dict[str, list[Route]] = {}
        for route in pack.routing:
            self._rows.setdefault(route.category, []).append(route)
        self._labels = learned.labels[:-1]

    def verdict(self, text: str, home: str | None, when: date | None) -> Verdict:
        """Return the verdict on a text written in commune `home`, by the routes in force `when`."""
        reading = self.reader.read(text, home)
        bag = self.model.bag(reading.words, reading.folded, reading.signs)
        scores = self.model.scores(bag)
        chances = _softmax(scores[:-1] / self.model.temperature)
        slope, offset = self.model.alarm
        alarm = float(1 / (1 + np.exp(-(slope * scores[-1] + offset))))
        small = smalltalk.small_talk(reading.message)
        nothing = self._nothing(reading, chances, alarm, small)
        if nothing is not None:
            return nothing
        return self._report(reading, chances, alarm, when)

    def _nothing(
        self, reading: Reading, chances: Numbers, alarm: float, small: SmallTalk
    ) -> Verdict | None:
        message = reading.message
        if small:
            return _no_report(reading, "not_a_report", 1.0, small)
        if reading.danger.plain or alarm >= urgency.ASK_ALARM:
            return None
        if smalltalk.asks_status(message):
            return _no_report(reading, "status_question", 1.0)
        best = self._labels[int(chances.argmax())]
        chance = float(chances.max())
        if best == NOT_A_REPORT and chance >= NOTHING:
            return _no_report(reading, "not_a_report", chance, "other")
        if best == STATUS and chance >= NOTHING:
            return _no_report(reading, "status_question", chance)
        return None

    def _report(
        self, reading: Reading, chances: Numbers, alarm: float, when: date | None
    ) -> Verdict:
        guesses = self._guesses(chances, when)
        best = guesses[0]
        route = self._route(best.category, when)
        certainty = _certainty(best.confidence)
        known = slots(
            reading.message,
            route.questions if route else (),
            places=reading.places,
            things=reading.things,
            documents=reading.documents,
            in_danger=reading.danger.victim and reading.danger.plain,
        )
        level, level_why = urgency.urgency(route, reading.danger, alarm, known)
        border = None
        if certainty != "sure":
            border = self._border(chances)
        asks_money = money.asks_money(reading.message)
        second, second_text = self._second(reading, best, when)
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
            ask_danger=urgency.asks(level, reading.danger, alarm),
            warned=warnings.warned(reading.message),
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
        lead = self._names.get(best.lead, best.lead)
        return why.of_route(route, lead, self._words(reading, best.category), level, level_why)

    def _guesses(self, chances: Numbers, when: date | None) -> tuple[Guess, ...]:
        """Return the likeliest leads, each with its likeliest category."""
        by_lead: dict[str, list[tuple[float, str]]] = {}
        for chance, label in zip(chances.tolist(), self._labels, strict=True):
            route = self._route(label, when)
            if route is not None:
                by_lead.setdefault(route.lead, []).append((chance, label))
        guesses = [
            Guess(max(rows)[1], lead, round(sum(chance for chance, _ in rows), 4))
            for lead, rows in by_lead.items()
        ]
        return tuple(sorted(guesses, key=lambda guess: -guess.confidence)[:3])

    def _route(self, category: str, when: date | None) -> Route | None:
        on = when or _ALL_TIME
        for route in self._rows.get(category, ()):
            if route.first <= on and (route.last is None or on <= route.last):
                return route
        return None

    def _border(self, chances: Numbers) -> borders.Border | None:
        first, second = np.argsort(-chances)[:2]
        if chances[second] < BORDER * chances[first]:
            return None
        return borders.between(self._labels[first], self._labels[second])

    def _second(self, reading: Reading, best: Guess, when: date | None) -> tuple[Guess | None, str]:
        """Return the guess for what stands after a turn to another matter, and those words."""
        parts = matters.parts(reading.message.raw)
        if parts is None:
            return None, ""
        guesses = [self._guesses(self._chances(self.reader.read(p)), when)[0] for p in parts]
        for guess, text in zip(guesses, parts, strict=True):
            other = guesses[1] if guess is guesses[0] else guesses[0]
            if guess.lead != best.lead and other.lead == best.lead and guess.confidence >= OWN:
                return guess, text
        return None, ""

    def _chances(self, reading: Reading) -> Numbers:
        bag = self.model.bag(reading.words, reading.folded, reading.signs)
        return _softmax(self.model.scores(bag)[:-1] / self.model.temperature)

    def _words(self, reading: Reading, category: str) -> tuple[str, ...]:
        """Return the pairs of words that spoke most for a category."""
        weights = self.model.weights(reading.folded, category)
        best = sorted(range(len(weights)), key=lambda i: -weights[i])[:3]
        said = [(i, " ".join(reading.words[i : i + 2])) for i in best if weights[i] > 0]
        kept = [(i, pair) for at, (i, pair) in enumerate(said) if not _beside(i, said[:at])]
        return tuple(pair for _, pair in kept if PLACE_WORD not in pair)[:2]


def _beside(at: int, before: list[tuple[int, str]]) -> bool:
    return any(abs(at - other) < 2 for other, _ in before)  # noqa: PLR2004 - a pair is two words


def _certainty(confidence: float) -> Certainty:
    if confidence >= SURE:
        return "sure"
    return "unsure" if confidence >= KNOWN else "nothing"


def _coordinating(route: Route | None, *, money: bool) -> tuple[str, ...]:
    if route is None:
        return ()
    if money and "so_tai_chinh" not in (route.lead, *route.coordinating):
        return (*route.coordinating, "so_tai_chinh")
    return route.coordinating


def _no_report(
    reading: Reading,
    kind: Literal["not_a_report", "status_question"],
    confidence: float,
    small: SmallTalk = "",
) -> Verdict:
    return Verdict(
        kind=kind,
        certainty="sure",
        confidence=confidence,
        urgency="low",
        small_talk=small,
        warned=warnings.warned(reading.message),
        language=language(reading.message),
        why="Tin hỏi tiến độ của phiếu đã gửi."
        if kind == "status_question"
        else "Tin không nêu khó khăn, vướng mắc nào.",
    )


def _softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max())
    chances: Numbers = raised / raised.sum()
    return chances
