"""What the program stands on: licences that a province may use, and no version known to be open."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.version import Version

LOCK = (Path(__file__).parent.parent / "requirements.lock").read_text("utf-8")
LOCKED = dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", LOCK, re.MULTILINE))
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|Dual License"
)
BY_NAME = {
    # Used as it comes, by import alone, so that anybody can put another version in its place.
    "python-telegram-bot": "LGPL-3.0-only",
}
"""Packages whose licence asks for something, and how that is met."""
MENDED = {
    "aiohttp": "3.13.3",
    "certifi": "2024.7.4",
    "cryptography": "46.0.5",
    "h11": "0.16.0",
    "idna": "3.7",
    "jinja2": "3.1.6",
    "lxml": "5.0",
    "mako": "1.2.2",
    "pillow": "12.1.1",
    "python-multipart": "0.0.22",
    "pyyaml": "5.4",
    "starlette": "0.49.1",
}
"""The first version without the gravest flaw published of it until the spring of 2026, as far as
whoever wrote this knew them; `pip-audit -r requirements.lock` knows what came since."""


@pytest.mark.parametrize("package", LOCKED)
def test_every_package_may_be_used(package: str) -> None:
    try:
        told = metadata(package)
    except PackageNotFoundError:
        pytest.skip("not for this system")
    classifiers = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    said = " ".join([told.get("License-Expression") or told.get("License") or "", *classifiers])
    if package in BY_NAME:
        assert BY_NAME[package] in said
        return
    assert ALLOWED.search(said), said
    assert not re.search(r"\bA?GPL|General Public", said), said


def test_no_locked_version_is_one_known_to_be_open() -> None:
    old = {
        name: LOCKED[name]
        for name, first in MENDED.items()
        if Version(LOCKED[name]) < Version(first)
    }
    assert not old
