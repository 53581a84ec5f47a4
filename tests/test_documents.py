"""What the README and the guides say can be done exists: commands, options, settings, people."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

import dev
from bot.__main__ import _parser
from bot.settings import PREFIX, Settings
from bot.trial import PEOPLE
from storage.people import Role

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GUIDES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
DOCUMENTS = {"README.md": README, "CHANGELOG.md": "", **GUIDES}
COMMAND = re.compile(r"^\.venv/bin/thaogo (?P<words>[^#\n]+)", re.MULTILINE)
WORDS = re.compile(r"`(?:thaogo|\.venv/bin/thaogo) ([\w-]+)")


@pytest.mark.parametrize("words", [found["words"] for found in COMMAND.finditer(README)])
def test_a_command_of_the_readme_is_understood(words: str) -> None:
    assert callable(_parser().parse_args(shlex.split(words)).act)


def test_every_command_is_shown_to_a_newcomer() -> None:
    shown = {found["words"].split()[0] for found in COMMAND.finditer(README)}
    assert shown | {"trial", "classify"} == set(commands())


def commands() -> dict[str, argparse.ArgumentParser]:
    [found] = [
        action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(found.choices)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_of_the_command_line_exist(name: str) -> None:
    text = DOCUMENTS[name]
    assert set(WORDS.findall(text)) <= set(commands())
    assert set(re.findall(r"dev\.py (\w+)", text)) <= set(dev.WORDS)
    settings = {PREFIX + setting.upper() for setting in Settings.model_fields}
    assert set(re.findall(r"THAOGO_[A-Z0-9_]+[A-Z0-9]", text)) <= settings


def test_every_option_has_a_help_text() -> None:
    for name, parser in commands().items():
        for action in parser._actions:
            assert action.help, f"thaogo {name} {action.dest}"


def test_the_readme_names_every_role() -> None:
    explained = README.split("Vai trò:")[1].split("Hướng dẫn:")[0]
    assert set(re.findall(r"`(\w+)`", explained)) == {str(role) for role in Role}


def test_the_people_whom_the_readme_opens_are_in_the_trial() -> None:
    opened = re.findall(r"“([^”]+)” ở một thẻ", README.replace("\n", " "))
    assert opened
    assert set(opened) <= {person.label for person in PEOPLE}
