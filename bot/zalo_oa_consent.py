"""`thaogo zalo-oa-consent`: the account's administrator lets the app act for it, by a browser."""

import asyncio
import base64
import hashlib
import json
import secrets
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.app import utc_now
from bot.channels.base import ChannelError
from bot.commands import OK, opened, say
from bot.links import fail
from bot.sealing import Seal, WrongKey
from bot.settings import Settings
from bot.zalo_oa import tokens_of
from storage import marks
from storage.engine import Database, migrate

MARK = "zalo_oa consent"
PERMISSION = "/v4/oa/permission"
"""Where the administrator consents (docs.zaloplatforms.com/docs/OA and Zalo's PHP SDK): app_id,
redirect_uri, code_challenge (S256 is implied, none is named), state. Not tried on Zalo itself."""


def consent(settings: Settings, given: str, back: str) -> int:
    """Without a code print the link to consent at; with one, exchange it for the tokens.

    `given` is the code, or the whole address at which the browser arrived; `back` is where Zalo
    sends it, which the app must name among its own at developers.zalo.me.
    """
    if settings.zalo_oa_app_id is None:
        return fail("set THAOGO_ZALO_OA_APP_ID, _APP_SECRET and _SECRET_KEY first")
    migrate(settings.database)
    try:
        said = asyncio.run(_exchange(settings, given) if given else _begin(settings, back))
    except (LookupError, ChannelError, WrongKey) as error:
        return fail(str(error))
    say(said)
    return OK


async def _begin(settings: Settings, back: str) -> str:
    verifier, state = secrets.token_urlsafe(32), secrets.token_urlsafe(16)  # 43 letters, as asked
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "app_id": settings.zalo_oa_app_id or "",
        "redirect_uri": back or f"{settings.public_url}/",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "state": state,
    }
    kept = _seal(settings).close(json.dumps({"verifier": verifier, "state": state}))
    async with opened(settings) as database, database.transaction() as session:
        await marks.write(session, MARK, kept, utc_now())
    return (
        f"{settings.zalo_oa_oauth_url}{PERMISSION}?{urlencode(asked)}\n"
        "Quản trị OA mở liên kết này và đồng ý. Trình duyệt về một địa chỉ có code=…:\n"
        "trong 10 phút gõ thaogo zalo-oa-consent 'ĐỊA_CHỈ_ĐÓ'"
    )


async def _exchange(settings: Settings, given: str) -> str:
    is_address = "://" in given or "code=" in given
    asked = parse_qs(urlsplit(given).query) if is_address else {"code": [given]}
    if "code" not in asked:
        raise LookupError(
            "this address has no code=…: consent was not given, or it is another page; begin anew "
            "with thaogo zalo-oa-consent"
        )
    async with opened(settings) as database:
        async with database.reading() as session:
            sealed = await marks.read(session, MARK)
        if not sealed:
            raise LookupError("no consent was begun: thaogo zalo-oa-consent, without a code")
        kept = json.loads(_seal(settings).open(sealed))
        if asked.get("state", [kept["state"]])[0] != kept["state"]:  # Zalo may not give it back
            raise LookupError("this address belongs to another consent: begin anew")
        await _take(settings, database, asked["code"][0], kept["verifier"])
        async with database.transaction() as session:
            await marks.write(session, MARK, "", utc_now())
    return "Zalo OA đã đồng ý. Máy chủ đang chạy tự dùng khóa mới, không phải khởi động lại."


async def _take(settings: Settings, database: Database, code: str, verifier: str) -> None:
    tokens = tokens_of(settings, database, now=utc_now, alarm=_silently)
    try:
        await tokens.exchange(code, verifier)
    finally:
        await tokens.close()


async def _silently(_: str) -> None:
    """The command says it itself."""


def _seal(settings: Settings) -> Seal:
    assert settings.secret_key is not None  # settings ask for it together with the account
    return Seal(settings.secret_key.get_secret_value())
