"""The rich_text block: nested sections, lists, quotes and preformatted text."""

from __future__ import annotations

from bot.sandbox.refuse.objects import link_address
from bot.sandbox.refuse.rules import Check, array, boolean, by_type, integer, one_of, shape, string

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "unlink")
_style = shape({}, dict.fromkeys(_STYLES, boolean))


def _leaf(kind: str, required: dict[str, Check], **optional: Check) -> Check:
    return shape({"type": one_of(kind), **required}, {"style": _style, **optional})


_LEAVES: dict[str, Check] = {
    "text": _leaf("text", {"text": string()}),
    "link": _leaf("link", {"url": link_address}, text=string(), unsafe=boolean),
    "emoji": _leaf("emoji", {"name": string()}, unicode=string(), skin_tone=integer(1, 6)),
    "user": _leaf("user", {"user_id": string()}),
    "usergroup": _leaf("usergroup", {"usergroup_id": string()}),
    "channel": _leaf("channel", {"channel_id": string()}),
    "broadcast": _leaf("broadcast", {"range": one_of("here", "channel", "everyone")}),
    "date": _leaf(
        "date",
        {"timestamp": integer(0, 9_999_999_999), "format": string()},
        url=link_address,
        fallback=string(),
    ),
    "color": _leaf("color", {"value": string()}),
}

_leaves = array(by_type(_LEAVES), least=0)
_section = shape({"type": one_of("rich_text_section"), "elements": _leaves})
_border = integer(0, 1)

_PARTS: dict[str, Check] = {
    "rich_text_section": _section,
    "rich_text_list": shape(
        {
            "type": one_of("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": array(_section),
        },
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": _border},
    ),
    "rich_text_quote": shape(
        {"type": one_of("rich_text_quote"), "elements": _leaves}, {"border": _border}
    ),
    "rich_text_preformatted": shape(
        {"type": one_of("rich_text_preformatted"), "elements": _leaves},
        {"border": _border, "language": string()},
    ),
}

rich_text_elements = array(by_type(_PARTS))
