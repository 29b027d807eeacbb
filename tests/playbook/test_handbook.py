"""A handbook says what there is to say, and promises what the team is reminded of."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.playbook.handbook import (
    Gain,
    GiftRule,
    Handbook,
    PledgeKind,
    Section,
    offered,
    pledges,
)
from bot.playbook.offers import Offer
from bot.playbook.policy import Policy
from bot.playbook.public_numbers import Figure, PublicNumber
from bot.playbook.terms import OfferKind

TODAY = date(2026, 11, 22)
BARE = Handbook("株式会社ハルカゼ", TODAY, pledges(Policy()))
REPORT = Gain(Offer(1, OfferKind.INFORMATION), "レポート")
DONATION = Gain(Offer(2, OfferKind.DONATION, involves_money=True), "寄付")
POINTS = Gain(Offer(3, OfferKind.POINTS, involves_money=True), "ポイント")
DINNER = Gain(Offer(4, OfferKind.COMMUNITY, involves_money=True), "会食")


def test_without_offers_and_numbers_nothing_is_said_of_them() -> None:
    assert BARE.sections == (
        *(Section.WHO, Section.HOW, Section.PROMISES),
        *(Section.PRIVACY, Section.STOP),
    )


def test_with_all_of_them_every_section_is_there() -> None:
    figures = (Figure(PublicNumber.REFERRERS, Decimal(48), 48, TODAY),)
    whole = replace(BARE, gains=(REPORT,), figures=figures)
    assert whole.sections == tuple(Section)


def test_numbers_on_too_few_make_no_section() -> None:
    too_few = Figure(PublicNumber.RENEWAL, None, 4, TODAY)
    assert Section.NUMBERS not in replace(BARE, figures=(too_few,)).sections


@pytest.mark.parametrize(
    ("gains", "rule"),
    [
        ((REPORT,), GiftRule.NONE),
        ((REPORT, DONATION), GiftRule.DONATION),
        ((REPORT, POINTS), GiftRule.REWARD),
        ((DINNER,), GiftRule.REWARD),
        ((POINTS, DONATION), GiftRule.REWARD_OR_DONATION),
    ],
    ids=["free of money", "a donation", "points", "a dinner", "points or a donation"],
)
def test_the_rule_on_gifts_follows_from_the_offers(gains: tuple[Gain, ...], rule: GiftRule) -> None:
    assert replace(BARE, gains=gains).gift_rule is rule


def test_recognition_stands_before_reward_whatever_its_kind_says() -> None:
    assert offered((POINTS, DINNER, DONATION, REPORT), TODAY) == (REPORT, DONATION, DINNER, POINTS)


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (1, True)])
def test_an_offer_is_named_to_its_last_day(days: int, is_there: bool) -> None:
    until = Gain(replace(REPORT.offer, valid_until=TODAY + timedelta(days=days)), "レポート")
    assert bool(offered((until,), TODAY)) is is_there


def test_the_promises_are_the_numbers_that_the_team_has_set() -> None:
    policy = Policy(first_contact_within=timedelta(hours=48), ask_again_after=timedelta(days=90))
    promised = {one.kind: one.time for one in pledges(policy)}
    assert list(promised) == list(PledgeKind)
    assert promised[PledgeKind.FIRST_CONTACT] == timedelta(hours=48)
    assert promised[PledgeKind.ASK_AGAIN] == timedelta(days=90)
    assert promised[PledgeKind.PROGRESS] == policy.progress_every
