"""How Zalo signs what it posts to an Official Account's webhook, and how long that is believed."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

HEADER, STAMP = "x-zevent-signature", "x-zevent-timestamp"
WINDOW_MS = 2 * 60 * 60 * 1000
"""Zalo calls again for up to an hour and keeps the old timestamp."""
PREFIXES = ("mac=", "sha256=")


def signature(app_id: str, body: bytes, stamp: str, secret: str) -> str:
    """Plain SHA-256 of app id, raw body, timestamp and the OA's secret key in a row; no HMAC.

    docs.zaloplatforms.com/docs/OA/webhook, and MacUtils.buildMac of Zalo's own Java SDK.
    """
    return hashlib.sha256(app_id.encode() + body + stamp.encode() + secret.encode()).hexdigest()


def is_signed(
    headers: Mapping[str, str], body: bytes, *, app_id: str, secret: str, now: datetime
) -> bool:
    """Whether Zalo posted this body, not longer ago than it may call again.

    The timestamp is the body's own; some have seen it in a header instead.
    """
    given = headers.get(HEADER, "").strip().lower()
    for prefix in PREFIXES:
        given = given.removeprefix(prefix)
    for stamp in (_stamp_of(body), headers.get(STAMP, "")):
        if not _is_recent(stamp, now):
            continue
        expected = signature(app_id, body, stamp, secret)
        if secrets.compare_digest(given.encode(), expected.encode()):
            return True
    return False


def _stamp_of(body: bytes) -> str:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(payload.get("timestamp", "")) if isinstance(payload, dict) else ""


def _is_recent(stamp: str, now: datetime) -> bool:
    longest = len("1700000000000") + 2
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= longest):
        return False
    return abs(now.timestamp() * 1000 - int(stamp)) <= WINDOW_MS
