"""Socket Mode: WebSocket links to the bot, and envelopes that wait for their ack."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.workspace import APP_ID

MOST_LINKS = 10


class Link:
    """One open connection. Sending is safe from every thread."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.waiting: dict[str, Future[Any]] = {}
        self.retired = False
        self._leaving = False
        self._loop = asyncio.get_running_loop()
        self._outbox: asyncio.Queue[str | None] = asyncio.Queue()

    def send(self, message: dict[str, Any]) -> None:
        self._put(json.dumps(message, ensure_ascii=False))

    def hang_up(self) -> None:
        self._put(None)

    def leave(self) -> None:
        """Hang up as soon as every envelope that was sent here is acked."""
        self._leaving = True
        if not self.waiting:
            self.hang_up()

    def _put(self, item: str | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(self._outbox.put_nowait, item)

    async def write(self) -> None:
        while (item := await self._outbox.get()) is not None:
            await self.socket.send_text(item)
        await self.socket.close()

    async def read(self) -> None:
        while True:
            answer = json.loads(await self.socket.receive_text())
            future = self.waiting.pop(answer.get("envelope_id", ""), None)
            if future is not None:
                future.set_result(answer.get("payload"))
            if self._leaving:
                self.leave()


class Links:
    """The links of the app. Each payload goes to one of them, in turn."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._turn = itertools.count()
        self._changed = changed

    def __len__(self) -> int:
        """The links that were not told to disconnect."""
        return sum(not link.retired for link in self._links)

    def ticket(self) -> str:
        """A ticket for one connection, as part of the address that the app is given."""
        name = secrets.token_hex(16)
        with self._lock:
            self._tickets.add(name)
        return name

    def send(self, kind: str, payload: dict[str, Any], **extra: Any) -> Future[Any] | None:
        """Send an envelope; the future holds the payload of its ack. None without a link."""
        future: Future[Any] = Future()
        envelope_id = str(uuid4())
        with self._lock:
            if not self._links:
                return None
            fresh = [link for link in self._links if not link.retired] or self._links
            link = fresh[next(self._turn) % len(fresh)]
            link.waiting[envelope_id] = future
        link.send({"envelope_id": envelope_id, "type": kind, "payload": payload, **extra})
        return future

    def announce_disconnect(self, reason: str) -> None:
        """Ask the app to connect again, as Slack does every few hours.

        A link that was told so only gets payloads while there is no other.
        """
        with self._lock:
            links = list(self._links)
            for link in links:
                link.retired = True
        for link in links:
            link.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})

    def hang_up(self) -> None:
        """Close every connection."""
        with self._lock:
            links = list(self._links)
        for link in links:
            link.hang_up()

    async def serve(self, socket: WebSocket) -> None:
        """The life of one connection: ticket, hello, traffic in both directions."""
        ticket = socket.query_params.get("ticket", "")
        with self._lock:
            welcome = ticket in self._tickets and len(self._links) < MOST_LINKS
            self._tickets.discard(ticket)
        if not welcome:
            await socket.close()
            return
        await socket.accept()
        link = Link(socket)
        link.send(self._hello())
        with self._lock:
            replaced = [old for old in self._links if old.retired]
            self._links.append(link)
        for old in replaced:
            old.leave()
        self._changed()
        try:
            await self._traffic(link)
        finally:
            with self._lock:
                self._links.remove(link)
                lost = list(link.waiting.values())
            for future in lost:
                future.set_exception(ConnectionError("the link was lost before the ack"))
            self._changed()

    async def _traffic(self, link: Link) -> None:
        tasks = [asyncio.create_task(link.read()), asyncio.create_task(link.write())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for ended in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(ended, Exception) and not isinstance(
                    ended, WebSocketDisconnect | RuntimeError
                ):
                    raise ended

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._links) + 1,
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }
