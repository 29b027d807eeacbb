"""What one handler works with: one person's request inside one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.pages.site import CLOSED, Site
from bot.playbook.policy import Policy
from bot.playbook.rights import Action, Actor, Subject, check, sees_all
from bot.playbook.working_time import local_date
from bot.texts.voice import Voice
from bot.views.answers import notice
from handlers.answers import Sorry
from handlers.request import Request
from storage import inbox, people
from storage.people import Person
from storage.workspaces import Workspace


@dataclass(frozen=True)
class Turn:
    """A person's turn. Rights come from `actor`, who is read from the payload's user."""

    conn: Connection
    request: Request
    workspace: Workspace
    me: Person
    actor: Actor
    voice: Voice
    site: Site = CLOSED
    has_mail: bool = False
    """Whether Goen can send mail to contacts."""
    reads: bool = False
    """Whether nothing can be recorded in this turn's transaction."""

    @property
    def now(self) -> datetime:
        return self.request.now

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    @property
    def key(self) -> str:
        return self.request.key

    @property
    def by(self) -> str:
        return self.me.user_id

    @property
    def policy(self) -> Policy:
        return self.workspace.policy

    @property
    def today(self) -> date:
        """The team's local date, by which offers and reports count."""
        return local_date(self.now, ZoneInfo(self.workspace.timezone))

    @property
    def sees_all(self) -> bool:
        """Whether lists show me the whole team's records."""
        return sees_all(self.actor)

    def allow(
        self, action: Action, owner_id: str | None = None, *, owed_by: str | None = None
    ) -> None:
        """Stop the turn unless I may do this to a record of that owner (None: the team's).

        Raises:
            Refused: the right is missing; the transaction rolls back.
        """
        check(self.actor, action, Subject(self.team_id, owner_id, owed_by))

    def audit(
        self, action: str, record: str, record_id: int | str, **detail: int | str | None
    ) -> None:
        """Note what I did to which record, in ids and the playbook's words, never texts."""
        inbox.record(self.conn, self.team_id, self.now, self.by, action, record, record_id, detail)

    def voice_of(self, user_id: str) -> Voice:
        """How Goen speaks to somebody else of the team."""
        person = people.get(self.conn, self.team_id, user_id)
        if person is None:
            return Voice(self.workspace.locale, self.workspace.timezone)
        return Voice(person.locale, person.timezone)

    def sorry(self, key: str, **values: object) -> Sorry:
        """An answer that ends the turn without an effect; raise it."""
        return Sorry(notice(self.voice, key, **values))
