"""A workspace installs Goen: its token is kept, it is given what a workspace starts with, and who
installed it is led on."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import Connection

from bot.playbook.rights import first_role
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from bot.views import goen as views
from handlers.request import Payload
from handlers.roster import UNREACHABLE, described
from handlers.welcome import Defaults, Place, enter
from storage import deliveries, inbox, people
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.installations import Installations
from storage.people import Person
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

_WELCOME_LIVES = timedelta(days=7)


class OfOrganisation(BoltError):
    """It was installed for a whole organisation, which has no team of its own to work with."""


@dataclass(frozen=True)
class Arrivals:
    """`make_client` gives a client with the token that Slack has just handed out."""

    store: Store
    installations: Installations
    make_client: Callable[[str | None], WebClient]
    defaults: Defaults
    clock: Callable[[], datetime]

    def take(self, installation: Installation) -> Workspace:
        """Keep an installation; the workspace is new only where nothing was kept of it.

        Raises:
            OfOrganisation: it is of no single workspace.
        """
        team_id = installation.team_id
        if installation.is_enterprise_install or not team_id:
            raise OfOrganisation("an organisation's installation has no workspace")
        installer = self._installer(installation)
        now = self.clock()
        # By the clock that everything goes by: what Slack tells of later is compared with it.
        installation.installed_at = now.timestamp()
        place = Place(team_id, installation.team_name or team_id, installation.bot_user_id or "")
        with self.store.write() as conn:
            workspace = enter(conn, place, self._defaults(installer), now)
            self.installations.save_within(conn, installation)
            by = installation.user_id
            inbox.record(conn, team_id, now, by, "install", "workspace", team_id)
            if installer:
                _receive(conn, workspace, installer, now)
        log.info("installed in %s by %s", team_id, by)
        return workspace

    def _installer(self, installation: Installation) -> Payload | None:
        """What Slack says of who installed it. Without that the first to type /goen is led on."""
        try:
            client = self.make_client(installation.bot_token)
            found: Payload = client.users_info(user=installation.user_id, include_locale=True)[
                "user"
            ]
        except UNREACHABLE as error:
            log.warning("%s is not known yet: %s", installation.user_id, error)
            return None
        return found

    def _defaults(self, installer: Payload | None) -> Defaults:
        """A new workspace speaks as who installed it does, where that is known."""
        known = installer or {}
        locale, timezone = known.get("locale"), known.get("tz")
        return replace(
            self.defaults,
            locale=(language_of(locale) or "en") if locale else self.defaults.locale,
            timezone=timezone or self.defaults.timezone,
        )


def _receive(conn: Connection, workspace: Workspace, user: Payload, now: datetime) -> None:
    """Note who installed Goen; they become admin where there is none, and are welcomed."""
    team_id = workspace.team_id
    known = people.get(conn, team_id, user["id"])
    person = described(user, workspace, known is not None and known.is_member, now)
    people.save(conn, person)
    if people.has_admin(conn, team_id) or not replace(person, is_member=True).may_own:
        return
    people.set_role(conn, team_id, person.user_id, first_role(team_has_admin=False))
    inbox.record(conn, team_id, now, person.user_id, "become_first_admin", "person", person.user_id)
    _welcome(conn, workspace, person, now)


def _welcome(conn: Connection, workspace: Workspace, person: Person, now: datetime) -> None:
    voice = Voice(person.locale, person.timezone)
    has_channel = workspace.channel_id is not None
    said = views.first_admin(voice, person.user_id, has_channel=has_channel)
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=f"welcome:{person.user_id}:{now.isoformat()}",
            kind="report",
            channel=person.user_id,
            payload=said.payload(),
            due_at=now,
            expires_at=now + _WELCOME_LIVES,
        ),
    )
