"""What channels with a quota or a price carried: told each month, and before a quota is used up."""

from datetime import datetime, timedelta

from storage.people import Role
from storage.rounds import Round
from tickets import notices, reach
from tickets.acts import silence
from tickets.acts.yearly import opening_from
from tickets.moment import Moment
from tickets.usage import Use, count, month_of

NEARLY = 0.8
"""The part of a bot's month from which on administrators are warned, once a month."""
MOST_LATE = timedelta(days=5)
"""How long after a month's end its use is still worth telling, after an outage."""


def next_look(moment: Moment) -> datetime:
    """When it is looked at next (UTC): as offices open, on the next working day."""
    return opening_from(moment.today, moment.rules.calendar, moment.now)


async def tell(moment: Moment, row: Round) -> datetime:
    """Tell administrators of the month that is over, once, of a bot that is nearly used up, and of
    a channel that fell silent.
    """
    month, zone = f"{moment.today:%Y-%m}", moment.rules.zone
    this = month_of(moment.now, zone)
    warned = list(row.kept.get("warned", [])) if row.kept.get("month") == month else []
    if row.kept.get("month") not in {None, month} and moment.now - this < MOST_LATE:
        before = month_of(this - timedelta(days=1), zone)
        await _summary(moment, await count(moment.session, before, this), before)
    use = await count(moment.session, this, moment.now)
    for bot, used in sorted(use.bots.items()):
        if used >= NEARLY * reach.BOT_MONTH and bot not in warned:
            text = notices.texts(moment).quota_nears(bot, used, reach.BOT_MONTH)
            await notices.tell_role(moment, Role.ADMIN, text)
            warned.append(bot)
    silent = await silence.tell(moment, row.kept.get("silent", {}))
    row.kept = {"month": month, "warned": warned, "silent": silent, **use.as_kept()}
    return next_look(moment)


async def _summary(moment: Moment, use: Use, since: datetime) -> None:
    """A line for each channel that carried anything; nothing where none did."""
    say = notices.texts(moment)
    lines = [say.bot_used(bot, used, reach.BOT_MONTH) for bot, used in sorted(use.bots.items())]
    if use.sent:
        lines.append(say.oa_used(use.sent, use.late, use.cost))
    lines += [say.one_way_used(name, number) for name, number in use.one_way.items()]
    if lines:
        await notices.tell_role(moment, Role.ADMIN, say.month_used(since, lines))
