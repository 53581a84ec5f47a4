"""The words a developer says: python3 dev.py run | test | check | bench | prove | lock | audit.

Each makes or mends the environment in .venv first, when it must. Standard library only.
"""

import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  an older Python gets this sentence, not a traceback
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.exit(f"dev.py needs Python 3.11 or newer, and this is {here}: try python3.11 dev.py.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
OSV = "https://api.osv.dev/v1/query"
NOT_RUN = 3
CHECKS = {
    "lint": ("-m", "ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as ask; ask()"),
    "hygiene": ("-m", "pytest", "-q", "--no-header", "--tb=short", "tests/test_repository.py"),
}


def run(*arguments: str) -> int:
    """Start the server; without any setting a trial with invented people."""
    install(LOCK)
    named = any(value for name, value in os.environ.items() if name.startswith("THAOGO_"))
    configured = named or (ROOT / ".env").exists()
    return become("-m", "bot", "run" if configured else "trial", *arguments)


def test(*arguments: str) -> int:
    """Run the whole suite on all cores, or the tests named, with pytest's options."""
    install(TEST_LOCK)
    if any(not argument.startswith("-") for argument in arguments):
        return become("-m", "pytest", *arguments)
    # One more than there are cores: some always wait for a browser, a server or a database.
    workers = min(8, (os.cpu_count() or 2) + 1)
    return become("-m", "pytest", "-n", str(workers), *arguments)


def check(*names: str) -> int:
    """Check lint, format, types, imports and the repository's hygiene, or those named."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        sys.exit(f"There is no check {unknown[0]}; there are {', '.join(CHECKS)}.")
    install(TEST_LOCK)
    passed = [step(name, PYTHON, *CHECKS[name]) for name in names or CHECKS]
    print(f"{sum(passed)} of {len(passed)} checks passed")
    return 0 if all(passed) else 1


def prove(*arguments: str) -> int:
    """Run the tests on every channel and database, and the searching ones for long."""
    os.environ["THAOGO_PROVE"] = "1"
    return test("--timeout=600", *arguments)


def bench(*arguments: str) -> int:
    """Measure how fast the program is."""
    install(TEST_LOCK)
    return become("-m", "tests.bench", *arguments)


def lock(*arguments: str) -> int:
    """Write both lock files anew; `lock --upgrade` takes newer versions."""
    uv = usable_uv()
    if uv is None:
        sys.exit("The lock files are written by uv: pip install uv")
    common = [uv, "pip", "compile", "--quiet", "--universal", "--python-version=3.11"]
    common += ["--generate-hashes", "--no-header", "--no-annotate", "pyproject.toml", *arguments]
    tests_too = ["--extra=test", f"--constraint={LOCK.name}"]
    made = step(LOCK.name, *common, "-o", LOCK.name) and step(
        TEST_LOCK.name, *common, *tests_too, "-o", TEST_LOCK.name
    )
    return 0 if made else 1


def audit(*arguments: str) -> int:
    """Ask OSV whether flaws were published of what is locked; 3 where it cannot be asked."""
    tool = shutil.which("pip-audit", path=os.pathsep.join([str(BIN), os.environ.get("PATH", "")]))
    if tool is None:
        print("NOT RUN: pip-audit is missing: pipx install pip-audit", file=sys.stderr)
        return NOT_RUN
    own = next((given for given in arguments if given.startswith("--osv-url=")), None)
    reason = unreachable(own.partition("=")[2] if own else OSV)
    if reason:
        print(f"NOT RUN: {reason}. Run it where the network is open.", file=sys.stderr)
        return NOT_RUN
    asked = ("--disable-pip", "--vulnerability-service=osv", *arguments)
    found = [
        subprocess.run([tool, *asked, "-r", lock_file], check=False).returncode
        for lock_file in (LOCK, TEST_LOCK)
    ]
    return max(found)


def unreachable(url: str) -> str:
    """Why the server of an address cannot be connected to; '' when it can."""
    parts = urllib.parse.urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    try:
        socket.create_connection((parts.hostname or "", port), timeout=10).close()
    except OSError as error:
        return f"{parts.hostname} cannot be reached: {error}"
    return ""


def install(lock_file: Path) -> None:
    """Make .venv hold what a lock file names; the tests' lock holds the program's as well."""
    marks = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    if PYTHON.exists() and mark_of(lock_file) in marks:
        return
    if any(mark.startswith(TEST_LOCK.name) for mark in marks):
        lock_file = TEST_LOCK  # who has once run the tests keeps their tools
    STAMP.unlink(missing_ok=True)
    uv = usable_uv()
    if not (with_uv(uv, lock_file) if uv else with_pip(lock_file)):
        sys.exit(f"{lock_file.name} could not be installed; what went wrong stands above.")
    make_importable()
    held = {LOCK, lock_file}
    STAMP.write_text("".join(f"{mark_of(path)}\n" for path in held), encoding="utf-8")


def mark_of(lock_file: Path) -> str:
    """A line that changes with the lock file, and with the Python that .venv stands on."""
    digest = hashlib.sha256(lock_file.read_bytes()).hexdigest()
    return f"{lock_file.name} {digest} {os.path.realpath(PYTHON)}"


def usable_uv() -> str | None:
    """The path of uv, if there is one that runs."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
        return None
    return found


def with_uv(uv: str, lock_file: Path) -> bool:
    """Make .venv with uv: a few seconds."""
    if not PYTHON.exists() and not step(
        "making .venv", uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV
    ):
        return False
    sync = (uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock_file)
    return step(f"installing {lock_file.name} with uv", *sync)


def with_pip(lock_file: Path) -> bool:
    """Make .venv with Python's own tools: a minute or two."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit("Python's venv is missing here: sudo apt-get install python3-venv")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    return step("making .venv", sys.executable, "-m", "venv", "--clear", VENV) and step(
        f"installing {lock_file.name} with pip, which takes a minute",
        *(*pip, "--no-deps", "--require-hashes", "-r", lock_file),
    )


def make_importable() -> None:
    """Let .venv import the project from here, and put the command `thaogo` into it."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True)
    folder = Path(packages.stdout.strip())
    # A relative path: a .pth file of Windows is not read as UTF-8 before Python 3.13.
    (folder / "thaogo.pth").write_text(f"{os.path.relpath(ROOT, folder)}\n", encoding="ascii")
    if os.name == "nt":
        start = '@"%~dp0python.exe" -X utf8 -P -m bot %*\n'
        (BIN / "thaogo.cmd").write_text(start, encoding="ascii")
    else:
        start = f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m bot "$@"\n'
        (BIN / "thaogo").write_text(start, encoding="utf-8")
        (BIN / "thaogo").chmod(0o755)


def step(title: str, *command: str | Path) -> bool:
    """Do one thing quietly and print its seconds; print what it said only if it failed."""
    print(f"{title} … ", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    failed = done.returncode != 0
    print(f"{time.monotonic() - started:.1f} s{', FAILED' if failed else ''}", flush=True)
    if failed:
        print("\n".join(done.stdout.splitlines()[-60:]), flush=True)
    return not failed


def become(*arguments: str) -> int:
    """Turn into .venv's Python, so that signals reach it; on Windows wait for it."""
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606  no shell is wanted
    signal.signal(signal.SIGINT, lambda *_: None)  # the child hears the same Ctrl-C and stops
    return subprocess.call([str(PYTHON), *arguments])


WORDS = {act.__name__: act for act in (run, test, check, bench, prove, lock, audit)}


def main() -> int:
    """Do what the first argument says with the others."""
    os.environ["PYTHONUTF8"] = "1"
    sys.stdout.reconfigure(encoding="utf-8")
    word, *arguments = sys.argv[1:] or ["--help"]
    if word not in WORDS:
        for name, act in WORDS.items():
            print(f"python3 dev.py {name:6}  {(act.__doc__ or '').splitlines()[0]}")
        return 0 if word in ("-h", "--help") else 2
    return WORDS[word](*arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
