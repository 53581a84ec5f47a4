"""Which notions a text speaks of, whatever words it uses for them."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from province.text import fold
from triage.text import Message, read

LONGEST: Final = 4
"""Words of the longest term."""

Terms = dict[str, list[tuple[str, str]]]


@cache
def _terms() -> Terms:
    """Map each term without marks to (the term as written, its notion)."""
    text = (files("triage") / "concepts.yaml").read_text("utf-8")
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for notion, terms in yaml.safe_load(text).items():
        for term in terms.split(";"):
            written = " ".join(read(term.strip()).words)
            found[fold(written)].append((written, notion))
    return dict(found)


def find(message: Message) -> tuple[str, ...]:
    """Return the notions, once each; a term of one syllable counts only with its marks."""
    terms, words, folded = _terms(), message.words, message.folded
    found: dict[str, None] = {}
    for start in range(len(folded)):
        for length in range(1, LONGEST + 1):
            known = terms.get(" ".join(folded[start : start + length]))
            if known is None:
                continue
            typed = " ".join(words[start : start + length])
            bare = length > 1 and typed.isascii()
            for written, notion in known:
                if typed == written or bare:
                    found[notion] = None
    return tuple(found)
