"""A workspace removes Goen: nothing of it is kept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers.request import Request
from storage import departures, inbox
from storage.engine import Store

log = logging.getLogger(__name__)

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"


@dataclass(frozen=True)
class Departures:
    """Slack tells both events when an app is removed, and the second alone when its token was
    revoked, which ends an installation too. Where the operator sets the token, `keeps_revoked`: a
    revoked one is about to be replaced by hand."""

    store: Store
    keeps_revoked: bool

    def take(self, request: Request, body: Mapping[str, Any]) -> None:
        """End the workspace that Slack's event is about."""
        if request.name == REVOKED and (self.keeps_revoked or not _is_bots(request)):
            return
        happened_at = datetime.fromtimestamp(body["event_time"], UTC)
        with self.store.write() as conn:
            if not inbox.claim(conn, request.team_id, request.key, request.now):
                return
            has_ended = departures.depart(conn, request.team_id, happened_at, request.now)
        if has_ended:
            log.info("removed from %s by %s: all of it is deleted", request.team_id, request.name)


def _is_bots(request: Request) -> bool:
    """Whether the bot's own token was revoked; Goen holds none of people."""
    return bool((request.event.get("tokens") or {}).get("bot"))
