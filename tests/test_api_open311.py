"""Civic tools: services, their definitions and requests of GeoReport v2, in JSON and XML."""

from xml.etree import ElementTree as ET

import pytest

from storage.people import Role
from tests.programs import key_of, program
from tests.site import site_of
from tests.test_story_lists import BRIDGE, copied, made
from tests.world import World

TEXT = "Đường vào bản Lưu Hòa sạt lở, xe không vào được"


async def test_it_is_closed_until_somebody_opens_it(world: World) -> None:
    async with program(site_of(world)) as tool:
        tool.base = ""
        assert (await tool.get("/open311/v2/services.json")).status_code == 404


async def test_a_tool_reads_services_and_files_a_request(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    site = site_of(world, open311=True)
    key = await key_of(world, official, "chieu_luu", "read", "report")
    async with program(site) as anyone, program(site, key) as tool:
        anyone.base = tool.base = "/open311/v2"
        services = (await anyone.get("/services.json")).json()
        routes = (await world.program.rules()).units.routes(world.now.date())
        assert [row["service_code"] for row in services] == [route.category for route in routes]
        read = ET.fromstring((await anyone.get("/services.xml")).content)
        assert (read.tag, len(read.findall("service"))) == ("services", len(services))
        asking = next(row["service_code"] for row in services if row["metadata"])
        defined = (await anyone.get(f"/services/{asking}.json")).json()
        first = defined["attributes"][0]
        xml = ET.fromstring((await anyone.get(f"/services/{asking}.xml")).content)
        assert xml.findtext("attributes/attribute/code") == first["code"]
        assert (await anyone.get("/services/khong_co.json")).status_code == 404
        form = {
            "service_code": asking, "description": TEXT, "address_string": "bản Lưu Hòa",
            "lat": "19.35", "long": "104.3", f"attribute[{first['code']}]": "40 hộ",
        }  # fmt: skip
        refused = await anyone.client.post("/open311/v2/requests.json", data=form)
        assert (refused.status_code, refused.json()[0]["code"]) == (403, 403)
        posted = {**form, "api_key": key}
        sent = await anyone.client.post("/open311/v2/requests.json", data=posted)
        assert sent.status_code == 201, sent.text
        again = await tool.client.post("/open311/v2/requests.xml", data=form)
        number = ET.fromstring(again.content).findtext("request/service_request_id")
        assert [
            {"service_request_id": number, "service_notice": "", "account_id": ""}
        ] == sent.json()
        ticket = await world.ticket()
        assert (ticket.code, ticket.category, ticket.lat) == (number, asking, 19.35)
        assert ticket.text.startswith(f"{TEXT}\n{first['description']} 40 hộ")
        for wrong in ({"service_code": "khong_co"}, {"description": ""}, {"lat": "100"}):
            answer = await tool.client.post("/open311/v2/requests.xml", data={**form, **wrong})
            assert answer.status_code in {400, 404}
            assert ET.fromstring(answer.content).findtext("error/description")
        (row,) = (await tool.get("/requests.json", status="open", service_code=asking)).json()
        assert (row["service_request_id"], row["status"], row["address_id"]) == (
            number, "open", "chieu_luu",
        )  # fmt: skip
        one = ET.fromstring((await tool.get(f"/requests/{number}.xml")).content)
        assert one.findtext("request/description") == ticket.text
        for empty in (
            {"status": "closed"}, {"end_date": "2026-01-01T00:00:00Z"}, {"service_code": "khac"},
            {"service_request_id": "NA-26-999999"},
        ):  # fmt: skip
            assert (await tool.get("/requests.json", **empty)).json() == [], empty
        assert (await tool.get("/requests.json", start_date="hôm qua")).status_code == 400
        assert (
            await tool.get("/requests.json", start_date="9999-01-01T00:00:00Z")
        ).status_code == 400
        assert (await anyone.get("/requests.json")).status_code == 403
        assert (await anyone.get("/requests.json", api_key=key)).status_code == 403
    await world.settle()
    assert any(str(number) in text for text in await official.heard())


async def test_requests_of_others_and_restricted_words_stay_away(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    await copied(world, 1)
    await made(world, restricted=True, text="chuyện kín", place="nhà ông Kín", lat=19.0, lon=104.0)
    stranger = await world.joins("so_y_te", Role.STAFF, name="Mai")
    site = site_of(world, open311=True)
    async with program(site, await key_of(world, official, "chieu_luu")) as tool:
        tool.base = "/open311/v2"
        rows = (await tool.get("/requests.json")).json()
        assert len(rows) == 2
        assert "Kín" not in str(rows)
        (hidden,) = [row for row in rows if not row["description"]]
        assert (hidden["address"], hidden["lat"]) == ("", None)
        numbers = ",".join(row["service_request_id"] for row in rows)
        assert len((await tool.get("/requests.json", service_request_id=numbers)).json()) == 2
    async with program(site, await key_of(world, stranger, "so_y_te")) as tool:
        tool.base = "/open311/v2"
        assert (await tool.get("/requests.json", service_request_id=numbers)).json() == []
        code = rows[0]["service_request_id"]
        assert (await tool.get(f"/requests/{code}.json")).status_code == 404


@pytest.mark.parametrize("world", [("web", "postgresql")], ids="+".join, indirect=True)
async def test_what_no_database_holds_is_left_out_and_every_layer_speaks_georeport(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    site = site_of(world, open311=True)
    async with program(site, await key_of(world, official, "chieu_luu")) as tool:
        for name in ("q", "commune", "lead", "category"):
            answer = await tool.get("/tickets", **{name: "x\0\x06y"})
            assert (answer.status_code, answer.json()["items"]) == (200, [])
        assert len((await tool.get("/tickets", q="\0")).json()["items"]) == 1
        tool.base = "/open311/v2"
        assert (await tool.get("/requests.json", service_code="x\0")).json() == []
        for path in ("/services.x%0Ay", "/khong-co", "/services.pdf"):
            answer = await tool.get(path)
            assert answer.headers["content-type"] == "application/json"
            assert answer.json()[0]["code"] == answer.status_code in {400, 404}
        large = await tool.client.post("/open311/v2/requests.xml", content=b"x" * 100_000)
        assert large.status_code == 413
        assert ET.fromstring(large.content).findtext("error/code") == "413"
