"""axe-core, which finds what keeps people from using a page: https://github.com/dequelabs/axe-core.

It comes by npm, as `package-lock.json` has it. A machine without npm runs the other tests.
"""

import fcntl
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

_HERE = Path(__file__).parent
_AXE = _HERE / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  return (await axe.run(document, { runOnly: tags })).violations;
}"""


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it stands, one line each with its first place."""
    page.evaluate(source())
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [f"{one['id']}: {one['help']} at {one['nodes'][0]['html']}" for one in found]


@cache
def source() -> str:
    """The text of axe-core, installed when it is not there yet."""
    # Several tests may want it at once, in several processes.
    with (_HERE / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _AXE.exists():
            _install()
    return _AXE.read_text()


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("NO NPM: the pages are NOT checked for accessibility; install Node.js")
    asked = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(asked, cwd=_HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        pytest.skip(f"NPM FAILED: the pages are NOT checked for accessibility: {last}")
