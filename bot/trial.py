"""The trial mode's made-up people: one can hold a whole conversation in two browser tabs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.conversations import Conversation
from storage.engine import Database
from storage.people import Contact, Duty, Person, Role, any_real_person


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One invented official: a post and a unit, never a real person's name."""

    key: str
    name: str
    label: str
    unit: str
    role: Role


PEOPLE = (
    MadeUp("chieu_luu", "Cán bộ xã Chiêu Lưu", "Cán bộ xã Chiêu Lưu", "chieu_luu", Role.REPORTER),
    MadeUp("con_cuong", "Cán bộ xã Con Cuông", "Cán bộ xã Con Cuông", "con_cuong", Role.REPORTER),
    MadeUp("xay_dung", "Trực Sở Xây dựng", "Sở Xây dựng", "so_xay_dung", Role.STAFF),
    MadeUp(
        "nong_nghiep",
        "Trực Sở NN&MT",
        "Sở Nông nghiệp và Môi trường",
        "so_nong_nghiep_moi_truong",
        Role.STAFF,
    ),
    MadeUp("tai_chinh", "Trực Sở Tài chính", "Sở Tài chính", "so_tai_chinh", Role.STAFF),
    MadeUp(
        "khoa_hoc",
        "Trực Sở KH&CN",
        "Sở Khoa học và Công nghệ",
        "so_khoa_hoc_cong_nghe",
        Role.STAFF,
    ),
    MadeUp("lanh_dao_so", "Lãnh đạo Sở Xây dựng", "Lãnh đạo Sở", "so_xay_dung", Role.HEAD),
    MadeUp(
        "dieu_phoi",
        "Điều phối viên",
        "Điều phối (Văn phòng UBND tỉnh)",
        "van_phong_ubnd",
        Role.COORDINATOR,
    ),
    MadeUp("lanh_dao", "Lãnh đạo tỉnh", "Lãnh đạo UBND tỉnh", "ubnd_tinh", Role.LEADER),
    MadeUp("quan_tri", "Quản trị viên", "Quản trị viên", "van_phong_ubnd", Role.ADMIN),
)


class TrialRefused(Exception):
    """The trial mode never runs beside real people or a public address."""


async def invent(database: Database, now: datetime) -> None:
    """Make the trial's people where they are missing. Raises TrialRefused beside real ones."""
    async with database.transaction() as session:
        if await any_real_person(session):
            raise TrialRefused(
                "Cơ sở dữ liệu này có người thật: không mở chế độ dùng thử. Chạy `thaogo run`."
            )
        found = await session.execute(
            select(col(Contact.address)).where(col(Contact.channel) == "web")
        )
        known = set(found.scalars())
        for person in PEOPLE:
            if address(person.key) not in known:
                at = address(person.key)
                await invent_one(session, at, person.name, person.unit, person.role, now)


async def invent_one(
    session: AsyncSession,
    at: str,
    name: str,
    unit: str,
    role: Role,
    now: datetime,
    post: str = "",
) -> None:
    """Make a person up who sits at the web address `at` and serves a unit since `now` (UTC)."""
    person = Person(name=name, made_up=True, joined_at=now)
    session.add(person)
    await session.flush()
    assert person.id is not None
    contact = Contact(channel="web", address=at, person_id=person.id, heard_at=now)
    session.add(contact)
    session.add(Duty(person_id=person.id, unit=unit, role=role, post=post, since=now))
    await session.flush()
    assert contact.id is not None
    session.add(Conversation(contact_id=contact.id))


def address(key: str) -> str:
    """The web address of a made-up person's chat."""
    return f"trial:{key}"


class Trial:
    """What the first page needs to know of the made-up people."""

    def __init__(self, database: Database, speed: int = 1) -> None:
        """`database` is the trial's own; `speed` is how fast its time runs."""
        self.database = database
        self.speed = speed

    @property
    def people(self) -> Sequence[tuple[str, str, str]]:
        """For each person: key, label, and what they do here."""
        does = {
            Role.REPORTER: "báo khó khăn",
            Role.STAFF: "tiếp nhận, xử lý phiếu",
            Role.HEAD: "xem, xử lý phiếu của sở",
            Role.COORDINATOR: "chuyển việc chưa rõ đơn vị",
            Role.LEADER: "xem phiếu bất kỳ theo số",
            Role.ADMIN: "người dùng, gói dữ liệu, kênh, sao lưu",
        }
        return [(person.key, person.label, does[person.role]) for person in PEOPLE]

    async def contact_of(self, key: str) -> int:
        """The contact id of a made-up person; raises KeyError for an unknown key."""
        async with self.database.reading() as session:
            found = await session.execute(
                select(col(Contact.id)).where(
                    col(Contact.channel) == "web", col(Contact.address) == address(key)
                )
            )
            contact = found.scalar_one_or_none()
        if contact is None:
            raise KeyError(key)
        return contact
