"""The bodies that a bot may answer with inside the three seconds of an interaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bot.sandbox.refuse.blocks import Surface
from bot.sandbox.refuse.objects import option, option_groups, options
from bot.sandbox.refuse.rules import Check, Json, Problem, anything, one_of, shape, string
from bot.sandbox.refuse.views import problems_in_view

MOST_ERROR_TEXT = 2000

_option = option()
_suggestions = shape(
    {},
    {"options": options(_option, least=0), "option_groups": option_groups(_option)},
)


def problems_in_options(body: Json) -> Iterator[Problem]:
    """The answer to a block_suggestion: `options` or `option_groups`, 100 at most."""
    yield from _suggestions(body, "")
    if isinstance(body, dict) and ("options" in body) == ("option_groups" in body):
        yield Problem("must define either `options` or `option_groups`", "")


def _errors(body: Json, inputs: Collection[str]) -> Iterator[Problem]:
    errors = body.get("errors")
    if not isinstance(errors, Mapping) or not errors:
        yield Problem("must provide at least one error", "/errors")
        return
    for block_id, words in errors.items():
        if block_id not in inputs:
            yield Problem(f"no input block has this block_id: {block_id}", "/errors")
        yield from string(MOST_ERROR_TEXT)(words, f"/errors/{block_id}")


def problems_in_submission_ack(body: Json, inputs: Collection[str]) -> Iterator[Problem]:
    """The answer to a view_submission; `inputs` are the block_ids of the modal's input blocks.

    An empty body closes the modal.
    """
    if body in (None, {}):
        return
    kind = body.get("response_action") if isinstance(body, dict) else None
    keys: dict[str, Check] = {"response_action": one_of("errors", "update", "push", "clear")}
    if kind == "errors":
        yield from shape({**keys, "errors": anything})(body, "")
        yield from _errors(body, inputs)
    elif kind in ("update", "push"):
        found = list(shape({**keys, "view": anything})(body, ""))
        yield from found or problems_in_view(body["view"], Surface.MODAL)
    else:
        yield from shape(keys)(body, "")
