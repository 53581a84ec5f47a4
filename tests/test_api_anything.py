"""Whatever is sent to the described addresses: no fault of ours, and answers as described."""

from typing import Any

import httpx
import hypothesis
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase

from tests.conftest import PROVE
from tests.programs import key_of
from tests.site import ORIGIN, site_of
from tests.test_story_lists import BRIDGE
from tests.world import World
from web.api import app as api
from web.api import pace
from web.open311 import app as open311

EXAMPLES = 200 if PROVE else 2
"""Of each address."""
SLOW: set[tuple[str, str]] = set() if PROVE else {("POST", "/tickets")}
"""Texts of 20,000 letters that are classified one by one: for the long run."""


def cases_of(app: FastAPI, base: str, seed: int) -> list[Any]:
    """What schemathesis thinks of for each address of an application."""
    import schemathesis.openapi  # noqa: PLC0415  takes a second
    from schemathesis import GenerationMode  # noqa: PLC0415  takes a second

    described = {**app.openapi(), "servers": [{"url": base}]}
    found: list[Any] = []
    for result in schemathesis.openapi.from_dict(described).get_all_operations():
        address = result.ok()
        if (address.method.upper(), address.path) in SLOW:
            continue
        for mode in GenerationMode:
            strategy = address.as_strategy(generation_mode=mode)

            @hypothesis.seed(seed)
            @hypothesis.settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @hypothesis.given(strategy)
            def think(case: Any) -> None:
                found.append(case)

            think()
    return found


async def tried(client: httpx.AsyncClient, case: Any, base: str, key: str) -> int:
    """Send one, and compare the answer with what is described; its status."""
    import requests  # noqa: PLC0415  takes a second
    from schemathesis import checks  # noqa: PLC0415  takes a second
    from schemathesis.specs.openapi import checks as described  # noqa: PLC0415  takes a second

    headers = {"Authorization": f"Bearer {key}"}
    given = case.as_transport_kwargs(base_url=ORIGIN + base, headers=headers)
    sent = requests.Request(**given).prepare()
    answer = await client.request(
        sent.method or "", sent.url or "", content=sent.body, headers=dict(sent.headers)
    )
    case.validate_response(
        answer,
        checks=[
            checks.not_a_server_error,
            described.status_code_conformance,
            described.content_type_conformance,
            described.response_schema_conformance,
        ],
    )
    return answer.status_code


@pytest.mark.parametrize("described", ["api", "open311"])
async def test_every_answer_is_as_described(
    world: World, described: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BURST", 10**9)
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    site = site_of(world, open311=True)
    key = await key_of(world, official, "chieu_luu")
    base = api.BASE if described == "api" else open311.BASE
    make = api.create_api if described == "api" else open311.create_open311
    cases = cases_of(make(site.doors), base, seed=7)
    transport = httpx.ASGITransport(site.app, client=("10.0.0.9", 5000))
    async with httpx.AsyncClient(transport=transport) as client:
        met = {await tried(client, case, base, key) for case in cases}
    assert {200, 201} & met
    assert met - {200, 201}
