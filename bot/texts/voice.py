"""Speaking to one person: their language, their zone, their numbers, and safe Slack markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision

from bot.texts.catalogue import translations


class Markup(str):
    """Text that is already safe inside a `mrkdwn` object."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """What a person typed, made harmless for `mrkdwn`: no mention, link or channel call survives.

    Slack asks for these three replacements and no others
    (https://docs.slack.dev/messaging/formatting-message-text#escaping).
    """
    if isinstance(text, Markup):
        return text
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")


def link(url: str, label: str) -> Markup:
    return Markup(f"<{url}|{escape(label)}>")


@dataclass(frozen=True)
class Voice:
    """How Goen speaks to one person (or to one channel).

    `language` is `ja` or `en`; `locale` is what Babel formats with; `timezone` is an IANA zone.
    """

    language: str
    timezone: str

    @property
    def locale(self) -> str:
        return {"ja": "ja_JP", "en": "en_US"}[self.language]

    def has(self, key: str) -> bool:
        return translations(self.language).gettext(key) != key

    def plain(self, key: str, **values: object) -> str:
        """The sentence `key` for a `plain_text` object, a mail or a notification.

        Raises:
            KeyError: the catalogue has no such sentence, or a placeholder got no value.
        """
        return self._template(key, values).format(**values)

    def markup(self, key: str, **values: object) -> Markup:
        """The sentence `key` for a `mrkdwn` object, every value escaped unless it is `Markup`."""
        safe = {name: escape(v) if isinstance(v, str) else v for name, v in values.items()}
        return Markup(self._template(key, values).format(**safe))

    def _template(self, key: str, values: dict[str, object]) -> str:
        catalogue = translations(self.language)
        count = values.get("n")
        if isinstance(count, int):
            found = catalogue.ngettext(key, key + ".plural", count)
            if found not in (key, key + ".plural"):
                return found
        found = catalogue.gettext(key)
        if found == key:
            raise KeyError(f"no text {key!r} in {self.language}")
        return found

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.timezone))

    def number(self, value: int | Decimal) -> str:
        return _number(value, self.locale)

    def percent(self, value: int | Decimal) -> str:
        """A change such as −48 %: signed, at most one decimal, with a real minus sign."""
        digits = _number(abs(Decimal(value)), self.locale, "#,##0.#")
        sign = "±" if digits == "0" else "−" if value < 0 else "+"
        return f"{sign}{digits}%"

    def money(self, minor_units: int, currency: str) -> str:
        amount = Decimal(minor_units).scaleb(-get_currency_precision(currency))
        if self.language == "ja" and currency == "JPY":
            return f"{self.number(amount)}円"
        return format_currency(amount, currency, locale=self.locale)

    def day(self, day: date) -> str:
        """A date with its weekday: 11月24日(火), Tue, Nov 24."""
        pattern = {"ja": "M月d日(E)", "en": "EEE, MMM d"}[self.language]
        return _date(day, pattern, self.locale)

    def day_of(self, instant: datetime) -> str:
        return self.day(self.local(instant).date())

    def full_day(self, day: date) -> str:
        """A date with its year, for what may lie years back: 2024年4月1日, Apr 1, 2024."""
        return _date(day, {"ja": "long", "en": "medium"}[self.language], self.locale)

    def full_day_of(self, instant: datetime) -> str:
        return self.full_day(self.local(instant).date())

    def moment(self, instant: datetime) -> str:
        """A day and a time in the person's zone."""
        pattern = {"ja": "M月d日(E) H:mm", "en": "EEE, MMM d, h:mm a"}[self.language]
        return format_datetime(self.local(instant), pattern, locale=self.locale)

    def ago(self, then: datetime, now: datetime) -> str:
        """How far `then` lies from `now`, in calendar words: 3日前, in 2 hours."""
        said = format_timedelta(
            then.astimezone(UTC) - now.astimezone(UTC),
            add_direction=True,
            threshold=1.2,
            locale=self.locale,
        )
        # CLDR sets a space between the number and its unit that nobody writes in Japanese.
        return said.replace(" ", "") if self.language == "ja" else said

    def list(self, items: Iterable[str]) -> str:
        return format_list(list(items), locale=self.locale)


# Babel reads its patterns anew each time, which takes longer than a query; the same few numbers and
# days are said again and again.
@lru_cache(maxsize=4096)
def _number(value: int | Decimal, locale: str, pattern: str | None = None) -> str:
    return str(format_decimal(value, format=pattern, locale=locale))


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)
