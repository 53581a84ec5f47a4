"""Language, category, urgency, place and what else a text says: text and pack in, verdict out."""

from datetime import date

from province.pack import Pack, Question
from triage import model
from triage.judge import Judge
from triage.verdict import Verdict

__all__ = ["answer_to", "triage", "warm"]

_KEPT = 4
_judges: dict[int, tuple[Pack, Judge]] = {}


def triage(text: str, pack: Pack, *, home: str | None = None, when: date | None = None) -> Verdict:
    """Return the verdict on a text.

    `home` is the code of the reporter's commune; `when` the local day whose routes count, by
    default those without an end.
    """
    return _judge(pack).verdict(text, home, when)


def answer_to(question: Question, text: str, pack: Pack, *, home: str | None = None) -> str:
    """Return what a text says to one question: yes, no, a choice or the words; '' for nothing.

    `home` is the code of the commune where it was written, as for `triage`.
    """
    return _judge(pack).answer(question, text, home)


def warm(pack: Pack) -> None:
    """Load the model and the pack's names, so that the first message is not slower than others."""
    triage("Sạt lở đường vào bản", pack)


def _judge(pack: Pack) -> Judge:
    kept = _judges.get(id(pack))
    if kept is None or kept[0] is not pack:
        while len(_judges) >= _KEPT:
            del _judges[next(iter(_judges))]
        kept = _judges[id(pack)] = pack, Judge(pack, model.load())
    return kept[1]
