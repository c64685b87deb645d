"""Who may be facilitator outside `dev`: what opens the door, and everything that must not."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.support.openid import KeySet, key_set
from tests.support.web_app import API_SECRET, Client, another_browser, answer, refusal, web_app

from coach.web.openid import OpenIdProvider, OpenIdSource
from coach.web.replies import ApiError

pytestmark = pytest.mark.integration

KEY = "correct-horse-battery-staple"
HTTPS = "https://coach.example.org"


@pytest_asyncio.fixture
async def keys() -> AsyncIterator[KeySet]:
    async with key_set() as provider:
        yield provider


@pytest_asyncio.fixture
async def client(tmp_path: Path, keys: KeySet) -> AsyncIterator[Client]:
    async with web_app(
        tmp_path,
        coach_access_key=KEY,
        oidc_issuer=keys.issuer,
        coach_facilitators=" Anna@Example.org ,user-7",
    ) as client:
        yield client


async def who(client: Client) -> object:
    return (await answer(client, "GET", "/api/sign-in", status=200))["signed_in"]


async def sign_in(client: Client, status: int = 200, **proof: str) -> dict[str, Any]:
    return await answer(client, "POST", "/api/sign-in", status=status, json=proof)


async def test_the_access_key_opens_and_signing_out_closes(client: Client) -> None:
    assert await who(client) is None
    assert (await sign_in(client, access_key=KEY))["signed_in"] == "practice"
    assert await who(client) == "practice"
    kept = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
    await answer(client, "POST", "/api/sign-out", status=200, json={})
    assert await who(client) is None
    client.session.cookie_jar.update_cookies(kept, client.make_url("/"))
    assert await who(client) is None, "a copy of the cookie outlived the sign-out"


@pytest.mark.parametrize("wrong", ["", KEY[:-1], KEY + " ", KEY.upper(), "ключ", "x" * 1024])
async def test_no_other_key_opens(client: Client, wrong: str) -> None:
    body = {"access_key": wrong}
    assert await refusal(client, "POST", "/api/sign-in", 401, json=body) == "access_key_invalid"
    assert await who(client) is None


async def test_without_an_access_key_none_fits(tmp_path: Path) -> None:
    async with web_app(tmp_path) as client:
        for body in ({"access_key": ""}, {"access_key": "None"}, {}, {"token": "x"}):
            await refusal(client, "POST", "/api/sign-in", 401, json=body)


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(tmp_path: Path) -> None:
    async with (
        web_app(tmp_path, coach_access_key=KEY, coach_public_url=HTTPS) as client,
        client.post("/api/sign-in", json={"access_key": KEY}) as reply,
    ):
        name, _, rest = reply.headers["Set-Cookie"].partition("=")
        assert reply.headers["Strict-Transport-Security"]
    assert name == "__Host-coach-facilitator"
    parts = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"httponly", "secure", "samesite=strict", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)


async def test_a_forged_cookie_opens_nothing(client: Client) -> None:
    await sign_in(client, access_key=KEY)
    (cookie,) = client.session.cookie_jar
    claims = jwt.decode(cookie.value, options={"verify_signature": False})
    forged = {
        "unsigned": jwt.encode(claims, "", "none"),
        "signed with the call server's secret": jwt.encode(claims, API_SECRET, "HS256"),
        "tampered": cookie.value[:-4] + "AAAA",
        "empty": "",
    }
    for name, value in forged.items():
        client.session.cookie_jar.clear()
        client.session.cookie_jar.update_cookies({cookie.key: value}, client.make_url("/"))
        assert await who(client) is None, name


async def test_a_changed_access_key_ends_every_stay(tmp_path: Path) -> None:
    async with web_app(tmp_path, coach_access_key=KEY) as client:
        await sign_in(client, access_key=KEY)
        kept = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
    async with web_app(tmp_path, coach_access_key=KEY + "-2") as client:
        client.session.cookie_jar.update_cookies(kept, client.make_url("/"))
        assert await who(client) is None


async def test_guessing_is_slowed_down(client: Client) -> None:
    statuses = []
    for _ in range(12):
        async with client.post("/api/sign-in", json={"access_key": "guess"}) as reply:
            statuses.append(reply.status)
            waits = reply.headers.get("Retry-After")
    assert statuses == [401] * 10 + [429] * 2
    assert waits is not None
    assert 1 <= int(waits) <= 60
    await refusal(client, "POST", "/api/sign-in", 429, json={"access_key": KEY})


async def test_visitors_behind_a_proxy_are_told_apart(tmp_path: Path) -> None:
    settings: dict[str, Any] = {
        "coach_access_key": KEY,
        "coach_client_address_header": "Fly-Client-IP",
    }
    async with web_app(tmp_path, **settings) as client:
        for _ in range(11):
            async with client.post(
                "/api/sign-in", json={}, headers={"Fly-Client-IP": "192.0.2.1"}
            ) as reply:
                last = reply.status
        assert last == 429
        headers = {"Fly-Client-IP": "192.0.2.2"}
        await answer(
            client, "POST", "/api/sign-in", status=200, json={"access_key": KEY}, headers=headers
        )


async def test_another_sites_page_can_not_sign_anyone_in(client: Client) -> None:
    headers = {"Origin": "https://evil.example"}
    code = await refusal(
        client, "POST", "/api/sign-in", 403, json={"access_key": KEY}, headers=headers
    )
    assert code == "other_origin"


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
async def test_a_listed_facilitators_token_opens(
    client: Client, keys: KeySet, algorithm: str
) -> None:
    keys.add("first", algorithm)
    assert (await sign_in(client, token=keys.token("first")))["signed_in"] == "anna@example.org"
    assert await who(client) == "anna@example.org"


async def test_a_subject_may_be_listed_instead_of_an_address(client: Client, keys: KeySet) -> None:
    token = keys.token("first", sub="user-7", email=None)
    assert (await sign_in(client, token=token))["signed_in"] == "user-7"


async def test_who_is_not_listed_stays_out(client: Client, keys: KeySet) -> None:
    for changes in (
        {"email": "eve@example.org"},
        {"email": None},
        {"email": ["anna@example.org"]},
        {"email_verified": False},
    ):
        token = keys.token("first", **changes)
        body = {"token": token}
        assert await refusal(client, "POST", "/api/sign-in", 403, json=body) == "not_a_facilitator"


def _forgeries(keys: KeySet) -> dict[str, str]:
    now, good = int(time.time()), keys.token("first")
    claims = jwt.decode(good, options={"verify_signature": False})
    _, private = keys.private["first"]
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    stranger = KeySet(keys.issuer)
    stranger.add("first")
    header, _, signature = good.split(".")
    changed = json.dumps({**claims, "email": "anna@example.org", "exp": now + 9999}).encode()
    return {
        "wrong audience": keys.token("first", aud="anon"),
        "wrong issuer": keys.token("first", iss="https://evil.example"),
        "issuer with an ending": keys.token("first", iss=f"{keys.issuer}.evil.example"),
        "expired": keys.token("first", iat=now - 600, exp=now - 60),
        "not yet valid": keys.token("first", nbf=now + 600),
        "from the future": keys.token("first", iat=now + 600),
        "without an end": keys.token("first", exp=None),
        "without an audience": keys.token("first", aud=None),
        "without an issuer": keys.token("first", iss=None),
        "unsigned": jwt.encode(claims, "", "none", headers={"kid": "first"}),
        "signed with the public key as a secret": _hs256(claims, public),
        "signed with the call server's secret": _hs256(claims, API_SECRET.encode()),
        "of another key with the same id": stranger.token("first"),
        "of an unknown key": _renamed(keys),
        "tampered": f"{header}.{_b64(changed)}.{signature}",
        "cut": good[:-10],
        "no token": "a.b.c",
        "empty": "",
        "too long": "a" * 8192,
    }


def _hs256(claims: dict[str, Any], secret: bytes) -> str:
    """The library refuses to sign with a public key, so this does it by hand."""
    head = _b64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "first"}).encode())
    text = f"{head}.{_b64(json.dumps(claims).encode())}"
    return f"{text}.{_b64(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def _renamed(keys: KeySet) -> str:
    keys.add("never-published")
    keys.published.discard("never-published")
    return keys.token("never-published")


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def test_no_forged_token_opens(tmp_path: Path, keys: KeySet) -> None:
    async with web_app(
        tmp_path,
        oidc_issuer=keys.issuer,
        coach_facilitators="anna@example.org",
        coach_client_address_header="X-Visitor",
    ) as client:
        await sign_in(client, token=keys.token("first"))
        await answer(client, "POST", "/api/sign-out", status=200, json={})
        for name, token in _forgeries(keys).items():
            async with client.post(
                "/api/sign-in", json={"token": token}, headers={"X-Visitor": name}
            ) as reply:
                assert reply.status == 401, name
            assert await who(client) is None, name


def _source(keys: KeySet) -> OpenIdSource:
    url = f"{keys.issuer}/.well-known/jwks.json"
    return OpenIdSource(keys.issuer, "authenticated", url, frozenset({"anna@example.org"}))


async def test_rotation_is_followed_and_a_withdrawn_key_ends(keys: KeySet) -> None:
    provider = OpenIdProvider(_source(keys), cool_down_seconds=0)
    old = keys.token("first")
    assert await provider.facilitator(old)
    keys.published.clear()
    keys.add("second", "RS256")
    assert await provider.facilitator(keys.token("second"))
    with pytest.raises(ApiError) as refused:
        await provider.facilitator(old)
    assert refused.value.status == 401


async def test_made_up_key_ids_do_not_flood_the_provider(keys: KeySet) -> None:
    provider = OpenIdProvider(_source(keys))
    assert await provider.facilitator(keys.token("first"))
    keys.add("second")
    for _ in range(20):
        with pytest.raises(ApiError):
            await provider.facilitator(keys.token("second"))
    assert keys.fetches == 1


async def test_a_provider_that_is_down_is_said_and_known_keys_go_on(keys: KeySet) -> None:
    provider = OpenIdProvider(_source(keys), cool_down_seconds=0)
    keys.broken = True
    with pytest.raises(ApiError) as refused:
        await provider.facilitator(keys.token("first"))
    assert refused.value.status == 503
    keys.broken = False
    await provider.facilitator(keys.token("first"))
    keys.broken = True
    assert await asyncio.gather(*(provider.facilitator(keys.token("first")) for _ in range(5)))


async def test_who_is_taken_off_the_list_is_out_at_once(tmp_path: Path, keys: KeySet) -> None:
    settings: dict[str, Any] = {"oidc_issuer": keys.issuer}
    async with web_app(tmp_path, **settings, coach_facilitators="anna@example.org") as client:
        await sign_in(client, token=keys.token("first"))
        kept = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
        async with another_browser(client) as other:
            assert await who(other) is None
    async with web_app(tmp_path, **settings, coach_facilitators="ben@example.org") as client:
        client.session.cookie_jar.update_cookies(kept, client.make_url("/"))
        assert await who(client) is None
