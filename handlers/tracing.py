"""Whose request the lines of the log belong to."""

from contextlib import AbstractContextManager

from bot.telemetry.about import about, id_of, new_id
from handlers.request import Request


def serving(request: Request) -> AbstractContextManager[None]:
    """While the block runs, what is logged and what is stored names the request.

    The id comes from the request's key, so that a second delivery of it is found by the same one;
    a search has no key, because it changes nothing.
    """
    return about(
        request=id_of(request.key) if request.key else new_id(),
        team_id=request.team_id,
        user_id=request.user_id,
        entry=request.entry,
    )
