"""The `state` of an installation that was begun: known to one browser, good once, for minutes.

https://datatracker.ietf.org/doc/html/rfc6749#section-10.12
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from logging import Logger

from slack_sdk.oauth import OAuthStateStore
from sqlalchemy import bindparam, delete, insert

from storage.engine import Store
from storage.tables import oauth_state

log = logging.getLogger(__name__)

LIVES = timedelta(minutes=10)
_ADD = insert(oauth_state)
_TAKE = (
    delete(oauth_state)
    .where(oauth_state.c.state == bindparam("the_state"))
    .returning(oauth_state.c.expires_at)
)
_FORGET = delete(oauth_state).where(oauth_state.c.expires_at <= bindparam("now"))


class OAuthStates(OAuthStateStore):
    """States in the database, so that any replica may end what another began."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @property
    def logger(self) -> Logger:
        return log

    def issue(self, *_args: object, **_kwargs: object) -> str:
        state, now = secrets.token_urlsafe(32), self._clock()
        with self._store.write() as conn:
            conn.execute(_FORGET, {"now": now})
            conn.execute(_ADD, {"state": state, "expires_at": now + LIVES})
        return state

    def consume(self, state: str) -> bool:
        """Whether the state is good; it is so once, whoever asks first."""
        with self._store.write() as conn:
            expires_at = conn.execute(_TAKE, {"the_state": state}).scalar_one_or_none()
        return expires_at is not None and expires_at > self._clock()
