"""`doctor`: each problem with its mend, and nothing where all is well."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import update

from bot.playbook.terms import Promise, Role
from bot.sandbox import BOT_USER_ID
from bot.scopes import OPTIONAL, SCOPES
from storage import deliveries, people, workspaces
from storage.deliveries import NewDelivery
from storage.states import DeliveryState
from storage.tables import delivery
from tests.cli.terminal import by_socket, call, said
from tests.house import BOT_TOKEN, CHANNEL, SATO, TEAM, Stage


@pytest.mark.usefixtures("home")
def test_the_doctor_of_an_empty_directory_names_the_first_things_to_mend() -> None:
    result = call("doctor")

    assert result.exit_code == 1
    assert "✗ SLACK_BOT_TOKEN is missing" in said(result)
    assert "✗ The database is empty. Run python -m bot migrate." in said(result)


def test_the_doctor_finds_nothing_where_all_is_well(lived_in: Stage) -> None:
    result = call("doctor", **by_socket(lived_in.sandbox))

    assert result.exit_code == 0, result.output
    assert "All is well" in said(result)
    assert "✓ Goen is in #referrals" in result.output


@pytest.mark.parametrize(
    ("env", "mend"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-x"}, "Reinstall the app"),
        ({"SLACK_APP_TOKEN": "xapp-x"}, "connections:write"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Check the network"),
        ({"GOEN_CHANNEL": "C0NOWHERE"}, "Check GOEN_CHANNEL"),
    ],
    ids=["bot token", "app token", "no way in", "unreachable", "channel"],
)
def test_the_doctor_names_each_problem_with_its_mend(
    lived_in: Stage, env: dict[str, str], mend: str
) -> None:
    result = call("doctor", **by_socket(lived_in.sandbox) | env)

    assert result.exit_code == 1
    assert mend in said(result)


def test_the_doctor_sees_that_the_bot_is_not_in_its_channel(lived_in: Stage) -> None:
    lived_in.sandbox.leave(CHANNEL, BOT_USER_ID)

    assert "/invite @Goen" in said(call("doctor", **by_socket(lived_in.sandbox)))


def test_the_doctor_sees_stuck_and_late_messages_and_a_team_without_admin(
    lived_in: Stage,
) -> None:
    with lived_in.bot.store.write() as conn:
        people.set_role(conn, TEAM, SATO, Role.REP)
        now = datetime(2026, 11, 1, tzinfo=UTC)
        for key in ("stuck", "late"):
            deliveries.enqueue(
                conn,
                NewDelivery(
                    team_id=TEAM,
                    dedup_key=key,
                    kind="digest",
                    channel=SATO,
                    payload={"text": "x"},
                    due_at=now,
                    expires_at=datetime(2036, 1, 1, tzinfo=UTC),
                ),
            )
        dead = update(delivery).where(delivery.c.dedup_key == "stuck")
        conn.execute(dead.values(state=DeliveryState.DEAD, last_error="is_archived"))

    result = call("doctor", **by_socket(lived_in.sandbox), LANG="ja_JP.UTF-8")

    for problem in ("is_archived", "5分以上遅れている", "管理者がいません"):
        assert problem in said(result)


@contextmanager
def slack_that_says(headers: Mapping[str, str]) -> Iterator[str]:
    """The address of something that answers with these headers, as Slack itself does; the local
    Slack has no scopes to tell and always our own time."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = {"ok": True, "team": "H", "team_id": TEAM, "user_id": "U0BOT", "channel": {}}
            body = json.dumps(told)
            self.send_response_only(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: pytest shows what matters."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


def examined(headers: Mapping[str, str]) -> str:
    with slack_that_says(headers) as address:
        return said(call("doctor", SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_API_URL=address))


@pytest.mark.usefixtures("home")
def test_the_doctor_names_the_scopes_that_are_missing() -> None:
    granted = sorted(SCOPES - {"files:read", "im:history"})

    assert "missing: files:read, im:history" in examined({"x-oauth-scopes": ",".join(granted)})
    without = examined({"X-OAuth-Scopes": ", ".join(sorted(SCOPES))})
    assert "scopes are granted" in without
    assert "Without files:write" in without
    assert "Without files" not in examined({"X-OAuth-Scopes": ",".join(SCOPES | OPTIONAL)})


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(0, "The clock is right"), (10, "seconds off"), (-10, "seconds off")],
    ids=["right", "ahead", "behind"],
)
def test_the_doctor_compares_the_clock_with_slacks(minutes: int, sentence: str) -> None:
    theirs = datetime.now(UTC) + timedelta(minutes=minutes)

    assert sentence in examined({"Date": format_datetime(theirs, usegmt=True)})


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [(Promise.AT_MOST_ONCE, "(at most once)"), (Promise.AT_LEAST_ONCE, "(at least once, perhaps")],
    ids=str,
)
def test_the_doctor_says_what_becomes_of_a_doubt_that_no_history_can_settle(
    lived_in: Stage, promise: Promise, sentence: str
) -> None:
    with lived_in.bot.store.write() as conn:
        workspaces.change(conn, TEAM, promise=promise)

    told = examined({"x-oauth-scopes": ",".join(sorted(SCOPES - {"im:history"}))})

    assert sentence in told
    assert sentence not in examined({"x-oauth-scopes": ",".join(sorted(SCOPES))})
