"""The link of Socket Mode, which ends without losing an acknowledgement.

The close of Slack's client drops the link first and lets the handlers end afterwards, so that what
they answer goes nowhere; and it waits for a read of up to three seconds and a queue of up to one.
Here what has come in is answered first. Then the read is woken by shutting the connection down, and
the queue by a message of nothing.
"""

import contextlib
import socket
import threading
import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest

ANSWERS_WITHIN = 5.0
"""Seconds for what has come in when the link is closed; Slack waits three for an answer."""


class Link(BaseSocketModeHandler):
    """`connect` opens it, and Slack's client opens it again whenever it breaks, until `close`."""

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        self.app = app
        self.client: _Client = _Client(app_token, logger=app.logger, web_client=web_client)
        self.client.socket_mode_request_listeners.append(self.handle)

    @property
    def is_up(self) -> bool:
        return self.client.is_connected()

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        begun = time.time()
        send_response(client, req, run_bolt_app(self.app, req), begun)

    def close(self) -> None:
        """Answer what has come in, then hang up and take nothing more."""
        client = self.client
        client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
        client.under_way.wait_for_none(ANSWERS_WITHIN)
        client.closed = True
        # The thread that reads says of a link that is new that it is not over. So what it reads
        # from is replaced first.
        open_state, client.current_session_state = client.current_session_state, _Over()
        open_state.terminated = True
        connection = client.current_session.sock if client.current_session else None
        if connection is not None:
            # Slack may have hung up first.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        client.message_queue.put(None)
        client.close()


class _Over(ConnectionState):
    """A link that is over, whatever Slack's client says of it: otherwise one that is closed just
    after it was opened is waited for without end."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def terminated(self) -> bool:
        return True

    @terminated.setter
    def terminated(self, _: bool) -> None:
        pass


class _Client(SocketModeClient):
    """Slack's client, which knows what it has received and not answered yet."""

    def __init__(self, app_token: str, **options: Any) -> None:
        self.under_way = _UnderWay()
        super().__init__(app_token, **options)

    def enqueue_message(self, message: str) -> None:
        if '"envelope_id"' in message:
            self.under_way.add(1)
        super().enqueue_message(message)

    def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        try:
            super().run_message_listeners(message, raw_message)
        finally:
            if "envelope_id" in message:
                self.under_way.add(-1)


class _UnderWay:
    """A count that can be waited for."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def add(self, difference: int) -> None:
        with self._changed:
            self._count += difference
            self._changed.notify_all()

    def wait_for_none(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count <= 0, seconds)
