"""The web server: uvicorn on the loopback address, in one background thread."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

from bot.sandbox.wires import Wires

HOST = "127.0.0.1"
_START_SECONDS = 10.0


class Server:
    """Serves an ASGI app until it is stopped."""

    def __init__(self, app: ASGIApp, wires: Wires) -> None:
        self._wires = wires
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                app,
                http=wires.protocol(),
                ws="websockets-sansio",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def bind(self, port: int) -> str:
        """Take the port (0: any free one); the base url."""
        self._socket = socket.create_server((HOST, port), backlog=128)
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    def start(self) -> None:
        """Serve in the background; returns when connections are accepted."""
        if self._socket is None:
            raise RuntimeError("bind first")
        self._thread = threading.Thread(
            target=self._uvicorn.run, args=([self._socket],), name="sandbox-server", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._uvicorn.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the sandbox server did not start")
            time.sleep(0.002)

    def stop(self) -> None:
        self._uvicorn.should_exit = True
        if self._thread is not None:
            self._wires.cut_all_soon()
            self._thread.join()
        if self._socket is not None:
            self._socket.close()
