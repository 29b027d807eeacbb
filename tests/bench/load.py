"""The load: many people who type at once. A process of its own, so that it slows nobody down.

Reads a plan as JSON from stdin, sends its requests, and writes what came back as JSON to stdout:
how long it took in all, each answer's seconds, and how many were not as they should be.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Plan:
    """`bodies` are whole HTTP requests. At `per_second` they are due at fixed times, whatever the
    answers do (an open loop); without it each connection sends when it has its answer."""

    port: int
    requests: list[str]
    connections: int
    per_second: float | None = None
    refusal: str = "\0"
    """How an answer begins, as JSON spells it, that says that nothing was saved."""


@dataclass
class Answers:
    """`taken` counts from the time at which a request was due; `wrong` are those that were refused,
    kindly or not."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    wrong: int = 0


def send(plan: Plan) -> Answers:
    answers, lock = Answers(), threading.Lock()
    queue = enumerate(plan.requests)
    began = time.perf_counter() + 0.05

    def next_one() -> tuple[int, str] | None:
        with lock:
            return next(queue, None)

    def one_connection() -> None:
        with socket.create_connection(("127.0.0.1", plan.port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection.makefile("rb") as answered:
                while (found := next_one()) is not None:
                    number, request = found
                    due = began + number / plan.per_second if plan.per_second else None
                    if due is not None:
                        time.sleep(max(0.0, due - time.perf_counter()))
                    start = due or time.perf_counter()
                    connection.sendall(request.encode())
                    is_right = _is_right(_lines(answered), answered.read, plan.refusal)
                    taken = time.perf_counter() - start
                    with lock:
                        answers.taken.append(taken)
                        answers.wrong += not is_right

    threads = [threading.Thread(target=one_connection) for _ in range(plan.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - began
    return answers


def _lines(answered) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    while line := answered.readline().strip():
        yield line


def _is_right(head: Iterator[bytes], read, refusal: str) -> bool:  # type: ignore[no-untyped-def]
    status = next(head)
    lengths = [int(line.split(b":")[1]) for line in head if line.lower().startswith(b"content-len")]
    body = read(lengths[0])
    return status.split()[1] == b"200" and b'"text"' in body and refusal.encode() not in body


if __name__ == "__main__":
    json.dump(asdict(send(Plan(**json.load(sys.stdin)))), sys.stdout)
