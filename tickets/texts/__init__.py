"""Every sentence said in chat, in the hearer's language; Vietnamese is the source."""

from tickets.texts.administering import Administering
from tickets.texts.afterwards import Afterwards
from tickets.texts.alarms import Alarms
from tickets.texts.approving import Approving
from tickets.texts.broadcasting import Broadcasting
from tickets.texts.channels import Channels
from tickets.texts.check_ins import CheckIns
from tickets.texts.coordinating import Coordinating
from tickets.texts.deciding import Deciding
from tickets.texts.desks import Desks
from tickets.texts.digests import Digests
from tickets.texts.escalating import Escalating
from tickets.texts.explaining import Explaining
from tickets.texts.following import Following
from tickets.texts.guidances import Guidances
from tickets.texts.joining import Joining
from tickets.texts.joint import Joint
from tickets.texts.lists import Lists
from tickets.texts.opining import Opining
from tickets.texts.outages import Outages
from tickets.texts.overseeing import Overseeing
from tickets.texts.personal import Personal
from tickets.texts.prompting import Prompting
from tickets.texts.rosters import Rosters
from tickets.texts.storms import Storms
from tickets.texts.talk import Talk


class Texts(
    Channels,
    CheckIns,
    Joining,
    Joint,
    Following,
    Afterwards,
    Approving,
    Deciding,
    Desks,
    Digests,
    Guidances,
    Coordinating,
    Lists,
    Opining,
    Outages,
    Personal,
    Prompting,
    Rosters,
    Talk,
    Escalating,
    Explaining,
    Overseeing,
    Broadcasting,
    Storms,
    Administering,
    Alarms,
):
    """All sentences in one language: `say.receipt(…)`, `say.card(…)`."""
