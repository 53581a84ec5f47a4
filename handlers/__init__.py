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
        chair,
        coordinating,
        deciding,
        desk,
        ending,
        fallback,
        following,
        joining,
        leaving,
        letters,
        lists,
        merging,
        progress,
        questions,
        receipts,
        reminding,
        reporting,
        rerouting,
        rosters,
        talk,
        words,
    )
    from handlers.guard import Guard  # noqa: PLC0415  see above

    rest = Router(name=__name__)
    works = (words, following, desk, rerouting, assigning, deciding, letters, reminding)
    communes = (lists, ending, progress, chair, merging)
    asked = (questions, receipts, talk, reporting, fallback)
    for module in (*works, coordinating, leaving, *communes, *asked):
        module.add_routes(rest)
    commands = [module.add_commands for module in (lists, coordinating, rosters, leaving)]
    routers = [joining.routes(), following.commands(*commands), rest]
    for router in routers:
        router.message.middleware(Guard())
        router.callback_query.middleware(Guard())
        router.edited_message.middleware(Guard())
    return routers
