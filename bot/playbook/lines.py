"""The grammar of the slash commands: forgiving, bilingual, and without loss.

    nps       customer [contact] score [comment]
    result    customer [contact] KPI before [→] after [period] [note]     (module result_line)
    referral  customer [contact] > company [person] [need]                (module referral_line)
    ask       [customer [contact]]
    goen      [sub-command [its line]]
    goen thanks | upsell | renewal | contract    customer [contact] [note]

- Words are parted by spaces, full-width ones too; "…", “…”, 「…」 and 『…』 keep words together.
- `→`, `->`, `=>` and `>` (full-width too) are one and the same arrow.
- A person is known by an honorific: 様, さん, Mr., -san.
- Digits may be full-width; the escapes of chat payloads are undone once, by the parse.

A parse never raises. What is wrong is a `Problem` at its field; what could not be placed stays in
the comment, note or need; and `typed` is the whole line. A name may hold spaces and digits, so a
head (see `words.Head`) offers readings to try against the customers that exist.
"""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.playbook.problems import Field, Problem, ProblemCode, name_problems, note_problems
from bot.playbook.words import (
    MAX_READ,
    Head,
    Word,
    company_end,
    contact_span,
    head_of,
    plain,
    split_words,
)

HIGHEST_SCORE: Final = 10
"""The NPS question is asked from 0 to 10: the standard's scale, not a setting."""
_MAX_READINGS: Final = 4
_SCORE: Final = re.compile(r"([+-]?\d{1,9}(?:[.,]\d{1,9})?)(?:点|/10)?[、。,.:]?", re.ASCII)


class Command(StrEnum):
    """What can be said to the bot, as a slash command of its own or behind `goen`."""

    NPS = "nps"
    RESULT = "result"
    REFERRAL = "referral"
    ASK = "ask"
    THANKS = "thanks"
    UPSELL = "upsell"
    RENEWAL = "renewal"
    CONTRACT = "contract"
    CUSTOMER = "customer"
    FOLLOW_UPS = "followups"
    DASHBOARD = "dashboard"
    SETTINGS = "settings"
    IMPORT = "import"
    TEAM = "team"
    VOICES = "voices"
    HANDBOOK = "handbook"
    ERASE = "erase"
    HELP = "help"


_SPELLINGS: Final = {
    Command.NPS: "nps 満足度",
    Command.RESULT: "result results 成果",
    Command.REFERRAL: "referral referrals 紹介",
    Command.ASK: "ask 依頼 紹介依頼",
    Command.CUSTOMER: "customer customers 顧客",
    Command.THANKS: "thanks thank お礼 感謝",
    Command.UPSELL: "upsell 追加 追加契約",
    Command.RENEWAL: "renewal renew 更新 契約更新",
    Command.CONTRACT: "contract 契約 成約",
    Command.FOLLOW_UPS: "followups followup follow-ups follow-up フォロー フォローアップ",
    Command.DASHBOARD: "dashboard ダッシュボード",
    Command.SETTINGS: "settings setting 設定",
    Command.IMPORT: "import 取込 取り込み インポート",
    Command.TEAM: "team チーム",
    Command.VOICES: "voices voice 声 お客様の声",
    Command.HANDBOOK: "handbook guide ご案内 案内 ハンドブック",
    Command.ERASE: "erase 消去 個人情報",
    Command.HELP: "help ヘルプ ?",
}
_COMMANDS: Final = {
    spelling: command for command, words in _SPELLINGS.items() for spelling in words.split()
}


@dataclass(frozen=True)
class NpsLine:
    """A score with its comment; the head is the customer and perhaps the contact.

    `score_text` is what was typed for the score, also when it is not one.
    """

    typed: str
    head: Head
    score: int | None
    score_text: str
    comment: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class AskLine:
    """Whom to ask; an empty head asks for the list."""

    typed: str
    head: Head
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class MomentLine:
    """What happened with whom: the head is the customer and perhaps the contact, then a note."""

    typed: str
    head: Head
    note: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class GoenLine:
    """A sub-command and the line behind it, still escaped as it came, ready for that parse.

    `command` is None when the first word is not one; then `rest` is everything that was typed.
    """

    typed: str
    command: Command | None
    rest: str
    problems: tuple[Problem, ...]


def parse_nps(text: str) -> NpsLine:
    """Read `山田製作所 [吉野様] 9 対応が早い`: the first number behind a name is the score.

    A name with a number in it (Studio 54) has other readings too: see `nps_readings`.
    """
    words, typed = _words(text)
    places = _score_places(words)
    return _nps(typed, words, places[0] if places else None)


def nps_readings(text: str) -> tuple[NpsLine, ...]:
    """All readings of an NPS line, from the longest customer's name to the shortest: take the first
    whose customer exists, or `parse_nps` when there is none."""
    words, typed = _words(text)
    places = sorted(_score_places(words), reverse=True)
    lines = tuple(_nps(typed, words, place) for place in places)
    starts_with_number = bool(words) and _score_text(words[0]) is not None
    return lines if lines and not starts_with_number else (_nps(typed, words, None), *lines)


def parse_ask(text: str) -> AskLine:
    """Read `[山田製作所 [吉野様]]`."""
    words, typed = _words(text)
    head = head_of(words)
    return AskLine(typed, head, name_problems(Field.CUSTOMER, head.text) if words else ())


def parse_moment(text: str) -> MomentLine:
    """Read `山田製作所 吉野様 対応が早いと喜ばれた` by its looks: the head ends with the person who
    is addressed, else with the company's legal form or its first word."""
    words, typed = _words(text)
    plain_words = [word.text for word in words]
    span = contact_span(plain_words)
    return _moment(typed, words, span[1] if span else company_end(plain_words))


def moment_readings(text: str) -> tuple[MomentLine, ...]:
    """All readings of such a line, from the longest head to the shortest: take the first that means
    a contact who exists, or `parse_moment` when there is none."""
    words, typed = _words(text)
    if contact_span([word.text for word in words]):
        return (parse_moment(text),)
    lengths = range(min(len(words), MAX_READ), 0, -1)
    return tuple(_moment(typed, words, length) for length in lengths)


def parse_goen(text: str) -> GoenLine:
    """Read the sub-command, in either language and any width; nothing typed is help."""
    first, *others = text.split(maxsplit=1) or [""]
    if not first:
        return GoenLine(text, Command.HELP, "", ())
    command = _COMMANDS.get(_command_key(first))
    if command is None:
        unknown = Problem(Field.COMMAND, ProblemCode.UNKNOWN, plain(first))
        return GoenLine(text, None, text.strip(), (unknown,))
    return GoenLine(text, command, "".join(others).strip(), ())


def nearest_command(word: str) -> Command | None:
    """The sub-command that somebody who mistyped probably meant; None when nothing is near."""
    close = difflib.get_close_matches(_command_key(word), _COMMANDS, n=1)
    return _COMMANDS[close[0]] if close else None


def _command_key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().removeprefix("/")


def _words(text: str) -> tuple[tuple[Word, ...], str]:
    typed = plain(text)
    return split_words(typed), typed


def _moment(typed: str, words: tuple[Word, ...], length: int) -> MomentLine:
    head = head_of(words[:length])
    note = typed[words[length - 1].end :].strip() if length else ""
    problems = (*name_problems(Field.CUSTOMER, head.text), *note_problems(Field.NOTE, note))
    return MomentLine(typed, head, note, problems)


def _score_places(words: tuple[Word, ...]) -> list[int]:
    """Where a score may stand: behind a name first, at the head only when there is no other."""
    numbers = [index for index, word in enumerate(words) if _score_text(word) is not None]
    return ([index for index in numbers if index] or numbers)[:_MAX_READINGS]


def _score_text(word: Word) -> str | None:
    if word.quoted:
        return None
    found = _SCORE.fullmatch(unicodedata.normalize("NFKC", word.text).replace("−", "-"))
    return found[1] if found else None


def _nps(typed: str, words: tuple[Word, ...], place: int | None) -> NpsLine:
    if place is None:
        head, score, score_text, comment = head_of(words), None, "", ""
        problems: tuple[Problem, ...] = (Problem(Field.SCORE, ProblemCode.MISSING),)
    else:
        score, problems = _score(words[place])
        score_text = words[place].text
        # `9 山田製作所`: with the score in front, what follows is the name.
        head = head_of(words[:place] if place else words[1:])
        comment = typed[words[place].end :].strip() if place else ""
    problems = (
        *name_problems(Field.CUSTOMER, head.text),
        *problems,
        *note_problems(Field.COMMENT, comment),
    )
    return NpsLine(typed, head, score, score_text, comment, problems)


def _score(word: Word) -> tuple[int | None, tuple[Problem, ...]]:
    whole, _, fraction = (_score_text(word) or "").replace(",", ".").partition(".")
    if fraction not in ("", "0"):
        return None, (Problem(Field.SCORE, ProblemCode.NOT_WHOLE, word.text),)
    score = int(whole)
    if not 0 <= score <= HIGHEST_SCORE:
        return None, (Problem(Field.SCORE, ProblemCode.OUT_OF_RANGE, word.text),)
    return score, ()
