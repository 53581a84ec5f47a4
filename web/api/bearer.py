"""Who calls: a key in the Authorization header, never in an address, and what it may do."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from storage import api_tokens
from storage.api_tokens import RENEWED, ApiToken, Scope
from storage.people import Speaker
from storage.webchat import hash_token
from tickets.programs import speaker_of
from web.api.pace import Pace
from web.doors import Door, Doors
from web.pages import Problem
from web.tries import Tries

SCHEME = HTTPBearer(auto_error=False, scheme_name="key", description="Khóa API / an API key")
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(SCHEME)]
CHALLENGE = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that counts, and the person for whose unit it acts."""

    token: ApiToken
    who: Speaker

    @property
    def number(self) -> int:
        """The key's id."""
        return self.token.id or 0

    @property
    def person(self) -> int:
        """The id of who answers for the key."""
        assert self.who.person is not None
        return self.who.person.id or 0


async def caller_with(request: Request, doors: Doors, key: str) -> Caller:
    """The caller with a key. Raises Problem: 401, 403 without a person, 429 when too fast."""
    now, tries = doors.now(), _tries(request)
    network = request.client.host if request.client else ""
    async with doors.database.reading() as session:
        token = await api_tokens.by_hash(session, hash_token(key)) if key else None
        who = await speaker_of(session, token, now) if token is not None else None
    if token is None:
        if key and not tries.left(network, now):
            raise Problem(429, "too_many_tries")
        if key:
            tries.count(network, now)
        raise Problem(401, "api_key_unknown" if key else "api_key_missing", CHALLENGE)
    if who is None:
        raise Problem(403, "api_person_gone")
    if wait := _pace(request).wait(token.id or 0, now):
        raise Problem(429, "api_too_fast", {"Retry-After": str(math.ceil(wait))})
    if token.used_at is None or now - token.used_at >= RENEWED:
        async with doors.database.transaction() as session:
            await api_tokens.note_use(session, token, now)
    return Caller(token, who)


def require(caller: Caller, scope: Scope) -> None:
    """Raise Problem unless the key was made for this as well."""
    if scope not in caller.token.scopes:
        raise Problem(403, "api_scope_missing")


def _tries(request: Request) -> Tries:
    tries: Tries = request.app.state.tries
    return tries


def _pace(request: Request) -> Pace:
    pace: Pace = request.app.state.pace
    return pace


async def anyone(request: Request, doors: Door, given: Given) -> Caller:
    """Whoever has a key, whatever it is for."""
    return await caller_with(request, doors, given.credentials if given else "")


def may(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    """A dependency: whoever has a key for this."""

    async def check(caller: Annotated[Caller, Depends(anyone)]) -> Caller:
        require(caller, scope)
        return caller

    return check


Anyone = Annotated[Caller, Depends(anyone)]
Reads = Annotated[Caller, Depends(may(Scope.READ))]
Reports = Annotated[Caller, Depends(may(Scope.REPORT))]
Acts = Annotated[Caller, Depends(may(Scope.ACT))]
