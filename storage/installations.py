"""Where Goen is installed, with each workspace's token: slack_sdk's installation store on our own
tables and transactions, its tokens sealed."""

import copy
import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import Connection, Table, and_, bindparam, select, update

from storage.engine import Store
from storage.sealed import Keys, Sealed, WrongKeys
from storage.tables import slack_bots, slack_installations

log = logging.getLogger(__name__)

_SECRETS = (
    "bot_token",
    "bot_refresh_token",
    "user_token",
    "user_refresh_token",
    "incoming_webhook_url",
)
_SEALED = [
    (table, name)
    for table in (slack_bots, slack_installations)
    for name in _SECRETS
    if name in table.c
]
_TOKENS = (
    select(slack_bots.c.team_id, slack_bots.c.bot_token)
    .where(slack_bots.c.bot_token.is_not(None))
    .order_by(slack_bots.c.installed_at, slack_bots.c.id)
)


@dataclass(frozen=True)
class InstalledBot:
    """Goen in one workspace."""

    bot_token: str
    bot_id: str | None
    bot_user_id: str | None
    enterprise_id: str | None


class Installations(SQLAlchemyInstallationStore):
    """All installations of one app. What is read of them is found by the workspace alone: ids of
    workspaces are unique, whatever organisation they belong to."""

    def __init__(self, store: Store, client_id: str, keys: Keys) -> None:
        super().__init__(client_id=client_id, engine=_AsEngine(store), logger=log)  # type: ignore[arg-type]
        self._store = store
        for table in (self.bots, self.installations):
            _seal(table, keys)
        wanted = (self.bots.c[name] for name in InstalledBot.__dataclass_fields__)
        self._find = (
            select(*wanted)
            .where(
                self.bots.c.client_id == client_id,
                self.bots.c.team_id == bindparam("team"),
                self.bots.c.bot_token.is_not(None),
            )
            .order_by(self.bots.c.installed_at.desc(), self.bots.c.id.desc())
            .limit(1)
        )

    def bot(self, team_id: str) -> InstalledBot | None:
        """Goen in a workspace; None where it is not installed, or the keys don't open its token."""
        with self._store.read() as conn:
            try:
                found = conn.execute(self._find, {"team": team_id}).mappings().first()
            except WrongKeys:
                log.error("no key in GOEN_ENCRYPTION_KEYS opens the token of %s", team_id)
                return None
        return InstalledBot(**found) if found else None

    def save_within(self, conn: Connection, installation: Installation) -> None:
        """Save as part of a transaction that is under way."""
        within = copy.copy(self)
        within.engine = _Within(conn)  # type: ignore[assignment]
        within.save(installation)


def reseal(store: Store, keys: Keys) -> int:
    """Seal every token with the first key; how many were sealed with another before.

    Safe while the bot runs and to be repeated: a token that was replaced meanwhile is left alone.

    Raises:
        WrongKeys: a token was sealed with none of the keys; those before it are done.
    """
    changed = 0
    for table, name in _SEALED:
        column = table.c[name]
        with store.read() as conn:
            known = list(conn.execute(select(table.c.id, column).where(column.is_not(None))))
        for row_id, sealed in known:
            anew = keys.resealed(sealed)
            if anew is None:
                continue
            this = and_(table.c.id == row_id, column == sealed)
            with store.write() as conn:
                changed += conn.execute(update(table).where(this).values({name: anew})).rowcount
    return changed


def tokens(conn: Connection, keys: Keys) -> dict[str, str | None]:
    """The bot token of every workspace, for the operator's examination; None where none of the keys
    opens it."""
    found: dict[str, str | None] = {}
    for team_id, sealed in conn.execute(_TOKENS):
        try:
            found[team_id] = keys.open(sealed)
        except WrongKeys:
            found[team_id] = None
    return found


def _seal(table: Table, keys: Keys) -> None:
    for name in _SECRETS:
        if name in table.c:
            table.c[name].type = Sealed(keys)


class _AsEngine:
    """What slack_sdk's store uses of an engine: transactions to write in and to read in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self) -> AbstractContextManager[Connection]:
        return self._store.write()

    def connect(self) -> AbstractContextManager[Connection]:
        return self._store.read()


class _Within:
    """The same for one transaction that somebody else ends."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def begin(self) -> AbstractContextManager[Any]:
        return nullcontext(self._conn)
