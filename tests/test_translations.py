"""The English catalogue: complete, true to the Vietnamese sentences, and heard in a story."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import tickets.texts
from handlers.awaiting import TAKEN_BACK
from handlers.reading import NEW
from handlers.rejoinders import opinion_of
from handlers.twins import act_of, command_of, corrects_data, worded_act_of
from handlers.verdicts import verdict_of
from province.lookup import Lookup
from province.text import fold
from storage.people import Role
from storage.tickets import Ticket
from tests.world import BUNDLED, ZONE, World
from tickets.rich import plain
from tickets.rollwords import chosen
from tickets.texts import Texts
from tickets.translations import FOLDER, translator

SOURCES = sorted(Path(tickets.texts.__file__).parent.glob("*.py"))
NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
LABELS = (
    "right", "wrong", "urgent", "photos", "cancel", "other", "yes", "no", "unclear", "skip",
    "no_ticket", "both", "one", "undo", "add", "new", "ack", "resolve", "done", "not_done",
    "reopen", "view", "unbind", "open", "reroute", "ask", "promise", "update", "assign", "plan",
    "outside", "ended", "lower", "more", "approve", "send_back", "agree", "disagree", "tell",
    "next_page", "previous_page", "progress", "withdraw", "join", "split", "merge",
    "draft", "snooze", "invite", "task_ack", "task_answer", "hand_over", "let_go",
    "no_handover", "why", "look", "choose", "category", "keep", "send_out", "edit_text", "drop_it",
    "hasten", "freeze", "thaw", "seen", "nothing", "send_again", "drop_notice", "handle_again",
    "drop_update", "share", "no_share", "publish", "extend", "useful",
    "make_cluster", "drop_cluster", "undo_cluster", "neighbours", "leave_joint",
)  # fmt: skip


def sentences(file: Path) -> Iterator[str]:
    """Every sentence given to `_` or `self._`.

    Babel's own extraction leaves out the calls inside f-strings on Python 3.11 and not on 3.12.
    """
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == "_":
            (sentence,) = node.args
            assert isinstance(sentence, ast.Constant), f"{file.name}:{node.lineno}: not a literal"
            yield str(sentence.value)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


@cache
def catalogue() -> Catalog:
    with (FOLDER / "en" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale="en")


def translations() -> dict[str, str]:
    return {str(message.id): str(message.string or "") for message in catalogue() if message.id}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _edges(text: str) -> tuple[bool, bool]:
    return text != text.lstrip(), text != text.rstrip()


def _is_understood(words: str) -> bool:
    return bool(
        worded_act_of(f"{words} x")
        or chosen(words)
        or command_of(words)
        or corrects_data(words)
        or opinion_of(words.replace("{n}", "45"))
        or act_of(words)
        or NEW.match(words)
        or words == "khác"
        or fold(words) in TAKEN_BACK
        or verdict_of(words)
    )


def quoted(text: str) -> set[str]:
    return set(re.findall("“([^”]+)”", text))


@cache
def texts(language: str) -> Texts:
    return Texts(language, Lookup(BUNDLED), ZONE)


def test_the_catalogue_has_every_sentence_and_no_other() -> None:
    said = {sentence for file in SOURCES for sentence in sentences(file)}
    assert said == set(translations())
    assert not catalogue().obsolete
    assert not [message.id for message in catalogue() if message.id and message.fuzzy]


def test_a_translation_keeps_what_the_program_fills_in() -> None:
    for source, english in translations().items():
        assert english.strip(), source
        assert placeholders(english) == placeholders(source), source
        assert english.count("\n") == source.count("\n"), source
        assert _edges(english) == _edges(source), source


def test_what_the_english_says_to_type_is_understood() -> None:
    """Typed words are Vietnamese in both languages; only buttons have English names."""
    commands = re.compile(r"(?<!\S)/[a-z]+")
    buttons = {texts("en").label(name) for name in LABELS}
    for source, english in translations().items():
        assert sorted(commands.findall(english)) == sorted(commands.findall(source)), source
        assert [words for words in quoted(english) - buttons if not _is_understood(words)] == []


def test_labels_are_short_and_tell_buttons_apart() -> None:
    labels = [texts("en").label(name) for name in LABELS]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if len(label.split()) > 3] == []


def test_english_sentences() -> None:
    say = texts("en")
    assert plain(say.closed_line()).startswith("This line is for commune and ward officials")
    assert say.time(NOW, NOW.replace(day=23)) == "09:30 Tuesday 24/11"
    assert say.urgency("emergency") == "EMERGENCY"
    ticket = Ticket(
        code="NA-26-000001",
        commune="chieu_luu",
        reporter_id=1,
        contact_id=1,
        lead="so_tai_chinh",
        opened_at=NOW,
    )
    assert say.status(ticket) == "New"
    assert say.where(ticket) == "xã Chiêu Lưu"
    assert "call 112 (rescue)" in plain(say.call())
    assert say.unit("so_tai_chinh") == "Sở Tài chính"


def test_an_unknown_language_is_answered_in_vietnamese() -> None:
    assert texts("lo").thanks() == texts("vi").thanks() == "Vâng ạ. Có việc gì anh/chị cứ nhắn."
    assert translator("en")("Câu này chưa ai dịch.") == "Câu này chưa ai dịch."


async def test_a_reporter_switches_to_english_and_the_desk_stays_vietnamese(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")

    await official.says("/ngonngu")
    assert await official.news() == ["Answers are in English from now on."]
    await official.says(SOFTWARE)
    (receipt, *_) = await official.news()
    assert "Lead: Sở Khoa học và Công nghệ" in receipt
    assert "nobody has acknowledged it yet" in receipt
    assert (await world.ticket()).summary in receipt

    (card,) = [text for text in await desk.news() if SOFTWARE in text]
    assert "Chủ trì: " in card
    assert "Lead" not in card
    await desk.presses("Tiếp nhận")
    assert any("has acknowledged it (Minh)" in text for text in await official.news())

    await official.says("/ngonngu")
    assert await official.news() == ["Từ nay trả lời bằng tiếng Việt."]
