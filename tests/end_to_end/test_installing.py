"""A workspace installs Goen in the browser, uses it, and removes it again."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from bot.playbook.terms import Role
from storage import people, workspaces
from storage.engine import Store
from storage.people import Person
from storage.tables import audit, oauth_state, offer, slack_bots, workspace
from tests.house import EMMA, GUEST, MORI, TEAM
from tests.tenants import OTHER_TEAM, PUBLIC_URL, Estate, estate


@pytest.fixture
def grounds(tmp_path: Path) -> Iterator[Estate]:
    with estate(f"sqlite:///{tmp_path}/goen.db", by_socket=True) as found:
        yield found


def person(store: Store, team: str, user: str) -> Person | None:
    with store.read() as conn:
        return people.get(conn, team, user)


def teams(store: Store) -> list[str]:
    with store.read() as conn:
        return [one.team_id for one in workspaces.every(conn)]


@pytest.mark.parametrize("by_socket", [True, False], ids=["socket", "http"])
def test_who_installs_is_admin_and_led_on_and_everybody_may_begin(
    database_url: str, by_socket: bool
) -> None:
    with estate(database_url, by_socket=by_socket) as grounds:
        page = grounds.install(grounds.first)
        assert page.status == 200
        assert "株式会社ハルカゼ" in page.text
        grounds.settle()
        who = person(grounds.bot.store, TEAM, MORI)
        assert who and who.role is Role.ADMIN
        [welcome] = grounds.first.act_as(MORI).dm()
        assert f"<@{MORI}>" in "\n".join((welcome.text, str(welcome.blocks)))
        assert "Goen" in grounds.first.act_as(MORI).command("/goen", "help").words


def test_the_pages_speak_both_languages_the_reader_s_first(grounds: Estate) -> None:
    for language, first, second in (("en-GB,en;q=0.9", "en", "ja"), ("ja", "ja", "en")):
        page = grounds.browser(language).get("/slack/install")
        assert f'<html lang="{first}">' in page.text
        assert page.text.index(f'section lang="{first}"') < page.text.index(
            f'section lang="{second}"'
        )


def test_the_browser_is_sent_to_slack_with_the_scopes_of_the_manifest_and_nowhere_else(
    grounds: Estate,
) -> None:
    page = grounds.browser().get("/slack/install?team=T1%26redirect_uri%3Dhttps://evil.example")
    asked = parse_qs(urlsplit(page.link).query)
    assert asked["redirect_uri"] == [f"{PUBLIC_URL}/slack/oauth_redirect"]
    assert "team" not in asked
    assert page.link.startswith(grounds.bot.settings.slack_api_url.removesuffix("api/"))
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_cookie_is_only_for_this_site(grounds: Estate) -> None:
    cookie = grounds.browser().get("/slack/install").headers["set-cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_another_browser_can_t_end_what_this_one_began(grounds: Estate) -> None:
    back = grounds.first.allow(grounds.browser().get("/slack/install").link, MORI)
    page = grounds.browser().get(back)
    assert page.status == 400
    assert "同じブラウザー" in page.text
    assert teams(grounds.bot.store) == []


def test_an_installation_is_ended_once(grounds: Estate) -> None:
    browser = grounds.browser()
    back = grounds.first.allow(browser.get("/slack/install").link, MORI)
    kept = dict(browser.cookies)
    assert browser.get(back).status == 200
    browser.cookies = kept
    again = browser.get(back)
    assert again.status == 401
    with grounds.bot.store.read() as conn:
        assert len(conn.execute(select(slack_bots)).all()) == 1
        assert conn.execute(select(oauth_state)).all() == []


def test_an_installation_that_took_too_long_begins_again(grounds: Estate) -> None:
    browser = grounds.browser()
    back = grounds.first.allow(browser.get("/slack/install").link, MORI)
    grounds.clock.move(minutes=10)
    page = browser.get(back)
    assert page.status == 401
    assert page.link == "/slack/install"
    assert teams(grounds.bot.store) == []


def test_a_cancelled_installation_keeps_nothing(grounds: Estate) -> None:
    browser = grounds.browser()
    page = browser.get(grounds.first.refuse(browser.get("/slack/install").link))
    assert "キャンセル" in page.text
    assert teams(grounds.bot.store) == []


@pytest.mark.parametrize(
    "query",
    ["", "code=1", "state=1", "code=<script>&state=%00", "error=<script>alert(1)</script>"],
)
def test_what_anybody_sends_there_is_answered_kindly_and_never_shown(
    grounds: Estate, query: str
) -> None:
    page = grounds.browser().get(f"/slack/oauth_redirect?{query}")
    assert page.status in (200, 400, 401)
    assert "script" not in page.text


@pytest.mark.parametrize("fault", ["500", "reset", "error:internal_error"])
def test_when_slack_fails_on_the_way_one_may_try_again(
    grounds: Estate, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    grounds.sandbox.faults.add("oauth.v2.access", fault)
    page = grounds.install(grounds.first)
    assert "code: " not in caplog.text
    assert page.status in (401, 503)
    assert page.link == "/slack/install"
    assert grounds.install(grounds.first).status == 200


def test_who_installs_may_not_be_known_yet(grounds: Estate) -> None:
    grounds.sandbox.faults.add("users.info", "error:internal_error")
    assert grounds.install(grounds.first).status == 200
    assert person(grounds.bot.store, TEAM, MORI) is None
    reply = grounds.first.act_as(MORI).command("/goen", "help")
    assert "Goen" in reply.words
    who = person(grounds.bot.store, TEAM, MORI)
    assert who and who.role is Role.ADMIN


def test_a_guest_who_installs_is_no_admin(grounds: Estate) -> None:
    assert grounds.install(grounds.first, GUEST).status == 200
    who = person(grounds.bot.store, TEAM, GUEST)
    assert who and who.role is Role.REP


def test_a_new_workspace_speaks_as_who_installs_it(grounds: Estate) -> None:
    grounds.install(grounds.first, EMMA)
    with grounds.bot.store.read() as conn:
        found = workspaces.get(conn, TEAM)
    assert found and (found.locale, found.timezone) == ("en", "Europe/London")


def test_installing_again_keeps_everything_and_changes_nobody_s_role(grounds: Estate) -> None:
    grounds.install(grounds.first)
    grounds.settle()
    with grounds.bot.store.write() as conn:
        workspaces.change(conn, TEAM, ideal_customer="見積もりに時間のかかる製造業")
    grounds.clock.move(days=1)
    assert grounds.install(grounds.first, EMMA).status == 200
    grounds.settle()
    with grounds.bot.store.read() as conn:
        assert len(conn.execute(select(workspace)).all()) == 1
        kept = workspaces.get(conn, TEAM)
        offers = conn.execute(select(offer.c.id).where(offer.c.team_id == TEAM)).all()
    assert kept and kept.ideal_customer.startswith("見積もり")
    assert len(offers) == len({row.id for row in offers}) > 0
    who = person(grounds.bot.store, TEAM, EMMA)
    assert who and who.role is Role.REP
    assert grounds.first.act_as(EMMA).dm() == []


def test_both_workspaces_are_served_with_their_own_tokens(grounds: Estate) -> None:
    grounds.install(grounds.first)
    grounds.install(grounds.second)
    grounds.settle()
    assert teams(grounds.bot.store) == [TEAM, OTHER_TEAM]
    for tenant in (grounds.first, grounds.second):
        assert len(tenant.act_as(MORI).dm()) == 1
        assert tenant.act_as(MORI).home() is not None


def test_a_workspace_that_has_not_installed_goen_is_told_so(grounds: Estate) -> None:
    grounds.install(grounds.first)
    reply = grounds.second.act_as(MORI).command("/goen", "help")
    [said] = reply.ephemeral
    assert "Goenはこのワークスペースに追加されていません" in said.text
    assert "Goen is not installed in this workspace" in said.text
    assert person(grounds.bot.store, OTHER_TEAM, MORI) is None


def test_what_was_done_is_on_record_in_ids(grounds: Estate) -> None:
    grounds.install(grounds.first)
    with grounds.bot.store.read() as conn:
        noted = conn.execute(select(audit.c.action, audit.c.user_id).order_by(audit.c.id)).all()
    by_people = [tuple(row) for row in noted if row.user_id == MORI]
    assert by_people == [("install", MORI), ("become_first_admin", MORI)]
