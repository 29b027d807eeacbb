"""Arriving in a workspace: what Slack calls it, and the defaults that the settings give."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient

from bot.playbook.policy import Policy
from storage import workspaces
from storage.engine import Store
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


def ensure_workspace(
    store: Store, client: WebClient, defaults: Defaults, now: datetime
) -> Workspace:
    """The workspace of the token, created with the defaults when it is new."""
    me = client.auth_test()
    team_id: str = me["team_id"]
    with store.write() as conn:
        known = workspaces.get(conn, team_id)
        if known is None:
            new = _new(me["team"], team_id, me["user_id"], defaults)
            workspaces.create(conn, new, now)
            seed(conn, new, now)
        elif defaults.channel_id and known.channel_id != defaults.channel_id:
            workspaces.change(conn, team_id, channel_id=defaults.channel_id)
        found = workspaces.get(conn, team_id)
    if found is None:
        raise LookupError(f"workspace {team_id} was just created")
    return found


def _new(name: str, team_id: str, bot_user_id: str, defaults: Defaults) -> Workspace:
    return Workspace(
        team_id=team_id,
        name=name,
        bot_user_id=bot_user_id,
        channel_id=defaults.channel_id,
        locale=defaults.locale,
        timezone=defaults.timezone,
        country=defaults.country,
        currency=defaults.currency,
        policy=Policy(country=defaults.country),
        ideal_customer="",
        offers_reviewed_at=None,
    )
