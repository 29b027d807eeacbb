"""`/goen import`: customers and contacts from a file, all of it or nothing; or a file of signals.

Slack waits three seconds and a file may hold a hundred thousand rows. So the form only notes which
file it was, as an errand in the transaction that answers it; a worker (`scheduler.errands`) then
fetches the file, reads it and takes it in. Rows, report and the end of the errand are one
transaction: a process that dies on the way leaves nothing, and the errand is run again.
"""

import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.messages.rewrite import rewrite
from bot.pages.site import Site
from bot.playbook.csv_text import UnreadableFile
from bot.playbook.customer_file import read_customers
from bot.playbook.file_accounts import FileAccount, accounts_of
from bot.playbook.rights import Action
from bot.playbook.signal_file import is_signal_file, read_signals
from bot.texts.voice import Voice
from bot.views import ids
from bot.views import importing as views
from bot.views import signals as signal_views
from bot.views.blocks import Message
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.reports import report, voice_of
from handlers.request import Entry
from handlers.routes import Routes
from handlers.signal_importing import take_file
from handlers.signal_news import Reach
from handlers.turn import Turn
from storage import errands, importing, inbox, workspaces
from storage.engine import Store
from storage.errands import Errand, Finish
from storage.states import ErrandKind
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

MOST_MEGABYTES = 20
_MOST_BYTES = MOST_MEGABYTES * 1_000_000
_WAIT = 30.0


def register(routes: Routes) -> None:
    routes.add(Entry.SUBMISSION, ids.IMPORT_FORM, hand_over)


def open_form(turn: Turn) -> Answer:
    turn.allow(Action.IMPORT)
    return OpenView(views.form(turn.voice))


def hand_over(turn: Turn) -> Answer:
    """Note the file and answer; the report follows as a direct message."""
    turn.allow(Action.IMPORT)
    files = turn.request.answer(ids.IMPORT_FILE)
    if not files:
        raise Invalid({ids.IMPORT_FILE: turn.voice.plain("import.no_file")})
    file = files[0]
    if int(file.get("size") or 0) > _MOST_BYTES:
        too_large = turn.voice.plain("import.too_large", most=MOST_MEGABYTES)
        raise Invalid({ids.IMPORT_FILE: too_large})
    name = str(file.get("name") or file["id"])
    errands.add(
        turn.conn,
        turn.team_id,
        turn.now,
        kind=ErrandKind.IMPORT,
        key=f"import:{turn.request.key}",
        asked_by=turn.me.user_id,
        detail={"file": file["id"], "name": name},
    )
    turn.audit(Action.IMPORT, "file", file["id"])
    return Say(views.taken(turn.voice, name), turn.voice.plain("import.title"))


@dataclass(frozen=True)
class Importer:
    """Carries an import out: fetching and reading outside of any transaction, the rest in one."""

    store: Store
    client_of: Callable[[str], WebClient]
    site: Site

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        with self.store.read() as conn:
            voice = voice_of(conn, errand)
        name = errand.detail["name"]
        raw = self._fetch(errand.team_id, errand.detail["file"])
        if raw is None:
            return _only_said(errand, views.lost(voice, name))
        if is_signal_file(raw):
            return self._take_signals(errand, raw, voice, now)
        try:
            file = read_customers(raw)
        except UnreadableFile as why:
            return _only_said(errand, views.unreadable(voice, name, why))
        if file.problems:
            refused = views.refused(voice, name, file.problems, file.ignored_columns)
            return _only_said(errand, refused)
        return partial(_take, errand, accounts_of(file.rows), file.ignored_columns, voice)

    def _take_signals(self, errand: Errand, raw: bytes, voice: Voice, now: datetime) -> Finish:
        """Each row for itself, and done before the errand ends: run again, nothing counts twice."""
        name = errand.detail["name"]
        with self.store.read() as conn:
            workspace = workspaces.get(conn, errand.team_id)
        if workspace is None:
            raise LookupError(f"no workspace {errand.team_id}")
        try:
            file = read_signals(raw, ZoneInfo(workspace.timezone))
        except UnreadableFile as why:
            return _only_said(errand, views.unreadable(voice, name, why))
        cause = f"errand:{errand.id}"
        counted, problems = take_file(
            self.store, errand.team_id, file, errand.asked_by, now, cause, Reach(self.site)
        )
        said = signal_views.file_done(voice, name, counted, problems, file.ignored_columns)
        return _only_said(errand, said)

    def _fetch(self, team_id: str, file_id: str) -> bytes | None:
        """The file's bytes; None when Slack does not give it out, now or ever."""
        try:
            client = self.client_of(team_id)
            address = client.files_info(file=file_id)["file"]["url_private_download"]
            request = urllib.request.Request(
                address, headers={"Authorization": f"Bearer {client.token}"}
            )
            with urllib.request.urlopen(request, timeout=_WAIT) as answer:
                # Without the scope files:read Slack answers 200 with its sign-in page.
                if answer.headers.get_content_type() == "text/html":
                    return None
                raw: bytes = answer.read(_MOST_BYTES + 1)
        except (SlackApiError, urllib.error.HTTPError) as error:
            log.warning("file %s: %s", file_id, error)
            return None
        return raw if len(raw) <= _MOST_BYTES else None


def _only_said(errand: Errand, message: Message) -> Finish:
    return lambda conn, now: report(conn, errand, message, now)


def _take(
    errand: Errand,
    accounts: Mapping[str, FileAccount],
    ignored: Sequence[str],
    voice: Voice,
    conn: Connection,
    now: datetime,
) -> None:
    workspace = workspaces.get(conn, errand.team_id)
    if workspace is None:
        raise LookupError(f"no workspace {errand.team_id}")
    done = importing.take(conn, workspace, accounts, now, errand.asked_by)
    rewrite(conn, workspace, done.follow_ups, now, f"errand:{errand.id}")
    audit(conn, workspace, done, now, errand.asked_by)
    name = errand.detail["name"]
    said = views.done(voice, name, counts(done.customers), counts(done.contacts), ignored)
    report(conn, errand, said, now)


def counts(counted: importing.Count) -> views.Counts:
    """As the report shows them."""
    return views.Counts(counted.new, counted.changed, counted.unchanged)


def audit(
    conn: Connection, workspace: Workspace, done: importing.Imported, now: datetime, by: str
) -> None:
    """Note who brought in how much."""
    inbox.record(
        conn,
        workspace.team_id,
        now,
        by,
        Action.IMPORT,
        "workspace",
        workspace.team_id,
        {
            "customers_new": done.customers.new,
            "customers_changed": done.customers.changed,
            "contacts_new": done.contacts.new,
            "contacts_changed": done.contacts.changed,
        },
    )
