"""The connections under the server, so that faults can cut them the way networks do."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Wires:
    """Open transports by the address of their client."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}
        self._shut = False

    def protocol(self) -> type[H11Protocol]:
        """uvicorn's HTTP protocol that registers its connections here."""
        registry = self

        class RegisteredProtocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                registry._forget_closed()
                registry._open[transport.get_extra_info("peername")] = transport
                super().connection_made(transport)
                if registry._shut:
                    transport.abort()

            def connection_lost(self, exc: Exception | None) -> None:
                registry._open.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return RegisteredProtocol

    def _forget_closed(self) -> None:
        """Connections that became WebSockets are not taken off by `connection_lost`."""
        self._open = {at: line for at, line in self._open.items() if not line.is_closing()}

    def cut(self, scope: Scope, *, politely: bool) -> None:
        """Close the connection of a request; impolitely means a TCP reset."""
        transport = self._open.get(tuple(scope["client"]))
        if transport is None:
            return
        if politely:
            transport.close()
            return
        line = transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()

    def cut_all(self) -> None:
        """Close every connection, and those that still come."""
        self._shut = True
        for transport in list(self._open.values()):
            transport.abort()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


class Cut:
    """A response that never comes: silence for a while, then the connection is lost."""

    def __init__(self, wires: Wires, silence: float = 0.0, *, politely: bool = False) -> None:
        self._wires = wires
        self._silence = silence
        self._politely = politely

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._silence:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(_gone(receive), self._silence)
        self._wires.cut(scope, politely=self._politely)
        await _gone(receive)


class Truncated:
    """A response that announces its whole length and ends half-way."""

    def __init__(self, wires: Wires, content: bytes) -> None:
        self._wires = wires
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(self._content)).encode()),
        ]
        half = self._content[: len(self._content) // 2]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": half, "more_body": True})
        self._wires.cut(scope, politely=True)
        await _gone(receive)


class Late:
    """A response that comes after a while."""

    def __init__(self, answer: ASGIApp, delay: float) -> None:
        self._answer = answer
        self._delay = delay

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self._delay)
        await self._answer(scope, receive, send)
