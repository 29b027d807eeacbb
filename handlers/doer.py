"""Who does something, in which transaction: a person in Slack (`Turn`) or a reader of a page."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from storage.workspaces import Workspace


class Doer(Protocol):
    """What a change needs to know of whoever makes it."""

    @property
    def conn(self) -> Connection: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def now(self) -> datetime: ...
    @property
    def key(self) -> str:
        """The inbox key of what they did, which their messages' keys begin with."""

    @property
    def by(self) -> str:
        """Their user id, or `bot.playbook.rights.READER`."""

    def audit(
        self, action: str, record: str, record_id: int | str, **detail: int | str | None
    ) -> None: ...
