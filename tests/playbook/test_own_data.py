"""What a referred person may choose on their page."""

import pytest

from bot.playbook.own_data import ANSWERS, Wish, goes_at_once, wishes
from bot.playbook.terms import Consent


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (Consent.UNKNOWN, (Wish.AGREE, Wish.DECLINE)),
        (Consent.AGREED, (Wish.STOP,)),
        (Consent.REFUSED, (Wish.AGREE, Wish.STOP)),
        (Consent.OPTED_OUT, (Wish.AGREE,)),
    ],
)
def test_the_page_offers_what_would_change_something(
    consent: Consent, expected: tuple[Wish, ...]
) -> None:
    assert wishes(consent) == expected
    assert consent not in {ANSWERS[wish] for wish in wishes(consent)}


def test_whoever_was_contacted_can_always_stop_it_or_has_stopped_it() -> None:
    for consent in Consent:
        says_no = consent in (Consent.REFUSED, Consent.OPTED_OUT)
        assert says_no or {Wish.DECLINE, Wish.STOP} & set(wishes(consent))


def test_a_contact_of_a_customer_is_looked_at_before_they_are_forgotten() -> None:
    assert goes_at_once(is_contact=False)
    assert not goes_at_once(is_contact=True)
