"""The rules' reasons as sentences: each value said the way its name tells."""

from datetime import date, datetime
from decimal import Decimal

from bot.playbook.reasons import Reason, ReasonValue
from bot.texts.voice import Markup, Voice, mention

_WORDS = {
    "moment": "moment",
    "stage": "stage",
    "to": "stage",
    "kind": "follow_up",
    "answer": "ask_answer",
}
"""Values that are words of the playbook, and the catalogue's prefix for them."""
_PEOPLE = frozenset({"by", "owner"})


def say(voice: Voice, reason: Reason) -> Markup:
    """A reason for a `mrkdwn` text."""
    values = {name: _spoken(voice, name, value) for name, value in reason.values.items()}
    return voice.markup(reason.key, **values)


def say_all(voice: Voice, reasons: tuple[Reason, ...]) -> Markup:
    """Several reasons as a list, in their order."""
    return Markup("\n".join(f"• {say(voice, reason)}" for reason in reasons))


def _spoken(voice: Voice, name: str, value: ReasonValue) -> str | int:
    if name == "days" and isinstance(value, int):
        return voice.plain("ago.days", n=value) if value else voice.plain("ago.today")
    if name == "points" and isinstance(value, int):
        return f"{value:+d}".replace("-", "−")
    if name in _PEOPLE:
        return mention(str(value))
    if name in _WORDS:
        return voice.plain(f"{_WORDS[name]}.{value}")
    if isinstance(value, datetime):
        return voice.day_of(value)
    if isinstance(value, date):
        return voice.day(value)
    if isinstance(value, Decimal):
        return voice.percent(value)
    return value
