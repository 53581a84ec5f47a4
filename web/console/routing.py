"""The addresses of the console, in Vietnamese words without marks."""

from fastapi import APIRouter

from web.console import (
    books,
    bulk,
    casting,
    entering,
    exporting,
    failing,
    overseeing,
    overview,
    people,
    queue,
    reporting,
    storm,
    ticket,
)


def routes() -> APIRouter:
    """Every page of the console; each checks the right itself."""
    router = APIRouter()
    desk = (entering, queue, ticket, exporting, reporting)
    for part in (*desk, overseeing, bulk, storm, overview, casting, failing, people, books):
        part.add_routes(router)
    return router
