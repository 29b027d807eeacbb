from dataclasses import replace

import pytest

from bot.playbook.duplicates import (
    ExistingCustomer,
    KnownCustomer,
    KnownReferral,
    Match,
    New,
    NewReferral,
    SameReferral,
    SecondReferrer,
    SelfReferral,
    match_duplicate,
)
from bot.playbook.terms import Stage

SUZUKI = NewReferral(
    company_key="鈴木商事",
    person_key="鈴木",
    referrer_contact_id=1,
    referrer_company_key="山田製作所",
    referrer_person_key="山田",
)
KNOWN = KnownReferral(10, "鈴木商事", "鈴木", Stage.CONTACTED, frozenset({1}))
CUSTOMER = KnownCustomer(20, "鈴木商事")


@pytest.mark.parametrize(
    ("new", "referrals", "customers", "expected"),
    [
        pytest.param(SUZUKI, (), (), New(), id="nobody knows them"),
        pytest.param(SUZUKI, (KNOWN,), (), SameReferral(10, True, True), id="the same again"),
        pytest.param(
            replace(SUZUKI, person_key="佐藤"),
            (KNOWN,),
            (),
            SameReferral(10, False, True),
            id="another person of the same company",
        ),
        pytest.param(
            replace(SUZUKI, person_key=""),
            (KNOWN,),
            (),
            SameReferral(10, True, True),
            id="only the company is named",
        ),
        pytest.param(
            replace(SUZUKI, referrer_contact_id=2),
            (KNOWN,),
            (),
            SecondReferrer(10, True, True),
            id="somebody else refers them too",
        ),
        pytest.param(
            replace(SUZUKI, referrer_contact_id=2),
            (replace(KNOWN, referrer_contact_ids=frozenset({1, 2})),),
            (),
            SameReferral(10, True, True),
            id="the second referrer again",
        ),
        pytest.param(SUZUKI, (), (CUSTOMER,), ExistingCustomer(20), id="a customer already"),
        pytest.param(
            SUZUKI, (KNOWN,), (CUSTOMER,), SameReferral(10, True, True), id="open one first"
        ),
        pytest.param(
            SUZUKI,
            (replace(KNOWN, stage=Stage.WON),),
            (CUSTOMER,),
            ExistingCustomer(20),
            id="a won referral became a customer",
        ),
        pytest.param(
            SUZUKI,
            (replace(KNOWN, stage=Stage.LOST),),
            (),
            SameReferral(10, True, False),
            id="lost before",
        ),
        pytest.param(
            SUZUKI, (replace(KNOWN, stage=Stage.CANCELLED),), (), New(), id="entered by mistake"
        ),
        pytest.param(
            SUZUKI,
            (replace(KNOWN, referral_id=11, person_key="佐藤"), KNOWN),
            (),
            SameReferral(10, True, True),
            id="the same person before a newer colleague",
        ),
        pytest.param(
            replace(SUZUKI, company_key="山田製作所", person_key="山田"),
            (),
            (KnownCustomer(1, "山田製作所"),),
            SelfReferral(),
            id="themselves",
        ),
        pytest.param(
            replace(SUZUKI, company_key="山田製作所", person_key=""),
            (),
            (KnownCustomer(1, "山田製作所"),),
            SelfReferral(),
            id="their own company",
        ),
        pytest.param(
            replace(SUZUKI, company_key="山田製作所", person_key="高橋"),
            (),
            (KnownCustomer(1, "山田製作所"),),
            ExistingCustomer(1),
            id="a colleague",
        ),
        pytest.param(replace(SUZUKI, company_key=""), (KNOWN,), (), New(), id="no company"),
    ],
)
def test_a_referral_is_never_silently_doubled(
    new: NewReferral,
    referrals: tuple[KnownReferral, ...],
    customers: tuple[KnownCustomer, ...],
    expected: Match,
) -> None:
    assert match_duplicate(new, referrals, customers) == expected
