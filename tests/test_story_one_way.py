"""E-mail and SMS: only where no chat takes a message, SMS for emergencies alone."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import Program
from storage.outbox import Kind
from storage.people import Contact, Person, Role
from storage.rosters import Shift
from tests.doubles.one_way_sides import EmailSide, SmsGateway, SmsSide
from tests.doubles.smtp_server import SmtpServer
from tests.site import site_of
from tests.test_story_channels import contact, to_person
from tests.world import Actor, World
from tickets import notices
from tickets.incoming import Kind as Press
from tickets.moment import Moment

SLIDE = "Sạt lở đường vào bản Khe Tang, đất đá tràn xuống 2 nhà dân, có người bị vùi"
LEAD = "so_nong_nghiep_moi_truong"
MAIL, PHONE = EmailSide.person, SmsSide.person

pytestmark = pytest.mark.parametrize(
    "world",
    [("zalo_oa", "sqlite"), ("zalo_oa", "postgresql")],
    ids="+".join,
    indirect=True,
)


@pytest.fixture
async def mails(world: World) -> AsyncIterator[EmailSide]:
    async with SmtpServer() as server:
        side = EmailSide(server)
        _add(world, email=side.channel())
        yield side


@pytest.fixture
async def texts(world: World) -> AsyncIterator[SmsSide]:
    async with SmsGateway() as gateway:
        side = SmsSide(gateway)
        channel = side.channel()
        _add(world, sms=channel)
        yield side
        await channel.close()


def _add(world: World, **more) -> None:
    """A program with further channels, as after a start with other settings."""
    old = world.program
    world.program = Program(
        world.database, {**old.channels, **more}, old.intake.handle, old.storeroom, old.now
    )


async def also(world: World, actor: Actor, channel: str, address: str) -> None:
    person = (await contact(world, actor)).person_id
    async with world.database.transaction() as session:
        session.add(Contact(channel=channel, address=address, person_id=person))


async def head(world: World) -> Actor:
    actor = await world.joins("so_noi_vu", Role.HEAD, name="Giám đốc")
    await also(world, actor, "email", MAIL)
    await also(world, actor, "sms", PHONE)
    return actor


async def test_while_the_chat_is_open_nothing_goes_another_way(
    world: World, mails: EmailSide, texts: SmsSide
) -> None:
    actor = await head(world)
    await to_person(world, actor, "một")
    await to_person(world, actor, "khẩn", Kind.EMERGENCY)
    assert set(await actor.news()) == {"một", "khẩn"}
    assert mails.heard(MAIL) == []
    assert texts.heard(PHONE) == []


async def test_an_emergencys_card_goes_to_all_channels_of_who_is_on_duty_at_once(
    world: World, mails: EmailSide, texts: SmsSide
) -> None:
    desk = await world.joins(LEAD, Role.STAFF, name="Hùng")
    await also(world, desk, "sms", PHONE)
    official = await world.joins("chieu_luu", name="Lan")
    await official.says("máy quét của xã hỏng rồi, không quét được hồ sơ một cửa")
    assert texts.heard(PHONE) == []
    await official.says(f"vụ mới: {SLIDE}")
    assert any("bị vùi" in text for text in await desk.news())
    card = [said.text for said in texts.heard(PHONE)]
    assert "KHẨN CẤP" in card[0]
    await world.forward(minutes=20)
    assert len(await desk.news()) >= 3
    assert [said.text for said in texts.heard(PHONE)] == card  # reminders go to the chat


async def test_who_is_on_duty_hears_beside_the_group(world: World, texts: SmsSide) -> None:
    on_duty = await world.joins(LEAD, Role.STAFF, name="Hùng")
    await also(world, on_duty, "sms", PHONE)
    asleep = await world.joins(LEAD, Role.STAFF, name="Bình")
    person = (await contact(world, on_duty)).person_id or 0
    bound = await world.joins(LEAD, Role.HEAD, name="Nhóm")
    until = world.now + timedelta(hours=12)
    async with world.database.transaction() as session:
        group = (
            await session.execute(select(Contact).where(Contact.address == bound.chat.address))
        ).scalar_one()
        group.person_id, group.desk_of, group.is_group = None, LEAD, True
        session.add(Shift(unit=LEAD, person_id=person, starts_at=world.now, ends_at=until))
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SLIDE)
    assert any("bị vùi" in text for text in await bound.heard())
    assert any("bị vùi" in text for text in await on_duty.heard())
    assert "KHẨN CẤP" in texts.heard(PHONE)[0].text
    assert not any("bị vùi" in text for text in await asleep.heard())


async def test_after_seven_silent_days_news_come_by_mail_and_emergencies_by_sms(
    world: World, mails: EmailSide, texts: SmsSide
) -> None:
    actor = await head(world)
    await world.forward(days=7, minutes=1)
    await to_person(world, actor, "phiếu quá hạn")
    await to_person(world, actor, "có người bị vùi", Kind.EMERGENCY)
    assert [said.text for said in mails.heard(MAIL)] == ["phiếu quá hạn"]
    assert [said.text for said in texts.heard(PHONE)] == ["có người bị vùi"]


async def test_a_mailbox_that_is_gone_becomes_work_and_is_not_tried_again(
    world: World, mails: EmailSide
) -> None:
    actor = await world.joins("so_noi_vu", Role.HEAD, name="Giám đốc")
    await also(world, actor, "email", MAIL)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    await world.forward(days=7, minutes=1)
    mails.server.answers["RCPT"] = "550 no such user"
    await to_person(world, actor, "phiếu quá hạn")
    await world.forward(minutes=1)
    assert any("không gửi được" in text for text in await admin.heard())
    async with world.database.reading() as session:
        found = await session.execute(select(Contact).where(col(Contact.channel) == "email"))
        assert not found.scalar_one().reachable


async def test_a_restricted_tickets_words_travel_neither_way(
    world: World, mails: EmailSide
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says("Có nhóm người lạ đến bản truyền đạo trái phép, bà con hoang mang")
    ticket = await world.ticket()
    assert ticket.restricted
    actor = await world.joins("so_noi_vu", Role.HEAD, name="Giám đốc")
    await also(world, actor, "email", MAIL)
    person = (await contact(world, actor)).person_id
    await world.forward(days=7, minutes=1)
    before = len(mails.heard(MAIL))
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        say = notices.texts(moment)
        text = f"phiếu: {say.quote(ticket.text)}"
        notices.post(moment, Kind.NOTICE, text, person=person, ticket=ticket)
    await world.settle()
    said = mails.heard(MAIL)[before:]
    assert said
    assert all("truyền đạo" not in mail.text for mail in said)


async def test_a_card_is_not_mailed_again_with_each_change(
    world: World, mails: EmailSide, texts: SmsSide
) -> None:
    desk = await world.joins(LEAD, Role.STAFF, name="Hùng")
    await also(world, desk, "sms", PHONE)
    await world.forward(days=7, minutes=1)
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SLIDE)
    count = len(texts.heard(PHONE))
    assert any("Khe Tang" in said.text for said in texts.heard(PHONE))
    await official.says("2 người")
    await official.says("1 hủy")
    assert len(texts.heard(PHONE)) <= count + 2  # news of danger, no card anew
    assert not any("1. " in said.text for said in texts.heard(PHONE))
    assert all(len(json.dumps(said.text)) < 4000 for said in texts.heard(PHONE))


async def test_nobody_prefers_a_way_on_which_nobody_answers(world: World, mails: EmailSide) -> None:
    actor = await world.joins("so_noi_vu", Role.HEAD, name="Giám đốc")
    await also(world, actor, "email", MAIL)
    await actor.says("kênh")
    shown = next(said for said in await actor.chat.screen() if "đang nhận tin qua" in said.text)
    assert "e-mail" in shown.text
    assert [label for label, _ in shown.buttons] == ["Qua Zalo OA", "Bỏ Zalo OA", "Bỏ e-mail"]
    own = await contact(world, actor)
    await world.receive(actor.message(kind=Press.PRESS, press=f"t:unlink:0:0:c{own.id}"))
    assert "Không có gì thay đổi" in (await actor.last()).text
    async with world.database.reading() as session:
        person = await session.get(Person, own.person_id)
        assert person is not None
        assert person.prefers == ""


async def test_a_sign_in_link_goes_to_the_mailbox_it_was_asked_for(
    world: World, mails: EmailSide
) -> None:
    actor = await head(world)
    site = site_of(world, public_url="https://thaogo.test")
    async with site.browser() as browser:
        await browser.post("/vao-email", {"email": MAIL})
    await world.settle()
    told = " ".join("".join(said.text.split()) for said in mails.heard(MAIL))
    assert "https://thaogo.test/vao/" in told
    assert not any("/vao/" in text for text in await actor.news())


@pytest.mark.parametrize("same", ["", "+84 912 345 678"])
async def test_a_number_that_changed_hands_gets_no_text_message(
    world: World, texts: SmsSide, same: str
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    actor = await head(world)
    await actor.says(f"/suadulieu số máy: {same or '0987 654 321'}")
    await world.forward(days=7, minutes=1)
    await to_person(world, actor, "có người bị vùi", Kind.EMERGENCY)
    assert bool(texts.heard(PHONE)) is bool(same)
    told = [text for text in await admin.heard() if "đã đổi số máy" in text]
    assert len(told) == (0 if same else 1)
