"""`python -m bot`."""

import gc

# What is imported stays for good: looking through it for garbage would take a part of the start,
# and of the time of every request after it.
gc.disable()

from bot.cli import cli  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    cli()
