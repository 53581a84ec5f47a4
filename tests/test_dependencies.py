"""What the program stands on: licences that a province may use, and no version known to be open."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.version import Version


def locked(name: str) -> dict[str, str]:
    """The versions that a lock file names."""
    text = (Path(__file__).parent.parent / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", text, re.MULTILINE))


LOCKED, TESTS_LOCKED = locked("requirements.lock"), locked("requirements-test.lock")
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|Dual License"
)
BY_NAME = {
    # Used as it comes, by import alone, so that anybody can put another version in its place.
    "docxtpl": "LGPL-2.1-only",
    "python-telegram-bot": "LGPL-3.0-only",
}
"""Packages whose licence asks for something, and how that is met."""
MENDED = {
    "aiohttp": "3.14.3",  # CVE-2026-50269, -54273 to -54280: smuggling, memory
    "certifi": "2024.7.4",  # CVE-2024-39689: a root that is trusted no more
    "cryptography": "48.0.1",  # GHSA-537c-gmf6-5ccf: the OpenSSL in its wheels; CVE-2026-26007
    "h11": "0.16.0",  # CVE-2025-43859: chunked bodies
    "idna": "3.15",  # CVE-2026-45409: long names
    "jinja2": "3.1.6",  # CVE-2025-27516: out of the sandbox, in which templates of Word are filled
    "lxml": "6.1.0",
    "mako": "1.3.12",  # CVE-2026-44307, -41205: paths of templates; ours are Alembic's own
    "pillow": "12.3.0",  # CVE-2026-25990, -40192: damaged pictures
    "pydantic-settings": "2.14.2",  # GHSA-4xgf-cpjx-pc3j: folders of secrets, which we do not use
    "python-multipart": "0.0.31",  # CVE-2026-24486, -42561, -53537 to -53540: forms that never end
    "pyyaml": "5.4",  # CVE-2020-14343: objects out of YAML
    "starlette": "1.3.1",  # CVE-2025-62727, -2026-54282, -54283: ranges, form limits
    "urllib3": "2.7.0",  # CVE-2026-21441, -44431, -44432; of the extra for Sentry, and the tests
}
"""The first version without the flaws that were published of it, as public threads of projects
told until September 2026; `dev.py audit` asks for what came since."""


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
        name: TESTS_LOCKED[name]
        for name, first in MENDED.items()
        if Version(TESTS_LOCKED[name]) < Version(first)
    }
    assert not old
