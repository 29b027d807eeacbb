"""oauth methods: exchanging the code of an installation for the workspace's bot token."""

from __future__ import annotations

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.workspace import APP_ID, BOT_USER_ID, CLIENT_ID, CLIENT_SECRET


def _access(call: ApiCall) -> Json:
    if call.text("client_id") != CLIENT_ID:
        raise ApiError("invalid_client_id")
    if call.text("client_secret") != CLIENT_SECRET:
        raise ApiError("bad_client_secret")
    state, workspace = call.state, call.state.workspace
    grant = state.grants.redeem(call.text("code"), call.text("redirect_uri") or None)
    if isinstance(grant, str):
        raise ApiError(grant)
    return {
        "access_token": state.install(),
        "token_type": "bot",
        "scope": ",".join(sorted(state.app.scopes or ())),
        "bot_user_id": BOT_USER_ID,
        "app_id": APP_ID,
        "team": {"id": workspace.team_id, "name": workspace.name},
        "enterprise": None,
        "authed_user": {"id": grant.user},
        "is_enterprise_install": False,
    }


METHODS = {"oauth.v2.access": Method(_access, open_to_all=True)}
