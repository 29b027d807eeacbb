"""What makes a form of ours count once, for a day, and only when it came from its own page.

A seal is `time.nonce.mark`: the mark is an HMAC of the first two under the page's own token, so
there is nothing to configure, and whoever never saw the page can't make one.
"""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

FIELD: Final = "seal"
"""The name of the hidden field."""
_GOOD_FOR: Final = timedelta(days=1)
"""Below `Policy.requests_kept_for`: while a seal is good, its first use is remembered."""
_AHEAD: Final = timedelta(minutes=5)
"""By how much the clocks of two replicas may differ."""
_NONCE_BYTES: Final = 12
_SHAPE: Final = re.compile(r"([0-9]{9,12})\.([A-Za-z0-9_-]{16})\.([0-9a-f]{64})")


def make(token: str, now: datetime) -> str:
    """A new seal for the form of the page with this token."""
    stamped = f"{int(now.timestamp())}.{secrets.token_urlsafe(_NONCE_BYTES)}"
    return f"{stamped}.{_mark(token, stamped)}"


def nonce_of(token: str, given: str, now: datetime) -> str | None:
    """What makes this form unlike any other; None when the seal is not ours or too old."""
    found = _SHAPE.fullmatch(given)
    if found is None:
        return None
    at, nonce, mark = found.groups()
    if not hmac.compare_digest(mark, _mark(token, f"{at}.{nonce}")):
        return None
    age = now.timestamp() - int(at)
    return nonce if -_AHEAD.total_seconds() <= age <= _GOOD_FOR.total_seconds() else None


def _mark(token: str, stamped: str) -> str:
    return hmac.digest(token.encode(), f"goen page form {stamped}".encode(), "sha256").hex()
