"""Slack's side of signed HTTP: one open connection, and a request made of what Slack would send."""

import http.client
import itertools
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.outbound import signature
from tests.house import CHANNEL, SIGNING_SECRET

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Json = dict[str, Any]


@dataclass
class Signed:
    """Sends to `url`; every request has a trigger of its own."""

    url: str
    secret: str = SIGNING_SECRET
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _line: http.client.HTTPConnection | None = None

    def send(self, body: bytes, kind: str) -> tuple[int, str]:
        """The status and the text of the answer."""
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }
        return self.send_as(body, headers)

    def send_as(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        parts = urlsplit(self.url)
        if self._line is None:
            self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        self._line.request("POST", parts.path, body, dict(headers))
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    def close(self) -> None:
        if self._line:
            self._line.close()

    def trigger(self) -> str:
        return f"{next(self._numbers)}.1.forged"

    def command(self, team: str, user: str, name: str, text: str) -> tuple[int, str]:
        fields = {
            "command": name,
            "text": text,
            "team_id": team,
            "user_id": user,
            "channel_id": CHANNEL,
            "trigger_id": self.trigger(),
        }
        return self.send(urlencode(fields).encode(), FORM)

    def interact(self, team: str, user: str, payload: Json) -> tuple[int, str]:
        """A click, a form, a shortcut or a search."""
        home = "T0OTHER" if user == "U0STRANGER" else team
        whole = {
            "user": {"id": user, "team_id": home},
            "team": {"id": team, "domain": "harukaze"},
            "trigger_id": self.trigger(),
            **payload,
        }
        return self.send(urlencode({"payload": json.dumps(whole)}).encode(), FORM)

    def event(self, team: str, event: Json) -> tuple[int, str]:
        callback = {
            "type": "event_callback",
            "team_id": team,
            "event_id": f"Ev{next(self._numbers)}",
            "event": event | {"tokens": {"bot": ["U0GOEN"]}},
            "event_time": int(time.time()),
            "authorizations": [{"team_id": team, "user_id": "U0GOEN", "is_bot": True}],
        }
        return self.send(json.dumps(callback).encode(), JSON)
