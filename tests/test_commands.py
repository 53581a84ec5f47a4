"""The command line beside a server: invite, link, apply, doctor, and clear refusals."""

import asyncio
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import BUNDLED_PACK
from storage.engine import Database, migrate
from storage.people import Contact, Duty, Person
from tests.conftest import Run

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_an_invitation_as_json(run: Run) -> None:
    status, out, _ = run("invite", "--unit", "chieu_luu", "--role", "reporter", "--json")
    told = json.loads(out)
    assert status == 0
    assert len(told["code"].replace("-", "")) == 12
    assert told["links"] == {"web": f"http://127.0.0.1:8080/join/{told['code']}"}
    assert told["expires_at"].endswith("+00:00")


def test_a_unit_may_be_named_as_people_name_it(run: Run) -> None:
    assert run("invite", "--unit", "sở giao thông", "--role", "desk")[0] == 0
    status, _, complaint = run("invite", "--unit", "sở mây gió", "--role", "staff")
    assert status == 1
    assert "unknown unit" in complaint


def test_a_channel_is_taken_away_from_a_person(run: Run, tmp_path: Path) -> None:
    asyncio.run(_join(tmp_path, Person(name="Lan", joined_at=NOW), "telegram", "zalo_bot"))
    assert run("unlink", "Lan", "zalo_bot")[0] == 0
    status, _, complaint = run("unlink", "Lan", "zalo_bot")
    assert (status, "has no channel zalo_bot, but: telegram" in complaint) == (1, True)
    assert run("unlink", "Hoa", "web")[0] == 1


def test_a_unit_that_does_not_fit_is_refused_with_what_to_do(run: Run) -> None:
    status, _, complaint = run("invite", "--unit", "so_xay_dung", "--role", "reporter")
    assert (status, "use staff" in complaint) == (1, True)


def test_an_invitation_tells_its_last_hour_in_local_time(run: Run) -> None:
    _, out, _ = run("invite", "--unit", "chieu_luu", "--role", "reporter")
    assert re.search(r"đến \d\d:\d\d ngày \d\d/\d\d/\d{4}\)", out)


def test_a_link_needs_a_person(run: Run) -> None:
    status, _, complaint = run("link", "7")
    assert (status, "no person 7" in complaint) == (1, True)


def test_a_link_is_made_for_a_number_a_name_or_a_phone(run: Run, tmp_path: Path) -> None:
    asyncio.run(_join(tmp_path, Person(name="Lữ Thị Lan", phone="0900000001", joined_at=NOW)))
    for called in ("1", "lu thi lan", "0900000001"):
        status, out, _ = run("link", called, "--json")
        assert (status, "/in/" in json.loads(out)["link"]) == (0, True)
    asyncio.run(_join(tmp_path, Person(name="Lữ Thị Lan", joined_at=NOW)))
    status, _, complaint = run("link", "Lữ Thị Lan")
    assert (status, "1 (Lữ Thị Lan), 2 (Lữ Thị Lan)" in complaint) == (1, True)


async def _join(folder: Path, person: Person, *channels: str) -> None:
    url = f"sqlite:///{folder / 'var' / 'thaogo.db'}"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        for name in channels:
            session.add(Contact(channel=name, address=f"{person.id}", person_id=person.id))
    await database.close()


def test_a_changed_pack_shows_the_difference_and_is_put_in_force(run: Run, tmp_path: Path) -> None:
    run("doctor")
    run("invite", "--unit", "chieu_luu", "--role", "reporter")
    folder = tmp_path / "pack"
    shutil.copytree(BUNDLED_PACK, folder)
    hotlines = folder / "hotlines.yaml"
    calendar = folder / "calendar.yaml"
    calendar.write_text(
        calendar.read_text("utf-8").replace("culture_day: true", "culture_day: false"), "utf-8"
    )
    assert hotlines.exists()

    status, dry, _ = run("apply", str(folder), "--dry-run", "--json")
    assert status == 0
    assert json.loads(dry)["version"] == 1
    assert len(json.loads(dry)["changes"]) == 1
    _, out, _ = run("apply", str(folder), "--json")
    assert json.loads(out)["version"] == 2
    _, again, _ = run("apply", str(folder), "--json")
    assert json.loads(again) == {"version": 2, "changes": []}


def test_a_broken_pack_names_file_line_and_reason(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(BUNDLED_PACK, folder)
    routing = folder / "routing.yaml"
    routing.write_text(
        routing.read_text("utf-8").replace("lead: so_xay_dung", "lead: so_nao_do", 1), "utf-8"
    )
    status, _, complaint = run("apply", str(folder))
    assert status == 1
    assert "routing.yaml:" in complaint
    assert "so_nao_do" in complaint


def test_commands_work_on_both_databases(
    run: Run, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("THAOGO_DATABASE_URL", database_url)
    status, out, _ = run("invite", "--unit", "xã Chiêu Lưu", "--role", "reporter", "--json")
    assert (status, set(json.loads(out))) == (0, {"code", "expires_at", "links"})
    assert run("apply", str(BUNDLED_PACK), "--json")[:2] == (0, '{"version": 1, "changes": []}\n')
    status, out, _ = run("doctor", "--json")
    assert (status, json.loads(out)["ok"]) == (0, True)


def test_a_pack_is_a_folder(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", BUNDLED_PACK / "pack.yaml"):
        status, _, complaint = run("apply", str(path))
        assert (status, complaint) == (1, f"thaogo: there is no folder {path}\n")


def test_the_doctor_says_what_to_do(run: Run) -> None:
    status, out, _ = run("doctor")
    assert status == 1
    assert "start the server once" in out
    run("invite", "--unit", "chieu_luu", "--role", "reporter")
    status, out, _ = run("doctor", "--json")
    told = json.loads(out)
    assert (status, told["ok"]) == (0, True)
    assert {
        "database",
        "migrations",
        "pack in force",
        "dead letters",
        "set aside",
        "disk",
        "clock",
    } <= {finding["what"] for finding in told["findings"]}
    assert any("duty officers" in finding["found"] for finding in told["findings"])


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("THAOGO_DATABASE_URL", "mysql://x", "must begin with sqlite:/// or postgresql"),
        ("THAOGO_HTTP_PORT", "99999", "THAOGO_HTTP_PORT"),
        ("THAOGO_LOG_LEVEL", "LOUD", "must be DEBUG"),
        ("THAOGO_TELEGRAM_WEBHOOK_SECRET", "abc", "needs THAOGO_PUBLIC_URL"),
        ("THAOGO_TELEGRAN_TOKEN", "x", "Unknown setting THAOGO_TELEGRAN_TOKEN"),
    ],
)
def test_a_wrong_setting_stops_with_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(setting, value)
    status, _, complaint = run("doctor")
    assert status == 2
    assert sentence in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [("THAOGO_PUBLIC_URL", "https://thaogo.example"), ("THAOGO_HTTP_HOST", "192.0.2.1")],
)
def test_the_trial_never_opens_to_the_outside(
    run: Run, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(setting, value)
    status, _, complaint = run("trial")
    assert (status, setting in complaint) == (2, True)


@pytest.mark.parametrize(
    ("secret", "token", "sentence"),
    [
        ("bí mật", "123456:a-made-up-token", "letters A-Z"),
        ("abc", "", "needs THAOGO_TELEGRAM_TOKEN"),
    ],
)
def test_a_webhook_that_could_never_work_stops_the_start(
    run: Run, monkeypatch: pytest.MonkeyPatch, secret: str, token: str, sentence: str
) -> None:
    monkeypatch.setenv("THAOGO_PUBLIC_URL", "https://thaogo.example")
    monkeypatch.setenv("THAOGO_TELEGRAM_WEBHOOK_SECRET", secret)
    monkeypatch.setenv("THAOGO_TELEGRAM_TOKEN", token)
    status, _, complaint = run("doctor")
    assert status == 2
    assert sentence in complaint
    assert secret not in complaint


def test_a_token_shows_in_no_complaint(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THAOGO_TELEGRAM_TOKEN", "123456:a-secret-token")
    monkeypatch.setenv("THAOGO_TELEGRAM_API_URL", "http://127.0.0.1:9")
    status, out, complaint = run("doctor")
    assert status == 1
    assert "a-secret-token" not in out + complaint
    assert "THAOGO_TELEGRAM_API_URL" in out


def test_a_key_for_another_program_is_made_listed_and_revoked(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("invite", "--unit", "chieu_luu", "--role", "reporter", "--json")
    assert status == 0
    asyncio.run(_join(tmp_path, Person(name="Lan", joined_at=NOW), "telegram"))
    asked = ("token", "make", "--name", "Một cửa", "--unit", "chieu_luu", "--person", "Lan")
    status, _, complaint = run(*asked, "--scope", "read")
    assert (status, "không làm việc ở đơn vị ấy" in complaint) == (1, True)
    asyncio.run(_works(tmp_path))
    status, out, _ = run(*asked, "--scope", "read", "--scope", "report", "--json")
    made = json.loads(out)
    assert (status, made["number"], made["key"][:3]) == (0, 1, "tg_")
    _, listed, _ = run("token", "list")
    assert listed.startswith("1. Một cửa · chieu_luu · Lan · read, report · chưa dùng")
    assert made["key"] not in listed
    assert run("token", "revoke", "1")[0] == 0
    assert run("token", "revoke", "1")[0] == 1
    assert "thu hồi lúc" in run("token", "list")[1]
    assert (
        run("token", "make", "--name", "x", "--unit", "mây", "--person", "Lan", "--scope", "act")[0]
        == 1
    )


async def _works(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'var' / 'thaogo.db'}")
    async with database.transaction() as session:
        session.add(Duty(person_id=1, unit="chieu_luu", role="reporter", since=NOW))
    await database.close()
