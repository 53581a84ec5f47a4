"""The addresses of the console, in Vietnamese words without marks."""

from fastapi import APIRouter

from web.console import casting, entering, failing, overseeing, overview, queue, ticket


def routes() -> APIRouter:
    """Every page of the console; each checks the right itself."""
    router = APIRouter()
    for part in (entering, queue, ticket, overseeing, overview, casting, failing):
        part.add_routes(router)
    return router
