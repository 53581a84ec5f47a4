"""Sign-in by the province's own service: whom it proves, and that it makes nobody."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select

from bot.settings import SettingsError, read_settings
from bot.sign_in import SignIn
from storage.people import Contact, Person, Role
from storage.sign_ins import Subject
from tests.site import Browser, Site, site_of
from tests.world import World

ISSUER = "https://dang-nhap.tinh.example"
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


@dataclass
class Service:
    """The province's service: who signs in there, and what it makes of it."""

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    key: Any = field(default_factory=lambda: KEY)
    published: dict[str, Any] = field(default_factory=dict)
    is_away: bool = False
    challenge: str = ""
    nonce: str = ""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("away")
        match request.url.path:
            case "/.well-known/openid-configuration":
                names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                known = {name: f"{ISSUER}/{name}" for name in names}
                return httpx.Response(200, json={"issuer": ISSUER, **known, **self.published})
            case "/jwks_uri":
                return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]})
            case "/token_endpoint":
                return self.token(dict(parse_qsl(request.content.decode())))
        return httpx.Response(404)

    def token(self, form: dict[str, str]) -> httpx.Response:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if form["code"] != "ma-dung" or proof != self.challenge:
            return httpx.Response(400, json={"error": "invalid_grant"})
        if self.header == {"alg": "none"}:
            parts = (json.dumps(part).encode() for part in (self.header, self.claims))
            words = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
            return httpx.Response(200, json={"id_token": ".".join([*words, ""])})
        token = jwt.encode(self.header, self.claims, self.key, algorithms=[self.header["alg"]])
        return httpx.Response(
            200, json={"access_token": "x", "token_type": "Bearer", "id_token": token}
        )

    def signs_in(self, where: str, world: World, **claims: Any) -> str:
        """Somebody signs in there; the state that comes back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
        assert asked["redirect_uri"] == "https://thaogo.test/vao-oidc/ve"
        assert asked["code_challenge_method"] == "S256"
        self.challenge = asked["code_challenge"]
        at = int(world.now.timestamp())
        usual = {
            "iss": ISSUER,
            "aud": "thaogo",
            "sub": "s1",
            "exp": at + 300,
            "nonce": asked["nonce"],
            "email": "Lan@tinh.example",
            "email_verified": True,
        }
        self.claims = {k: v for k, v in {**usual, **claims}.items() if v is not None}
        return asked["state"]


async def ready(world: World) -> tuple[Site, Service]:
    """A head with a noted mailbox, and the service before the pages."""
    await world.joins("so_y_te", Role.HEAD, name="Lan")
    async with world.database.transaction() as session:
        person = (await session.execute(select(Person))).scalar_one()
        session.add(Contact(channel="email", address="lan@tinh.example", person_id=person.id))
    service = Service()
    transport = httpx.MockTransport(service.answer)
    sign_in = SignIn(
        ISSUER, "thaogo", "bi-mat", "https://thaogo.test", lambda: world.now, transport
    )
    return site_of(world, sign_in=sign_in, public_url="https://thaogo.test"), service


async def enters(browser: Browser, service: Service, world: World, **claims: Any) -> httpx.Response:
    left = await browser.get("/vao-oidc")
    assert left.status_code == 303
    state = service.signs_in(left.headers["location"], world, **claims)
    return await browser.get(f"/vao-oidc/ve?code=ma-dung&state={state}")


async def test_a_known_mailbox_is_bound_once_and_then_the_account_counts(world: World) -> None:
    site, service = await ready(world)
    async with site.browser() as browser:
        assert "tài khoản của tỉnh" in (await browser.get("/vao-email")).text
        back = await enters(browser, service, world)
        assert (back.status_code, back.headers["location"]) == (303, "/phieu")
        assert (await browser.get("/phieu")).status_code == 200
    (bound,) = await site.rows(Subject)
    assert (bound.issuer, bound.subject) == (ISSUER, "s1")
    async with site.browser() as browser:  # the mailbox matters no more
        assert (await enters(browser, service, world, email=None)).status_code == 303
    async with world.database.transaction() as session:
        (await session.get(Person, bound.person_id)).active = False  # type: ignore[union-attr]  # it is there
    async with site.browser() as browser:
        assert (await enters(browser, service, world)).status_code == 403


WRONG: dict[str, dict[str, Any]] = {
    "unverified": {"email_verified": False},
    "a word for true": {"email_verified": "true"},
    "unknown": {"email": "ai@tinh.example"},
    "another's nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another's client": {"aud": "khac"},
    "another's party": {"aud": ["thaogo", "khac"], "azp": "khac"},
    "another's issuer": {"iss": "https://khac.example"},
    "too late": {"exp": 1},
    "no end": {"exp": None},
}


async def test_whoever_is_not_proven_gets_one_answer_and_nobody_is_made(world: World) -> None:
    site, service = await ready(world)
    for wrong, claims in WRONG.items():
        async with site.browser() as browser:
            answer = await enters(browser, service, world, **claims)
            assert (answer.status_code, "Chưa vào được" in answer.text) == (403, True), wrong
    changes: list[Callable[[Service], None]] = [
        lambda s: setattr(s, "key", RSAKey.generate_key(2048, {"kid": "1"})),
        lambda s: vars(s).update(
            key=OctKey.import_key(json.dumps(KEY.as_dict(private=False))),
            header={"alg": "HS256", "kid": "1"},
        ),
    ]
    for change in changes:
        change(service)
        async with site.browser() as browser:
            assert (await enters(browser, service, world)).status_code == 403
        service.key, service.header = KEY, {"alg": "RS256", "kid": "1"}
    assert len(await site.rows(Person)) == 1
    assert await site.rows(Subject) == []


async def test_a_token_that_nobody_signed_proves_nothing(world: World) -> None:
    site, service = await ready(world)
    async with site.browser() as browser:
        service.header = {"alg": "none"}
        assert (await enters(browser, service, world)).status_code == 403
    assert await site.rows(Subject) == []


async def test_a_planted_session_is_not_the_one_that_comes_back_and_a_code_is_good_once(
    world: World,
) -> None:
    site, service = await ready(world)
    planted, name = "planted" * 6, "__Host-thaogo-console"
    async with site.browser() as browser, site.browser() as attacker:
        for one in (browser, attacker):
            one.client.cookies.set(name, planted, domain="thaogo.test")
        left = await browser.get("/vao-oidc")
        state = service.signs_in(left.headers["location"], world)
        back = f"/vao-oidc/ve?code=ma-dung&state={state}&next=//evil.test&ve=//evil.test"
        answer = await browser.get(back)
        assert (answer.status_code, answer.headers["location"]) == (303, "/phieu")
        assert browser.client.cookies[name] != planted
        assert (await browser.get("/phieu")).status_code == 200
        assert (await attacker.get("/phieu")).status_code == 403
        assert (await browser.get(back)).status_code == 403  # what the browser kept is gone


async def test_what_another_browser_began_ends_nowhere(world: World) -> None:
    site, service = await ready(world)
    async with site.browser() as mine, site.browser() as other:
        left = await other.get("/vao-oidc")
        state = service.signs_in(left.headers["location"], world)
        path = f"/vao-oidc/ve?code=ma-dung&state={state}"
        assert (await mine.get(path)).status_code == 403
        assert (await other.get(f"/vao-oidc/ve?code=sai&state={state}")).status_code == 403
        assert (await other.get("/vao-oidc/ve?error=access_denied")).status_code == 403
        assert (await other.get(path)).status_code == 303
    service.published = {"issuer": "https://khac.example"}
    async with site.browser() as browser:
        assert (await browser.get("/vao-oidc")).status_code == 503
        service.is_away = True
        assert (await browser.get("/vao-oidc")).status_code == 503
    async with site_of(world).browser() as browser:
        assert (await browser.get("/vao-oidc")).status_code == 404
        assert "vao-oidc" not in (await browser.get("/vao-email")).text


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_issuer": ISSUER},
        {"oidc_issuer": ISSUER, "oidc_client_id": "a", "oidc_client_secret": "b"},
        {"oidc_issuer": "http://x.example", "oidc_client_id": "a", "oidc_client_secret": "b"},
    ],
)
def test_settings_that_are_not_whole_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="OIDC"):
        read_settings(**given)
