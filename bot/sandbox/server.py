"""The web server: uvicorn on the loopback address, in one background thread."""

from __future__ import annotations

import asyncio
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from bot.sandbox.wires import Wires

HOST = "127.0.0.1"
_START_SECONDS = 10.0
_LAST_TASKS_SECONDS = 1.0
# Connections that were just accepted, and goodbyes that were just written, need a few turns of
# the loop to become known to it and to leave it.
_SETTLE_SECONDS = 0.01


class _PromptServer(uvicorn.Server):
    """uvicorn that is woken to stop, where the original looks ten times a second."""

    def __init__(self, config: uvicorn.Config, wires: Wires) -> None:
        super().__init__(config)
        self.serving = threading.Event()
        self._wires = wires
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell = asyncio.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.on_tick(0)
        self.serving.set()
        await self._bell.wait()

    def wake(self) -> None:
        """End `main_loop`; for other threads."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._bell.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Part from every client now: Slack's calls are short, and streams have no end."""
        loop = asyncio.get_running_loop()
        for place in sockets or ():
            loop.remove_reader(place)
        # asyncio loses a connection that it has accepted when its server closes before the next
        # turn: the client would wait for its whole timeout.
        await asyncio.sleep(0)
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for place in sockets or ():
            place.close()
        await asyncio.sleep(_SETTLE_SECONDS)
        self._wires.cut_all()
        await asyncio.sleep(_SETTLE_SECONDS)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_LAST_TASKS_SECONDS)


class Server:
    """Serves an ASGI app until it is stopped."""

    def __init__(self, app: ASGIApp, wires: Wires) -> None:
        config = uvicorn.Config(
            app,
            http=wires.protocol(),
            ws="websockets-sansio",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,
        )
        self._uvicorn = _PromptServer(config, wires)
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def bind(self, port: int) -> str:
        """Take the port (0: any free one); the base url. OSError when it is taken."""
        # With the protocol named, asyncio sends small answers at once instead of 40 ms later.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((HOST, port))
            self._socket.listen(128)
        except OSError:
            self._socket.close()
            raise
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    def start(self) -> None:
        """Serve in the background; returns when connections are accepted."""
        self._thread = threading.Thread(
            target=self._uvicorn.run, args=([self._socket],), name="sandbox-server", daemon=True
        )
        self._thread.start()
        if not self._uvicorn.serving.wait(_START_SECONDS):
            raise RuntimeError("the sandbox server did not start")

    def stop(self) -> None:
        """End the thread and close every socket; harmless when it has ended already."""
        if self._thread is not None and self._thread.is_alive():
            self._uvicorn.wake()
            self._thread.join()
        if self._socket is not None:
            self._socket.close()
