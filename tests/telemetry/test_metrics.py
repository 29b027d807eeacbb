"""The numbers: counted by closed sets of words, and read from the page that Prometheus gets."""

from bot.telemetry.metrics import Gauges, Metrics


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_requests_are_counted_by_door_route_and_ending_with_their_time() -> None:
    metrics = Metrics()
    of = {"entry": "command", "route": "/nps"}

    metrics.handled(**of, outcome="done", seconds=0.02)
    metrics.handled(**of, outcome="again", seconds=0.02)

    assert value(metrics, "goen_handled_total", **of, outcome="done") == 1
    assert value(metrics, "goen_handler_seconds_count", **of) == 2
    assert value(metrics, "goen_handler_seconds_bucket", **of, le="0.025") == 2
    assert value(metrics, "goen_inbox_duplicates_total", entry="command") == 1


def test_a_rate_limit_is_an_error_of_slacks_and_counted_by_itself_too() -> None:
    metrics = Metrics()

    metrics.slack_error("chat.postMessage", "ratelimited")

    of = {"method": "chat.postMessage"}
    assert value(metrics, "goen_slack_errors_total", **of, error="ratelimited") == 1
    assert value(metrics, "goen_slack_rate_limited_total", **of) == 1


def test_errors_that_nobody_has_heard_of_do_not_grow_the_page_without_end() -> None:
    metrics = Metrics()

    for number in range(1_000):
        metrics.slack_error("chat.postMessage", f"error_{number}")
        metrics.slack_error("chat.postMessage", f"吉野 {number}")

    page = metrics.page().decode()
    assert page.count("goen_slack_errors_total{") <= 201
    assert "吉野" not in page


def test_what_could_not_be_found_out_is_left_out() -> None:
    metrics = Metrics()
    unknown = Gauges(
        deliveries=None,
        oldest_due_seconds=None,
        clock_offset_seconds=None,
        tick_age_seconds=3.0,
        ready={"database": False, "slack": True},
    )
    metrics.serve_gauges(lambda: unknown)

    page = metrics.page().decode()

    assert 'goen_ready{part="database"} 0.0' in page
    assert 'goen_ready{part="slack"} 1.0' in page
    assert "goen_tick_age_seconds 3.0" in page
    assert "goen_deliveries{" not in page
    assert "goen_delivery_lag_seconds" not in page


def test_every_bot_counts_for_itself() -> None:
    one, other = Metrics(), Metrics()

    one.ticked(0.1)

    assert value(one, "goen_tick_seconds_count") == 1
    assert value(other, "goen_tick_seconds_count") == 0
