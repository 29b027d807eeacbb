"""Another system that sends signals, and the token that an admin gives it."""

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.end_to_end.steps import shown
from tests.house import MORI, Stage

MAIL = "yoshino@yamada.example"
_TOKEN = re.compile(r"goen_signals_[\w-]{20,}")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Sender:
    """Sends to one address with one token."""

    address: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, *signals: Any) -> Answer:
        return self.post(json.dumps({"signals": signals}).encode())

    def post(self, body: bytes, **headers: str) -> Answer:
        given = {"Content-Type": "application/json", **self.headers, **headers}
        if self.token is not None:
            given["Authorization"] = f"Bearer {self.token}"
        return self._ask(urllib.request.Request(f"{self.address}/signals", body, given))

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(f"{self.address}{path}"))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with urllib.request.urlopen(request, timeout=20) as found:
                return Answer(found.status, dict(found.headers), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())


def address_of(live: Stage) -> str:
    """Where the bot of an HTTP stage is reached."""
    return live.sandbox.events_url.removesuffix("/slack/events")


def token_from_slack(live: Stage) -> str:
    """What the admin is shown after asking for a token."""
    admin = live.sandbox.act_as(MORI)
    admin.command("/goen", "settings")
    admin.click(shown(admin), "open_signals")
    admin.click(shown(admin), "make_signal_key")
    found = _TOKEN.search(str(shown(admin).blocks))
    assert found, shown(admin).blocks
    while admin.view():
        admin.close(shown(admin))
    return found[0]


def signal(kind: str, number: int, at: datetime, **said: Any) -> dict[str, Any]:
    who = {} if said.keys() & {"customer", "contact_email"} else {"contact_email": MAIL}
    at_text = at.isoformat()
    return {"source": "crm", "id": f"{kind}-{number}", "kind": kind, "at": at_text, **who, **said}
