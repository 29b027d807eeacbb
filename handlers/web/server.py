"""The web server, in a thread of the bot's process."""

import socket
import threading
import time
from collections.abc import Callable, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

_STARTS_WITHIN = 10.0
_ENDS_WITHIN = 5
"""Seconds for the requests that are under way; Slack waits three for an answer."""


class WebServer:
    """Serves Slack's HTTP mode, customers' pages and what operators ask.

    A port of 0 takes any free one; see `port`.

    Raises:
        OSError: the address is taken, or not one of this machine.
    """

    def __init__(self, routes: Sequence[BaseRoute], host: str, port: int) -> None:
        app = Starlette(routes=list(routes))
        # The address to go to would be made of whatever host the client has named.
        app.router.redirect_slashes = False
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            # Whoever asks is who is connected, not who a header says.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_ENDS_WITHIN,
        )
        self._server = uvicorn.Server(config)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # With the protocol named, asyncio sends small answers at once instead of 40 ms later.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self._thread = threading.Thread(target=self._run, name="goen-web")

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def start(self) -> None:
        """Raises TimeoutError when it does not come up."""
        self._thread.start()
        _wait_for(lambda: self._server.started or not self._thread.is_alive())

    def stop(self) -> None:
        """Take nothing new, and answer what has come."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def _wait_for(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("the web server did not start")
        time.sleep(0.01)
