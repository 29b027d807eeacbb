"""Delivery to the bot: by Socket Mode when it is connected, otherwise by signed HTTP."""

from __future__ import annotations

import hashlib
import heapq
import hmac
import http.client
import itertools
import json
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.socket_mode import Links

Json = dict[str, Any]

RETRY_DELAYS = (0.0, 60.0, 300.0)


@dataclass(frozen=True)
class Ack:
    """How the bot answered. `problem` is None, `timeout`, `failed` or `not_connected`."""

    body: Any = None
    problem: str | None = None


@dataclass(frozen=True)
class Delivery:
    """One payload on its way to the bot; `kind` is the envelope type of Socket Mode."""

    kind: str
    payload: Json
    wants_body: bool = False
    retry: int = 0
    retry_reason: str = ""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@dataclass(order=True)
class _Due:
    at: float
    order: int
    delivery: Delivery = field(compare=False)


class Outbound:
    """Sends payloads and waits for their acks, and repeats the events nobody took."""

    def __init__(
        self,
        links: Links,
        signing_secret: str,
        events_url: str | None,
        patience: float,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self.events_url = events_url
        self.delivered: list[tuple[Delivery, Ack]] = []
        self._links = links
        self._secret = signing_secret
        self._patience = patience
        self._retry_delays = retry_delays
        self._queue: list[_Due] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._courier: threading.Thread | None = None
        self._stopped = False

    def start(self) -> None:
        self._courier = threading.Thread(target=self._carry, name="sandbox-events", daemon=True)
        self._courier.start()

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self._courier is not None:
            self._courier.join()

    def deliver(self, delivery: Delivery) -> Ack:
        """Send and wait for the ack, for at most Slack's three seconds."""
        future = self._links.send(delivery.kind, delivery.payload, **_extras(delivery))
        if future is not None:
            ack = self._await(future)
        elif self.events_url is not None:
            ack = self._post(self.events_url, delivery)
        else:
            ack = Ack(problem="not_connected")
        self.delivered.append((delivery, ack))
        return ack

    def event(self, payload: Json) -> Ack:
        """An event, first tried at once; refused or unanswered, it is tried again later."""
        return self._try(Delivery("events_api", payload))

    def event_later(self, payload: Json) -> None:
        """An event that is caused by the bot's own call, and so must not wait for the bot."""
        self._enqueue(Delivery("events_api", payload), 0.0)

    def _try(self, delivery: Delivery) -> Ack:
        ack = self.deliver(delivery)
        if ack.problem in ("timeout", "failed") and delivery.retry < len(self._retry_delays):
            again = Delivery(
                delivery.kind,
                delivery.payload,
                retry=delivery.retry + 1,
                retry_reason="http_timeout" if ack.problem == "timeout" else "http_error",
            )
            self._enqueue(again, self._retry_delays[delivery.retry])
        return ack

    def _enqueue(self, delivery: Delivery, delay: float) -> None:
        with self._wake:
            due = _Due(time.monotonic() + delay, next(self._order), delivery)
            heapq.heappush(self._queue, due)
            self._wake.notify_all()

    def _carry(self) -> None:
        while (delivery := self._next()) is not None:
            self._try(delivery)

    def _next(self) -> Delivery | None:
        with self._wake:
            while not self._stopped:
                wait = self._queue[0].at - time.monotonic() if self._queue else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._queue).delivery
                self._wake.wait(wait)
            return None

    def _await(self, future: Future[Any]) -> Ack:
        try:
            return Ack(future.result(self._patience))
        except TimeoutError:
            return Ack(problem="timeout")
        except ConnectionError:
            return Ack(problem="failed")

    def _post(self, url: str, delivery: Delivery) -> Ack:
        body, kind = _encode(delivery)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if delivery.retry:
            headers["X-Slack-Retry-Num"] = str(delivery.retry)
            headers["X-Slack-Retry-Reason"] = delivery.retry_reason
        return _request(url, body, headers, self._patience)


def _extras(delivery: Delivery) -> Json:
    found: Json = {"accepts_response_payload": delivery.wants_body}
    if delivery.kind == "events_api":
        found["retry_attempt"] = delivery.retry
        found["retry_reason"] = delivery.retry_reason.removeprefix("http_")
    return found


def _encode(delivery: Delivery) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload, ensure_ascii=False).encode(), "application/json"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), form
    payload = json.dumps(delivery.payload, ensure_ascii=False)
    return urlencode({"payload": payload}).encode(), form


def _request(url: str, body: bytes, headers: Mapping[str, str], patience: float) -> Ack:
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=patience)
    try:
        line.request("POST", target, body, dict(headers))
        answer = line.getresponse()
        content = answer.read()
    except TimeoutError:
        return Ack(problem="timeout")
    except (OSError, http.client.HTTPException):
        return Ack(problem="failed")
    finally:
        line.close()
    if answer.status != http.HTTPStatus.OK:
        return Ack(problem="failed")
    try:
        return Ack(_decode(content, answer.getheader("Content-Type") or ""))
    except ValueError:
        return Ack(problem="failed")


def _decode(content: bytes, kind: str) -> Any:
    if not content:
        return None
    if kind.startswith("application/json"):
        return json.loads(content)
    return {"text": content.decode()}
