"""The programme's figures as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.playbook.lines import Command
from bot.playbook.terms import AskAnswer, Stage
from bot.texts.voice import Markup, Voice
from bot.views import goen
from bot.views.blocks import Message, actions, context, fields, header

_SHOWN_STAGES = (
    *(Stage.RECEIVED, Stage.CONTACTED, Stage.MEETING),
    *(Stage.WON, Stage.LOST, Stage.NOT_A_FIT),
)


@dataclass(frozen=True)
class Dashboard:
    """What is counted; `won` is money by currency in minor units."""

    stages: Mapping[Stage, int]
    asks_waiting: int
    answers: Mapping[AskAnswer, int]
    won: Mapping[str, int]
    candidates: int
    threshold: int
    fresh_days: int


def show(voice: Voice, now: Dashboard) -> Message:
    """Referrals by stage, asks, wins and candidates."""
    title = voice.plain("dashboard.title")
    stages = [(voice.plain(f"stage.{one}"), now.stages[one]) for one in _SHOWN_STAGES]
    asks = [
        (voice.plain("dashboard.waiting"), now.asks_waiting),
        *((voice.plain(f"ask_answer.{one}"), now.answers[one]) for one in AskAnswer),
    ]
    money = [voice.money(amount, currency) for currency, amount in now.won.items()]
    wins = voice.markup("dashboard.wins", n=now.stages[Stage.WON])
    candidates = voice.markup("dashboard.candidates", n=now.candidates)
    said: list[Block] = [
        header(title),
        fields(
            (
                _listed(voice, "dashboard.referrals", stages),
                _listed(voice, "dashboard.asks", asks),
                Markup("\n".join((wins, *money))),
                candidates,
            )
        ),
        context(voice.markup("dashboard.candidate_is", score=now.threshold, days=now.fresh_days)),
        actions(goen.button(voice, Command.ASK), goen.button(voice, Command.FOLLOW_UPS)),
    ]
    return Message(title, said)


def _listed(voice: Voice, heading: str, counts: list[tuple[str, int]]) -> Markup:
    lines = [
        voice.markup("dashboard.line", what=what, count=voice.number(count))
        for what, count in counts
    ]
    return Markup("\n".join((voice.markup(heading), *lines)))
