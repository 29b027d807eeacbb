"""The addresses of the web server that more than one part knows."""

from typing import Final

INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
SIGNALS_PATH: Final = "/signals"
