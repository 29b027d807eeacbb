"""Composition objects of Block Kit: texts, options, confirmation dialogs, filters."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.sandbox.refuse.rules import (
    Check,
    Json,
    Problem,
    all_of,
    array,
    boolean,
    by_type,
    matching,
    one_of,
    shape,
    string,
)


def text(most: int = 3000) -> Check:
    """A text object of either kind."""
    return by_type({"plain_text": plain_text(most), "mrkdwn": mrkdwn(most)})


def plain_text(most: int) -> Check:
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


def mrkdwn(most: int) -> Check:
    return shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def _is_web_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_any_address(value: str) -> bool:
    parts = urlsplit(value)
    return bool(parts.scheme) and bool(parts.netloc or parts.path)


web_address = matching(_is_web_address, "must be a valid URL", 3000)
link_address = matching(_is_any_address, "must be a valid URL", 3000)
identifier = string(255)

slack_file = all_of(
    shape({}, {"id": string(), "url": web_address}),
    lambda value, at: iter(
        () if len(value) == 1 else (Problem("must define either `id` or `url`", at),)
    ),
)

confirm = shape(
    {
        "title": plain_text(100),
        "text": text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)


def option(*, may_be_mrkdwn: bool = False, may_have_url: bool = False) -> Check:
    """An option; only checkboxes and radio buttons take mrkdwn, only overflow menus take a url."""
    words = text(75) if may_be_mrkdwn else plain_text(75)
    description = text(75) if may_be_mrkdwn else plain_text(75)
    optional = {"description": description}
    if may_have_url:
        optional["url"] = link_address
    return shape({"text": words, "value": string(150)}, optional)


def _values_are_unique(options: Json, at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(options):
        if item["value"] in seen:
            yield Problem("option value must be unique", f"{at}/{index}/value")
        seen.add(item["value"])


def options(of: Check, most: int = 100, least: int = 1) -> Check:
    """A list of options whose values differ."""
    return all_of(array(of, least=least, most=most), _values_are_unique)


def option_groups(of: Check) -> Check:
    group = shape({"label": plain_text(75), "options": array(of, least=1, most=100)})
    return array(group, least=1, most=100)


conversation_filter = all_of(
    shape(
        {},
        {
            "include": array(one_of("im", "mpim", "private", "public"), least=1),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    ),
    lambda value, at: iter(() if value else (Problem("must define at least one filter", at),)),
)

dispatch_action_config = shape(
    {
        "trigger_actions_on": array(
            one_of("on_enter_pressed", "on_character_entered"), least=1, most=2
        )
    }
)
