"""What a referred person may do on their own page (P2)."""

from enum import StrEnum

from bot.playbook.terms import Consent


class Wish(StrEnum):
    """A button of the page."""

    AGREE = "agree"
    DECLINE = "decline"
    STOP = "stop"
    ERASE = "erase"


ANSWERS = {
    Wish.AGREE: Consent.AGREED,
    Wish.DECLINE: Consent.REFUSED,
    Wish.STOP: Consent.OPTED_OUT,
}
_WISHES = {
    Consent.UNKNOWN: (Wish.AGREE, Wish.DECLINE),
    Consent.AGREED: (Wish.STOP,),
    Consent.REFUSED: (Wish.AGREE, Wish.STOP),
    Consent.OPTED_OUT: (Wish.AGREE,),
}


def wishes(consent: Consent) -> tuple[Wish, ...]:
    """What they may answer now, the likelier first. Erasing is always possible."""
    return _WISHES[consent]


def goes_at_once(*, is_contact: bool) -> bool:
    """Whether their data goes with the click. Of a company that has become a customer a rep looks
    first: contracts and open promises hang on the person's name."""
    return not is_contact
