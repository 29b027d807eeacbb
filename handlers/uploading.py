"""Giving Slack a file that nobody sees until it is shared (see `bot.messages.sharing`)."""

import re
import urllib.request
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

_WAIT: Final = 30.0
_NOT_IN_A_NAME: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_NOT_ALLOWED: Final = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})


class NotAllowed(Exception):
    """Slack does not let Goen upload files here: the scope is missing, or the workspace forbids
    it."""


def upload(client: WebClient, name: str, content: bytes, alt_txt: str | None = None) -> str:
    """Give Slack a file; its id.

    Raises:
        NotAllowed: it will not take any.
        SlackApiError: it did not take this one, this time.
        OSError: it can't be reached.
    """
    try:
        place = client.files_getUploadURLExternal(
            filename=name, length=len(content), alt_txt=alt_txt
        )
    except SlackApiError as error:
        if error.response["error"] in _NOT_ALLOWED:
            raise NotAllowed(error.response["error"]) from error
        raise
    request = urllib.request.Request(
        place["upload_url"],
        data=content,
        headers={"Content-Type": "application/octet-stream"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=_WAIT) as answer:
        answer.read()
    file_id: str = place["file_id"]
    return file_id


def as_file_name(text: str) -> str:
    """A text without what a file's name may not hold."""
    return _NOT_IN_A_NAME.sub(" ", text).strip()
