"""Lists of words that the parts of triage look up, by name."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words.yaml; raise KeyError when there is none of that name."""
    return frozenset(term.strip() for term in _lists()[name].split(";"))


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = yaml.safe_load((files("triage") / "words.yaml").read_text("utf-8"))
    return lists
