"""`tick`: what would be sent to whom, and sending it."""

import pytest

from tests.cli.terminal import by_socket, call, said
from tests.house import EMMA, SATO, Stage


def test_a_dry_run_says_what_would_be_sent_to_whom_in_their_language(lived_in: Stage) -> None:
    before = len(lived_in.sandbox.calls)

    result = call("tick", "--at", "2026-11-17T10:30+00:00", "--dry-run")

    assert result.exit_code == 0
    assert f"({SATO})" in said(result)
    assert f"({EMMA})" in said(result)
    assert " ja" in result.output
    assert " en" in result.output
    assert "would be sent" in result.output
    assert len(lived_in.sandbox.calls) == before


@pytest.mark.usefixtures("lived_in")
def test_a_dry_run_leaves_nothing_behind() -> None:
    first = call("tick", "--at", "2026-11-17T10:30+00:00", "--dry-run")
    second = call("tick", "--at", "2026-11-17T10:30+00:00", "--dry-run")

    assert said(first) == said(second)


def test_a_tick_sends_what_is_due(lived_in: Stage) -> None:
    sato = lived_in.sandbox.act_as(SATO)
    before = len(sato.dm())

    result = call(
        "tick",
        "--at",
        "2026-11-17T09:30",
        **by_socket(lived_in.sandbox, GOEN_TIMEZONE="Asia/Tokyo"),
    )

    assert result.exit_code == 0, result.output
    assert len(sato.dm()) > before


@pytest.mark.usefixtures("home")
def test_a_time_that_is_none_is_refused_with_an_example() -> None:
    result = call("tick", "--at", "tomorrow", "--dry-run")

    assert result.exit_code == 2
    assert "2026-11-24T09:00+09:00" in said(result)


@pytest.mark.usefixtures("home")
def test_a_tick_that_would_post_needs_tokens() -> None:
    assert call("tick", "--at", "2026-11-17T09:30").exit_code == 2
