"""Settings and roles in Slack: what admins change, what is refused by field, what follows."""

from typing import Any

import pytest

from bot.playbook.terms import Promise, Role
from bot.sandbox import BOT_USER_ID
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from storage import contact_states, people, workspaces
from storage.workspaces import Workspace
from tests.end_to_end.steps import give_role, promoter, shown
from tests.house import EMMA, GUEST, MORI, OUTSIDER, SATO, TANAKA, TEAM, Stage


@pytest.fixture
def admin(live: Stage) -> Person:
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    return mori


def form(person: Person) -> View:
    person.command("/goen", "settings")
    return shown(person)


def now_set(live: Stage) -> Workspace:
    with live.bot.store.read() as conn:
        found = workspaces.get(conn, TEAM)
    assert found
    return found


def test_what_is_saved_is_what_the_form_shows_next(live: Stage, admin: Person) -> None:
    values = {
        "locale": "en",
        "timezone": "Europe/London",
        "country": "GB",
        "currency": "GBP",
        "promoter_threshold": "9",
        "ask_again_after": "30",
        "digest_at": "08:30",
    }

    assert admin.submit(form(admin), values).ok
    admin.close(shown(admin))

    again = form(admin).values
    assert again["timezone"]["find_timezone"]["selected_option"]["value"] == "Europe/London"
    assert again["digest_at"]["digest_at"]["selected_time"] == "08:30"
    policy = now_set(live).policy
    assert (policy.promoter_threshold, policy.ask_again_after.days, policy.country) == (9, 30, "GB")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("東京", "Asia/Tokyo"),
        ("ｔｏｋｙｏ", "Asia/Tokyo"),
        ("new york", "America/New_York"),
        ("no such place", None),
    ],
)
def test_a_time_zone_is_found_by_its_city(admin: Person, typed: str, found: str | None) -> None:
    offered = [one["value"] for one in admin.options(form(admin), "find_timezone", typed)]

    assert (offered[0] if offered else None) == found


@pytest.mark.parametrize(
    ("action", "typed", "found"),
    [("find_country", "イギリス", "GB"), ("find_currency", "ユーロ", "EUR")],
)
def test_countries_and_currencies_are_found_in_ones_own_language(
    admin: Person, action: str, typed: str, found: str
) -> None:
    assert found in [one["value"] for one in admin.options(form(admin), action, typed)]


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("promoter_threshold", {"value": "11"}),
        ("ask_again_after", {"value": "0"}),
        ("nps_fresh_for", {"value": "９０日"}),
        ("progress_every", {"value": "99999999999999999999"}),
        ("digest_at", {"selected_time": "25:00"}),
        ("timezone", {"selected_option": {"value": "Mars/Base"}}),
        ("country", {"selected_option": {"value": "XX"}}),
        ("currency", {"selected_option": {"value": "<!channel>"}}),
        ("channel", {"selected_conversation": None}),
    ],
)
def test_a_wrong_value_is_named_at_its_field_and_nothing_is_saved(
    live: Stage, admin: Person, field: str, entry: dict[str, Any]
) -> None:
    """Slack's own form lets none of these through; another client may."""
    before = now_set(live)
    view = form(admin)
    assert admin.submit(view).ok
    submission, _ = live.sandbox.deliveries[-1]
    payload = {**submission.payload, "view": {**submission.payload["view"], "id": f"V0{field}"}}
    ((action, known),) = payload["view"]["state"]["values"][field].items()
    payload["view"]["state"] = {
        "values": payload["view"]["state"]["values"] | {field: {action: known | entry}}
    }

    ack = live.sandbox.redeliver(type(submission)(submission.kind, payload, wants_body=True))

    assert list(ack.body["errors"]) == [field]
    assert now_set(live) == before


def test_a_new_threshold_makes_and_unmakes_candidates(live: Stage, admin: Person) -> None:
    contact = promoter(live, SATO, score=8)

    admin.submit(form(admin), {"promoter_threshold": "9"})
    live.settle()

    with live.bot.store.read() as conn:
        state = contact_states.get(conn, TEAM, contact.id)
    assert state
    assert not state.is_promoter


def test_a_channel_without_goen_is_said_to_the_admin(live: Stage, admin: Person) -> None:
    live.sandbox.leave("C0GENERAL", BOT_USER_ID)

    admin.submit(form(admin), {"channel": "C0GENERAL"})
    live.settle()

    assert "/invite @Goen" in admin.dm()[-1].text


def test_a_new_channel_makes_its_members_the_team(live: Stage, admin: Person) -> None:
    admin.submit(form(admin), {"channel": "C0GENERAL"})
    live.settle()

    assert "Goenの使い方" in live.sandbox.act_as(OUTSIDER).command("/goen").words


@pytest.mark.usefixtures("admin")
def test_a_manager_is_led_to_offers_and_texts(live: Stage) -> None:
    tanaka = live.sandbox.act_as(TANAKA)
    tanaka.command("/goen")
    give_role(live, TANAKA, Role.MANAGER)

    assert "特典" in str(form(tanaka).blocks)


# -- roles -----------------------------------------------------------------------------------


def role_form(person: Person) -> View:
    reply = person.command("/goen", "team")
    person.click(reply, "change_role")
    return shown(person)


def role_of(live: Stage, user_id: str) -> Role | None:
    with live.bot.store.read() as conn:
        found = people.get(conn, TEAM, user_id)
    return found.role if found else None


def test_an_admin_gives_roles(live: Stage, admin: Person) -> None:
    live.sandbox.act_as(EMMA).command("/goen")

    assert admin.submit(role_form(admin), {"member": EMMA, "role": "manager"}).ok

    assert role_of(live, EMMA) is Role.MANAGER
    assert "マネージャー" in admin.command("/goen", "team").words


def test_the_last_admin_cannot_step_down(live: Stage, admin: Person) -> None:
    sent = admin.submit(role_form(admin), {"member": MORI, "role": "rep"})

    assert "管理者が一人もいなくなります" in sent.errors["role"]
    assert role_of(live, MORI) is Role.ADMIN


def test_an_admin_may_step_down_when_there_is_another(live: Stage, admin: Person) -> None:
    live.sandbox.act_as(EMMA).command("/goen")
    admin.submit(role_form(admin), {"member": EMMA, "role": "admin"})
    admin.close(shown(admin))

    assert admin.submit(role_form(admin), {"member": MORI, "role": "rep"}).ok
    assert role_of(live, MORI) is Role.REP


@pytest.mark.parametrize("user_id", [GUEST, OUTSIDER], ids=["a guest", "not of the channel"])
def test_only_members_of_the_team_get_a_role(live: Stage, admin: Person, user_id: str) -> None:
    live.sandbox.act_as(user_id).command("/goen")

    sent = admin.submit(role_form(admin), {"member": user_id, "role": "manager"})

    assert "メンバーではありません" in sent.errors["member"]


@pytest.mark.usefixtures("admin")
def test_others_see_the_team_and_no_button(live: Stage) -> None:
    reply = live.sandbox.act_as(EMMA).command("/goen", "team")

    assert MORI in reply.words
    with pytest.raises(LookupError):
        live.sandbox.act_as(EMMA).click(reply, "change_role")


@pytest.mark.parametrize("promise", list(Promise))
def test_an_admin_chooses_what_becomes_of_a_message_that_may_have_arrived(
    live: Stage, admin: Person, promise: Promise
) -> None:
    assert now_set(live).promise is Promise.AT_MOST_ONCE

    assert admin.submit(form(admin), {"promise": promise.value}).ok
    admin.close(shown(admin))

    assert now_set(live).promise is promise
    chosen = form(admin).values["promise"]["promise"]["selected_option"]
    assert chosen["value"] == promise.value
