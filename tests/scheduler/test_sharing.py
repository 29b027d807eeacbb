"""Files are shared once, and known to stand where the history shows them (A5)."""

import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.messages import sharing
from bot.messages.sharing import Uploaded
from bot.sandbox.messages import Message as Posted
from bot.texts.voice import Markup
from bot.views.blocks import Message, section
from scheduler.timing import Timing
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.states import DeliveryState
from tests.house import SATO, TEAM, Clock
from tests.scheduler.stand import FAR, Mailroom, local_slack, mailroom, web_client


@pytest.fixture
def room(store: Store) -> Iterator[Mailroom]:
    clock = Clock()
    with local_slack(clock) as sandbox:
        yield mailroom(store, sandbox, clock)
        assert sandbox.refusals == []


def upload(room: Mailroom, name: str) -> Uploaded:
    """The two steps that nobody sees."""
    place = web_client(room.sandbox).files_getUploadURLExternal(filename=name, length=4)
    request = urllib.request.Request(place["upload_url"], data=b"page", method="POST")
    urllib.request.urlopen(request).close()
    return Uploaded(place["file_id"], name)


def owe(room: Mailroom, key: str, *, lives: timedelta = FAR) -> None:
    files = [upload(room, "a.pdf"), upload(room, "a.png")]
    message = Message("ready", [section(Markup("ready"))])
    with room.store.write() as conn:
        deliveries.enqueue(
            conn,
            NewDelivery(
                team_id=TEAM,
                dedup_key=key,
                kind="summary",
                channel=SATO,
                payload=sharing.payload(files, message, ["吉野"]),
                due_at=room.clock.now,
                expires_at=room.clock.now + lives,
            ),
        )


def shared(room: Mailroom) -> list[Posted]:
    return [one for one in room.sandbox.act_as(SATO).dm() if one.files]


def settle(room: Mailroom) -> None:
    room.worker.run()
    room.clock.move(seconds=(2 * Timing().longest_wait).total_seconds())
    room.worker.run()


def test_files_are_shared_in_one_message_whose_place_is_found_by_them(room: Mailroom) -> None:
    owe(room, "a")
    owe(room, "b")

    room.worker.run()
    assert room.state("a") is DeliveryState.DOUBT, "Slack has not said where it stands"
    settle(room)

    (first, second) = shared(room)
    assert [file["title"] for file in first.files] == ["a.pdf", "a.png"]
    assert [(room.row(key).state, room.row(key).slack_ts) for key in "ab"] == [
        (DeliveryState.SENT, first.ts),
        (DeliveryState.SENT, second.ts),
    ]


@pytest.mark.parametrize("fault", ["accept_then_drop", "accept_then_500", "truncated"])
def test_what_slack_shared_and_did_not_confirm_is_found_and_not_repeated(
    room: Mailroom, fault: str
) -> None:
    owe(room, "a")
    room.sandbox.faults.add("files.completeUploadExternal", fault)

    room.worker.run()
    settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert len(shared(room)) == 1


@pytest.mark.parametrize("fault", ["500", "reset", "error:internal_error"])
def test_what_slack_lost_is_shared_again(room: Mailroom, fault: str) -> None:
    owe(room, "a")
    room.sandbox.faults.add("files.completeUploadExternal", fault)

    room.worker.run()
    assert shared(room) == []
    settle(room)
    settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert len(shared(room)) == 1


def test_what_slack_took_and_never_showed_is_a_humans_to_look_at(room: Mailroom) -> None:
    owe(room, "a")
    room.worker.run()
    (message,) = shared(room)
    web_client(room.sandbox).chat_delete(channel=message.channel, ts=message.ts)

    for _ in range(2 * Timing().most_tries):
        settle(room)

    assert room.state("a") is DeliveryState.NEEDS_HUMAN
    assert shared(room) == []


def test_an_upload_that_slack_does_not_know_any_more_is_refused_for_good(room: Mailroom) -> None:
    owe(room, "a")
    room.sandbox.faults.add("files.completeUploadExternal", "error:file_not_found")

    room.worker.run()

    assert room.state("a") is DeliveryState.DEAD


def test_slack_is_not_told_of_whom_the_files_speak(room: Mailroom) -> None:
    owe(room, "a")

    room.worker.run()

    (call,) = [one for one in room.sandbox.calls if one.method.startswith("files.complete")]
    assert "吉野" not in str(call.args)
