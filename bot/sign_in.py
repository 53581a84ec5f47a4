"""The province's own sign-in service (OpenID Connect): who it says somebody is, once proven."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.settings import Settings
from web.doors import Account, NotProven

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures of a key pair alone: with a shared secret, or none, anybody could be anybody."""
SCOPES = "openid email"
LEEWAY = 60
BACK = "/vao-oidc/ve"


class SignIn:
    """One service, by its issuer; what it publishes is asked anew at each sign-in."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        public_url: str,
        now: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`public_url` is where browsers come back."""
        self._issuer, self._id, self._secret = issuer.rstrip("/"), client_id, client_secret
        self._back, self._now, self._transport = public_url.rstrip("/") + BACK, now, transport

    async def start(self) -> tuple[str, str]:
        """Where the browser is sent, and what it keeps until it is back. Raises NotProven."""
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        async with self._client() as client:
            known = await self._published(client)
        asked = {
            "response_type": "code",
            "client_id": self._id,
            "redirect_uri": self._back,
            "scope": SCOPES,
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": _challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        try:
            where = httpx.URL(known["authorization_endpoint"]).copy_merge_params(asked)
        except (KeyError, TypeError, httpx.InvalidURL) as error:
            raise NotProven(type(error).__name__) from None
        return str(where), ".".join(kept.values())

    async def finish(self, kept: str, given: Mapping[str, str]) -> Account:
        """Who came back. Raises NotProven for whoever did not begin here, or is not vouched for."""
        parts = kept.split(".")
        state = given.get("state", "")
        if len(parts) != 3 or not secrets.compare_digest(parts[0].encode(), state.encode()):  # noqa: PLR2004  state, nonce, verifier
            raise NotProven("this browser did not ask")
        _, nonce, verifier = parts
        try:
            async with self._client() as client:
                known = await self._published(client)
                code = given.get("code", "")
                token = await self._token(client, known["token_endpoint"], code, verifier)
                keys = (await client.get(known["jwks_uri"])).raise_for_status().json()
            return self._account(token, keys, nonce)
        except (JoseError, httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise NotProven(type(error).__name__) from None

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self._transport, timeout=10)

    async def _token(
        self, client: httpx.AsyncClient, endpoint: str, code: str, verifier: str
    ) -> str:
        """The ID token for a code, which is good once (RFC 6749, 7636)."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": verifier,
        }
        who = (quote(self._id, safe=""), quote(self._secret, safe=""))
        answer = await client.post(endpoint, data=form, auth=who)
        return str(answer.raise_for_status().json()["id_token"])

    async def _published(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """What the service says about itself."""
        path = f"{self._issuer}/.well-known/openid-configuration"
        try:
            answer = await client.get(path)
            known: dict[str, Any] = answer.raise_for_status().json()
        except (httpx.HTTPError, json.JSONDecodeError) as error:
            raise NotProven(type(error).__name__) from None
        if not isinstance(known, dict) or str(known.get("issuer", "")).rstrip("/") != self._issuer:
            raise NotProven("another issuer")
        return known

    def _account(self, token: str, keys: Any, nonce: str) -> Account:
        """What an ID token proves: by whom, for us, in time, and for this very sign-in."""
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
        registry = jwt.JWTClaimsRegistry(
            now=int(self._now().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True},
            aud={"essential": True, "value": self._id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(claims)
        party = claims.get("azp", self._id)
        if str(claims["iss"]).rstrip("/") != self._issuer or party != self._id:
            raise NotProven("another issuer or client")
        email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
        return Account(self._issuer, str(claims["sub"]), email)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def sign_in_of(settings: Settings, now: Callable[[], datetime]) -> SignIn | None:
    """The service that the settings name, if any."""
    if settings.oidc_issuer is None:
        return None
    assert settings.oidc_client_id and settings.oidc_client_secret and settings.public_url
    secret = settings.oidc_client_secret.get_secret_value()
    return SignIn(settings.oidc_issuer, settings.oidc_client_id, secret, settings.public_url, now)
