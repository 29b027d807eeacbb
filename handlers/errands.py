"""The errands: meeting the team, folding every contact again, importing; see `storage.errands`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.messages.rewrite import rewrite
from bot.pages.site import Site
from bot.pictures.press import PRESS
from bot.texts.voice import Markup
from bot.views.answers import notice
from handlers.erasure import Eraser
from handlers.handbook_printing import HandbookPrinter
from handlers.importing import Importer
from handlers.reports import nothing, report, voice_of
from handlers.roster import Roster
from handlers.summary_making import SummaryMaker
from storage import contact_states, inbox, people, upkeep, workspaces
from storage.engine import Store
from storage.errands import Errand, Finish, Work
from storage.states import ErrandKind
from storage.workspaces import Workspace

_PORTION = 100
"""Contacts folded in one transaction: some tens of milliseconds in which nobody else may write."""


def works(
    store: Store,
    client_of: Callable[[str], WebClient],
    roster: Roster,
    site: Site,
) -> Mapping[ErrandKind, Work]:
    """What to do for each kind of errand."""
    return {
        ErrandKind.IMPORT: Importer(store, client_of, site),
        ErrandKind.REFRESH_TEAM: _MeetTeam(store, client_of, roster),
        ErrandKind.REBUILD_STATES: _FoldAll(store),
        ErrandKind.ERASE: Eraser(store, client_of),
        ErrandKind.SUMMARY: SummaryMaker(store, client_of, PRESS, site),
        ErrandKind.HANDBOOK: HandbookPrinter(store, client_of, site),
    }


def give_up(errand: Errand, conn: Connection, now: datetime) -> None:
    """Tell who asked that it did not work out, again and again."""
    failed = notice(voice_of(conn, errand), f"errand.failed_{errand.kind}")
    report(conn, errand, failed, now)


@dataclass(frozen=True)
class _MeetTeam:
    """Ask Slack who is in the team channel; tell an admin who just chose it whether it can be."""

    store: Store
    client_of: Callable[[str], WebClient]
    roster: Roster

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        with self.store.read() as conn:
            workspace = _workspace(conn, errand)
        self.roster.refresh_team(workspace, now)
        is_in = self._is_in(workspace)

        def finish(conn: Connection, now: datetime) -> None:
            channel = Markup(f"<#{workspace.channel_id}>")
            key = "errand.team_met" if is_in else "errand.team_unseen"
            members = len(people.team(conn, errand.team_id))
            said = notice(voice_of(conn, errand), key, channel=channel, n=members)
            report(conn, errand, said, now)

        return finish

    def _is_in(self, workspace: Workspace) -> bool:
        """Whether Goen itself is in the team channel and so may post there."""
        if workspace.channel_id is None:
            return False
        try:
            client = self.client_of(workspace.team_id)
            found = client.conversations_info(channel=workspace.channel_id)
        except SlackApiError as error:
            if error.response["error"] == "channel_not_found":
                return False
            raise
        return bool(found["channel"].get("is_member"))


@dataclass(frozen=True)
class _FoldAll:
    """The numbers of the programme changed: fold every contact again, in portions that leave
    everybody else their turn."""

    store: Store

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        after = 0
        while True:
            with self.store.write() as conn:
                workspace = _workspace(conn, errand)
                ids = contact_states.some_contacts(conn, errand.team_id, after, _PORTION)
                for contact_id in ids:
                    kept = upkeep.contact_changed(conn, workspace, contact_id, now)
                    rewrite(conn, workspace, kept.changed, now, f"errand:{errand.id}:{contact_id}")
                    for follow_up_id in kept.changed:
                        inbox.by_itself(conn, workspace, now, "keep_up", "follow_up", follow_up_id)
            if not ids:
                return nothing
            after = ids[-1]


def _workspace(conn: Connection, errand: Errand) -> Workspace:
    found = workspaces.get(conn, errand.team_id)
    if found is None:
        raise LookupError(f"no workspace {errand.team_id}")
    return found
