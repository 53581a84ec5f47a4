"""Keys for other programs are made and revoked: by an administrator or on the command line."""

from collections.abc import Sequence

from storage import api_tokens, webhooks
from storage.api_tokens import ApiToken, Scope
from storage.webchat import hash_token
from tickets.acts import webhooks as hooks
from tickets.moment import Moment
from tickets.programs import MOST, NAME, new_key, speaker_of


class Refused(Exception):
    """The key cannot be made as it was asked for; the message is one of our words."""


async def make(
    moment: Moment,
    *,
    name: str,
    unit: str,
    person: int,
    scopes: Sequence[str],
    by: int | None = None,
) -> tuple[str, ApiToken]:
    """Make a key for a unit in the name of one of its people; it is shown this once.

    `by` is the administrator, None for the command line. Raises Refused.
    """
    wanted = [str(scope) for scope in Scope if scope in scopes]
    if not name.strip() or len(name) > NAME:
        raise Refused("program_name_missing")
    if not wanted:
        raise Refused("program_scope_missing")
    there = await api_tokens.listed(moment.session)
    if sum(token.revoked_at is None for token in there) >= MOST:
        raise Refused("program_full")
    key = new_key()
    token = ApiToken(
        name=name.strip(),
        unit=unit,
        person_id=person,
        scopes=wanted,
        hash=hash_token(key),
        made_at=moment.now,
        made_by=by,
    )
    if await speaker_of(moment.session, token, moment.now) is None:
        raise Refused("program_person_not_of_unit")
    moment.session.add(token)
    await moment.session.flush()
    return key, token


async def revoke(moment: Moment, number: int) -> bool:
    """Let a key open nothing, and tell its addresses nothing more; False if it was so before."""
    token = await moment.session.get(ApiToken, number, with_for_update=True)
    if token is None or token.revoked_at is not None:
        return False
    token.revoked_at = moment.now
    for hook in await webhooks.of_token(moment.session, number):
        await hooks.stop(moment, hook.id or 0)
    return True
