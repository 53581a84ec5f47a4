"""E-mail and SMS: their settings, what a template becomes, and who is reached there."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.sms import fill
from bot.settings import SettingsError, read_settings
from storage.engine import Database, migrate
from storage.people import Person
from tests.conftest import Run

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ODD = 'Cầu "Xiêng" & {phone} = 2\n'


def test_what_is_filled_in_cannot_break_the_form() -> None:
    sent = json.loads(fill('{"to": ["{phone84}"], "text": "{text}"}', phone="0912", text=ODD))
    assert sent == {"to": ["84912"], "text": ODD}
    form = fill("to={phone}&text=TG: {text}&key=", phone="0912", text="a&to=113")
    assert form == "to=0912&text=TG%3A+a%26to%3D113&key="


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"smtp_url": "smtps://mail.example"}, "needed together"),
        ({"smtp_url": "https://mail.example", "smtp_from": "a@b.vn"}, "smtps://"),
        ({"smtp_url": "smtps://mail.example", "smtp_from": "a@b\nBcc: c"}, "an address"),
        ({"sms_url": "https://sms.example"}, "needed together"),
        ({"sms_url": "https://sms.example", "sms_body": "to={phone}"}, "must have {text}"),
        ({"sms_url": "https://s.example", "sms_body": '{"a": {phone}, "b": "{text}"}'}, "is none"),
        ({"sms_url": "https://s.example", "sms_body": "{phone}{text}", "sms_headers": "x"}, "Name"),
    ],
)
def test_settings_that_cannot_work_are_refused(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_settings(**given)


def test_a_person_is_reached_by_mail_and_by_their_known_phone(run: Run, tmp_path: Path) -> None:
    asyncio.run(_join(tmp_path, Person(name="Lan", phone="0912 345 678", joined_at=NOW)))
    status, out, _ = run("reach", "Lan", "sms")
    assert (status, "sms 0912345678" in out, "THAOGO_SMS_URL" in out) == (0, True, True)
    assert run("reach", "Lan", "email", "lan@xa.example")[0] == 0
    assert run("reach", "Lan", "email", "lan@xa.example")[0] == 0
    assert run("unlink", "Lan", "email")[0] == 0
    status, _, complaint = run("reach", "Lan", "email", "nowhere")
    assert (status, "give an e-mail address" in complaint) == (1, True)


def test_an_address_is_one_persons_alone(run: Run, tmp_path: Path) -> None:
    asyncio.run(_join(tmp_path, Person(name="Lan", joined_at=NOW)))
    asyncio.run(_join(tmp_path, Person(name="Hoa", joined_at=NOW)))
    assert run("reach", "Lan", "sms", "84912345678")[0] == 0
    status, _, complaint = run("reach", "Hoa", "sms", "0912345678")
    assert (status, "somebody else's" in complaint) == (1, True)


async def _join(folder: Path, person: Person) -> None:
    url = f"sqlite:///{folder / 'var' / 'thaogo.db'}"
    (folder / "var").mkdir(exist_ok=True)
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    async with database.transaction() as session:
        session.add(person)
    await database.close()
