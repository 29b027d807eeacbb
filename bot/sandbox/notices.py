"""What Slack itself says to a person, in the person's language."""

from __future__ import annotations

from enum import Enum


class Notice(Enum):
    """A warning of Slack's client, in English and in Japanese."""

    UNKNOWN_COMMAND = ("{name} is not a valid command.", "{name} というコマンドはありません。")
    NOT_A_MEMBER = (
        "You are not a member of this channel.",
        "このチャンネルに参加していません。",
    )
    COMMAND_TIMEOUT = (
        "{name} failed because the app did not respond.",
        "アプリから応答がなかったため、{name} を実行できませんでした。",
    )
    COMMAND_FAILED = (
        '{name} failed with the error "{error}"',
        "{name} はエラー「{error}」により失敗しました",
    )
    TIMEOUT = ("The app did not respond in time.", "アプリから時間内に応答がありませんでした。")
    FAILED = (
        "The app did not respond: it failed.",
        "アプリでエラーが発生したため、応答がありませんでした。",
    )
    NOT_CONNECTED = (
        "The app did not respond: it is not connected.",
        "アプリが接続されていないため、応答がありませんでした。",
    )
    TROUBLE = (
        "We had some trouble connecting. Try again?",
        "接続に問題が発生しました。もう一度お試しください。",
    )
    NO_OPTIONS = ("The options could not be loaded.", "候補を読み込めませんでした。")
    VIEW_CLOSED = ("This dialog is closed already.", "この画面はすでに閉じられています。")
    VIEW_NOT_SUBMITTED = ("This dialog cannot be submitted.", "この画面は送信できません。")
    MESSAGE_GONE = ("This message is gone.", "このメッセージはもうありません。")
    FILE_GONE = ("This file is gone.", "このファイルはもうありません。")
    ELEMENT_GONE = (
        "This has changed in the meantime. Try again?",
        "内容が変わったため、操作できませんでした。もう一度お試しください。",
    )
    UNKNOWN_SHORTCUT = (
        "The app has no shortcut {name}.",
        "{name} というショートカットはありません。",
    )
    CLOCK_FIXED = (
        "The clock of this sandbox cannot be moved.",
        "このサンドボックスの時計は動かせません。",
    )
    CLOCK_MOVING = (
        "The clock is being moved already.",
        "すでに時計を進めています。しばらくお待ちください。",
    )

    def say(self, locale: str, **values: str) -> str:
        english, japanese = self.value
        return (japanese if locale.startswith("ja") else english).format(**values)


class NotThere(LookupError):
    """What a person acts on is not on their screen, or not any more."""

    def __init__(self, notice: Notice, **values: str) -> None:
        super().__init__(notice.say("en-US", **values))
        self._notice = notice
        self._values = values

    def say(self, locale: str) -> str:
        return self._notice.say(locale, **self._values)
