"""The trial mode beside real people, and two servers on one file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.serve import AlreadyRunning, Server
from bot.settings import read_settings
from bot.trial import PEOPLE, Trial, TrialRefused, invent
from storage.engine import Database, migrate
from storage.people import Person, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def test_the_made_up_people_are_made_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/trial.db"
    migrate(url)
    database = Database(url)
    await invent(database, NOW)
    first = [await Trial(database).contact_of(person.key) for person in PEOPLE]
    await invent(database, NOW)
    assert [await Trial(database).contact_of(person.key) for person in PEOPLE] == first
    assert len(set(first)) == len(PEOPLE)
    assert Role.ADMIN in {person.role for person in PEOPLE}  # or nobody could try those pages
    with pytest.raises(KeyError):
        await Trial(database).contact_of("nobody")
    await database.close()


async def test_the_trial_is_refused_beside_real_people(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.db"
    migrate(url)
    database = Database(url)
    async with database.transaction() as session:
        session.add(Person(name="Lan", joined_at=NOW))
    with pytest.raises(TrialRefused, match="thaogo run"):
        await invent(database, NOW)
    await database.close()


async def test_a_second_server_on_one_file_is_refused(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path)
    first, second = Server(settings), Server(settings)
    first._take_lock()
    with pytest.raises(AlreadyRunning, match="PostgreSQL"):
        second._take_lock()
    for server in (first, second):
        await server._finish()
    third = Server(settings)
    third._take_lock()
    await third._finish()
