"""What can be seen of the settings alone."""

import re
from collections.abc import Iterator

from bot.doctor.finding import Finding, fine, wrong
from bot.settings import Problem, Settings

_SECRET = re.compile(r"[0-9a-f]{32}")
"""The shape of Slack's signing secrets."""
_TOKEN_LENGTH = 16
"""Characters below which a token of ours can be guessed."""
_OWN_NAMES = ("localhost", "127.0.0.1", "::1", "[::1]")


def look_at(told: Settings) -> Iterator[Finding]:
    if told.problem is Problem.NO_TOKENS:
        yield wrong("no_way_in" if told.slack_bot_token else "no_bot_token")
    elif told.problem:
        yield wrong(told.problem)
    elif told.uses_socket_mode:
        yield fine("socket_mode")
    else:
        yield fine("http_mode", host=told.host, port=told.port)
    secret = told.slack_signing_secret
    if secret and not told.uses_socket_mode and not _SECRET.fullmatch(secret.get_secret_value()):
        yield wrong("weak_secret")
    address = told.public_url
    if address and address.scheme != "https" and address.host not in _OWN_NAMES:
        yield wrong("public_url_plain", address=str(address))
    token = told.metrics_token
    if token and len(token.get_secret_value()) < _TOKEN_LENGTH:
        yield wrong("weak_metrics_token", n=_TOKEN_LENGTH)
