"""KHẨN CẤP and nothing else: an emergency at once, and what it is comes after."""

from aiogram.types import TelegramObject

from handlers.reply import Reply
from handlers.twins import act_of, may_be_twin
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.acts import reporting
from tickets.acts.reporting import Report
from tickets.incoming import Incoming
from tickets.moment import Moment
from triage.verdict import Verdict


async def is_alarm(event: TelegramObject, said: Incoming) -> bool:
    """Whether it is KHẨN CẤP and nothing else."""
    return may_be_twin(said.text) and act_of(said.text) == ("urgent", "")


async def alarmed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """KHẨN CẤP and nothing else: an emergency at once, and what it is comes after."""
    await alarm(moment, who, said, reply, "cán bộ phản ánh gõ KHẨN CẤP")


async def alarm(moment: Moment, who: Speaker, said: Incoming, reply: Reply, why: str) -> Ticket:
    """Open an emergency of which nothing more is known than `why`."""
    report = Report(said.text, said.sent_at, said.place, said.lat, said.lon, receipt=said.receipt)
    verdict = Verdict(kind="report", certainty="nothing", urgency="emergency", urgency_why=why)
    ticket = await reporting.open_ticket(moment, who, report, verdict)
    reply.about(ticket)
    reply.state("")
    stage = notices.stage_text(moment, ticket, reply.say)
    reply(reply.say.alarm(ticket, stage), ticket=ticket, key=notices.receipt_key(ticket))
    return ticket
