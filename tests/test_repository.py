"""What holds for the repository itself: names, sizes, addresses, secrets, locks and examples."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
import yaml
from packaging.requirements import Requirement

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")

LONG: dict[str, str] = {
    "bot/deliverer.py": "claim, send and settle are read together, or not understood",
    "bot/settings.py": "every setting, and what makes it wrong, stands in one place",
    "bot/serve.py": "the order in which the parts of a server begin and end",
    "bot/__main__.py": "every command with its words",
    "bot/intake.py": "all or nothing: every way an update can end stands in one place",
    "province/pack.py": "the types of a pack are read beside its files, as one list",
    "storage/tickets.py": "the ticket and its events are one history",
    "storage/engine.py": "how a database is opened, locked and migrated differs by its kind alone",
    "storage/people.py": "who somebody is, what they do and how to reach them is asked together",
    "storage/outbox.py": "notices and deliveries are two halves of one queue",
    "tests/test_story_reports.py": "what reporters send is read as one list",
    "tests/test_telegram.py": "one far side, every failure",
    "tests/test_telegram_parse.py": "a table of payloads",
    "tests/world.py": "the language in which stories are told",
    "tickets/acts/reporting.py": "opening a ticket is one act with many outcomes",
    "tickets/notices.py": "who hears what: split it and nobody sees the whole",
    "handlers/twins.py": "every word that can be typed stands in one place",
    "triage/abbreviations.py": "a dictionary",
}
"""Modules over 300 lines, each with the reason why it is one noun and not two."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers"}

MACHINE_PATH = re.compile(
    r"(?<![\w.>}])/(?:work|root|home/\w+|Users/\w+|tmp/[a-z]\w*)/|[A-Z]:\\+Users|file:///\w"
)
REGISTRY = re.compile(
    r"https?://[^ ]*/(?:simple|packages)/|(?:extra-)?index[-_]url|find[-_]links|pythonhosted[.]org"
)
SECRETS = {
    "a Telegram token": re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a cloud or forge key": re.compile(r"\b(?:AKIA[0-9A-Z]{16}|gh[po]_\w{30,}|xox[abp]-\w{10,})"),
    "a signed token": re.compile(r"\beyJ[\w-]{12,}\.eyJ[\w-]{12,}\."),
    "a password in an address": re.compile(r"\w://[^\s:/@{}$]+:(?!password@)[^\s:/@{}$]{6,}@\w"),
}
EXCUSE = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)(?P<codes>: ?[A-Z0-9, ]+\b|\[[\w, -]+\])?(?P<why>[^#\w]*\w.*)?$"
)
LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)#\s]+)")


@cache
def tracked() -> tuple[str, ...]:
    """The paths of the tracked files that are still there."""
    if not (ROOT / ".git").exists():
        pytest.skip("NOT RUN: this is no clone, git cannot say which files belong to it")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return tuple(path for path in listed.stdout.decode().split("\0") if (ROOT / path).is_file())


@cache
def text_of(path: str) -> str:
    """A file's text; empty for a binary one."""
    content = (ROOT / path).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


def ending(*endings: str) -> list[str]:
    """The tracked files whose names end so."""
    return [path for path in tracked() if path.endswith(endings)]


def product() -> list[str]:
    """The tracked modules of the program, without tests and tools."""
    return [path for path in ending(".py") if "/" in path and not path.startswith("tests/")]


def found(pattern: re.Pattern[str], paths: list[str] | tuple[str, ...]) -> list[str]:
    """Where a pattern stands, as `file:line: text`."""
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def none(offenders: Iterable[str]) -> None:
    """Assert that there are none, naming every one."""
    listed = list(offenders)
    assert not listed, "\n".join(["", *listed])


def test_no_tracked_file_names_a_path_of_a_machine():
    none(found(MACHINE_PATH, tracked()))


def test_no_tracked_file_names_a_package_registry():
    none(found(REGISTRY, tracked()))


@pytest.mark.parametrize("kind", SECRETS)
def test_no_tracked_file_holds_a_secret(kind):
    none(found(SECRETS[kind], [path for path in tracked() if path not in LOCKS]))


def test_no_file_of_a_person_is_tracked():
    private = re.compile(r"(^|/)(\.env|.*\.db|.*\.sqlite3?|.*\.pem|.*\.key)$")
    none(path for path in tracked() if private.search(path))


def test_every_module_says_in_one_sentence_what_it_knows():
    silent = []
    for path in ending(".py"):
        says = (ast.get_docstring(ast.parse(text_of(path))) or "").split("\n\n")[0]
        if not says.endswith((".", "?")) or len(says) > 240:
            silent.append(f"{path}: {says!r}")
    none(silent)


def test_long_modules_have_a_reason_and_none_is_over_500_lines():
    lengths = {path: len(text_of(path).splitlines()) for path in ending(".py")}
    written_once = {path for path in lengths if path.startswith("storage/migrations/versions/")}
    long = {path for path, length in lengths.items() if length > 300} - written_once
    none(f"{path}: {lengths[path]} lines" for path in long if lengths[path] > 500)
    none(f"{path}: {lengths[path]} lines and no reason in LONG" for path in long - set(LONG))
    none(f"{path}: no longer long, strike it from LONG" for path in set(LONG) - long)


def test_no_file_is_called_by_a_word_that_says_nothing():
    none(path for path in tracked() if FORBIDDEN_NAMES & set(names_in(path)))


def names_in(path: str) -> Iterator[str]:
    """The folders' and the file's own name without its ending."""
    for part in PurePosixPath(path).parts:
        yield part.split(".")[0].casefold()


def test_only_moves_assigns_a_status():
    writers = {
        f"{path}:{line}"
        for path in product()
        if not path.startswith("storage/") and path != "tickets/moves.py"
        for line in status_written(ast.parse(text_of(path)))
    }
    none(writers)


def status_written(tree: ast.Module) -> Iterator[int]:
    """The lines that assign a ticket's status, in Python or in an UPDATE."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if node.attr == "status" and "ticket" in ast.unparse(node.value):
                yield node.lineno
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith(".values")
            and any(keyword.arg == "status" for keyword in node.keywords)
        ):
            yield node.lineno


def test_the_search_for_writers_of_a_status_finds_them():
    code = "ticket.status = x\nupdate(Ticket).values(status=x)\nresponse.status = 200\n"
    assert list(status_written(ast.parse(code))) == [1, 2]


def test_an_excuse_from_a_check_says_why():
    bare = []
    for path in ending(".py"):
        reasons = set()
        for number, line in enumerate(text_of(path).splitlines(), 1):
            excuse = EXCUSE.search(line)
            if excuse and excuse["why"]:
                reasons.add((excuse["codes"] or "").strip())
            elif excuse and (excuse["codes"] or "").strip() not in reasons:
                bare.append(f"{path}:{number}: {line.strip()[:80]}")
    none(bare)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x  # noqa: S101", False),
        ("x  # noqa: S101, PLC0415", False),
        ("x  # type: ignore[no-any-return]", False),
        ("x  # noqa: S101  a test asserts", True),
        ("x  # noqa: S101 - a test asserts", True),
        ("x  # type: ignore[arg-type]  # the stub is wrong", True),
    ],
)
def test_an_excuse_with_and_without_a_reason(line, why):
    excuse = EXCUSE.search(line)
    assert excuse
    assert bool(excuse["why"]) is why


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(name):
    text = text_of(name).replace("\\\n", " ")
    entry = re.compile(r"[\w.-]+==[\w.+!]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+")
    none(line[:80] for line in text.splitlines() if not entry.fullmatch(line))


def locked(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock; some differ by Python's own version."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.+!]+)", text_of(name), re.MULTILINE):
        versions.setdefault(package, set()).add(version)
    return versions


def test_the_tests_lock_holds_the_programs():
    program, tests = (locked(name) for name in LOCKS)
    assert program.items() <= tests.items()


def test_the_locks_satisfy_what_the_project_asks_for():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    asked = (project["dependencies"], project["optional-dependencies"]["test"])
    for name, requirements in zip(LOCKS, asked, strict=True):
        versions = locked(name)
        for requirement in map(Requirement, requirements):
            held = versions.get(requirement.name.lower(), set())
            assert held, f"{requirement.name} is missing in {name}"
            assert all(requirement.specifier.contains(version) for version in held)


def test_every_setting_is_explained_in_the_example_and_the_reverse():
    explained = re.findall(r"^# (THAOGO_\w+)=", text_of(".env.example"), re.MULTILINE)
    assert sorted(explained) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_the_example_says_the_defaults():
    said = re.findall(r"^# (THAOGO_\w+)=(.+)$", text_of(".env.example"), re.MULTILINE)
    defaults = Settings(_env_file=None)
    assert {
        name: str(getattr(defaults, name.removeprefix(PREFIX).lower())) for name, _ in said
    } == dict(said)


def test_the_example_of_settings_gives_no_secret():
    given = re.compile(r"^#? ?THAOGO_\w*(?:TOKEN|SECRET|PASSWORD)\w*=.*\S")
    none(found(given, [path for path in tracked() if path == ".env.example"]))


@pytest.mark.parametrize(
    ("suffix", "parse"),
    [
        (".json", json.loads),
        (".jsonl", lambda text: [json.loads(line) for line in text.splitlines()]),
        (".yaml", yaml.safe_load),
        (".toml", tomllib.loads),
    ],
)
def test_data_files_parse(suffix, parse):
    for path in ending(suffix):
        assert parse(text_of(path)) is not None, path


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{path}: {link['target']}"
        for path in ending(".md")
        for link in LINK.finditer(text_of(path))
        if not (ROOT / path).parent.joinpath(link["target"]).exists()
    ]
    none(broken)
