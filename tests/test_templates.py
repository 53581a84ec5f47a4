"""A template of Word that an office puts in: what it may hold, and what no template can do."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tickets.paper_samples import SAMPLES
from tickets.papers import KINDS
from web import drafts, template_files, word
from web.console.words import WORDS
from web.template_tags import Unfit, require_plain

PARTS = zipfile.ZIP_DEFLATED


def written(*paragraphs: str, change: Callable[[Any], None] = lambda _: None) -> bytes:
    """The bundled letter with some paragraphs in place of its own."""
    document = docx.Document(io.BytesIO(drafts.bundled("reply")))
    for old in (*document.paragraphs, *document.tables):
        old._element.getparent().remove(old._element)
    for text in paragraphs:
        document.add_paragraph(text)
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(content: bytes, **parts: str | bytes) -> bytes:
    """A file with some parts put in place of its own, or added: `word__x_xml` is word/x.xml."""
    changed = {name.replace("__", "/").replace("_xml", ".xml"): v for name, v in parts.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", PARTS) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def faults(content: bytes, kind: str = "reply") -> list[tuple[str, str, str]]:
    with pytest.raises(Unfit) as caught:
        drafts.tried(content, kind)
    assert all(fault.word in WORDS for fault in caught.value.faults)
    return [(fault.word, fault.about, fault.meant) for fault in caught.value.faults]


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_templates_fit_and_follow_decree_30(kind: str) -> None:
    filled = docx.Document(io.BytesIO(drafts.tried(drafts.bundled(kind), kind)))
    section, normal = filled.sections[0], filled.styles["Normal"].font
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(m.mm) for m in margins] == [20, 20, 30, 20]
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    left, right = (cell.text for cell in filled.tables[0].rows[0].cells)
    assert "UBND TỈNH NGHỆ AN\nSỞ TÀI CHÍNH" in left
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in right
    assert "Nơi nhận:" in filled.tables[-1].rows[0].cells[0].text
    assert "PAGE" in section.header._element.xml
    assert filled.core_properties.author == "Sở Tài chính"


def test_every_field_of_a_kind_can_be_written_and_has_words() -> None:
    for sample in SAMPLES.values():
        for name, value in sample.items():
            assert f"fld_{name}" in WORDS
            for inner in value[0] if not isinstance(value, str) else ():
                assert f"fld_{inner}" in WORDS
                assert not hasattr({}, inner)
    text = " ".join(f"{{{{ {name} }}}}" for name in SAMPLES["reply"])
    assert SAMPLES["reply"]["van_ban"] in words_of(drafts.tried(written(text), "reply"))


def test_word_may_tear_a_tag_into_pieces() -> None:
    def torn(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("Phiếu {", "{ so_", "phieu", " }", "} và {{ ket_qua or “……” }}"):
            paragraph.add_run(piece).bold = piece == "phieu"

    filled = words_of(drafts.tried(written(change=torn), "reply"))
    assert "Phiếu NA-26-000123 và đã bố trí 150 triệu" in filled


def test_conditions_and_rows() -> None:
    template = written(
        "{%p if ngay_hen and not han_che %}", "có hẹn", "{%p elif muc_do == 'Gấp' %}",
        "GẤP {{ muc_do|upper }}", "{%p endif %}",
    )  # fmt: skip
    assert words_of(drafts.tried(template, "reply")) == "GẤP GẤP"
    rows = written("{%p for q in qua_trinh %}", "{{ loop.index }}. {{ q.viec }}", "{%p endfor %}")
    assert words_of(drafts.tried(rows, "tracking")) == "1. Mở phiếu\n2. Tiếp nhận"


UNFIT = (
    ("{{ so_phiu }}", "tpl_unknown", "so_phiu", "so_phieu"),
    ("{{ Xa }}", "tpl_unknown", "Xa", "xa"),
    ("{{ x.tong }}", "tpl_unknown", "x.tong", "xa"),
    ("{{ so phieu }}", "tpl_syntax", "{{ so phieu }}", ""),
    ("x\n{% if so_phieu %}x", "tpl_syntax", "{% if so_phieu %}x", ""),
    ("{% for x in so_phieu %}{% endfor %}", "tpl_no_rows", "so_phieu", ""),
    ("{{ so_phieu|format }}", "tpl_filter", "format", ""),
    ("{{ so_phieu|upper(1) }}", "tpl_filter", "upper", ""),
    ("{{ range(9) }}", "tpl_refused", "Call", ""),
    ("{{ so_phieu.__class__ }}", "tpl_unknown", "so_phieu.__class__", ""),
    ("{{ ''.__class__.__mro__ }}", "tpl_refused", "Getattr", ""),
    ("{{ cycler.__init__.__globals__.os }}", "tpl_unknown", "cycler.__init__.__globals__.os", ""),
    ("{{ so_phieu['real'] }}", "tpl_refused", "Getitem", ""),
    ("{{ 9 ** 9 ** 9 }}", "tpl_refused", "Pow", ""),
    ("{{ so_phieu ~ 'x' }}", "tpl_refused", "Concat", ""),
    ("{% set x = 1 %}", "tpl_refused", "Assign", ""),
    ("{% macro m() %}{% endmacro %}", "tpl_refused", "Macro", ""),
    ("{% if so_phieu() %}{% endif %}", "tpl_refused", "Call", ""),
    ("{% if so_phieu < 'x' %}{% endif %}", "tpl_refused", "Compare", ""),
    ("{% if so_phieu is defined %}{% endif %}", "tpl_refused", "Test", ""),
)
"""What stands in a template, and how it is refused before anything is compiled."""


@pytest.mark.parametrize(("text", "word_", "about", "meant"), UNFIT)
def test_a_tag_that_is_none_of_ours_is_named(text: str, word_: str, about: str, meant: str) -> None:
    with pytest.raises(Unfit) as caught:
        require_plain(text, SAMPLES["reply"])
    (fault,) = caught.value.faults
    assert (fault.word, fault.about, fault.meant) == (word_, about, meant)
    assert word_ in WORDS


def test_what_is_wrong_in_word_is_told_by_its_words() -> None:
    for text, *expected in (
        ("{{ so_phieu", "tpl_unclosed", "{{ so_phieu", ""),
        ("so_phieu }}", "tpl_unclosed", "}}", ""),
        ("{{ so_phieu %}", "tpl_unclosed", "{{ so_phieu %}", ""),
        ("Số {{ so phieu }}", "tpl_syntax", "Số {{ so phieu }}", ""),
        ("không có thẻ nào", "tpl_no_tags", "", ""),
        ("{{p so_phieu }}", "tpl_torn", "NA-26-000123", ""),
    ):
        assert faults(written(text)) == [tuple(expected)]


def test_rows_within_rows_are_their_own() -> None:
    for text, expected in (
        ("{% for a in bang %}{% for b in bang %}x{% endfor %}{% endfor %}", "tpl_rows_within"),
        ("{% for a in bang %}{% for b in a %}x{% endfor %}{% endfor %}", "tpl_no_rows"),
        ("{{ bang }}", "tpl_no_words"),
        ("{% if so_xa %}" * 9 + "x" + "{% endif %}" * 9, "tpl_deep"),
        ("{{ " + "so_xa or " * 9 + "so_xa }}", "tpl_deep"),
    ):
        with pytest.raises(Unfit, match=expected):
            require_plain(text, SAMPLES["joint"])


def instr(code: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        field = f"<w:fldSimple {nsdecls('w')} w:instr='{code}'/>"
        document.add_paragraph("{{ xa }}")._p.append(parse_xml(field))

    return change


def pieces(document: Any) -> None:
    """A field of Word in pieces, as Word keeps it."""
    run = f"<w:p {nsdecls('w')}>"
    for inner in (
        "<w:fldChar w:fldCharType='begin'/>", "<w:instrText> DDE</w:instrText>",
        "<w:instrText>AUTO c:\\\\x</w:instrText>", "<w:fldChar w:fldCharType='end'/>",
    ):  # fmt: skip
        run += f"<w:r>{inner}</w:r>"
    document.paragraphs[0]._p.addnext(parse_xml(run + "</w:p>"))


def test_fields_of_word_only_count_and_date() -> None:
    for code in ("PAGE", "DATE \\@ dd"):
        drafts.tried(written("{{ xa }}", change=instr(code)), "reply")
    for code in ("INCLUDEPICTURE http://x", "MERGEFIELD so"):
        found = faults(written("{{ xa }}", change=instr(code)))
        assert found == [("tpl_field", code.split()[0], "")]
    assert faults(written("{{ xa }}", change=instr("HYPERLINK {{ xa }}")))[0][0] == "tpl_hidden_tag"
    assert faults(written("{{ xa }}", change=pieces)) == [("tpl_field", "DDEAUTO", "")]


RELS = "word/_rels/document.xml.rels"


def linked(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    plain = written("{{ xa }}")
    with zipfile.ZipFile(io.BytesIO(plain)) as old:
        rels = old.read(RELS).decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="r99" Type="{base}/{kind}" Target="{target}"{mode}/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", PARTS) as new, zipfile.ZipFile(io.BytesIO(plain)) as old:
        for name in old.namelist():
            new.writestr(
                name, rels.replace("</Relationships>", more) if name == RELS else old.read(name)
            )
    return out.getvalue()


def test_nothing_is_fetched_and_no_program_comes_along() -> None:
    assert drafts.tried(linked("hyperlink", "https://nghean.gov.vn"), "reply")
    for kind, target in (
        ("hyperlink", "file://server/x"), ("image", "http://evil.test/x.png"),
        ("hyperlink", "javascript:x"),
    ):  # fmt: skip
        assert faults(linked(kind, target)) == [("tpl_outside", target, "")]
    for kind in ("attachedTemplate", "oleObject", "aFChunk"):
        assert faults(linked(kind, "x")) == [("tpl_program", kind, "")]
    assert faults(packed(written("{{ xa }}"), **{"word__vbaProject.bin": b"\xd0\xcf"})) == [
        ("tpl_program", "vbaProject.bin", "")
    ]
    plain = written("{{ xa }}")
    drafts.tried(packed(plain, **{"word__printerSettings1.bin": b"\0"}), "reply")
    with zipfile.ZipFile(io.BytesIO(plain)) as old:
        types = old.read("[Content_Types].xml").decode()
    main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = types.replace(main, "vnd.ms-word.document.macroEnabled.main+xml")
    assert faults(packed(plain, **{"[Content_Types].xml": macros})) == [("tpl_no_docx", "", "")]


def changed(**parts: str | bytes) -> bytes:
    return packed(written("{{ xa }}"), **parts)


@cache
def bomb() -> bytes:
    """A kilobyte that says it is a megabyte, and unpacks to a gigabyte's worth of spaces."""
    return packed(written("{{ xa }}"), word__settings_xml=b" " * 30_000_000)


def lying() -> bytes:
    """An archive whose table of contents says that a large part is small."""
    content = bytearray(bomb())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/settings.xml"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (lambda: b"", "tpl_no_docx"),
        (lambda: b"PK\x03\x04 broken", "tpl_no_docx"),
        (lambda: written("{{ xa }}")[:-400], "tpl_no_docx"),
        (lambda: b"x" * (template_files.MOST_BYTES + 1), "tpl_large"),
        (bomb, "tpl_large"),
        (lying, "tpl_no_docx"),
        (lambda: packed(b"PK\x05\x06" + b"\0" * 18, **{"a.txt": "x"}), "tpl_no_docx"),
        (lambda: changed(word__settings_xml=DOCTYPE), "tpl_no_docx"),
        (lambda: changed(word__settings_xml=DOCTYPE.encode("utf-16")), "tpl_no_docx"),
        (lambda: changed(word__document_xml="<a/>"), "tpl_no_docx"),
        (lambda: changed(**{f"word__{n}_xml": "<a/>" for n in range(130)}), "tpl_large"),
        (lambda: written("{{ xa }}" * 401), "tpl_large"),
    ],
)  # fmt: skip
def test_a_broken_file_and_a_bomb_are_refused(content: Callable[[], bytes], expected: str) -> None:
    assert [word_ for word_, _, _ in faults(content())] == [expected]


def test_a_tag_where_nothing_is_filled_in_is_told() -> None:
    namespace = nsdecls("w")
    words = "<w:p><w:r><w:t>{{ xa }}</w:t></w:r></w:p>"
    note = f"<w:endnotes {namespace}><w:endnote>{words}</w:endnote></w:endnotes>"
    plain = packed(linked("endnotes", "endnotes.xml", ""), word__endnotes_xml=note)
    with zipfile.ZipFile(io.BytesIO(plain)) as old:
        types = old.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
    more = f'<Override PartName="/word/endnotes.xml" ContentType="{kind}"/></Types>'
    content = packed(plain, **{"[Content_Types].xml": types.replace("</Types>", more)})
    assert faults(content) == [("tpl_left", "{{ xa }}", "")]


def test_what_people_wrote_stays_words() -> None:
    evil = '<w:p/>&amp; "]]> {{ so_phieu }} {% raw %} {_{ x\x0b\x00\ud800 dòng\nmới </w:t>'
    fields = {**SAMPLES["reply"], "noi_dung": evil}
    template = written("[{{ noi_dung }}]", "{{ noi_dung|upper }}")
    filled = word.fill(template, fields, SAMPLES["reply"], title="", author="")
    first, second = docx.Document(io.BytesIO(filled)).paragraphs
    assert first.text.startswith('[<w:p/>&amp; "]]> {{ so_phieu }} {% raw %}')
    assert "dòng\nmới </w:t>]" in first.text
    assert second.text.startswith("<W:P/>&AMP;")
