"""What people say and press: one file per kind of talk, and the order in which they are asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiogram import Router


def all_routes() -> "list[Router]":
    """Fresh routers in order: the door, what begins with a slash, and all other talk.

    Imported here, because aiogram takes seconds and `handlers.reply` is needed before it. Three
    routers and not one a module: aiogram walks them all for each update, 25 microseconds apiece.
    """
    from aiogram import Router  # noqa: PLC0415  see above

    from handlers import (  # noqa: PLC0415  see above
        assigning,
        broadcasting,
        chair,
        clusters,
        coordinating,
        deciding,
        desk,
        digests,
        ending,
        explaining,
        failures,
        fallback,
        following,
        freezing,
        guidances,
        helping,
        inviting,
        joining,
        joint,
        leaving,
        letters,
        linking,
        lists,
        merging,
        opining,
        outages,
        overseeing,
        progress,
        prompting,
        questions,
        receipts,
        reminding,
        reporting,
        rerouting,
        rollcalls,
        rosters,
        storms,
        talk,
        words,
    )
    from handlers.guard import Guard  # noqa: PLC0415  see above

    rest = Router(name=__name__)
    oversight = (overseeing, broadcasting, storms, inviting, freezing, failures, explaining)
    works = (
        desk,
        rerouting,
        assigning,
        deciding,
        letters,
        reminding,
        coordinating,
        helping,
        leaving,
    )
    communes = (lists, ending, progress, chair, merging, outages, joint, clusters, guidances)
    asked = (leaving, digests, questions, receipts, prompting, talk, rollcalls, reporting)
    for module in (
        words,
        opining,
        linking,
        following,
        *oversight,
        *works,
        leaving,
        *communes,
        *asked,
    ):
        module.add_routes(rest)
    opining.add_last_routes(rest)
    fallback.add_routes(rest)
    slashed = (lists, coordinating, rosters, leaving, digests, guidances, *oversight)
    routers = [joining.routes(), following.commands(*slashed), rest]
    for router in routers:
        router.message.middleware(Guard())
        router.callback_query.middleware(Guard())
        router.edited_message.middleware(Guard())
    return routers
