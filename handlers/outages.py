"""One failure of many communes: the proposal's two buttons."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.reply import Reply
from storage import outages, tickets
from storage.outages import Outage
from storage.people import Person, Speaker
from tickets import access
from tickets.acts import outages as acts
from tickets.buttons import Press
from tickets.moment import Moment


async def proposal_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Lập việc chung, Không chung: once, by the lead's desk or a coordinator."""
    outage = await outages.by_id(moment.session, press.ticket)
    if outage is None or not access.decides_for(outage.lead, who):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
    elif not acts.is_open(outage, press.seen):
        reply(await _decided(moment, outage, reply))
    elif press.do == "outdrop":
        acts.decide(moment, outage, who)
        reply(reply.say.share_dropped(outage.subject))
    elif (shared := await acts.make(moment, outage, who)) is None:
        reply(reply.say.shared_too_few())
    else:
        count = len(await outages.communes(moment.session, shared.id or 0))
        reply.about(shared)
        reply(reply.say.shared_made(shared, count), ticket=shared)


async def _decided(moment: Moment, outage: Outage, reply: Reply) -> str:
    person = await moment.session.get(Person, outage.by) if outage.by else None
    shared = await tickets.by_id(moment.session, outage.ticket_id) if outage.ticket_id else None
    name, code = person.name if person else "", shared.code if shared else ""
    return reply.say.share_decided(name, outage.subject, code)


def add_routes(router: Router) -> None:
    """The proposal's buttons; members are handled as what is merged, in handlers.merging."""
    router.callback_query.register(proposal_pressed, Pressed("outmake", "outdrop"))
