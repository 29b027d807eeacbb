"""Arriving in a workspace: what Slack calls it, and the defaults that the settings give."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.playbook.policy import Policy
from bot.playbook.rights import Action
from storage import departures, workspaces
from storage.engine import Store
from storage.inbox import by_itself
from storage.seed import seed
from storage.workspaces import Workspace


@dataclass(frozen=True)
class Defaults:
    """What a new workspace starts with. A channel given here wins over one chosen in Slack."""

    channel_id: str | None
    locale: str
    timezone: str
    country: str
    currency: str


@dataclass(frozen=True)
class Place:
    """A workspace as Slack names it, and Goen's own user in it."""

    team_id: str
    name: str
    bot_user_id: str


def ensure_workspace(
    store: Store, client: WebClient, defaults: Defaults, now: datetime
) -> Workspace:
    """The workspace of the token, created with the defaults when it is new."""
    me = client.auth_test()
    with store.write() as conn:
        return enter(conn, Place(me["team_id"], me["team"], me["user_id"]), defaults, now)


def enter(conn: Connection, place: Place, defaults: Defaults, now: datetime) -> Workspace:
    """The workspace at this place, created with the defaults when it is new."""
    # What an earlier time has left is not theirs any more.
    departures.finish(conn, place.team_id)
    known = workspaces.get(conn, place.team_id)
    if known is None:
        known = _new(place, defaults)
        workspaces.create(conn, known, now)
        seed(conn, known, now)
        by_itself(conn, known, now, "arrive", "workspace", known.team_id)
    changed = {"name": place.name, "bot_user_id": place.bot_user_id}
    if defaults.channel_id:
        changed["channel_id"] = defaults.channel_id
    changed = {name: value for name, value in changed.items() if getattr(known, name) != value}
    if changed:
        workspaces.change(conn, place.team_id, **changed)
        by_itself(conn, known, now, Action.EDIT_SETTINGS, "workspace", known.team_id)
    found = workspaces.get(conn, place.team_id)
    if found is None:
        raise LookupError(f"workspace {place.team_id} was just created")
    return found


def _new(place: Place, defaults: Defaults) -> Workspace:
    return Workspace(
        team_id=place.team_id,
        name=place.name,
        bot_user_id=place.bot_user_id,
        channel_id=defaults.channel_id,
        locale=defaults.locale,
        timezone=defaults.timezone,
        country=defaults.country,
        currency=defaults.currency,
        policy=Policy(country=defaults.country),
        ideal_customer="",
        offers_reviewed_at=None,
    )
