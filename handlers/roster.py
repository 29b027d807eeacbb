"""Knowing who people are: Slack is asked about somebody new, and again after a day."""

import http.client
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playbook.terms import Role
from bot.texts.catalogue import language_of
from handlers.answers import ANSWERS_WITHIN
from handlers.request import Payload, Request
from storage import caller, customers, inbox, people
from storage.contact_states import refresh_customer
from storage.engine import Store
from storage.people import Person
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

_KNOWN_FOR = timedelta(days=1)
_NO_SUCH_CHANNEL = {"channel_not_found", "missing_scope", "not_in_channel"}
JOINED, LEFT, CHANGED = "member_joined_channel", "member_left_channel", "user_change"
_NOBODY = frozenset({"user_not_found", "user_not_visible"})
UNREACHABLE = (SlackApiError, OSError, http.client.HTTPException)
"""Slack refuses, or does not answer: everything that a call of it may raise."""


def has_to_be_met(request: Request, workspace: Workspace | None, known: Person | None) -> bool:
    """Whether Slack has to be asked about the person behind a request before it is carried out."""
    if workspace is None or not request.user_id or request.user_team_id != request.team_id:
        return False
    return known is None or known.refreshed_at <= request.now - _KNOWN_FOR


@dataclass(frozen=True)
class Roster:
    """The team as Slack knows it. Slack is asked outside of any transaction."""

    store: Store
    client_of: Callable[[str], WebClient]

    def meet(self, request: Request, until: float) -> None:
        """Make sure that we know the person behind a request, by then (see `Store.write`)."""
        with self.store.read() as conn:
            workspace, known = caller.get(conn, request.team_id, request.user_id)
        if workspace is None or not has_to_be_met(request, workspace, known):
            return
        try:
            self._ask_about(workspace, request.user_id, known, request.now, until)
        except UNREACHABLE as error:
            # Whoever we know may go on with what we know; about a stranger nothing can be said.
            if known is None:
                raise
            log.warning("%s could not be asked about again: %s", request.user_id, error)

    def _ask_about(
        self,
        workspace: Workspace,
        user_id: str,
        known: Person | None,
        now: datetime,
        until: float,
    ) -> None:
        members = self.members(workspace)
        was_member = known is not None and known.is_member
        is_member = was_member if members is None else user_id in members
        self.refresh(workspace, user_id, is_member, now, until)

    def note(self, request: Request) -> None:
        """Somebody joined or left a channel, flew to another zone, was deactivated.

        Events come late, again and out of order: what they are about is asked of Slack, and
        believed of them only where Slack can't say.
        """
        with self.store.read() as conn:
            workspace, known = caller.get(conn, request.team_id, request.user_id)
            if workspace is None or inbox.seen(conn, request.team_id, [request.key]):
                return
        if request.name == CHANGED and known:
            is_member = None
        elif workspace.channel_id == request.channel_id and request.user_id:
            members = self.members(workspace)
            is_member = request.name == JOINED if members is None else request.user_id in members
        else:
            return
        until = time.monotonic() + ANSWERS_WITHIN
        self.refresh(workspace, request.user_id, is_member, request.now, until)
        with self.store.write(until) as conn:
            inbox.claim(conn, request.team_id, request.key, request.now)

    def refresh_team(self, workspace: Workspace, now: datetime) -> int:
        """Ask Slack about everybody in the team channel, and about those who left it."""
        members = self.members(workspace)
        if members is None:
            log.warning("the team channel of %s can't be read", workspace.team_id)
            return 0
        with self.store.read() as conn:
            known = {person.user_id for person in people.team(conn, workspace.team_id)}
        for user_id in sorted(members | known):
            self.refresh(workspace, user_id, user_id in members, now)
        return len(members)

    def members(self, workspace: Workspace) -> frozenset[str] | None:
        """The users in the team channel, nobody while none is set; None when it can't be read, so
        that the app's own removal from it does not lock the team out."""
        if workspace.channel_id is None:
            return frozenset()
        client = self.client_of(workspace.team_id)
        found: set[str] = set()
        cursor = ""
        while True:
            try:
                page = client.conversations_members(
                    channel=workspace.channel_id, cursor=cursor, limit=200
                )
            except SlackApiError as error:
                if error.response["error"] in _NO_SUCH_CHANNEL:
                    return None
                raise
            found.update(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(found)

    def refresh(
        self,
        workspace: Workspace,
        user_id: str,
        is_member: bool | None,
        now: datetime,
        until: float | None = None,
    ) -> None:
        """Write down what Slack says of one user, and hand them the accounts that wait for them.

        `is_member` is None when nobody has asked: what is on record of it stays. Whom Slack does
        not know in this workspace is nobody of the team, and is not written down.
        """
        user = self._user(workspace, user_id)
        if user is None:
            return
        person = described(user, workspace, bool(is_member), now)
        with self.store.write(until) as conn:
            people.save(conn, person, keeps_membership=is_member is None)
            if person.email and person.may_own:
                taken = customers.take_over(conn, workspace.team_id, person.email, user_id)
                for customer_id in taken:
                    refresh_customer(conn, workspace.team_id, customer_id, workspace.policy)
                    inbox.by_itself(conn, workspace, now, "take_over", "customer", customer_id)

    def _user(self, workspace: Workspace, user_id: str) -> Payload | None:
        """What Slack says of a user; None when it knows nobody of that id here."""
        client = self.client_of(workspace.team_id)
        try:
            found: Payload = client.users_info(user=user_id, include_locale=True)["user"]
        except SlackApiError as error:
            if error.response["error"] in _NOBODY:
                return None
            raise
        return found


def described(user: Payload, workspace: Workspace, is_member: bool, now: datetime) -> Person:
    """A Slack user as a person; what Slack does not say is taken from the workspace."""
    profile = user.get("profile") or {}
    return Person(
        team_id=workspace.team_id,
        user_id=user["id"],
        # The full name, because it also signs what customers read.
        name=profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"],
        email=(profile.get("email") or "").lower() or None,
        locale=_language(user, workspace),
        timezone=user.get("tz") or workspace.timezone,
        role=Role.REP,
        is_member=is_member,
        is_active=not user.get("deleted", False),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_bot=bool(user.get("is_bot")),
        is_stranger=bool(user.get("is_stranger"))
        or user.get("team_id", workspace.team_id) != workspace.team_id,
        dm_channel_id=None,
        refreshed_at=now,
    )


def _language(user: Payload, workspace: Workspace) -> str:
    locale = user.get("locale")
    if not locale:
        return workspace.locale
    # Somebody whose Slack speaks neither of our languages reads English rather than Japanese.
    return language_of(locale) or "en"
