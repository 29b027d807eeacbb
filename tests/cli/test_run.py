"""`run`: kind refusals, both modes, and an end that loses nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.cli.terminal import by_socket, call, said
from tests.house import ROOT, SATO, SIGNING_SECRET

STARTS_WITHIN = 30.0


def test_run_without_tokens_names_the_two_ways_on_in_both_languages(home: Path) -> None:
    result = call("run")

    assert result.exit_code == 2
    for way in (
        "make demo",
        "SLACK_BOT_TOKEN",
        "Slackのトークンが設定されていません",
        "no Slack tokens",
    ):
        assert way in said(result)
    assert not (home / "goen.db").exists()


def test_an_empty_line_of_env_is_a_token_that_is_missing(home: Path) -> None:
    (home / ".env").write_text("SLACK_BOT_TOKEN=\nSLACK_APP_TOKEN=\n")

    assert call("run").exit_code == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOEN_TIMEZONE", "Mars/Base"),
        ("GOEN_LOCALE", "fr"),
        ("GOEN_COUNTRY", "japan"),
        ("GOEN_PORT", "http"),
        ("GOEN_LOG_FORMAT", "xml"),
        ("GOEN_LOG_LEVEL", "loud"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_setting_that_cannot_be_is_named(name: str, value: str) -> None:
    result = call("run", **{name: value})

    assert result.exit_code == 2
    assert name in said(result)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("token", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_is_said_without_a_traceback(slack: Sandbox, token: str) -> None:
    result = call("run", **by_socket(slack, **{token: "xoxb-wrong"}))

    assert result.exit_code == 2
    assert "invalid_auth" in said(result)
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("home")
def test_a_slack_that_cannot_be_reached_is_said_without_a_traceback(slack: Sandbox) -> None:
    result = call("run", **by_socket(slack, SLACK_API_URL="http://127.0.0.1:9/api/"))

    assert result.exit_code == 1
    assert "127.0.0.1:9" in said(result)


@pytest.mark.usefixtures("home")
def test_a_database_that_cannot_be_opened_is_said(slack: Sandbox) -> None:
    result = call("run", **by_socket(slack, DATABASE_URL="sqlite:///no/such/folder/goen.db"))

    assert result.exit_code == 1
    assert "DATABASE_URL" in said(result)


@pytest.mark.usefixtures("home")
def test_run_leaves_an_old_schema_alone_when_told_so(slack: Sandbox) -> None:
    result = call("run", "--no-migrate", **by_socket(slack))

    assert result.exit_code == 2
    assert "migrate" in said(result)


def test_a_port_that_is_taken_stops_http_mode(home: Path, slack: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        env = by_socket(slack, SLACK_SIGNING_SECRET=SIGNING_SECRET, GOEN_PORT=port)
        del env["SLACK_APP_TOKEN"]
        result = call("run", **env)

    assert result.exit_code == 1
    assert "GOEN_PORT" in said(result)
    assert (home / "goen.db").exists()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_run_answers_until_it_is_told_to_stop_and_then_ends_well(
    home: Path, slack: Sandbox, name: signal.Signals
) -> None:
    with running(home, by_socket(slack)) as process:
        slack.wait_for(lambda: slack.connected, STARTS_WITHIN)
        assert "管理者" in slack.act_as(SATO).command("/goen").words
        process.send_signal(name)
        output, _ = process.communicate(timeout=STARTS_WITHIN)

    assert process.returncode == 0
    assert "Goen is running in T0HARUKAZE" in output
    assert "Traceback" not in output


def test_run_serves_http_without_an_app_token(home: Path, slack: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = by_socket(slack, SLACK_SIGNING_SECRET=SIGNING_SECRET, GOEN_PORT=str(port))
    del env["SLACK_APP_TOKEN"]
    with running(home, env) as process:
        slack.wait_for(lambda: answers(port), STARTS_WITHIN)
        slack.events_url = f"http://127.0.0.1:{port}/slack/events"
        assert "管理者" in slack.act_as(SATO).command("/goen").words
        process.terminate()
        process.communicate(timeout=STARTS_WITHIN)

    assert process.returncode == 0


class running:  # noqa: N801 - used like a function
    """`python -m bot run` as a process of its own, killed when the test leaves it behind."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        surroundings = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LANG": "en_US.UTF-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=folder,
            env=surroundings | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> "subprocess.Popen[str]":
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
