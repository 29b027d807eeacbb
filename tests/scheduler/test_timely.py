"""A call that was held up on its way out is not made."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.error import URLError

import pytest

from bot.sandbox import Sandbox
from bot.timely import TimelyClient, TooLate, sent_within
from scheduler.outcomes import Unreachable, attempt
from tests.house import BOT_TOKEN, CHANNEL, Clock
from tests.scheduler.stand import local_slack


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with local_slack(Clock()) as found:
        yield found


@pytest.fixture
def client(slack: Sandbox) -> TimelyClient:
    return TimelyClient(BOT_TOKEN, base_url=slack.api_url, retry_handlers=[])


def test_a_call_in_time_arrives_whole(slack: Sandbox, client: TimelyClient) -> None:
    with sent_within(timedelta(seconds=10)):
        client.chat_postMessage(channel=CHANNEL, text="ご縁")
    client.auth_test()

    assert [call.args.get("text") for call in slack.calls] == ["ご縁", None]
    assert all(call.ok for call in slack.calls)


def test_a_call_that_is_too_late_never_left(slack: Sandbox, client: TimelyClient) -> None:
    with sent_within(timedelta(seconds=-1)):
        with pytest.raises(URLError) as refused:
            client.chat_postMessage(channel=CHANNEL, text="late")
        outcome = attempt(lambda: client.chat_postMessage(channel=CHANNEL, text="late"))

    assert isinstance(refused.value.reason, TooLate)
    assert isinstance(outcome, Unreachable)
    assert slack.calls == []


def test_only_the_calls_of_the_block_are_late(slack: Sandbox, client: TimelyClient) -> None:
    with sent_within(timedelta(seconds=-1)):
        pass
    client.chat_postMessage(channel=CHANNEL, text="later")

    assert [call.ok for call in slack.calls] == [True]
