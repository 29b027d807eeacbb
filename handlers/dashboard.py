"""`/goen dashboard`: what the programme has come to, in one message."""

from bot.views import dashboard as views
from handlers.answers import Answer, Say
from handlers.turn import Turn
from storage import figures


def show(turn: Turn) -> Answer:
    """The team's figures; they name nobody, so everybody may see them."""
    counts = figures.of(turn.conn, turn.team_id, turn.policy, turn.now)
    return Say(
        views.show(
            turn.voice,
            views.Dashboard(
                stages=counts.stages,
                asks_waiting=counts.asks_waiting,
                answers=counts.answers,
                won=counts.won,
                candidates=counts.candidates,
                threshold=turn.policy.promoter_threshold,
                fresh_days=turn.policy.nps_fresh_for.days,
            ),
        )
    )
