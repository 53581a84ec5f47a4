"""Language, category, urgency, place and what else a text says: text and pack in, verdict out."""

from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from province.pack import Pack, Question
from triage import model
from triage.judge import Judge
from triage.verdict import Verdict

__all__ = ["answer_to", "choose", "triage", "triage_report", "warm"]

_KEPT = 4
_judges: dict[int, tuple[Pack, Judge]] = {}
_chosen: list[Path] = []
"""The file of the model in force, where it is not the bundled one."""


def triage(text: str, pack: Pack, *, home: str | None = None, when: date | None = None) -> Verdict:
    """Return the verdict on a text.

    `home` is the code of the reporter's commune; `when` the local day whose routes count, by
    default those without an end.
    """
    return _judge(pack).verdict(text, home, when)


def triage_report(
    text: str, pack: Pack, *, home: str | None = None, when: date | None = None
) -> Verdict:
    """Return the verdict on words that their writer says are a report, as `triage` gives it.

    What they tell of is never beyond doubt.
    """
    return _judge(pack).report(text, home, when)


def answer_to(question: Question, text: str, pack: Pack, *, home: str | None = None) -> str:
    """Return what a text says to one question: yes, no, a choice or the words; '' for nothing.

    `home` is the code of the commune where it was written, as for `triage`.
    """
    return _judge(pack).answer(question, text, home)


def choose(file: Path | None) -> str:
    """Judge with the model of a file from now on, None for the bundled one; its version.

    A file that cannot be read, or is of another format, leaves the bundled one in force.
    """
    _judges.clear()
    _chosen.clear()
    try:
        chosen = model.load(file) if file is not None else model.load()
    except (OSError, ValueError, KeyError, BadZipFile):
        return model.load().version
    _chosen.extend([file] if file is not None else [])
    return chosen.version


def warm(pack: Pack) -> None:
    """Load the model, the pack's names and the readers of its questions' answers.

    So the first message of a category is not slower than others.
    """
    triage("Sạt lở đường vào bản", pack)
    for question in {question for route in pack.routing for question in route.questions}:
        answer_to(question, "", pack)


def _judge(pack: Pack) -> Judge:
    kept = _judges.get(id(pack))
    if kept is None or kept[0] is not pack:
        while len(_judges) >= _KEPT:
            del _judges[next(iter(_judges))]
        kept = _judges[id(pack)] = pack, Judge(pack, model.load(*_chosen))
    return kept[1]
