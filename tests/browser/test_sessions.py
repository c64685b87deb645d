"""From signing in to the call: the facilitator's desk and a partner's link, in a real browser."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect
from tests.support.accessible import violations
from tests.support.browser import tab
from tests.support.openid import KeySet, key_set
from tests.support.web_app import Client, web_app

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

KEY = "correct-horse-battery-staple"
REFUSED = re.compile(r"status of 4(01|09)")


@pytest_asyncio.fixture(loop_scope="session")
async def practice(tmp_path: Path, livekit: Endpoint) -> AsyncIterator[Client]:
    """A practice with an access key."""
    async with web_app(tmp_path, livekit, coach_access_key=KEY) as client:
        yield client


def at(client: Client, path: str) -> str:
    return str(client.make_url(path))


async def test_the_facilitator_signs_in_and_invites_and_admits(
    practice: Client, browser: Browser
) -> None:
    async with tab(browser, at(practice, "/sessions"), expected=REFUSED) as desk:
        await expect(desk.page).to_have_url(at(practice, "/sign-in"))
        await expect(desk.find("#access-key")).to_be_visible()
        assert await violations(desk.page) == []
        await desk.find("#access-key").fill("wrong")
        await desk.click("#key-form button")
        await expect(desk.find("#answer")).to_have_text("This is not the access key.")
        await desk.find("#access-key").fill(KEY)
        await desk.click("#key-form button", "#inside a")
        await desk.find("#session-name").fill("Tuesday")
        await desk.click("#create")
        await expect(desk.find(".session-name")).to_have_text("Tuesday")
        assert await violations(desk.page) == []
        link = await desk.find("#partner-link").input_value()
        async with tab(browser, link) as partner:
            await partner.click("#join", "#decline")
            await expect(partner.find("html")).to_have_attribute("data-phase", "call")
            async with tab(browser, link, expected=REFUSED) as thief:
                await thief.click("#join", "#decline")
                problem = thief.find("#join-problem")
                await expect(problem).to_contain_text("This link is in use on another device.")
                admit = desk.find("[data-role=partner] [data-do=admit]")
                await expect(admit).to_be_visible()
                code = (await admit.inner_text()).split()[-1]
                await expect(problem).to_contain_text(code)
                await admit.click()
                await expect(partner.find("html")).to_have_attribute("data-phase", "ended")
                await thief.click("#join")
                await expect(thief.find("html")).to_have_attribute("data-phase", "call")
                await desk.click("[data-do=end]")
                await expect(desk.find("#end-dialog")).to_contain_text("Tuesday")
                assert await violations(desk.page) == []
                await desk.click("#end-not")
                await expect(desk.find("#end-dialog")).to_be_hidden()
                await expect(thief.find("html")).to_have_attribute("data-phase", "call")
                await desk.click("[data-do=end]", "#end-now")
                await expect(thief.find("html")).to_have_attribute("data-phase", "ended")
                await expect(desk.find("#answer")).to_contain_text("its text is erased")
        await desk.click("#sign-out")
        await expect(desk.find("#key-form")).to_be_visible()


async def test_the_desk_says_what_is_so_now(practice: Client, browser: Browser) -> None:
    loss = re.compile(f"{REFUSED.pattern}|ERR_FAILED")
    async with tab(browser, at(practice, "/sign-in"), expected=loss) as desk:
        await desk.find("#access-key").fill(KEY)
        await desk.click("#key-form button", "#inside a", "#create", "#copy-partner")
        answer, stale = desk.find("#answer"), desk.find("#stale")
        await expect(answer).to_have_text("Copied.")
        await expect(answer).to_have_attribute("data-tone", "info")
        await desk.page.route("**/api/sessions", lambda route: route.abort())
        await expect(stale).to_contain_text("This list is not up to date")
        await desk.page.unroute("**/api/sessions")
        await expect(stale).to_be_hidden()
        await expect(answer).to_have_text("Copied.")
        kept = {"json": {"session_id": "any", "text_erased": False}}
        await desk.page.route("**/end", lambda route: route.fulfill(**kept))
        await desk.click("[data-do=end]", "#end-now")
        await expect(answer).to_contain_text("Its text is kept, as your partner agreed.")


async def test_without_a_link_the_home_page_and_the_check_lead_to_no_refusal(
    practice: Client, browser: Browser
) -> None:
    async with tab(browser, at(practice, "/")) as page:
        await expect(page.find("#invited")).to_have_text(
            "Open the link that your facilitator sent you."
        )
        await expect(page.find(".door").first).to_be_hidden()
        assert await violations(page.page) == []
        await expect(page.find("#desk-link")).to_have_attribute("href", "/sign-in")
        await page.page.goto(at(practice, "/check"))
        await page.click("#start-check")
        await expect(page.find("#verdict")).to_have_text(
            "All good on your side. The call itself opens only with a link."
        )
        await expect(page.find("[data-testid=step][data-outcome=skipped]")).to_have_count(5)


class Supabase:
    """Supabase's sign-in service as a browser sees it; the mail it would send is kept here."""

    def __init__(self, keys: KeySet) -> None:
        self.keys = keys
        self.asked: list[dict[str, Any]] = []
        self.back = ""

    async def otp(self, request: web.Request) -> web.Response:
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "apikey, content-type",
        }
        if request.method == "POST":
            assert request.headers["apikey"] == "public-key"
            self.asked.append(await request.json())
            self.back = request.query["redirect_to"]
        return web.json_response({}, headers=headers)


async def test_a_magic_link_signs_in_and_its_token_leaves_the_address(
    tmp_path: Path, livekit: Endpoint, browser: Browser
) -> None:
    async with key_set() as keys:
        supabase = Supabase(keys)
        app = web.Application()
        app.router.add_route("*", "/auth/v1/otp", supabase.otp)
        async with (
            TestServer(app) as service,
            web_app(
                tmp_path,
                livekit,
                supabase_url=str(service.make_url("")).rstrip("/"),
                supabase_publishable_key="public-key",
                oidc_issuer=keys.issuer,
                coach_facilitators="anna@example.org",
            ) as client,
            tab(browser, at(client, "/sign-in"), expected=REFUSED) as page,
        ):
            await page.find("#email").fill("anna@example.org")
            await page.click("#link-form button")
            await expect(page.find("#answer")).to_contain_text("on its way")
            assert supabase.asked == [{"email": "anna@example.org", "create_user": False}]
            assert supabase.back == at(client, "/sign-in")
            await page.page.goto("about:blank")
            await page.page.goto(
                f"{supabase.back}#access_token={keys.token('first')}&type=magiclink"
            )
            await expect(page.find("#who")).to_have_text("You are signed in: anna@example.org.")
            assert page.page.url == at(client, "/sign-in")
