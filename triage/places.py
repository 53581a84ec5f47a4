"""Which communes, old communes, old districts and villages a text names."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from province.pack import Commune, Pack
from province.text import fold
from triage.text import Message, read
from triage.verdict import Place
from triage.villages import villages
from triage.words import words

Kind = Literal["commune", "old_commune", "old_district"]

LONGEST_NAME: Final = 3
"""Words of the longest name."""

_KINDS: Final = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "xã")
_CUES: Final = {"xa", "phuong", "tran", "huyen", "pho", "p", "x", "h", "tx", "tp", "tt", "ubnd"}
_PLACING: Final = {"o", "tai", "dia", "ve", "tu", "len", "xuong", "qua", "cu", "ub", "ban", "dan"}
_ORDINARY: Final = words("ordinary_names")
_ORDINARY_MARKED: Final = words("ordinary_marked_names")


@dataclass(frozen=True, slots=True)
class Name:
    """One thing called by a name, and the communes of today that lie in it."""

    marked: str
    kind: Kind
    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a message and which of its words name them."""

    places: tuple[Place, ...]
    words: frozenset[int]


class Gazetteer:
    """All names of a pack by what is left of them without marks."""

    def __init__(self, pack: Pack) -> None:
        self.names: defaultdict[str, list[Name]] = defaultdict(list)
        self.district = {commune.code: commune.old_district for commune in pack.communes}
        for name in _names(pack):
            self.names[fold(name.marked)].append(name)

    def find(self, message: Message, home: str | None = None) -> Found:
        """Return the places named, most telling first; several codes where names collide."""
        hits = list(self._hits(message))
        districts = {hit[2][0].codes for hit in hits if hit[2][0].kind == "old_district"}
        places = [self._place(names, said, districts, home) for _, said, names in hits]
        places += villages(message)
        words = frozenset(i for span, _, _ in hits for i in span)
        return Found(tuple(dict.fromkeys(places)), words)

    def _hits(self, message: Message) -> Iterator[tuple[range, str, list[Name]]]:
        at, end = 0, len(message.folded)
        while at < end:
            for length in range(min(LONGEST_NAME, end - at), 0, -1):
                span = range(at, at + length)
                bare = " ".join(message.folded[at : at + length])
                said, names = self._meant(message, span, bare)
                if names:
                    yield span, said, names
                    at += length - 1
                    break
            at += 1

    def _meant(self, message: Message, span: range, bare: str) -> tuple[str, list[Name]]:
        names = self.names.get(bare)
        if not names:
            return "", []
        typed = " ".join(message.words[span.start : span.stop])
        cue = _cue(message, span.start)
        names = [name for name in names if typed in (name.marked, bare)]
        if typed in _ORDINARY_MARKED or (typed == bare and bare in _ORDINARY):
            capital = names and any(
                name.title in message.raw or fold(name.title).title() in message.raw
                for name in names
            )
            if not capital and cue not in _CUES:
                return "", []
        return cue, _of_kind(names, cue)

    def _place(
        self, names: list[Name], cue: str, districts: set[tuple[str, ...]], home: str | None
    ) -> Place:
        codes = tuple(dict.fromkeys(code for name in names for code in name.codes))
        kind = names[0].kind
        if kind == "old_district" or len(codes) == 1:
            return Place(kind, _said(names[0], cue), codes)
        for inside in districts:
            if kept := tuple(code for code in codes if code in inside):
                codes = kept
        if home in codes and home is not None:
            codes = (home,)
        return Place(kind, _said(names[0], cue), codes)


def _names(pack: Pack) -> Iterator[Name]:
    districts: defaultdict[str, list[str]] = defaultdict(list)
    for commune in pack.communes:
        districts[commune.old_district].append(commune.code)
        yield Name(_marked(commune.name), "commune", commune.name, (commune.code,))
    for commune in pack.communes:
        yield from _old(commune)
    for district, codes in districts.items():
        title = _bare_name(district)
        yield Name(_marked(title), "old_district", title, tuple(codes))


def _old(commune: Commune) -> Iterator[Name]:
    for old in commune.old_communes:
        title = _bare_name(old)
        if title != commune.name:
            yield Name(_marked(title), "old_commune", title, (commune.code,))


def _marked(name: str) -> str:
    return " ".join(read(name).words)


def _bare_name(name: str) -> str:
    for kind in _KINDS:
        if name.lower().startswith(kind + " "):
            return name[len(kind) + 1 :]
    return name


def _cue(message: Message, at: int) -> str:
    return message.folded[at - 1] if at else ""


def _of_kind(names: list[Name], cue: str) -> list[Name]:
    """Keep what the word before the name allows: a district, or anything but one."""
    if cue in {"huyen", "h"}:
        return [n for n in names if n.kind == "old_district"] or names
    if cue in {"xa", "x", "phuong", "p", "tran", "tt"}:
        return [n for n in names if n.kind != "old_district"] or names
    return names


_KIND_SAID: Final = {"xa": "xã", "x": "xã", "phuong": "phường", "p": "phường", "huyen": "huyện"}


def _said(name: Name, cue: str) -> str:
    word = _KIND_SAID.get(cue, "")
    return f"{word} {name.title}".strip()
