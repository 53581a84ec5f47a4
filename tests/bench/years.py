"""Years of tickets with their histories, written by the database itself: a million in a minute."""

import random
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from province.text import fold
from storage.engine import EPOCH, MICROSECOND, Database
from storage.tickets import Ticket, log
from tests.site import START, rules
from triage.training import read_examples

YEARS = timedelta(days=4 * 365)
EVENTS = 30
"""In the history of the ticket that is opened; most have fewer."""
REPORTS = 997
"""How many texts, each with its department and category; a prime, so that all meet all communes."""
DAY = 86_400_000_000
"""Microseconds."""
OPEN_FOR = 20 * DAY
"""Whatever is older has ended; of what is newer three in ten. Of open ones one in ten is new."""
FACTS = (
    ("opened", 0, "1 = 1"),
    ("routed", 1, "1 = 1"),
    ("acknowledged", DAY // 4, "closed_at is not null"),
    ("updated", 2 * DAY, "closed_at is not null"),
    ("resolved", 9 * DAY, "closed_at is not null"),
    ("closed", 11 * DAY, "closed_at is not null"),
    ("promise_broken", 9 * DAY, "id % 40 = 0"),
    ("doubted", 2, "id % 90 = 0"),
)
"""(kind of event, microseconds after the report, which tickets have it)."""


async def settle(database: Database, count: int, *, first: str = "NA-26-000001") -> None:
    """`count` tickets in the order in which they came, and one, numbered `first`, with a history.

    Their texts are the examples of triage; every department and commune has its share. PostgreSQL
    ends as autovacuum leaves it; on SQLite nobody ever asks for statistics.
    """
    async with database.transaction() as session:
        number = await _first(session, first)
    async with database.transaction() as session:
        await _prepare(session)
        await _tickets(session, number, count)
        await _events(session, number)
        for name in ("bench_reports", "bench_communes"):
            await session.execute(text(f"drop table {name}"))
    if database.url.get_backend_name() == "postgresql":
        async with database.writer.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text("vacuum analyze"))


async def _first(session: AsyncSession, code: str) -> int:
    """The ticket that is opened; the others are made after it."""
    ticket = Ticket(
        code=code, commune="chieu_luu", lead="so_xay_dung", reporter_id=1,
        contact_id=1, opened_at=START, carded_at=START, summary="Cầu tràn",
        category=rules().pack.routing[0].category, text="Cầu tràn hỏng",
        search="na-26-000001 cau tran xieng thu",
    )  # fmt: skip
    session.add(ticket)
    await session.flush()
    for hour in range(EVENTS):
        at = START - timedelta(hours=hour)
        log(session, ticket, "updated", at=at, actor="person:1", text="đang làm")
    return ticket.id or 0


async def _prepare(session: AsyncSession) -> None:
    """Reports with departments and categories, and communes, each by its number."""
    chance, pack = random.Random(1), rules().pack
    leads = [agency.code for agency in pack.agencies if agency.code.startswith("so_")]
    categories = [route.category for route in pack.routing]
    texts = [example.text for example in read_examples() if len(example.text) > 30]
    reports = [
        {
            "n": n,
            "lead": chance.choice(leads),
            "category": chance.choice(categories),
            "words": words,
        }
        for n, words in enumerate(chance.sample(texts, REPORTS))
    ]
    communes = [{"n": n, "code": row.code, "name": row.name} for n, row in enumerate(pack.communes)]
    await session.execute(
        text(
            "create table bench_reports (n int, lead text, category text, words text, folded text)"
        )
    )
    await session.execute(text("create table bench_communes (n int, code text, name text)"))
    await session.execute(
        text("insert into bench_reports values (:n, :lead, :category, :words, :folded)"),
        [row | {"folded": fold(str(row["words"]))} for row in reports],
    )
    await session.execute(
        text("insert into bench_communes values (:n, :code, :name)"),
        [row | {"name": fold(str(row["name"]))} for row in communes],
    )


async def _tickets(session: AsyncSession, first: int, count: int) -> None:
    """The tickets: all but the newest have ended."""
    now = (START - EPOCH) // MICROSECOND
    is_ended = f"(opened < {now - OPEN_FOR} or s.n % 10 < 3)"

    def after(days: float) -> str:
        return _instant(session, f"opened + {int(days * DAY)}")

    def once_ended(value: str, other: str) -> str:
        return f"case when {is_ended} then {value} else {other} end"

    fields = {
        "code": "'B' || (100000000 + s.n)",
        "lead": "r.lead",
        "category": "r.category",
        "commune": "c.code",
        "summary": "substr(r.words, 1, 40)",
        "text": "r.words",
        "search": "'b' || (100000000 + s.n) || ' ' || c.name || ' ' || r.folded",
        "urgency": "case s.n % 50 when 0 then 'emergency' when 1 then 'urgent' else 'normal' end",
        "opened_at": after(0),
        "carded_at": after(0),
        "acknowledge_by": after(1),
        "answer_by": after(5),
        "result_by": after(15),
        "answered_at": f"case when {is_ended} or s.n % 10 > 3 then {after(2)} else null end",
        "resolved_at": once_ended(after(9), "null"),
        "closed_at": once_ended(after(11), "null"),
        "status": once_ended("'closed'", "case s.n % 10 when 3 then 'new' else 'in_progress' end"),
        "outcome": once_ended("'confirmed'", "null"),
        "rating": once_ended("4", "null"),
        "resolution": once_ended("'Đã sửa xong'", "''"),
    }
    begin, step = now - YEARS // MICROSECOND, YEARS // MICROSECOND // count
    numbers = (
        "with recursive series(n) as (select cast(0 as bigint) union all select n + 1 from series"
        f" where n < {count - 1}) select n, {begin} + n * {step} as opened from series"
    )
    await _copied(
        session,
        "tickets",
        fields,
        f"({numbers}) s join bench_reports r on r.n = s.n % {REPORTS}"
        f" join bench_communes c on c.n = s.n % {len(rules().pack.communes)}"
        f" join tickets t on t.id = {first} order by s.n",
    )


async def _events(session: AsyncSession, first: int) -> None:
    """The histories, fact by fact."""
    for kind, microseconds, which in FACTS:
        fields = {
            "ticket_id": "m.id",
            "kind": f"'{kind}'",
            "at": _later(session, "m.opened_at", microseconds),
        }
        among = f"(select * from tickets where id > {first} and {which}) m"
        of_first = f"(select * from ticket_events where ticket_id = {first} limit 1) t"
        source = f"{among} cross join {of_first} order by m.id"
        await _copied(session, "ticket_events", fields, source)


async def _copied(
    session: AsyncSession, table: str, fields: Mapping[str, str], source: str
) -> None:
    """Rows like that of `t`, but for some fields given as expressions."""
    names = [c.name for c in SQLModel.metadata.tables[table].columns if c.name != "id"]
    values = ", ".join(fields.get(name, f"t.{name}") for name in names)
    await session.execute(
        text(f"insert into {table} ({', '.join(names)}) select {values} from {source}")
    )


def _instant(session: AsyncSession, microseconds: str) -> str:
    """Microseconds since the epoch as the database keeps instants."""
    if session.get_bind().dialect.name == "sqlite":
        return f"({microseconds})"
    return f"(timestamptz 'epoch' + ({microseconds}) * interval '1 microsecond')"


def _later(session: AsyncSession, column: str, microseconds: int) -> str:
    if session.get_bind().dialect.name == "sqlite":
        return f"({column} + {microseconds})"
    return f"({column} + {microseconds} * interval '1 microsecond')"
