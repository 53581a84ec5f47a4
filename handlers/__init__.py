"""What people say and press: one file per kind of talk, and the order in which they are asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiogram import Router


def all_routes() -> "list[Router]":
    """Fresh routers in order: the door, commands, desks, reports, and last the fallback.

    Imported here, because aiogram takes seconds and `handlers.reply` is needed before it.
    """
    from handlers import (  # noqa: PLC0415  see above
        desk,
        fallback,
        following,
        joining,
        questions,
        receipts,
        reporting,
    )
    from handlers.guard import Guard  # noqa: PLC0415  see above

    modules = (joining, following, desk, questions, receipts, reporting, fallback)
    routers = [module.routes() for module in modules]
    for router in routers:
        router.message.middleware(Guard())
        router.callback_query.middleware(Guard())
        router.edited_message.middleware(Guard())
    return routers
