"""What whoever watches reads: right counts, nothing of anybody, and only for who may."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from sqlalchemy import text

from bot import metrics
from bot.metrics import KINDS, Metrics
from bot.settings import SettingsError, read_settings
from storage.engine import Database
from storage.people import Role
from storage.shortfalls import _questions
from tests.site import site_of
from tests.world import START, World
from web.health import create_bare_app

DEPLOY = Path(__file__).parent.parent / "deploy"
BRIDGE = "Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được"
TOKEN = "abcdefgh-01234567"


def measured(world: World, monkeypatch: pytest.MonkeyPatch, token: str = "") -> Metrics:
    monkeypatch.setattr(metrics, "FRESH", -1.0)
    made = Metrics(world.database, lambda: world.now, lambda: {"clock": "at work"}, token)
    made.watch(world.program)
    return made


async def told(found: Metrics) -> dict[str, float]:
    lines = (await found.text()).decode().splitlines()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in lines
        if not line.startswith("#")
    }


@pytest.mark.parametrize(
    "world",
    [("telegram", "sqlite"), pytest.param(("web", "postgresql"), marks=pytest.mark.prove)],
    ids="+".join,
    indirect=True,
)
async def test_a_report_is_counted_and_says_nothing_of_anybody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = measured(world, monkeypatch)
    official = await world.enters("chieu_luu", name="Lô Thị Vân")
    desk = await world.enters("so_xay_dung", Role.STAFF, name="Vi Văn Nam")
    await official.says(BRIDGE)
    await world.settle()
    values = await told(found)
    name = world.channel
    assert values[f'thaogo_updates_total{{channel="{name}",outcome="taken"}}'] == 3
    assert values[f'thaogo_update_seconds_count{{channel="{name}"}}'] == 3
    assert values[f'thaogo_calls_total{{channel="{name}",outcome="delivered"}}'] >= 4
    answered = f'thaogo_delivery_seconds_count{{channel="{name}",kind="answer"}}'
    assert values[answered] >= 2
    assert values["thaogo_triaged_week"] == 1
    assert 0 < values["thaogo_confidence_week"] <= 1
    assert values["thaogo_database_up"] == 1
    assert values['thaogo_role{role="clock"}'] == 1
    assert {f'thaogo_shortfalls{{kind="{kind}"}}' for kind in KINDS} <= set(values)
    labels = re.findall('="([^"]*)"', (await found.text()).decode())
    people = {"Lô Thị Vân", "Vi Văn Nam", official.chat.address, desk.chat.address}
    assert not people & set(labels)
    assert len({label for label in labels if not re.fullmatch(r"[\d.+Inf]+", label)}) < 60
    world.now += timedelta(days=3)
    values = await told(found)
    assert values['thaogo_sweep_lag_seconds{of="steps"}'] > 3600
    assert values['thaogo_shortfalls{kind="steps"}'] == 1
    await world.forward(seconds=1)
    assert (await told(found))['thaogo_shortfalls{kind="steps"}'] == 0


def test_each_kind_that_may_fall_short_is_told() -> None:
    assert set(KINDS) == set(_questions(START))


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_who_may_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def asked(
        app: Any, host: str = "thaogo.test", client: str = "10.0.0.7", **more: str
    ) -> int:
        transport = httpx.ASGITransport(app, client=(client, 5000))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as browser:
            return (await browser.get("/metrics", headers=more)).status_code

    off = site_of(world)
    assert await asked(off.app) == 404
    with_token = site_of(world, metrics=measured(world, monkeypatch, TOKEN))
    for app in (with_token.app, create_bare_app(with_token.doors)):
        assert await asked(app) == 403
        assert await asked(app, Authorization=f"Bearer {TOKEN}x") == 403
        assert await asked(app, Authorization=f"Bearer {TOKEN}") == 200
    here = site_of(world, metrics=measured(world, monkeypatch)).app
    local = {"host": "127.0.0.1:8080", "client": "127.0.0.1"}
    assert await asked(here, **local) == 200
    assert await asked(here, **{**local, "X-Forwarded-For": "1.2.3.4"}) == 403
    assert await asked(here, host="127.0.0.1:8080", client="10.0.0.7") == 403
    assert await asked(here, host="evil.test", client="127.0.0.1") == 403


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_database_that_is_away_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path}/nothing.db")
    found = Metrics(database, lambda: world.now, dict)
    try:
        values = await told(found)
    finally:
        await database.close()
    assert values["thaogo_database_up"] == 0
    assert "thaogo_dead_letters" not in values


async def test_dead_messages_are_counted_by_their_index(
    make_database: Callable[[str], str],
) -> None:
    database = Database(make_database("sqlite"))
    async with database.reading() as session:
        plan = await session.execute(
            text("EXPLAIN QUERY PLAN SELECT count(*) FROM notices WHERE notices.fate = 'dead'")
        )
        assert "ix_notices_dead" in str(plan.all())
    await database.close()


def test_a_token_that_is_short_is_refused() -> None:
    with pytest.raises(SettingsError, match="16 to 256 letters"):
        read_settings(metrics_token="short")


def test_the_dashboard_and_the_alerts_ask_only_for_what_there_is(tmp_path: Path) -> None:
    board = json.loads((DEPLOY / "grafana" / "thaogo.json").read_text("utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    rules = yaml.safe_load((DEPLOY / "prometheus" / "thaogo-alerts.yml").read_text("utf-8"))
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]
    asked += [rule["expr"] for rule in alerts]
    names = {name for expr in asked for name in re.findall(r"\b(?:thaogo|process)_\w+", expr)}
    found = Metrics(Database(f"sqlite:///{tmp_path}/x.db"), lambda: START, dict)
    found._found = metrics.Gauges()
    there = set()
    for family in found.registry.collect():
        ends = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
        there |= {family.name + end for end in ends.get(family.type, ("",))}
    assert names <= there
    own = {
        name
        for name in there
        if name.startswith("thaogo_") and not name.endswith(("_sum", "_count"))
    }
    assert own <= names, "nobody looks at these"
    assert all(rule["annotations"]["summary"] for rule in alerts)
