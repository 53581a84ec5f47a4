"""The addresses of the console, in Vietnamese words without marks."""

from fastapi import APIRouter

from web.console import (
    books,
    casting,
    clusters,
    entering,
    exporting,
    failing,
    overseeing,
    overview,
    people,
    queue,
    reporting,
    ticket,
)


def routes() -> APIRouter:
    """Every page of the console; each checks the right itself."""
    router = APIRouter()
    desk = (entering, queue, ticket, exporting, reporting)
    for part in (*desk, overseeing, overview, clusters, casting, failing, people, books):
        part.add_routes(router)
    return router
