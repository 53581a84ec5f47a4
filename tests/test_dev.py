"""What dev.py promises: a clear sentence, one environment for all words, the right server."""

import ast
import os
import runpy
import subprocess
import sys
import venv

import pytest

import dev


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A project folder with two locks, whose installers only note what they would do."""
    done = []
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "installed")
    monkeypatch.setattr(dev, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(dev, "TEST_LOCK", tmp_path / "requirements-test.lock")
    dev.LOCK.write_text("one")
    dev.TEST_LOCK.write_text("one\ntwo")
    monkeypatch.setattr(dev, "usable_uv", lambda: "uv")
    monkeypatch.setattr(dev, "step", lambda title, *command: not done.append(title))
    monkeypatch.setattr(dev, "make_importable", lambda: pretend_python(dev.PYTHON))
    monkeypatch.setattr(dev, "become", lambda *command: not done.append(" ".join(command[:3])))
    return done


def pretend_python(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def test_an_older_python_gets_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit) as refused:
        runpy.run_path(dev.__file__)
    assert str(refused.value).startswith("dev.py needs Python 3.11 or newer, and this is 3.8:")


def test_an_older_python_can_read_the_file_as_far_as_that_sentence():
    assert ast.parse((dev.ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


def test_the_standard_library_is_enough():
    tree = ast.parse((dev.ROOT / "dev.py").read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) for name in getattr(node, "names", [])}
    assert {name.split(".")[0] for name in imported} - {"Path"} <= sys.stdlib_module_names


def test_without_a_word_it_lists_its_words(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dev.py"])
    assert dev.main() == 0
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == list(dev.WORDS)


def test_an_unknown_word_is_an_error(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dev.py", "tset"])
    assert dev.main() == 2


def test_what_is_installed_is_not_installed_again(bench):
    dev.install(dev.LOCK)
    dev.install(dev.LOCK)
    assert bench == ["making .venv", "installing requirements.lock with uv"]


def test_the_tests_lock_is_enough_for_running(bench):
    dev.install(dev.TEST_LOCK)
    dev.install(dev.LOCK)
    assert bench == ["making .venv", "installing requirements-test.lock with uv"]


def test_who_runs_the_tests_keeps_their_tools_when_the_lock_changes(bench):
    dev.install(dev.TEST_LOCK)
    bench.clear()
    dev.LOCK.write_text("newer")
    dev.install(dev.LOCK)
    assert bench == ["installing requirements-test.lock with uv"]


def test_a_failed_installation_is_tried_again(bench, monkeypatch):
    dev.install(dev.LOCK)
    dev.LOCK.write_text("newer")
    with monkeypatch.context() as broken:
        broken.setattr(dev, "step", lambda *_: False)
        with pytest.raises(SystemExit, match="could not be installed"):
            dev.install(dev.LOCK)
    bench.clear()
    dev.install(dev.LOCK)
    assert bench == ["installing requirements.lock with uv"]


def test_without_uv_a_missing_venv_module_is_named(bench, monkeypatch):
    monkeypatch.setattr(dev, "usable_uv", lambda: None)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        dev.install(dev.LOCK)


@pytest.mark.parametrize(
    ("configured", "word"), [("", "trial"), (".env", "run"), ("THAOGO_DATABASE_URL", "run")]
)
def test_a_trial_runs_until_there_is_a_configuration(bench, monkeypatch, configured, word):
    if configured == ".env":
        (dev.ROOT / ".env").touch()
    elif configured:
        monkeypatch.setenv(configured, "sqlite:///x.db")
    else:
        monkeypatch.setenv("THAOGO_DATABASE_URL", "")  # as a shell's `export NAME=` leaves it
    dev.run("--port=1")
    assert bench[-1] == f"-m bot {word}"


def test_every_check_runs_even_after_a_failure(bench, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(dev, "install", lambda lock: None)
    monkeypatch.setattr(dev, "step", lambda title, *command: bool(asked.append(title)))
    assert dev.check() == 1
    assert asked == list(dev.CHECKS)
    assert "0 of 5 checks passed" in capsys.readouterr().out


def test_a_step_shows_what_went_wrong_and_nothing_else(capsys):
    assert dev.step("good", sys.executable, "-c", "print('noise')")
    assert not dev.step("bad", sys.executable, "-c", "raise SystemExit('the reason')")
    said = capsys.readouterr().out
    assert "the reason" in said
    assert "FAILED" in said
    assert "noise" not in said


def test_the_command_runs_the_project_from_any_folder(tmp_path, monkeypatch):
    root, folder = tmp_path / "a project", tmp_path / "elsewhere"
    (root / "bot").mkdir(parents=True)
    (root / "bot" / "__main__.py").write_text("import sys; print('mine', sys.argv[1:])")
    (folder / "bot").mkdir(parents=True)
    (folder / "bot" / "__main__.py").write_text("print('not mine')")
    scripts = root / ".venv" / dev.BIN.name
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "BIN", scripts)
    monkeypatch.setattr(dev, "PYTHON", scripts / dev.PYTHON.name)
    venv.create(root / ".venv", symlinks=os.name != "nt")
    dev.make_importable()
    command = scripts / ("thaogo.cmd" if os.name == "nt" else "thaogo")
    said = subprocess.run([command, "a b"], cwd=folder, capture_output=True, text=True, check=True)
    assert said.stdout == "mine ['a b']\n"


def test_an_audit_that_cannot_be_made_says_so_and_does_not_pass(bench, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert dev.audit() == 3
    assert "NOT RUN: pip-audit is missing" in capsys.readouterr().err
    monkeypatch.setattr(dev.shutil, "which", lambda *_, **__: "pip-audit")
    assert dev.audit("--osv-url=http://127.0.0.1:9/v1/query") == 3
    assert "NOT RUN: 127.0.0.1 cannot be reached" in capsys.readouterr().err


def test_an_audit_asks_about_both_locks_and_fails_with_either(bench, monkeypatch):
    asked = []

    def run(command, *, check):
        asked.append(command[-1].name)
        return subprocess.CompletedProcess(command, len(asked) - 1)

    monkeypatch.setattr(dev.shutil, "which", lambda *_, **__: "pip-audit")
    monkeypatch.setattr(dev, "unreachable", lambda _: "")
    monkeypatch.setattr(dev.subprocess, "run", run)
    assert dev.audit() == 1
    assert asked == ["requirements.lock", "requirements-test.lock"]
