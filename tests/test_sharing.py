"""What a made-up life's shared matters are, and what is counted of them."""

from datetime import UTC, datetime, timedelta

from bot.life import sharing
from bot.life.expected import Outages
from bot.life.ledger import Books, Ledger
from bot.life.life import chance
from bot.life.members import gather
from province.lookup import lookup
from storage.outbox import Kind, Notice
from storage.people import Role
from storage.tickets import Ticket, TicketEvent
from tests.world import BUNDLED
from tickets.acts import clusters, outages
from tickets.clusters import nearness
from tickets.likeness import kilometres

START = datetime(2026, 9, 6, 17, 0, tzinfo=UTC)


def test_sixty_communes_tell_of_one_failure_and_five_neighbours_ask_for_the_same() -> None:
    members = gather(BUNDLED, 62, chance(7, "members"))
    reporters = [member for member in members if member.role == Role.REPORTER]
    units = lookup(BUNDLED)
    found = sharing.shared_matters(reporters, units, START, 3, chance(7, "shared"))
    fails = [row for row in found if row.text.startswith(sharing.FAILS)]
    assert len({row.by.unit for row in fails}) == 60
    assert max(row.at for row in fails) - min(row.at for row in fails) < timedelta(hours=2)
    needs = [row.by.unit for row in found if row not in fails]
    assert len(set(needs)) == 5
    assert len(nearness(units).parts(needs)) == 1
    places = [commune.place for code in needs if (commune := units.commune(code))]
    assert all(kilometres(*one, *other) < 60 for one in places for other in places)


async def test_without_sharing_nothing_is_proposed() -> None:
    true = outages.propose, clusters.consider
    with sharing.unshared(is_off=True):
        assert await outages.gather(None, None) is False  # type: ignore[arg-type]  it looks at none
        assert (outages.propose, clusters.consider) != true
    with sharing.unshared(is_off=False):
        assert (outages.propose, clusters.consider) == true


def test_what_a_shared_matter_costs_is_read_from_the_books() -> None:
    def ticket(number: int, text: str, **more: object) -> Ticket:
        fields = {
            "id": number, "code": f"NA-26-{number:06}", "commune": f"c{number}", "lead": "so",
            "reporter_id": number, "contact_id": number, "opened_at": START, "text": text,
        }  # fmt: skip
        return Ticket(**{**fields, **more})

    members = gather(BUNDLED, 62, chance(7, "members"))
    reporters = [member for member in members if member.role == Role.REPORTER]
    told = sharing.shared_matters(reporters, lookup(BUNDLED), START, 3, chance(7, "shared"))
    fails = [row.text for row in told if row.text.startswith(sharing.FAILS)]
    tickets = [ticket(n, text, merged_id=9) for n, text in enumerate(fails[:3], 1)]
    parent = ticket(9, "", shared=True)
    minute = timedelta(minutes=1)
    events = [
        TicketEvent(ticket_id=9, at=START, kind="opened", actor="person:1"),
        TicketEvent(ticket_id=9, at=START, kind="acknowledged", actor="person:1"),
        TicketEvent(ticket_id=9, at=START + minute, kind="updated", actor="person:1"),
        TicketEvent(ticket_id=9, at=START, kind="escalated", actor="clock"),
        TicketEvent(ticket_id=9, at=START + 2 * minute, kind="resolved", actor="person:1"),
    ]
    notice = Notice(
        kind=Kind.NOTICE, ticket_id=1, person_id=1, text="", created_at=START, not_before=START
    )
    books = Books([*tickets, parent], {9: events}, [notice], [])
    assert sharing.cost(books, told)["outage"] == {
        "communes": 3, "tickets_at_work": 1, "desk_acts": 3, "messages_to_desks": 0,
        "messages_to_communes": 1,
    }  # fmt: skip


def test_what_is_said_of_a_shared_ticket_has_its_reason_there() -> None:
    def ticket(number: int, merged: int | None) -> Ticket:
        return Ticket(
            id=number, code=f"NA-26-{number:06}", commune="c", lead="so", reporter_id=1,
            contact_id=1, opened_at=START, merged_id=merged, status="closed",
        )  # fmt: skip

    asked = Notice(
        kind=Kind.REMINDER, ticket_id=1, person_id=1, text="", created_at=START, not_before=START,
        fate="delivered",
    )  # fmt: skip
    event = TicketEvent(ticket_id=9, at=START, kind="reminded", actor="clock", rule="vì …")
    for merged, faults in ((9, []), (None, ["reminder without a reason: notice None"])):
        books = Books([ticket(1, merged), ticket(9, None)], {1: [], 9: [event]}, [asked], [])
        found = Ledger(BUNDLED, Outages(), START, books).violations()
        assert [fault for fault in found if "reason" in fault] == faults
