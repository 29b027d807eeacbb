"""QR codes of links."""

import io
import re

import segno

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(?:/[A-Za-z0-9._~\-/]*)?")
"""Only what needs no escape anywhere: a code that leads elsewhere would be worse than none."""
_DEEP_BLUE = "#083d56"
_PIXELS_A_MODULE = 12


def qr_svg(address: str, colour: str = _DEEP_BLUE) -> str:
    """The code as an SVG without a margin of its own, as large as it is placed.

    Raises:
        ValueError: the address holds letters that have no place in one of our links.
    """
    out = io.BytesIO()
    _code(address).save(
        out, kind="svg", border=0, dark=colour, xmldecl=False, omitsize=True, nl=False
    )
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    """The code in black on white with the quiet margin that scanners want.

    Raises:
        ValueError: as of `qr_svg`.
    """
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=_PIXELS_A_MODULE, border=4)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("not an address for a QR code")
    return segno.make(address, error="m", micro=False)
