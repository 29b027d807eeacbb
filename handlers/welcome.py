"""Arriving in a workspace: what Slack calls it, and the defaults that the settings give."""

from datetime import datetime

from slack_sdk import WebClient

from bot.playbook.policy import Policy
from bot.settings import Settings
from storage import workspaces
from storage.engine import Store
from storage.seed import seed
from storage.workspaces import Workspace


def ensure_workspace(
    store: Store, client: WebClient, settings: Settings, now: datetime
) -> Workspace:
    """The workspace of the token, created with the settings' defaults when it is new.

    A channel in the settings wins over the one that an admin chose in Slack.
    """
    me = client.auth_test()
    team_id: str = me["team_id"]
    with store.write() as conn:
        known = workspaces.get(conn, team_id)
        if known is None:
            new = _new(me["team"], team_id, me["user_id"], settings)
            workspaces.create(conn, new, now)
            seed(conn, new, now)
        elif settings.channel and known.channel_id != settings.channel:
            workspaces.change(conn, team_id, channel_id=settings.channel)
        found = workspaces.get(conn, team_id)
    if found is None:
        raise LookupError(f"workspace {team_id} was just created")
    return found


def _new(name: str, team_id: str, bot_user_id: str, settings: Settings) -> Workspace:
    return Workspace(
        team_id=team_id,
        name=name,
        bot_user_id=bot_user_id,
        app_id=None,
        channel_id=settings.channel,
        locale=settings.locale,
        timezone=settings.timezone,
        country=settings.country,
        currency=settings.currency,
        policy=Policy(country=settings.country),
        ideal_customer="",
        offers_reviewed_at=None,
    )
