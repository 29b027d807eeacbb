"""App Home stays within Slack's hundred blocks, whatever there is to show."""

from datetime import UTC, datetime

import pytest

from bot.playbook.terms import FollowUpKind, Role, Stage
from bot.sandbox.refuse import Surface, problems_in_view
from bot.texts.voice import Markup, Voice
from bot.views import home
from bot.views.blocks import VIEW_BLOCKS, section
from bot.views.home import HomeFacts, Newcomer, Numbers, Referrals, Underway
from storage.states import DeliveryState
from storage.stuck import Stuck

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
LONG = "<!channel>& 山田" * 1_000
VOICES = [Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")]


def underway(count: int) -> Referrals:
    kinds = tuple(FollowUpKind)
    one = Underway(1, company=LONG, referrer=LONG, stage=Stage.MEETING, owes=kinds)
    return Referrals([one] * count, more=100)


def facts(count: int) -> HomeFacts:
    item = [section(Markup("x" * 4_000)), section(Markup("y"))]
    return HomeFacts(
        name=LONG,
        now=NOW,
        role=Role.ADMIN,
        numbers=Numbers(due=10**9, candidates=10**9, open_referrals=10**9, of_team=True),
        due=[item] * count,
        due_more=count,
        to_ask=[item] * count,
        underway=underway(min(count, home.LISTED)),
        closing=underway(min(count, home.LISTED)),
        stuck=[Stuck(1, LONG, DeliveryState.NEEDS_HUMAN, "U0SATO", last_error=LONG)] * count,
    )


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.language)
@pytest.mark.parametrize("count", [0, 1, 5, 500])
def test_slack_takes_home_whatever_it_shows(voice: Voice, count: int) -> None:
    view = home.show(voice, facts(count)).to_dict()

    assert list(problems_in_view(view, Surface.HOME)) == []
    assert len(view["blocks"]) <= VIEW_BLOCKS
    assert "<!channel>" not in str(view["blocks"][1:])


def test_the_way_to_the_settings_stays_however_much_there_is() -> None:
    last = home.show(VOICES[1], facts(500)).to_dict()["blocks"][-1]

    assert "Change settings" in str(last)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.language)
@pytest.mark.parametrize("done", [False, True])
def test_a_newcomers_home_ticks_what_is_done(voice: Voice, done: bool) -> None:
    view = home.newcomer(
        voice,
        Newcomer(
            name=LONG,
            now=NOW,
            role=Role.REP,
            has_customers=done,
            has_scores=done,
            has_results=False,
        ),
    ).to_dict()

    assert list(problems_in_view(view, Surface.HOME)) == []
    assert (":white_check_mark:" in str(view)) == done
