"""Each desk's day begins with how it stands; its reminders follow in the same message."""

from datetime import datetime, time, timedelta

from storage import decisions, tallies
from storage.outbox import Kind
from storage.rounds import Round
from storage.tallies import OfDesk
from tickets import notices, quiet
from tickets.acts.yearly import opening_from
from tickets.buttons import Press, button
from tickets.moment import Moment

DESKS = "desks"


def next_opening(moment: Moment) -> datetime:
    """As offices open next, in the morning of a working day."""
    calendar, today = moment.rules.calendar, moment.today
    windows = calendar.windows(today)
    is_ahead = bool(windows) and moment.now < windows[0][0]
    day = today if is_ahead else today + timedelta(days=1)
    return opening_from(day, calendar, moment.now)


async def open_desks(moment: Moment, _: Round) -> datetime:
    """Tell each desk what is new, due today and overdue; a desk without any of it hears nothing.

    After an outage with the next round of reminders, if there is one today.
    """
    following = next_opening(moment)
    told_at = quiet.next_round(moment.now, moment.rules.calendar)
    if moment.rules.calendar.local_date(told_at) != moment.today:
        return following
    tomorrow = datetime.combine(moment.today + timedelta(days=1), time(), moment.rules.zone)
    desks = await tallies.of_desks(moment.session, moment.now, tomorrow)
    silent = await decisions.silent(moment.session, [desk.unit for desk in desks])
    for desk in desks:
        if (desk.new or desk.due or desk.overdue) and desk.unit not in silent:
            _tell(moment, desk, told_at, following)
    return following


def _tell(moment: Moment, desk: OfDesk, told_at: datetime, until: datetime) -> None:
    say = notices.texts(moment)
    notices.post(
        moment,
        Kind.REMINDER,
        say.desk_opens(desk),
        desk=desk.unit,
        buttons=[[button(say.label("seen"), Press("seen"))]],
        not_before=told_at,
        expires_at=until,
    )
