from datetime import date

import pytest

from bot.playbook.offers import Audience, Offer, Template, choose_offer, choose_template
from bot.playbook.reasons import Reason, ReasonCode, Refusal, reason
from bot.playbook.terms import CustomerKind, GiftPolicy, MomentKind, OfferKind

TODAY = date(2026, 11, 24)
POINTS = Offer(1, OfferKind.POINTS)
DONATION = Offer(2, OfferKind.DONATION, involves_money=True)
RECOGNITION = Offer(3, OfferKind.RECOGNITION)
INFORMATION = Offer(4, OfferKind.INFORMATION)
PAID_INFORMATION = Offer(5, OfferKind.INFORMATION, involves_money=True)
ALL = (POINTS, DONATION, RECOGNITION, INFORMATION, PAID_INFORMATION)


@pytest.mark.parametrize("gift_policy", GiftPolicy)
def test_recognition_comes_before_reward_whatever_is_allowed(gift_policy: GiftPolicy) -> None:
    chosen = choose_offer(ALL, Audience(gift_policy=gift_policy), TODAY)
    assert chosen == INFORMATION


@pytest.mark.parametrize(
    ("offers", "gift_policy", "expected"),
    [
        pytest.param((POINTS, DONATION), GiftPolicy.ALLOWED, DONATION, id="donation before reward"),
        pytest.param((POINTS,), GiftPolicy.ALLOWED, POINTS, id="a reward that is allowed"),
        pytest.param((POINTS, DONATION), GiftPolicy.NOT_ALLOWED, DONATION, id="not allowed"),
        pytest.param((POINTS, DONATION), GiftPolicy.UNKNOWN, DONATION, id="nobody knows"),
        pytest.param((PAID_INFORMATION, RECOGNITION), GiftPolicy.ALLOWED, RECOGNITION, id="paid"),
    ],
)
def test_money_needs_the_employer_to_allow_it(
    offers: tuple[Offer, ...], gift_policy: GiftPolicy, expected: Offer
) -> None:
    assert choose_offer(offers, Audience(gift_policy=gift_policy), TODAY) == expected


YESTERDAY = Offer(6, OfferKind.INFORMATION, valid_until=date(2026, 11, 23))
FOR_PARTNERS = Offer(7, OfferKind.INFORMATION, audience=CustomerKind.PARTNER)


@pytest.mark.parametrize(
    ("offers", "gift_policy", "expected"),
    [
        pytest.param((), GiftPolicy.ALLOWED, reason(ReasonCode.NO_OFFER), id="empty catalogue"),
        pytest.param(
            (YESTERDAY,),
            GiftPolicy.ALLOWED,
            reason(ReasonCode.OFFERS_EXPIRED, until=date(2026, 11, 23)),
            id="expired yesterday",
        ),
        pytest.param(
            (FOR_PARTNERS,),
            GiftPolicy.ALLOWED,
            reason(ReasonCode.OFFER_NOT_FOR_AUDIENCE),
            id="for partners only",
        ),
        pytest.param(
            (POINTS, PAID_INFORMATION),
            GiftPolicy.NOT_ALLOWED,
            reason(ReasonCode.REWARD_NOT_ALLOWED),
            id="only rewards, not allowed",
        ),
        pytest.param(
            (POINTS,),
            GiftPolicy.UNKNOWN,
            reason(ReasonCode.REWARD_PERMISSION_UNKNOWN),
            id="only rewards, nobody knows",
        ),
    ],
)
def test_without_an_offer_it_is_said_why(
    offers: tuple[Offer, ...], gift_policy: GiftPolicy, expected: Reason
) -> None:
    chosen = choose_offer(offers, Audience(gift_policy=gift_policy), TODAY)
    assert chosen == Refusal((expected,))


def test_an_offer_is_valid_on_its_last_day() -> None:
    last_day = Offer(8, OfferKind.INFORMATION, valid_until=TODAY)
    assert choose_offer((last_day,), Audience(), TODAY) == last_day


def test_an_offer_made_for_the_audience_comes_before_one_for_all() -> None:
    chosen = choose_offer((INFORMATION, FOR_PARTNERS), Audience(CustomerKind.PARTNER), TODAY)
    assert chosen == FOR_PARTNERS


TEMPLATES = (
    Template(1, "default", "ja", 1),
    Template(2, "default", "ja", 2),
    Template(3, "result", "ja", 1),
    Template(4, "default", "en-US", 1),
)


@pytest.mark.parametrize(
    ("locale", "moment", "expected"),
    [
        pytest.param("ja-JP", MomentKind.RESULT, 3, id="made for the moment"),
        pytest.param("ja-JP", MomentKind.THANKS, 2, id="newest for any moment"),
        pytest.param("en_GB", MomentKind.RESULT, 4, id="the language counts before the moment"),
    ],
)
def test_a_template_speaks_the_contacts_language(
    locale: str, moment: MomentKind, expected: int
) -> None:
    chosen = choose_template(TEMPLATES, locale, moment)
    assert isinstance(chosen, Template)
    assert chosen.id == expected


def test_no_template_in_the_language_is_said() -> None:
    chosen = choose_template(TEMPLATES, "de-DE", MomentKind.RESULT)
    assert chosen == Refusal((reason(ReasonCode.NO_TEMPLATE, locale="de-DE"),))
