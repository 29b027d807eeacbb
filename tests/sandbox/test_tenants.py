"""Several workspaces behind one address: each token leads to its own, and the app is installed and
removed as in Slack."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import CLIENT_ID, CLIENT_SECRET, Sandbox, Tenant
from tests.sandbox.stand import BOT_TOKEN, WORKSPACE, make_app, make_client, make_sandbox
from tests.sandbox.stand import by_socket as connected

OTHER, BACK = "T2", "https://app.example/back"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with make_sandbox() as found:
        yield found


@pytest.fixture
def second(sandbox: Sandbox) -> Tenant:
    return sandbox.add_workspace(replace(WORKSPACE, team_id=OTHER, name="Other"), "xoxb-other")


def allowed(tenant: Tenant, **changes: str) -> str:
    """The code that a person of the workspace sends back after pressing Allow."""
    asked = {"client_id": CLIENT_ID, "scope": "chat:write", "redirect_uri": BACK, "state": "s"}
    back = tenant.allow(f"https://slack.example/?{urlencode(asked | changes)}", "U1")
    answer = parse_qs(urlsplit(back).query)
    assert back.startswith(BACK)
    assert answer["state"] == ["s"]
    return answer["code"][0]


def exchange(sandbox: Sandbox, code: str, **changes: str) -> str:
    given = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": BACK}
    client = WebClient(base_url=sandbox.api_url)
    token: str = client.oauth_v2_access(code=code, **given | changes)["access_token"]
    return token


def error_of(call: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()  # type: ignore[operator]
    name: str = refused.value.response["error"]
    return name


def test_each_token_leads_to_its_own_workspace(sandbox: Sandbox, second: Tenant) -> None:
    for token, team in ((BOT_TOKEN, "T1"), ("xoxb-other", OTHER)):
        client = make_client(sandbox, token=token)
        assert client.auth_test()["team_id"] == team
        client.chat_postMessage(channel="C1", text=f"for {team}")
    assert [message.text for message in sandbox.act_as("U1").messages("C1")] == ["for T1"]
    assert [message.text for message in second.act_as("U1").messages("C1")] == ["for T2"]
    assert [call.method for call in second.calls] == ["auth.test", "chat.postMessage"]


def test_what_people_of_the_second_do_reaches_the_app_with_their_workspace(
    sandbox: Sandbox, second: Tenant
) -> None:
    app, teams = make_app(sandbox), []

    @app.command("/hello")
    def hello(ack, body) -> None:  # type: ignore[no-untyped-def]
        teams.append(body["team_id"])
        ack("hello")

    with connected(sandbox, app):
        assert second.act_as("U1").command("/hello").text == "hello"
        assert sandbox.act_as("U1").command("/hello").text == "hello"
    assert teams == [OTHER, "T1"]


def test_addresses_of_the_second_are_its_own(sandbox: Sandbox, second: Tenant) -> None:
    client = make_client(sandbox, token="xoxb-other")
    file = second.act_as("U1").upload("a.csv", b"content")
    address = client.files_info(file=file.id)["file"]["url_private_download"]
    assert f"/t/{OTHER}/" in address
    assert error_of(lambda: make_client(sandbox).files_info(file=file.id)) == "file_not_found"


def test_allowing_the_app_gives_a_token_once(sandbox: Sandbox) -> None:
    new = sandbox.add_workspace(replace(WORKSPACE, team_id="T3", name="New"))
    code = allowed(new)
    token = exchange(sandbox, code)
    assert make_client(sandbox, token=token).auth_test()["team_id"] == "T3"
    assert error_of(lambda: exchange(sandbox, code)) == "code_already_used"
    assert exchange(sandbox, allowed(new)) == token


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"redirect_uri": "https://elsewhere.example"}, "bad_redirect_uri"),
        ({"code": "made up"}, "invalid_code"),
    ],
)
def test_a_code_is_only_taken_as_it_was_given(
    sandbox: Sandbox, second: Tenant, changes: dict[str, str], error: str
) -> None:
    given = {"code": allowed(second)} | changes
    assert error_of(lambda: exchange(sandbox, **given)) == error


@pytest.mark.parametrize("changes", [{"client_id": "1.2"}, {"scope": ""}])
def test_slack_s_page_shows_an_error_for_a_wrong_address(
    second: Tenant, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="invalid"):
        allowed(second, **changes)


def test_a_removed_app_has_a_dead_token_and_gets_another_one_later(
    sandbox: Sandbox, second: Tenant
) -> None:
    second.uninstall()
    dead = make_client(sandbox, token="xoxb-other")
    assert error_of(dead.auth_test) == "account_inactive"
    assert make_client(sandbox).auth_test()["ok"]
    token = exchange(sandbox, allowed(second))
    assert token != "xoxb-other"
    assert make_client(sandbox, token=token).auth_test()["team_id"] == OTHER
