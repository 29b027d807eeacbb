"""What every page of a customer shares: whose it is, what a reader may do, and how it answers.

A page is known by an unguessable token. Whoever has none learns nothing: an unknown, a revoked and
a malformed token, and one for another kind of page, all get the same bytes. Reading changes
nothing; a form takes effect once, in one transaction, whatever is sent twice. Nothing typed is lost
when something is in the way: the page comes back with it.

No cookie is set, no address and no token is logged, nothing is loaded from elsewhere.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from typing import Final

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.pages import seal
from bot.pages.assets import Asset, assets
from bot.pages.render import TRAP, Frame, render
from bot.pages.site import PATHS, Site
from bot.playbook.rights import READER
from bot.playbook.terms import Purpose
from bot.telemetry.about import about, id_of, new_id
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from handlers.web.limits import Limits
from handlers.web.readers import (
    Asked,
    BadForm,
    Network,
    address_of,
    comes_from_elsewhere,
    preferred_language,
    read_form,
)
from storage import customers, inbox, page_links, referrals, workspaces
from storage.engine import Store
from storage.page_links import PageLink
from storage.trouble import TROUBLE, until_it_passes
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

_AT_ONCE: Final = 4
"""Threads for readers, which are not those of Slack's requests."""
_MOST_WAITING: Final = 64
_TAKES_AT_MOST: Final = 5.0
"""Seconds until a form is either on record or not."""
_MISS_COSTS: Final = 5
"""A wrong token counts as several requests."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_READ_ONLY: Final = {"Allow": "GET, HEAD"}
_HTML: Final = "text/html; charset=utf-8"
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Shown:
    """A page. From `take` it means that nothing was taken: whatever was written is undone, and the
    same form may be sent again, mended."""

    body: str | bytes
    status: int = 200
    media_type: str = _HTML


@dataclass(frozen=True)
class SeeOther:
    """The form was taken; `path` is a page below `GOEN_PUBLIC_URL` that may be reloaded."""

    path: str


Answer = Shown | SeeOther


class NotThere(Exception):
    """There is no such page any more; the answer is that of an unknown token."""


@dataclass(frozen=True)
class Visit:
    """One request of a reader in one transaction, as `Turn` is for Slack.

    `voice` is the customer's, or in the language that the reader chose. `form` is what was typed,
    empty when the page is only opened; `said` is what to tell them above the form. `key` is claimed
    in the inbox when the form is taken.
    """

    conn: Connection
    link: PageLink
    workspace: Workspace
    voice: Voice
    site: Site
    now: datetime
    path: str
    """Of the page that is asked for, below `GOEN_PUBLIC_URL`."""
    chosen: str | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    key: str = ""

    @property
    def team_id(self) -> str:
        return self.link.team_id

    @property
    def by(self) -> str:
        """Who is written down as having done it: nobody of the team."""
        return READER

    @property
    def here(self) -> str:
        """The path of the link itself, with which those of its other pages begin."""
        return f"{PATHS[self.link.purpose]}/{self.link.token}"

    @property
    def address(self) -> str:
        """The link as it is given to people."""
        return self.site.address(self.link.purpose, self.link.token)

    @property
    def frame(self) -> Frame:
        """What `render` needs of this visit, with a new seal for its form."""
        return Frame(
            voice=self.voice,
            site=self.site,
            company=self.workspace.name,
            here=self.path,
            said=self.said,
            seal=seal.make(self.link.token, self.now),
            chosen=self.chosen,
        )

    def typed(self, name: str) -> str:
        """What was typed into a field of the form; empty when nothing was."""
        return self.form.get(name, "")

    def audit(
        self, action: str, record: str, record_id: int | str, **detail: int | str | None
    ) -> None:
        """Note what a reader did to which record, in ids and the playbook's words."""
        inbox.record(self.conn, self.team_id, self.now, self.by, action, record, record_id, detail)


@dataclass(frozen=True)
class PublicPage:
    """A page for everybody who has its link.

    `path` holds `{token}`. `take` takes a form; without it nothing can be sent. `done` is the page
    after a form, below the link: where whoever sends the same form twice ends up, too.
    """

    path: str
    purpose: Purpose
    show: Callable[[Visit], Shown]
    take: Callable[[Visit], Answer] | None = None
    done: str = ""


class _NotTaken(Exception):
    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown


class _TooOften(Exception):
    def __init__(self, wait: float) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True)
class Guard:
    """Serves pages. `serves` tells whether a workspace is still there, `wake` that something may be
    due; `on_handled` is told the door, the page, the ending and the seconds of every request."""

    store: Store
    site: Site
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    language: str
    """In which whoever has no page of ours is answered, unless their browser says otherwise."""
    serves: Callable[[str], bool]
    trusted: Sequence[Network] = ()
    limits: Limits = field(default_factory=Limits.usual)
    on_handled: Callable[[str, str, str, float], object] = lambda *_: None

    def routes(self, pages: Sequence[PublicPage]) -> list[BaseRoute]:
        """The pages and the files beside them."""
        threads = CapacityLimiter(_AT_ONCE)
        return [
            *(self._route(page, threads) for page in pages),
            *(self._nowhere(path) for path in PATHS.values()),
            *(_file_route(one) for one in assets().values()),
        ]

    def _route(self, page: PublicPage, threads: CapacityLimiter) -> Route:
        async def endpoint(request: Request) -> Response:
            asked = self._asked(request, request.path_params["token"])
            if asked.method == "POST":
                if comes_from_elsewhere(request.headers):
                    return self._problem(asked, "elsewhere", 403)
                try:
                    asked = replace(asked, form=await read_form(request))
                except BadForm as bad:
                    # The rest of it is not read, so nothing more can be said on this connection.
                    return self._problem(asked, bad.problem, bad.status, {"Connection": "close"})
            if threads.statistics().tasks_waiting >= _MOST_WAITING:
                return self._problem(asked, "trouble", 503, {"Retry-After": "10"})
            return await to_thread.run_sync(self._answer, page, asked, limiter=threads)

        return Route(page.path, endpoint, methods=["GET", "POST"])

    def _nowhere(self, path: str) -> Route:
        """Whatever else is asked for below a page's path."""

        async def endpoint(request: Request) -> Response:
            return self._problem(self._asked(request, ""), "gone", 404)

        return Route(f"{path}/{{rest:path}}", endpoint, methods=["GET", "POST"])

    def _asked(self, request: Request, token: str) -> Asked:
        return Asked(
            method="POST" if request.method == "POST" else "GET",
            token=token,
            address=address_of(request, self.trusted),
            chosen=language_of(request.query_params.get("lang", "")[:5]),
            preferred=preferred_language(request.headers),
        )

    def _answer(self, page: PublicPage, asked: Asked) -> Response:
        begun, ending = time.monotonic(), "failed"
        with about(request=new_id(), entry=READER, route=page.purpose):
            try:
                response, ending = self._limited(page, asked)
                return response
            except NotThere:
                ending = "gone"
                self.limits.reads_of_address.charge(asked.address, _MISS_COSTS)
                return self._problem(asked, "gone", 404, typed={})
            except _TooOften as often:
                ending = "limited"
                wait = {"Retry-After": str(ceil(often.wait))}
                return self._problem(asked, "often", 429, wait)
            except TROUBLE as trouble:
                ending = "trouble"
                log.error("the database is in trouble: %s", trouble)
                return self._problem(asked, "trouble", 503, {"Retry-After": "10"})
            except Exception:  # the last line of defence: the reader keeps what they typed
                log.exception("a page failed")
                return self._problem(asked, "trouble", 500)
            finally:
                seconds = time.monotonic() - begun
                self.on_handled(READER, page.purpose, ending, seconds)
                log.info("served", extra={"outcome": ending, "seconds": seconds})

    def _limited(self, page: PublicPage, asked: Asked) -> tuple[Response, str]:
        limits, sends = self.limits, asked.method == "POST"
        of_address = limits.forms_of_address if sends else limits.reads_of_address
        _let_pass(of_address.take(asked.address))
        with self.store.read() as conn:
            visit = self._visit(conn, page, asked)
            of_page = limits.forms_of_page if sends else limits.reads_of_page
            _let_pass(of_page.take(str(visit.link.id)))
            with about(team_id=visit.team_id):
                if not sends:
                    return _response(page.show(visit)), "done"
                if page.take is None:
                    return self._problem(asked, "method", 405, _READ_ONLY, {}), "invalid"
                nonce = seal.nonce_of(asked.token, visit.typed(seal.FIELD), visit.now)
                wrong = "page.expired" if nonce is None else "page.not_sent"
                if nonce is None or visit.typed(TRAP):
                    shown = page.show(replace(visit, said=visit.voice.plain(wrong)))
                    return _response(replace(shown, status=422)), "invalid"
        return self._taken(page, asked, visit, f"page:{visit.link.id}:{nonce}")

    def _taken(
        self, page: PublicPage, asked: Asked, visit: Visit, key: str
    ) -> tuple[Response, str]:
        until = time.monotonic() + _TAKES_AT_MOST
        with about(request=id_of(key), team_id=visit.team_id):
            try:
                path, ending = until_it_passes(lambda: self._take(page, asked, key, until), until)
            except _NotTaken as mended:
                return _response(mended.shown), "invalid"
        self.wake()
        chosen = f"?lang={asked.chosen}" if asked.chosen else ""
        return Response(
            status_code=303, headers={**HEADERS, "Location": self.site.path(path) + chosen}
        ), ending

    def _take(self, page: PublicPage, asked: Asked, key: str, until: float) -> tuple[str, str]:
        """Where the reader goes on, and how it ended."""
        with self.store.write(until) as conn:
            visit = replace(self._visit(conn, page, asked), key=key)
            if not inbox.claim(conn, visit.team_id, key, visit.now):
                return visit.here + page.done, "again"
            answer = page.take(visit) if page.take else SeeOther(visit.here)
            if isinstance(answer, Shown):
                raise _NotTaken(answer)
            return answer.path, "done"

    def _visit(self, conn: Connection, page: PublicPage, asked: Asked) -> Visit:
        """Raises NotThere."""
        link = page_links.find(conn, asked.token) if _TOKEN.fullmatch(asked.token) else None
        workspace = workspaces.get(conn, link.team_id) if link else None
        if (
            link is None
            or workspace is None
            or link.purpose is not page.purpose
            or not self.serves(link.team_id)
        ):
            raise NotThere
        language = asked.chosen or _language_of(conn, link) or workspace.locale
        return Visit(
            conn=conn,
            link=link,
            workspace=workspace,
            voice=Voice(language, workspace.timezone),
            site=self.site,
            now=self.clock(),
            path=page.path.format(token=link.token),
            chosen=asked.chosen,
            form=asked.form,
        )

    def _problem(
        self,
        asked: Asked,
        problem: str,
        status: int,
        headers: Mapping[str, str] | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        """A page without anything of anybody's on it, but for what its reader has just typed."""
        voice = Voice(asked.chosen or asked.preferred or self.language, "UTC")
        kept = asked.form if typed is None else typed
        body = render("problem.html", Frame(voice, self.site), problem=problem, typed=kept)
        return _response(Shown(body, status), headers)


def _language_of(conn: Connection, link: PageLink) -> str | None:
    """The customer's language, for whom the page was made."""
    contact_id: int | None = link.subject_id
    if link.purpose is Purpose.HANDBOOK:
        return None
    if link.purpose in (Purpose.OPT_OUT, Purpose.BENEFIT):
        row = referrals.get(conn, link.team_id, link.subject_id)
        contact_id = row.referrer_id if row else None
    contact = customers.get_contact(conn, link.team_id, contact_id) if contact_id else None
    return language_of(contact.locale) if contact else None


def _let_pass(wait: float) -> None:
    if wait:
        raise _TooOften(wait)


def _response(shown: Shown, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        shown.body,
        shown.status,
        {**HEADERS, "Vary": "Accept-Language", **(headers or {})},
        media_type=shown.media_type,
    )


def _file_route(asset: Asset) -> Route:
    headers = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}

    async def endpoint(_: Request) -> Response:
        return Response(asset.content, headers=headers, media_type=asset.media_type)

    return Route(asset.path, endpoint, methods=["GET"])
