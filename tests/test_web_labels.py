"""The words on the pages: each is used, each has its English."""

import re
from pathlib import Path

from web import app
from web.labels import WORDS, labels

FOLDER = Path(app.__file__).parent
REFUSING = FOLDER.parent / "tickets" / "acts" / "programs.py"
"""Says by a word why something cannot be."""
SOURCES = [*FOLDER.rglob("*.py"), *FOLDER.rglob("templates/**/*.html"), REFUSING]


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    written = "".join(
        path.read_text()
        for path in SOURCES
        if path.name != "labels.py" and path.parent.name != "words"
    )
    composed = tuple(re.findall(r"""f["'](\w+_)\{|["'](\w+_)["'] ~""", written))
    begins = tuple(part for found in composed for part in found if part)
    unused = [name for name in WORDS if not re.search(rf"""["']{name}["']""", written)]
    assert not [name for name in unused if not name.startswith(begins)]
    said = set(re.findall(r"""\bsay\(["'](\w+)["']\)""", written))
    assert said <= set(WORDS)


def test_every_word_is_there_in_both_languages() -> None:
    for name in WORDS:
        vietnamese, english = labels("vi")(name), labels("en")(name)
        assert vietnamese, name
        assert english, name
        assert labels("fr")(name) == vietnamese
        assert not vietnamese.endswith("!"), f"{name}: only danger has an exclamation mark"


def test_no_template_holds_words_of_its_own() -> None:
    letters = re.compile(r"[À-ỹ]")
    assert not [
        path.name
        for path in FOLDER.rglob("templates/**/*.html")
        if letters.search(path.read_text())
    ]


def test_what_a_phone_loads_stays_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (FOLDER / "static").iterdir()}
    assert sizes["thaogo.css"] <= 6 * 1024
    assert sizes["chat.js"] <= 8 * 1024
