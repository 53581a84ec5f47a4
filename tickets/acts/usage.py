"""What channels with a quota or a price carried: told each month, and before a quota is used up."""

from datetime import datetime, timedelta

from storage import calls, inbox
from storage.people import Role
from storage.rounds import Round
from tickets import notices, reach
from tickets.acts.yearly import opening_from
from tickets.moment import Moment

USAGE = "usage"
NEARLY = 0.8
"""The part of a bot's month from which on administrators are warned, once a month."""
MOST_LATE = timedelta(days=5)
"""How long after a month's end its use is still worth telling, after an outage."""


def next_look(moment: Moment) -> datetime:
    """When it is looked at next (UTC): as offices open, on the next working day."""
    return opening_from(moment.today, moment.rules.calendar, moment.now)


async def tell(moment: Moment, row: Round) -> datetime:
    """Tell administrators of the month that is over, once, and of a bot that is nearly used up."""
    month = f"{moment.today:%Y-%m}"
    this = _month_of(moment, moment.now)
    warned = list(row.kept.get("warned", [])) if row.kept.get("month") == month else []
    if row.kept.get("month") not in {None, month} and moment.now - this < MOST_LATE:
        await _summary(moment, _month_of(moment, this - timedelta(days=1)), this)
    bots = await _bots(moment, this, moment.now)
    for bot, used in sorted(bots.items()):
        if used >= NEARLY * reach.BOT_MONTH and bot not in warned:
            text = notices.texts(moment).quota_nears(bot, used, reach.BOT_MONTH)
            await notices.tell_role(moment, Role.ADMIN, text)
            warned.append(bot)
    row.kept = {"month": month, "warned": warned, "used": bots}
    return next_look(moment)


def _month_of(moment: Moment, at: datetime) -> datetime:
    """When the local month of an instant began (UTC)."""
    local = at.astimezone(moment.rules.zone)
    first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(at.tzinfo)


async def _summary(moment: Moment, since: datetime, until: datetime) -> None:
    """A line for each channel that carried anything; nothing where none did."""
    say, session = notices.texts(moment), moment.session
    lines = [
        say.bot_used(bot, used, reach.BOT_MONTH)
        for bot, used in sorted((await _bots(moment, since, until)).items())
    ]
    sent, late = await calls.sent_late(session, "zalo_oa", since, reach.FREE["zalo_oa"], until)
    if sent:
        lines.append(say.oa_used(sent, late, late * reach.PRICE))
    for name in reach.ONE_WAY:
        if count := sum((await calls.sent_by_address(session, name, since, until)).values()):
            lines.append(say.one_way_used(name, count))
    if lines:
        await notices.tell_role(moment, Role.ADMIN, say.month_used(since, lines))


async def _bots(moment: Moment, since: datetime, until: datetime) -> dict[str, int]:
    """Messages of each Zalo bot in both directions: so its quota counts."""
    used: dict[str, int] = {}
    sent = await calls.sent_by_address(moment.session, "zalo_bot", since, until)
    received = await inbox.received_by_address(moment.session, "zalo_bot", since, until)
    for found in (sent, received):
        for address, count in found.items():
            bot = address.partition("/")[0]
            used[bot] = used.get(bot, 0) + count
    return used
