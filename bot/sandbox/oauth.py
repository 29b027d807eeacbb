"""Installing the app: a person allows it on Slack's page, and the app exchanges the code that it is
sent for a bot token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.sandbox.workspace import CLIENT_ID, AppProfile


@dataclass(frozen=True)
class Grant:
    """What a person allowed, and the address that they were sent back to."""

    user: str
    redirect_uri: str | None


class Grants:
    """Codes of one workspace, each good for one exchange. The caller holds the state's lock."""

    def __init__(self) -> None:
        self._open: dict[str, Grant] = {}
        self._used: set[str] = set()

    def __contains__(self, code: object) -> bool:
        return code in self._open or code in self._used

    def issue(self, grant: Grant) -> str:
        code = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._open[code] = grant
        return code

    def redeem(self, code: str, redirect_uri: str | None) -> Grant | str:
        """The grant, or the name of Slack's error."""
        if code in self._used:
            return "code_already_used"
        grant = self._open.get(code)
        if grant is None:
            return "invalid_code"
        if grant.redirect_uri != redirect_uri:
            return "bad_redirect_uri"
        del self._open[code]
        self._used.add(code)
        return grant


def read_request(address: str, app: AppProfile) -> tuple[str | None, str]:
    """The `redirect_uri` and the `state` of an address of Slack's page for allowing an app.

    Raises:
        ValueError: Slack would show an error there instead.
    """
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    if asked.get("client_id") != CLIENT_ID:
        raise ValueError("invalid client_id parameter")
    scopes = frozenset(asked.get("scope", "").split(",")) - {""}
    if not scopes or (app.scopes is not None and not scopes <= app.scopes):
        raise ValueError(f"invalid scopes: {sorted(scopes)}")
    return asked.get("redirect_uri"), asked.get("state", "")


def way_back(redirect_uri: str | None, **values: str) -> str:
    """Where Slack sends the browser; without a `redirect_uri`, what it would add to the app's."""
    return f"{redirect_uri or ''}?{urlencode(values)}"
