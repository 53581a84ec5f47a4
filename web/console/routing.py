"""The addresses of the console, in Vietnamese words without marks."""

from fastapi import APIRouter

from web.console import (
    books,
    bulk,
    casting,
    charting,
    clusters,
    data_requests,
    drafting,
    entering,
    exporting,
    failing,
    keeping,
    mailing,
    overseeing,
    overview,
    pack,
    paper_templates,
    people,
    programs,
    purging,
    queue,
    reporting,
    sign_in,
    storm,
    taking_in,
    ticket,
    wordings,
)


def routes() -> APIRouter:
    """Every page of the console; each checks the right itself."""
    router = APIRouter()
    desk = (entering, mailing, sign_in, queue, ticket, drafting, purging, exporting, reporting)
    office = (overseeing, bulk, storm, overview, clusters, casting, taking_in, wordings)
    for part in (
        *desk,
        *office,
        failing,
        people,
        data_requests,
        books,
        keeping,
        programs,
        pack,
        charting,
        paper_templates,
    ):
        part.add_routes(router)
    return router
