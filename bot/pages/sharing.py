"""Ways to hand a link on in one tap, each an ordinary link that needs no script."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.texts.voice import Voice


@dataclass(frozen=True)
class Share:
    """A page's address, and where a tap on LINE or mail leads."""

    address: str
    line: str
    mail: str


def share(voice: Voice, address: str, company: str) -> Share:
    """The link with a sentence about whose it is.

    LINE: https://developers.line.biz/en/docs/line-login/using-line-url-scheme/ ; mail: RFC 6068.
    """
    subject = voice.plain("referral_page.share_subject", company=company)
    text = voice.plain("referral_page.share_text", company=company, address=address)
    body = quote(text.replace("\n", "\r\n"), safe="")
    return Share(
        address=address,
        line=f"https://line.me/R/share?text={quote(text, safe='')}",
        mail=f"mailto:?subject={quote(subject, safe='')}&body={body}",
    )
