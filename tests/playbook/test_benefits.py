"""A benefit is open, used or over."""

from datetime import date

import pytest

from bot.playbook.benefits import Standing, spelled, standing

_TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("is_used", "valid_until", "expected"),
    [
        pytest.param(False, None, Standing.OPEN, id="without an end it stays open"),
        pytest.param(False, date(2026, 11, 16), Standing.OPEN, id="its last day is a whole day"),
        pytest.param(False, date(2026, 11, 15), Standing.OVER, id="the day after, it is over"),
        pytest.param(True, date(2026, 11, 15), Standing.USED, id="used before it was over"),
        pytest.param(True, None, Standing.USED, id="used"),
    ],
)
def test_a_benefit_stands_as_its_days_and_its_use_say(
    is_used: bool, valid_until: date | None, expected: Standing
) -> None:
    assert standing(is_used=is_used, valid_until=valid_until, today=_TODAY) is expected


def test_a_code_is_read_aloud_in_fours() -> None:
    assert spelled("ABCD2345") == "ABCD-2345"
