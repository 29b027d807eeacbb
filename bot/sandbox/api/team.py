"""auth, team, bots, api and apps methods: who we are and how to connect."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.workspace import APP_ID, BOT_ID, BOT_USER_ID


def _auth_test(call: ApiCall) -> Json:
    workspace = call.state.workspace
    return {
        "url": f"{call.state.base_url}/",
        "team": workspace.name,
        "user": call.state.directory.users[BOT_USER_ID].name,
        "team_id": workspace.team_id,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _api_test(call: ApiCall) -> Json:
    if call.text("error"):
        raise ApiError(call.text("error"))
    return {"args": {name: value for name, value in call.args.items() if name != "token"}}


def _team_info(call: ApiCall) -> Json:
    workspace = call.state.workspace
    team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}
    return {"team": {**team, "email_domain": "", "icon": {"image_default": True}}}


def _bots_info(call: ApiCall) -> Json:
    if call.text("bot") not in ("", BOT_ID):
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": BOT_ID,
            "deleted": False,
            "name": call.state.app.name,
            "app_id": APP_ID,
            "user_id": BOT_USER_ID,
            "icons": {},
        }
    }


def _connections_open(call: ApiCall) -> Json:
    place = urlsplit(call.state.base_url).netloc
    return {"url": f"ws://{place}/link?ticket={call.links.ticket()}&app_id={APP_ID}"}


METHODS = {
    "auth.test": Method(_auth_test),
    "api.test": Method(_api_test, open_to_all=True),
    "team.info": Method(_team_info, ("team:read",)),
    "bots.info": Method(_bots_info, ("users:read",)),
    "apps.connections.open": Method(_connections_open, app_token=True),
}
