"""The whole bot under everything at once: people, time, a faltering Slack, and dying (fault 13).

Hypothesis makes up the stories and tells the shortest one that breaks something.
"""

import functools
from collections.abc import Callable
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.faults.conftest import Report, Scale
from tests.faults.town import ACCOUNTS, PEOPLE, Grounds, Town
from tests.faults.watch import Watch
from tests.house import EMMA, MORI, SATO, TANAKA

_CUSTOMERS = ("山田製作所", "大川商店", "Northwind", "中村工業", "新しい会社")
_LINES = (
    ("/nps", "{} 9 対応が早い"),
    ("/nps", "{} 3"),
    ("/nps", "{}"),
    ("/result", "{} 見積作成時間 4.2h 2.2h"),
    ("/result", "{} 解約率 3% 5%"),
    ("/ask", "{}"),
    ("/ask", ""),
    ("/referral", "{} > 鈴木商事 鈴木様 見積を早くしたい"),
    ("/referral", "{} > 高橋産業 高橋様"),
    ("/referral", "list"),
    ("/goen", "thanks {} ありがとう"),
    ("/goen", "upsell {}"),
    ("/goen", "customer {}"),
    ("/goen", "followups"),
    ("/goen", "settings"),
    ("/goen", "team"),
)
_MINUTES = (0, 5, 50, 60 * 5, 60 * 14, 60 * 24, 60 * 24 * 3, 60 * 24 * 15, 60 * 24 * 45)
_ZONES = ("Asia/Tokyo", "Europe/London", "America/Los_Angeles", "Pacific/Kiritimati")
_FAULTS = ("429", "500", "reset", "accept_then_drop", "accept_then_500", "truncated")
"""Those that answer at once."""
_STRUCK = ("chat.postMessage", "chat.update", "conversations.open", "conversations.history")

_CHANGES = ("leaves", "comes back", "is deactivated", "is active again", *_ZONES)

who = st.sampled_from(PEOPLE)
number = st.integers(0, 1000)


def step(**drawn: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule after which all is well."""

    def made(happens: Callable[..., None]) -> Any:
        @functools.wraps(happens)
        def and_all_is_well(story: "Story", **given: Any) -> None:
            happens(story, **given)
            story.all_is_well()

        return rule(**drawn)(and_all_is_well)

    return made


class Story(RuleBasedStateMachine):
    """What may happen to a town, in any order."""

    grounds: ClassVar[Grounds]
    told: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self._opened = self.grounds.town()
        self.town: Town = self._opened.__enter__()
        self.watch = Watch(self.town)
        self.told["stories"] += 1

    def teardown(self) -> None:
        try:
            self.town.wait_until_quiet()
            wrong = [*self.watch.wrong(), *self.watch.owed_too_long()]
            assert not wrong, "\n".join(wrong)
        finally:
            self._opened.__exit__(None, None, None)

    def all_is_well(self) -> None:
        """What holds after every step; not an invariant of hypothesis, which would tell of each."""
        self.told["steps"] += 1
        wrong = self.watch.wrong()
        assert not wrong, "\n".join(wrong)

    # -- people -------------------------------------------------------------------------------

    @step(user=who, line=st.sampled_from(_LINES), customer=st.sampled_from(_CUSTOMERS))
    def types(self, user: str, line: tuple[str, str], customer: str) -> None:
        command, text = line
        self.town.type(user, command, text.format(customer))

    @step(user=who, clicks=st.lists(st.tuples(number, number, number), min_size=1, max_size=4))
    def clicks(self, user: str, clicks: list[tuple[int, int, int]]) -> None:
        """One thing after the other, filling in the forms that open."""
        for kind, which, seed in clicks:
            self.town.click(user, kind, which)
            self.town.submit(user, 0, seed)

    @step(user=who, clicks=st.lists(st.tuples(number, number, number), min_size=1, max_size=4))
    def clicks_at_home(self, user: str, clicks: list[tuple[int, int, int]]) -> None:
        for kind, which, seed in clicks:
            self.town.open_home(user)
            self.town.click(user, kind, which)
            self.town.submit(user, 0, seed)

    @step(user=who, which=st.integers(0, 3), seed=number)
    def goes_back_to_a_form(self, user: str, which: int, seed: int) -> None:
        self.town.submit(user, which, seed)

    @step(user=who, name=st.sampled_from(["log_referral", "log_thanks"]), seed=number)
    def uses_a_shortcut(self, user: str, name: str, seed: int) -> None:
        self.town.shortcut(user, name, "助かりました")
        self.town.submit(user, 0, seed)

    @step(rows=st.lists(st.sampled_from(ACCOUNTS), min_size=1, max_size=4, unique=True))
    def imports(self, rows: list[str]) -> None:
        self.town.import_file(MORI, rows)
        self.town.tick()

    @step()
    def sends_it_twice(self) -> None:
        before = self.town.content()
        self.town.repeat()
        assert self.town.content() == before

    # -- time ---------------------------------------------------------------------------------

    @step(minutes=st.sampled_from(_MINUTES))
    def time_passes(self, minutes: int) -> None:
        self.town.pass_time(minutes=minutes)
        self.town.tick()

    @step(minutes=st.sampled_from([60, 60 * 24]))
    def clock_is_set_back(self, minutes: int) -> None:
        self.town.pass_time(minutes=-minutes)
        self.town.tick()

    # -- trouble ------------------------------------------------------------------------------

    @step(at=st.sampled_from(["rest", "a post that Slack has", "a post that it has not"]))
    def dies(self, at: str) -> None:
        if at == "rest":
            self.town.die()
        else:
            self.town.die_posting(accepted=at == "a post that Slack has")

    @step()
    def another_replica_ticks(self) -> None:
        self.town.tick_elsewhere()

    @step(method=st.sampled_from(_STRUCK), kind=st.sampled_from(_FAULTS), times=st.integers(1, 3))
    def slack_falters(self, method: str, kind: str, times: int) -> None:
        self.town.sandbox.faults.add(method, kind, times=times)
        self.town.tick()

    # -- the team -----------------------------------------------------------------------------

    @step(user=st.sampled_from([SATO, EMMA, TANAKA]), change=st.sampled_from(_CHANGES))
    def person_changes(self, user: str, change: str) -> None:
        match change:
            case "leaves":
                self.town.leave_channel(user)
            case "comes back":
                self.town.join_channel(user)
            case "is deactivated" | "is active again":
                self.town.change_person(user, deleted=change == "is deactivated")
            case zone:
                self.town.change_person(user, tz=zone)


@pytest.mark.timeout(600)
def test_no_story_breaks_what_is_always_true(
    database_url: str, scale: Scale, report: Report
) -> None:
    told = {"stories": 0, "steps": 0}
    machine = type("Story", (Story,), {"grounds": Grounds(database_url), "told": told})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=scale(4, 12),
            stateful_step_count=scale(12, 50),
            derandomize=not scale.is_long,
            # What failed is told as it is: to make it smaller takes longer than the rest.
            phases=(Phase.explicit, Phase.generate),
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    report(**told)
