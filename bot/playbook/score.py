"""The score of a contact (I1): how natural it is to ask them now, with its reasons.

The maths. Everything is in points. Each piece of news has a hand-set weight, and the latest news of
a contact, at the time T, is the anchor of the whole:

    base      = Σ weight of each piece, faded by its age at T  +  what has no date (earlier asks)
    score(t)  = base − decay_per_day · (t − T)          for t ≥ T, in days, never shown below zero

Fading is linear over the time in which a piece is of use (an NPS score 90 days, a result 180, a
moment 90). What speaks against asking (usage that falls) fades alike, but is no anchor: it must not
make other news look fresh. Fading is settled when the news comes in: it depends on T and not on
now. From T on every contact loses the same points a day, so the difference of two scores never
changes, and

    rank_key  = 86,400 · base + decay_per_day · T       (T in seconds since 1970)

orders contacts for ever: score(t) = (rank_key − decay_per_day · t) / 86,400. That is what lets
"whom to ask" be a walk along an index.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from bot.playbook.contact_facts import ContactFacts
from bot.playbook.policy import Policy, Weights
from bot.playbook.reasons import Reason, ReasonCode, reason
from bot.playbook.terms import AskAnswer, MomentKind

DAY = timedelta(days=1)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Moment:
    """What makes asking natural, and since when."""

    kind: MomentKind
    at: datetime


@dataclass(frozen=True)
class Score:
    """Points, and where each of them comes from: the reasons' points sum up to the score."""

    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Part:
    """Points of one piece of news at the anchor."""

    points: int
    code: ReasonCode
    at: datetime | None = None


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def loudness(moment: Moment, weights: Weights) -> tuple[int, datetime, str]:
    """A key by which the moment that matters most is the largest, whatever the time is.

    A moment loses its weight at the common rate, so thanks of last week beat a contract of today
    as long as they still weigh more.
    """
    weight = weights.moments.get(moment.kind, 0)
    worth = weight * _SECONDS_A_DAY + weights.decay_per_day * _seconds(moment.at)
    return (worth, moment.at, moment.kind)


def best_moment(facts: ContactFacts, policy: Policy) -> Moment | None:
    """The moment that makes asking most natural: a logged one, the result, or the high score."""
    moments = []
    if facts.moment and facts.moment_at:
        moments.append(Moment(facts.moment, facts.moment_at))
    if facts.result_at:
        moments.append(Moment(MomentKind.RESULT, facts.result_at))
    if facts.nps_at and reaches_threshold(facts.nps_score, policy):
        moments.append(Moment(MomentKind.HIGH_NPS, facts.nps_at))
    return max(moments, key=lambda moment: loudness(moment, policy.weights), default=None)


def reaches_threshold(score: int | None, policy: Policy) -> bool:
    """Whether an NPS score makes a promoter, by the team's threshold."""
    return score is not None and score >= policy.promoter_threshold


def _faded(points: int, at: datetime, anchor: datetime, window: timedelta) -> int:
    """What is left of the points at the anchor, rounded towards zero."""
    left = max(timedelta(0), min(window, window - (anchor - at)))
    size = abs(points) * left // window
    return size if points > 0 else -size


def _result_points(percent: Decimal | None, weights: Weights) -> int:
    tens = int((abs(percent or Decimal(0)) / 10).to_integral_value(ROUND_DOWN))
    return min(weights.result_cap, weights.result + weights.result_per_ten_percent * tens)


def _dated(facts: ContactFacts, anchor: datetime, policy: Policy) -> Iterator[_Part]:
    weights = policy.weights
    if facts.nps_at and facts.nps_score is not None and reaches_threshold(facts.nps_score, policy):
        points = weights.nps_point * (facts.nps_score - policy.promoter_threshold + 1)
        left = _faded(points, facts.nps_at, anchor, policy.nps_fresh_for)
        yield _Part(left, ReasonCode.SCORE_NPS, facts.nps_at)
    if facts.result_at:
        points = _result_points(facts.result_percent, weights)
        code = (
            ReasonCode.SCORE_RESULT
            if facts.result_percent is not None
            else ReasonCode.SCORE_RESULT_WITHOUT_PERCENT
        )
        left = _faded(points, facts.result_at, anchor, policy.result_fresh_for)
        yield _Part(left, code, facts.result_at)
    if moment := best_moment(facts, policy):
        points = weights.moments.get(moment.kind, 0)
        left = _faded(points, moment.at, anchor, policy.moment_fresh_for)
        yield _Part(left, ReasonCode.SCORE_MOMENT, moment.at)
    yield from _told(facts, anchor, policy)


def _told(facts: ContactFacts, anchor: datetime, policy: Policy) -> Iterator[_Part]:
    """What other systems told (I2)."""
    weights = policy.weights
    if facts.usage_at and usage_rises(facts, policy):
        left = _faded(weights.usage_rises, facts.usage_at, anchor, policy.usage_fresh_for)
        yield _Part(left, ReasonCode.SCORE_USAGE_RISES, facts.usage_at)
    elif facts.usage_at and usage_falls(facts, policy):
        left = _faded(weights.usage_falls, facts.usage_at, anchor, policy.usage_fresh_for)
        yield _Part(left, ReasonCode.SCORE_USAGE_FALLS, facts.usage_at)
    if facts.event_at:
        left = _faded(weights.participation, facts.event_at, anchor, policy.participation_fresh_for)
        yield _Part(left, ReasonCode.SCORE_PARTICIPATION, facts.event_at)


def usage_rises(facts: ContactFacts, policy: Policy) -> bool:
    """Whether the product is used so much more than before that it speaks for asking."""
    return facts.usage_percent is not None and facts.usage_percent >= policy.usage_rises_from


def usage_falls(facts: ContactFacts, policy: Policy) -> bool:
    """Whether it is used so much less that it speaks against."""
    return facts.usage_percent is not None and facts.usage_percent <= -policy.usage_falls_from


def _undated(facts: ContactFacts, weights: Weights) -> Iterator[_Part]:
    if facts.open_tickets:
        points = max(weights.open_tickets_floor, weights.open_ticket * facts.open_tickets)
        yield _Part(points, ReasonCode.SCORE_OPEN_TICKETS)
    if facts.referrals_given:
        yield _Part(weights.referred_before, ReasonCode.SCORE_REFERRED_BEFORE)
    if facts.last_answer is AskAnswer.DECLINED:
        yield _Part(weights.declined_before, ReasonCode.SCORE_DECLINED_BEFORE)
    if facts.last_asked_at is None:
        yield _Part(weights.never_asked, ReasonCode.SCORE_NEVER_ASKED)


def _anchor(facts: ContactFacts, policy: Policy) -> datetime | None:
    risen_at = facts.usage_at if usage_rises(facts, policy) else None
    dates = (facts.nps_at, facts.result_at, facts.moment_at, facts.event_at, risen_at)
    return max((at for at in dates if at), default=None)


def _parts(facts: ContactFacts, anchor: datetime, policy: Policy) -> tuple[_Part, ...]:
    parts = (*_dated(facts, anchor, policy), *_undated(facts, policy.weights))
    return tuple(part for part in parts if part.points)


def rank_key(facts: ContactFacts, policy: Policy) -> int:
    """The number that orders contacts by score at any time; larger is asked first.

    Zero, the end of every list, for a contact about whom there is no news.
    """
    anchor = _anchor(facts, policy)
    if anchor is None:
        return 0
    base = sum(part.points for part in _parts(facts, anchor, policy))
    return base * _SECONDS_A_DAY + policy.weights.decay_per_day * _seconds(anchor)


def score_at(key: int, now: datetime, weights: Weights) -> int:
    """The score in points that a rank key is worth at this time, never below zero."""
    # Rounded up, so that a contact loses a point only when a whole day has passed.
    return max(0, -((weights.decay_per_day * _seconds(now) - key) // _SECONDS_A_DAY))


def explain(facts: ContactFacts, now: datetime, policy: Policy) -> Score:
    """The score and every point of it in plain data, the heaviest reason first.

    The time that has passed since the latest news comes last, as minus points.
    """
    anchor = _anchor(facts, policy)
    if anchor is None:
        return Score(0, ())
    parts = sorted(_parts(facts, anchor, policy), key=lambda part: -part.points)
    base = sum(part.points for part in parts)
    points = score_at(rank_key(facts, policy), now, policy.weights)
    reasons = [_reason(part, facts, now, policy) for part in parts]
    if points != base:
        days = max(0, (now - anchor) // DAY)
        reasons.append(reason(ReasonCode.SCORE_TIME_PASSED, days=days, points=points - base))
    return Score(points, tuple(reasons))


def _reason(part: _Part, facts: ContactFacts, now: datetime, policy: Policy) -> Reason:
    values: dict[str, str | int | Decimal] = {"points": part.points}
    if part.at and part.code is not ReasonCode.SCORE_NPS:
        values["days"] = max(0, (now - part.at) // DAY)
    if part.code is ReasonCode.SCORE_NPS:
        values["score"] = facts.nps_score or 0
    elif part.code in (ReasonCode.SCORE_RESULT, ReasonCode.SCORE_RESULT_WITHOUT_PERCENT):
        values["kpi"] = facts.result_kpi or ""
        if facts.result_percent is not None:
            values["percent"] = facts.result_percent
    elif part.code is ReasonCode.SCORE_MOMENT:
        moment = best_moment(facts, policy)
        values["moment"] = moment.kind if moment else ""
    elif part.code is ReasonCode.SCORE_REFERRED_BEFORE:
        values["count"] = facts.referrals_given
    elif part.code is ReasonCode.SCORE_OPEN_TICKETS:
        values["count"] = facts.open_tickets
    elif part.code is ReasonCode.SCORE_PARTICIPATION:
        values["event"] = facts.event or ""
    elif part.code in (ReasonCode.SCORE_USAGE_RISES, ReasonCode.SCORE_USAGE_FALLS):
        values["metric"] = facts.usage_metric or ""
        values["percent"] = facts.usage_percent or Decimal(0)
    return Reason(part.code, values)
