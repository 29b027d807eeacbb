"""One message a second to a channel, and so many a minute in all."""

from dataclasses import dataclass, field

from scheduler.pace import Pace


@dataclass
class Watch:
    now: float = 0.0
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(1.0, posts_per_minute=4, seconds=lambda: self.now)


def test_a_channel_rests_for_a_second_after_each_message() -> None:
    watch = Watch()
    watch.pace.posted("C1")
    assert not watch.pace.is_free("C1")
    assert watch.pace.is_free("C2")
    assert watch.pace.resting() == ["C1"]

    watch.now = 1.0
    assert watch.pace.resting() == []
    assert watch.pace.is_free("C1")


def test_a_channel_rests_as_long_as_slack_asks() -> None:
    watch = Watch()
    watch.pace.rest("C1", 30)
    watch.pace.rest("C1", 2)

    assert watch.pace.seconds_until_free() == 30
    watch.now = 29.9
    assert not watch.pace.is_free("C1")


def test_the_workspace_rests_when_its_minute_is_full() -> None:
    watch = Watch()
    for channel in ("C1", "C2", "C3", "C4"):
        assert watch.pace.is_free(channel)
        watch.pace.posted(channel)
        watch.now += 1.0

    assert watch.pace.is_full
    assert not watch.pace.is_paused
    assert not watch.pace.is_free("C5")
    assert watch.pace.seconds_until_free() == 56
    watch.now = 60.0
    assert watch.pace.is_free("C5")


def test_nothing_is_held_back_without_a_pace() -> None:
    pace = Pace(0, posts_per_minute=1)
    for _ in range(10):
        assert pace.is_free("C1")
        pace.posted("C1")
    assert pace.seconds_until_free() is None
