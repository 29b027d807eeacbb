from dataclasses import FrozenInstanceError

import pytest

from bot.playbook.reasons import VALUES, Reason, ReasonCode, Refusal, Refused, reason, refusal


def test_every_code_has_its_set_of_values() -> None:
    assert set(VALUES) == set(ReasonCode)


def test_a_reason_names_its_sentence() -> None:
    assert reason(ReasonCode.NO_NPS).key == "reason.no_nps"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="missing"),
        pytest.param({"score": 5}, id="one missing"),
        pytest.param({"score": 5, "threshold": 8, "name": "x"}, id="one too many"),
    ],
)
def test_a_reason_with_other_values_than_its_sentence_needs_is_an_error(
    values: dict[str, int | str],
) -> None:
    with pytest.raises(ValueError, match="below_threshold carries score, threshold"):
        Reason(ReasonCode.BELOW_THRESHOLD, values)


def test_reasons_with_the_same_values_are_equal_and_cannot_change() -> None:
    values: dict[str, int | str] = {"score": 5, "threshold": 8}
    one = Reason(ReasonCode.BELOW_THRESHOLD, values)
    values["score"] = 9
    assert one == reason(ReasonCode.BELOW_THRESHOLD, score=5, threshold=8)
    assert hash(one) == hash(reason(ReasonCode.BELOW_THRESHOLD, score=5, threshold=8))
    with pytest.raises(TypeError):
        one.values["score"] = 9  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        one.code = ReasonCode.NO_NPS  # type: ignore[misc]


def test_a_refusal_is_never_silent() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        Refusal(())
    assert refusal(ReasonCode.NO_CONSENT).reasons == (reason(ReasonCode.NO_CONSENT),)


def test_a_missing_right_carries_its_reason() -> None:
    assert Refused(reason(ReasonCode.GUEST)).reason.code is ReasonCode.GUEST
