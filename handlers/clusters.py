"""Needs alike: the proposal's buttons, and the link to its draft."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.reply import Reply
from storage import clusters, webchat
from storage.clusters import Cluster
from storage.people import Person, Speaker
from tickets import access
from tickets.acts import clusters as acts
from tickets.buttons import Press
from tickets.clusters import picture
from tickets.moment import Moment


async def decided(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply, address: str
) -> None:
    """Lập đề xuất chung, Không phải, Bỏ đề xuất: by the lead's desk or a coordinator."""
    cluster = await clusters.by_id(moment.session, press.ticket, lock=True)
    if cluster is None or not access.decides_for(cluster.lead, who):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
    elif not acts.is_fresh(cluster, press.do, press.seen):
        person = await moment.session.get(Person, cluster.by) if cluster.by else None
        text = reply.say.cluster_stands(cluster, person.name if person else "")
        reply(text, acts.proposal_buttons(cluster, reply.say))
    elif press.do == "cldrop":
        acts.drop(moment, cluster, who)
        reply(reply.say.cluster_dropped(cluster))
    elif press.do == "clundo":
        await acts.undo(moment, cluster, who)
        reply(reply.say.cluster_undone(cluster), acts.proposal_buttons(cluster, reply.say))
    else:
        await acts.make(moment, cluster, who)
        shown = await picture(moment, cluster)
        text = reply.say.cluster_made(shown, _draft(moment, cluster, who, reply, address))
        reply(text, acts.proposal_buttons(cluster, reply.say))


def _draft(moment: Moment, cluster: Cluster, who: Speaker, reply: Reply, address: str) -> str:
    """A link to the draft, for a day and this person; none in a group."""
    if reply.is_group or who.person is None or who.person.id is None:
        return ""
    purpose = f"{webchat.LETTER}:0:cluster.{cluster.id}"
    token = webchat.make_link(
        moment.session, who.person.id, purpose, moment.now, valid=webchat.LETTER_VALID
    )
    return f"{address}/letters/{token}"


def add_routes(router: Router) -> None:
    """The three decisions."""
    router.callback_query.register(decided, Pressed("clmake", "cldrop", "clundo"))
