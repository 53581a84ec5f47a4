"""Other programs: with a key they read and write what its person may, and nothing else."""

import re
import shlex
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from string import Template

import pytest

from storage.api_tokens import ApiToken
from storage.people import Person, Role
from storage.viewings import Viewing
from tests.programs import key_of, program
from tests.site import site_of
from tests.test_story_lists import BRIDGE, copied, made
from tests.world import World
from web.api.app import create_api

REPORT = "Cầu tràn bản Lưu Hòa bị nước cuốn, xe máy không qua được, đề nghị sửa"


async def test_a_commune_reports_and_a_desk_answers_by_programs(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    site = site_of(world)
    async with program(site, await key_of(world, official, "chieu_luu")) as caller:
        sent = await caller.post("/tickets", {"text": REPORT, "place": "bản Lưu Hòa"})
        assert sent.status_code == 201, sent.text
        code = sent.json()["code"]
        assert sent.headers["location"] == f"/api/v1/tickets/{code}"
        assert (await caller.post(f"/tickets/{code}/acknowledge")).status_code == 403
    await world.settle()
    heard = await official.heard()
    assert any("phần mềm Một cửa gửi phản ánh này thay" in text for text in heard), heard
    ticket = await world.ticket()
    assert (ticket.origin, ticket.commune) == ("phần mềm Một cửa", "chieu_luu")
    officer = await world.joins(ticket.lead, Role.STAFF, name="Hùng")
    async with program(site, await key_of(world, officer, ticket.lead)) as caller:
        (row,) = (await caller.get("/tickets", status="new")).json()["items"]
        assert (row["code"], row["text"]) == (code, REPORT)
        taken = await caller.post(f"/tickets/{code}/acknowledge", {"version": row["version"]})
        assert taken.json()["status"] == "acknowledged"
        old = await caller.post(
            f"/tickets/{code}/update", {"text": "Đang khảo sát", "version": row["version"]}
        )
        assert (old.status_code, old.json()["code"]) == (409, "api_stale")
        told = await caller.post(f"/tickets/{code}/update", {"text": "Chiều nay khảo sát"})
        assert told.json()["status"] == "in_progress"
        done = await caller.post(
            f"/tickets/{code}/answer", {"text": "Đã bắc cầu tạm, văn bản số 123/SXD-QLHT"}
        )
        assert (done.json()["status"], done.json()["done"]) == ("resolved", True)
        whole = (await caller.get(f"/tickets/{code}")).json()
    kinds = [fact["kind"] for fact in whole["timeline"]]
    assert kinds[0] == "opened"
    assert kinds[-3:] == ["acknowledged", "updated", "resolved"]
    assert all(a["at"] <= b["at"] for a, b in pairwise(whole["timeline"]))
    await world.settle()
    assert any("Chiều nay khảo sát" in text for text in await official.heard())
    looks = {(row.what, row.asked) for row in await site.rows(Viewing)}
    assert {("api", "acknowledge khóa 2"), ("api", "khóa 2"), ("api", "report khóa 1")} <= looks


async def test_a_repeat_writes_once_and_another_request_under_its_key_is_refused(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    async with program(site_of(world), await key_of(world, official, "chieu_luu")) as caller:
        first = await caller.post("/tickets", {"text": REPORT}, key="mot-lan-1")
        again = await caller.post("/tickets", {"text": REPORT}, key="mot-lan-1")
        assert (again.status_code, again.json()) == (201, first.json())
        assert again.headers["idempotency-replayed"] == "true"
        other = await caller.post("/tickets", {"text": f"{REPORT} nữa"}, key="mot-lan-1")
        assert (other.status_code, other.json()["code"]) == (422, "api_key_reused")
        bad = await caller.client.post("/api/v1/tickets", json={"text": REPORT})
        assert bad.status_code == 422
        assert "idempotency-key" in bad.text.lower()
        failed = await caller.post(
            "/tickets", {"text": REPORT, "commune": "ky_son"}, key="mot-lan-2"
        )
        assert failed.status_code == 403
        fine = await caller.post("/tickets", {"text": REPORT}, key="mot-lan-2")
        assert fine.status_code == 201  # what failed has taken no key
    assert len(await world.tickets()) == 2


async def test_a_key_sees_what_its_unit_sees_and_no_restricted_words(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    await copied(world, 1)
    await made(world, restricted=True, text="chuyện kín", place="nhà ông Kín")
    officer = await world.joins(ticket.lead, Role.STAFF, name="Hùng")
    stranger = await world.joins("so_y_te", Role.STAFF, name="Mai")
    site = site_of(world)
    async with program(site, await key_of(world, stranger, "so_y_te")) as caller:
        theirs = await caller.get(f"/tickets/{ticket.code}")
        absent = await caller.get("/tickets/NA-26-999999")
        assert (theirs.status_code, theirs.json()) == (404, absent.json())
        assert (await caller.post(f"/tickets/{ticket.code}/acknowledge")).status_code == 404
        assert (await caller.get("/tickets", status="all")).json()["total"] == 0
        refused = await caller.post("/tickets", {"text": REPORT, "commune": "chieu_luu"})
        assert refused.json()["code"] == "api_not_yours"
    async with program(site, await key_of(world, officer, ticket.lead)) as caller:
        page = await caller.get("/tickets", status="all", size=1)
        assert (page.json()["total"], len(page.json()["items"])) == (2, 1)
        everything = (await caller.get("/tickets", status="all")).text
        assert "Kín" not in everything
        assert "chuyện kín" not in everything
        assert (await caller.get("/tickets", q="chuyện kín")).json()["total"] == 0
        (hidden,) = [
            row for row in (await caller.get("/tickets")).json()["items"] if row["restricted"]
        ]
        assert (hidden["text"], hidden["place"]) == (None, None)
        assert "chuyện kín" not in (await caller.get(f"/tickets/{hidden['code']}")).text


async def test_a_key_is_for_what_it_was_made_for_and_ends_with_its_person(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    site = site_of(world)
    key = await key_of(world, official, "chieu_luu", "read")
    async with program(site) as nobody:
        assert (await nobody.get("/me")).status_code == 401
        assert (await nobody.get("/me", key=key)).status_code == 401  # never from an address
    async with program(site, f"{key}x") as wrong:
        answer = await wrong.get("/me")
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (401, "api_key_unknown")
        assert answer.headers["www-authenticate"] == "Bearer"
        for _ in range(20):
            last = await wrong.get("/me")
        assert last.status_code == 429
    async with program(site, key) as caller:
        me = (await caller.get("/me")).json()
        assert (me["unit"]["code"], me["roles"], me["scopes"]) == (
            "chieu_luu",
            ["reporter"],
            ["read"],
        )
        assert (await caller.post("/tickets", {"text": REPORT})).json()[
            "code"
        ] == "api_scope_missing"
        async with world.database.transaction() as session:
            for person in await site.rows(Person):
                (await session.get(Person, person.id)).active = False
        assert (await caller.get("/me")).json()["code"] == "api_person_gone"
    (kept,) = await site.rows(ApiToken)
    assert key not in repr(kept.__dict__)
    assert await world.kept_texts(key) == []


async def test_a_key_that_calls_too_fast_is_told_when_to_come_again(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    async with program(site_of(world), await key_of(world, official, "chieu_luu")) as caller:
        answers = [await caller.get("/me") for _ in range(61)]
        assert [answer.status_code for answer in answers[-2:]] == [200, 429]
        assert answers[-1].headers["retry-after"] == "1"
        world.now += timedelta(seconds=1)
        assert (await caller.get("/me")).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "body.text"),
        ({"text": " … "}, "body.text"),
        ({"text": "x" * 20_001}, "body.text"),
        ({"text": REPORT, "lat": 91}, "body.lat"),
        ({"text": REPORT, "urgency": "emergency"}, "body.urgency"),
        ([], "body"),
    ],
)
async def test_what_is_not_right_is_told_by_its_field(
    world: World, body: object, field: str
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    async with program(site_of(world), await key_of(world, official, "chieu_luu")) as caller:
        answer = await caller.client.post(
            "/api/v1/tickets", json=body, headers={"Idempotency-Key": "khoa-cu-the"}
        )
        assert answer.status_code == 422
        assert [one["field"] for one in answer.json()["errors"]] == [field]
        assert REPORT not in answer.text
    assert await world.tickets() == []


async def test_the_coordinators_key_reports_for_any_commune(world: World) -> None:
    office = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Thu")
    official = await world.joins("chieu_luu", name="Lan")
    unit = (await world.program.rules()).pack.coordinator
    async with program(site_of(world), await key_of(world, office, unit)) as caller:
        assert (await caller.post("/tickets", {"text": REPORT})).status_code == 403
        known = await caller.post("/tickets", {"text": REPORT, "commune": "chieu_luu"})
        empty = await caller.post("/tickets", {"text": REPORT, "commune": "muong_xen"})
        assert (known.status_code, empty.status_code) == (201, 201)
    first, second = await world.tickets()
    assert first.reporter_id != second.reporter_id
    assert (second.commune, second.reporter_id) == ("muong_xen", 1)
    await world.settle()
    assert any("gửi phản ánh này thay" in text for text in await official.heard())


def test_a_key_never_stands_in_an_address_of_the_openapi() -> None:
    described = create_api(None).openapi()  # type: ignore[arg-type]  # describes only
    for path, acts in described["paths"].items():
        for act in acts.values():
            assert act["security"] == [{"key": []}], path
            named = {
                one["name"].lower() for one in act.get("parameters", ()) if one["in"] == "query"
            }
            assert not named & {"key", "token", "api_key"}


def test_the_guide_names_every_address() -> None:
    guide = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
    for path in create_api(None).openapi()["paths"]:  # type: ignore[arg-type]  # describes only
        assert f"/api/v1{path.replace('{code}', '$CODE')}" in guide, path


async def test_the_guides_examples_do_what_they_say(world: World) -> None:
    """Each curl command of the guide, read as curl reads it, one after the other."""
    official = await world.joins("chieu_luu", name="Lan")
    site = site_of(world)
    known = {"THAOGO": "https://thaogo.test", "KEY": await key_of(world, official, "chieu_luu")}
    guide = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
    commands = re.findall(r"^curl .*?(?<!\\)$", guide, re.DOTALL | re.MULTILINE)
    assert len(commands) == 8
    async with program(site) as caller:
        for command in commands:
            words = shlex.split(command.replace("\\\n", " "))[1:]
            given = [Template(word).substitute(known) for word in words]
            (url,) = [word for word in given if word.startswith("https://")]
            headers = dict(
                given[n + 1].split(": ", 1) for n, word in enumerate(given) if word == "-H"
            )
            body = given[given.index("-d") + 1] if "-d" in given else None
            method = "POST" if "-X" in given else "GET"
            answer = await caller.client.request(method, url, headers=headers, content=body)
            assert answer.is_success, (command, answer.text)
            if url.endswith("/tickets") and method == "POST":
                known["CODE"] = answer.json()["code"]
                officer = await world.joins((await world.ticket()).lead, Role.STAFF, name="Hùng")
            elif "/tickets/" in url and method == "GET":
                lead = (await world.ticket()).lead
                known["KEY"] = await key_of(world, officer, lead)
    assert (await world.ticket()).status == "resolved"
