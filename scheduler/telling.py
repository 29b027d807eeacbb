"""What the log says of each try to deliver: ids, the outcome's name, and Slack's code."""

import logging

from bot.telemetry.about import about
from bot.telemetry.errors import word_of
from scheduler.outcomes import Outcome
from storage.claims import Claimed

log = logging.getLogger(__name__)


def name_of(outcome: Outcome) -> str:
    """`sent`, `refused`, `doubt` and so on."""
    return type(outcome).__name__.lower()


def tell(claimed: Claimed, outcome: Outcome, seconds: float) -> None:
    """One line, under the id of the request that caused the message."""
    error = getattr(outcome, "error", None)
    with about(request=claimed.request_id, team_id=claimed.team_id, delivery_id=claimed.id):
        log.info(
            "delivery",
            extra={
                "kind": claimed.kind,
                "method": claimed.method,
                "outcome": name_of(outcome),
                "error": word_of(error) if error else None,
                "seconds": seconds,
            },
        )
