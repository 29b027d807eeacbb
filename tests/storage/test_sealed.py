"""Text at rest can be read with the keys and with nothing else, and keys can be changed."""

import pytest

from storage.sealed import Keys, WrongKeys, new_key


def test_what_was_sealed_is_opened_and_does_not_show() -> None:
    keys = Keys([new_key()])
    sealed = keys.seal("xoxb-secret")
    assert keys.open(sealed) == "xoxb-secret"
    assert "xoxb" not in sealed


def test_two_seals_of_one_text_differ() -> None:
    keys = Keys([new_key()])
    assert keys.seal("xoxb-secret") != keys.seal("xoxb-secret")


def test_an_older_key_still_opens_behind_a_new_one() -> None:
    old, new = new_key(), new_key()
    assert Keys([new, old]).open(Keys([old]).seal("xoxb-secret")) == "xoxb-secret"


def test_a_stranger_s_key_opens_nothing() -> None:
    with pytest.raises(WrongKeys):
        Keys([new_key()]).open(Keys([new_key()]).seal("xoxb-secret"))


@pytest.mark.parametrize("damage", ["", "xoxb-plain", "gAAAAA"], ids=["empty", "plain", "cut"])
def test_what_was_never_sealed_is_not_taken_for_text(damage: str) -> None:
    with pytest.raises(WrongKeys):
        Keys([new_key()]).open(damage)


def test_sealing_anew_needs_the_first_key_only_and_is_done_once() -> None:
    old, new = new_key(), new_key()
    anew = Keys([new, old]).resealed(Keys([old]).seal("xoxb-secret"))
    assert anew is not None
    assert Keys([new]).open(anew) == "xoxb-secret"
    assert Keys([new, old]).resealed(anew) is None


@pytest.mark.parametrize("keys", [[], ["short"], ["é" * 44]], ids=["none", "short", "no base64"])
def test_what_is_no_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError):
        Keys(keys)
