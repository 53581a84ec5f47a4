"""What the files of deploy/ start exists: commands, roles, settings, and one way in."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.__main__ import _parser
from bot.roles import Role
from bot.settings import PREFIX, Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text("utf-8"))


def test_units_start_commands_that_there_are() -> None:
    for unit in sorted(DEPLOY.glob("systemd/*.service")):
        started = re.findall(r"^ExecStart=\S+/thaogo (.+)$", unit.read_text("utf-8"), re.MULTILINE)
        assert started, unit.name
        for role in Role:
            words = shlex.split(started[0].replace("%i", role))
            assert callable(_parser().parse_args(words).act)


def test_the_services_of_compose_do_all_roles_twice() -> None:
    roles: list[str] = []
    for name, service in COMPOSE["services"].items():
        command = service.get("command")
        if name == "backup" or command is None:
            continue
        roles += _parser().parse_args(command).role
    assert sorted(roles) == sorted([*Role, *Role])
    assert callable(_parser().parse_args(COMPOSE["services"]["backup"]["command"]).act)


def test_settings_of_deploy_exist() -> None:
    for file in (file for file in DEPLOY.rglob("*") if file.is_file()):
        named = set(re.findall(r"\bTHAOGO_[A-Z_]+[A-Z]\b", file.read_text("utf-8")))
        assert named <= SETTINGS, file.name


def test_nobody_reaches_a_process_but_by_the_proxy() -> None:
    open_ = {name for name, service in COMPOSE["services"].items() if "ports" in service}
    assert open_ == {"proxy"}
    caddy = (DEPLOY / "compose" / "Caddyfile").read_text("utf-8")
    upstreams = set(re.findall(r"(\S+):8080", caddy))
    assert upstreams == {"web-1", "web-2"} <= set(COMPOSE["services"])
    assert "path /metrics" in caddy


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="NOT RUN: no systemd here")
def test_systemd_understands_every_line_of_the_units(tmp_path: Path) -> None:
    """Our program is not installed where the units say: another command stands in for it."""
    for unit in (DEPLOY / "systemd").iterdir():
        text = re.sub(r"/opt/thaogo/\S*/thaogo\b", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(text, "utf-8")
    units = [path.name.replace("@.", "@web.") for path in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        cwd=tmp_path,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    assert done.returncode == 0
