"""Asking a slow question: never twice at once, and never for long."""

import threading
import time

import pytest

from bot.telemetry.cached import Cached


class Question:
    """Answers once it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self) -> str:
        self.asked += 1
        assert self.may_answer.wait(10)
        return f"answer {self.asked}"


def test_an_answer_counts_for_a_while_and_is_then_asked_for_again() -> None:
    question = Question()
    cached = Cached("test", question, fresh_for=0.05, patience=5)

    assert (cached.get(), cached.get()) == ("answer 1", "answer 1")
    time.sleep(0.06)
    assert cached.get() == "answer 2"


def test_a_question_that_hangs_is_waited_for_once_and_not_asked_again() -> None:
    question = Question()
    question.may_answer.clear()
    cached = Cached("test", question, fresh_for=5, patience=0.2)

    begun = time.monotonic()
    assert [cached.get() for _ in range(50)] == [None] * 50
    assert 0.2 <= time.monotonic() - begun < 0.4
    assert question.asked == 1

    question.may_answer.set()
    while cached.get() is None:
        time.sleep(0.01)
    assert cached.get() == "answer 1"


@pytest.mark.parametrize("error", [OSError("gone"), ValueError("wrong")], ids=repr)
def test_a_question_that_fails_has_no_answer_and_is_asked_again(error: Exception) -> None:
    answers = iter([error, None])

    def ask() -> str:
        if (found := next(answers)) is not None:
            raise found
        return "back"

    cached = Cached("test", ask, fresh_for=5, patience=5)

    assert cached.get() is None
    assert cached.get() == "back"
