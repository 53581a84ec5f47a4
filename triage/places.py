"""Which communes, old communes, old districts and villages a text names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from province.pack import Commune, Pack
from province.text import fold
from triage.text import Message, read
from triage.verdict import Place

Kind = Literal["commune", "old_commune", "old_district"]

LONGEST_NAME: Final = 3
"""Words of the longest name."""

_KINDS: Final = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "xã")
_CUES: Final = {"xa", "phuong", "tran", "huyen", "pho", "p", "x", "h", "tx", "tp", "tt", "ubnd"}
_PLACING: Final = {"o", "tai", "dia", "ve", "tu", "len", "xuong", "qua", "cu", "ub", "ban", "dan"}
_ORDINARY: Final = frozenset(
    """
    an chau;an hoa;bac thanh;bai son;bao nam;bao thang;bao thanh;binh hop;binh minh;binh son
    cam lam;cam phuc;cam son;cao son;cat van;chau hoi;chau li;chau nga;chau nhan;chau thai
    chau thanh;chau thon;cua lo;cua nam;da son;dai dong;dai hue;dai son;dien an;dien hoa
    dien hong;dien tan;dien thanh;dien tho;dien trung;dong hop;dong loc;dong son;dong thanh
    dong van;duc chau;duc son;duc thanh;dung;giai lac;hai chau;hai loc;ha son;hau thanh;hoa quan
    hoa son;hoa thanh;hoi son;hop minh;hung chan;hung dao;hung hai;hung phuc;hung thanh
    hung tien;hung trung;khai son;khanh hop;ki tan;kim lien;kim nhan;kim son;kim thanh;lam thanh
    le loi;li son;lien hop;lien thanh;linh son;long thanh;long xa;luong son;mai giang;mai son
    minh hop;minh son;minh thanh;minh tien;mi son;mi thanh;nam anh;nam cat;nam giang;nam hung
    nam kim;nam son;nam thanh;nam xuan;nga mi;nghi an;nghi duc;nghi dong;nghi hai;nghi hoa
    nghi hung;nghi huong;nghi kieu;nghi kim;nghi lam;nghi lien;nghi loc;nghi long;nghi mi
    nghi phong;nghi phu;nghi phuong;nghi quang;nghi tan;nghi thach;nghi thai;nghi thiet
    nghi thu;nghi thuan;nghi thui;nghi tien;nghi trung;nghi van;nghi xa;nghi xuan;nghi yen
    nghia an;nghia binh;nghia duc;nghia hoi;nghia loi;nghia tho;nghia trung;ngoc lam;ngoc son
    nhan hoa;nhan son;phong thinh;phu nghia;phu son;phu thanh;phuc loc;phuc loi;phuc son
    phuc thanh;quan bau;quan hanh;quan thanh;quang chau;quang dong;quang phong;quang son
    quang thanh;quang tien;quang trung;son lam;son thanh;tam dinh;tam dong;tam hop;tam quang
    tam thai;tan an;tan chau;tan hop;tan huong;tan lac;tan phu;tan son;tan thang;tan thanh
    tan xuan;tay son;tay thanh;thai hoa;thai son;thanh an;thanh duc;thanh ha;thanh huong;thanh lam
    thanh lien;thanh mi;thanh ngoc;thanh phong;thanh qua;thanh son;thanh thinh;thanh thui
    thanh tien;thanh tung;thanh vinh;thanh xuan;thien nhan;thinh mi;thinh son;tho hop;tho son
    tho thanh;thong tan;thong thu;thu thui;thuan trung;thuong son;tien dong;tien ki;tien phong
    tien thanh;tra lan;trang son;tri le;trung do;trung loc;trung son;trung thanh;truong thi
    truong vinh;tuong duong;tuong son;van an;van hai;van hien;van loi;van son;van thanh;van tu
    vien thanh;vinh hung;vinh loc;vinh phu;vinh son;vinh tan;vinh thanh;vinh tuong;xa luong
    xuan hoa;xuan lam;xuan son;xuan thanh;yen hoa;yen hop;yen na;yen son;yen thang;yen thanh
    yen tinh;yen trung;yen xuan
    """.replace("\n", ";")
    .replace("  ", "")
    .strip("; ")
    .split(";")
)
"""Names that written small and without marks read as everyday words ("nghi lam": nghỉ làm)."""

_ORDINARY_MARKED: Final = {
    "bình minh", "trung thành", "tiền phong", "phúc lợi", "quang trung", "lê lợi", "dùng",
    "hưng đạo", "trường thi", "thanh hà", "thanh xuân", "thanh liên", "đồng thành", "xuân sơn",
}  # fmt: skip
"""Names that even with marks are everyday words or streets, unless written with capitals."""


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
        places += _villages(message)
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


_CAPITAL = "[A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]"
_VILLAGE = re.compile(
    r"(?<!\w)(?P<kind>[Bb]ản|[Bb]an|[Xx]óm|[Xx]om|[Tt]hôn|[Tt]hon|[Kk]hối|[Kk]hoi|[Ll]àng|"
    r"[Ll]ang)\s+"
    rf"(?P<name>(?:{_CAPITAL}[\w]*|\d{{1,2}})(?:\s+(?:{_CAPITAL}\w*|\d{{1,2}})){{0,2}})"
)
_VILLAGE_SMALL = re.compile(
    r"(?<!\w)(?P<kind>bản|xóm|thôn|khối|ban|xom|thon|"
    r"khoi)\s+(?P<name>[^\W\d_]{2,7}\s+[^\W\d_]{2,7})"
)
_VILLAGE_KIND: Final = {"ban": "bản", "xom": "xóm", "thon": "thôn", "khoi": "khối", "lang": "làng"}
_NOT_BEFORE: Final = {
    "van",
    "bien",
    "co",
    "can",
    "ki",
    "nguyen",
    "tai",
    "uy",
    "nhan",
    "nong",
    "dia",
}
_NOT_IN_NAME: Final = frozenset(
    [
        "khong",
        "bi",
        "co",
        "la",
        "va",
        "o",
        "cua",
        "da",
        "dang",
        "mat",
        "sap",
        "nay",
        "toi",
        "chung",
        "chua",
        "duoc",
        "cho",
        "cac",
        "nhieu",
        "may",
        "mot",
        "hai",
        "ba",
        "bon",
        "nam",
        "sau",
        "do",
        "ko",
        "thi",
        "di",
        "ve",
        "ra",
        "vao",
        "den",
        "tu",
        "voi",
        "cung",
        "con",
        "nhung",
        "khi",
        "nao",
        "ngay",
        "dem",
        "sang",
        "qua",
        "roi",
        "bao",
        "nha",
        "dan",
        "ho",
        "nguoi",
        "duong",
        "cau",
        "dien",
        "nuoc",
        "song",
        "lo",
        "sat",
        "ngap",
        "chay",
        "mua",
        "gio",
        "lu",
        "lut",
        "truong",
        "tram",
        "ta",
        "minh",
        "gan",
        "xa",
        "toan",
        "ca",
        "het",
        "tren",
        "duoi",
        "trong",
        "ngoai",
        "giap",
        "cach",
        "khoang",
        "hon",
        "to",
        "chuc",
        "quan",
        "li",
        "hanh",
        "chinh",
        "sao",
        "khe",
        "suoi",
        "cu",
        "moi",
        "em",
        "anh",
        "chi",
        "bac",
        "chu",
        "ong",
        "ba",
        "co",
        "thay",
        "hs",
        "gv",
        "be",
        "truong",
        "pho",
        "doi",
        "so",
        "ve",
        "cong",
        "tinh",
        "uy",
        "thuoc",
        "giay",
        "doc",
        "tay",
        "tru",
        "moc",
        "le",
        "luon",
        "ban",
        "xom",
        "thon",
        "xin",
        "de",
        "nghi",
        "rat",
        "kho",
        "khan",
        "muon",
        "can",
        "thieu",
        "lam",
        "hong",
        "tac",
        "vo",
        "sup",
        "sut",
        "the",
        "nao",
        "ghi",
        "an",
    ]
)


def _villages(message: Message) -> list[Place]:
    found = [_village(m["kind"], m["name"]) for m in _VILLAGE.finditer(message.raw)]
    if found or message.accented:
        return found
    for m in _VILLAGE_SMALL.finditer(message.plain):
        before = fold(message.plain[: m.start()]).rsplit(" ", 1)[-1]
        if before not in _NOT_BEFORE and not _NOT_IN_NAME & set(fold(m["name"]).split()):
            found.append(_village(m["kind"], m["name"].title()))
    return found


def _village(kind: str, name: str) -> Place:
    return Place("village", f"{_VILLAGE_KIND.get(fold(kind), kind)} {name}")
