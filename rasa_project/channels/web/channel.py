"""The web channel: the page at ``/`` and everything that the widget asks for below ``/web``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.base import ChatChannel, Handler
from rasa_project.channels.local import is_local
from rasa_project.channels.web import pages
from rasa_project.channels.web.catalogue import catalogue, section
from rasa_project.channels.web.dialogue import Dialogue, TooFastError
from rasa_project.channels.web.limits import RateLimit
from rasa_project.channels.web.settings import WebSettings
from rasa_project.channels.web.store import Session, SessionStore
from rasa_project.channels.web.tokens import Clinician, TokenRefusedError, clinician_of
from rasa_project.channels.wording import error

COOKIE = "mmvte_session"
#: Bytes of a request; the longest message takes about 50 000 of them.
MAX_BODY_BYTES = 65_536
#: Seconds that a request for news may wait.
MAX_WAIT = 25.0
SESSIONS_AT_ONCE = 60
SESSIONS_PER_SECOND = 0.5
#: What a host page of another origin may ask for.
_CROSS_ORIGIN = ("/web/session", "/web/messages", "/web/catalogue", "/web/sections/<name:str>")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestRefusedError(Exception):
    """A request that is answered with an error of wording.toml."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status = status
        self.body = error(key, **values)


class WebChannel(ChatChannel):
    """Whom a message comes from is decided by the session alone.

    A session is opened by the server: for a browser on this machine without more ado, everywhere else for a
    clinician whom the host page's token names. The browser holds its secret handle in an HttpOnly cookie
    (own page) or in the page's memory (embedded); nothing in a request names a conversation.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self._openings = RateLimit(SESSIONS_AT_ONCE, SESSIONS_PER_SECOND)

    @classmethod
    def name(cls) -> str:
        """The name in the record."""
        return "web"

    def url_prefix(self) -> str:
        """The routes hang at the root of the server."""
        return "/"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebChannel:
        """The channel as the environment describes it. Raises WebSettingsError."""
        return cls(WebSettings.from_environment())

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes."""
        store = SessionStore(self._settings.database, self._settings.idle_seconds)

        async def take_turn(session: Session, text: str) -> list[dict[str, Any]]:
            who = session.clinician
            metadata = {"clinician": who.name, "department": who.department} if who.name else None
            return await self.take_turn(on_new_message, session.sender, text, metadata)

        dialogue = Dialogue(store, take_turn)
        routes = Blueprint("chat_web")

        @routes.get("/")
        async def page(request: Request) -> HTTPResponse:
            return pages.file(request, "index.html") or response.empty(404)

        @routes.get("/web/static/<name:str>")
        async def static(request: Request, name: str) -> HTTPResponse:
            return pages.file(request, name) or self._json(request, error("not_found"), 404)

        @routes.get("/web/catalogue")
        async def show_catalogue(request: Request) -> HTTPResponse:
            return self._json(request, catalogue())

        @routes.get("/web/sections/<name:str>")
        async def show_section(request: Request, name: str) -> HTTPResponse:
            found = section(unquote(name))
            return self._json(request, found) if found else self._json(request, error("not_found"), 404)

        @routes.post("/web/session")
        async def open_session(request: Request) -> HTTPResponse:
            return self._open(request, store)

        @routes.delete("/web/session")
        async def end_session(request: Request) -> HTTPResponse:
            dialogue.end(self._session(request, store))
            answer = self._json(request, {})
            if COOKIE in request.cookies:
                answer.cookies[COOKIE] = ""
                answer.cookies[COOKIE].update({"max-age": 0, "path": "/web"})
            return answer

        @routes.post("/web/messages")
        async def receive(request: Request) -> HTTPResponse:
            session = self._session(request, store)
            body = _body(request)
            text, client_id, since = body.get("text"), body.get("client_msg_id"), body.get("since", 0)
            if not isinstance(text, str):
                raise RequestRefusedError(400, "bad_message")
            if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
                raise RequestRefusedError(400, "bad_client_msg_id")
            if not isinstance(since, int) or isinstance(since, bool):
                raise RequestRefusedError(400, "bad_request")
            store.touch(session)
            await dialogue.say(session, client_id, text)
            self._session(request, store)
            return self._json(request, {"events": store.events(session, since)})

        @routes.get("/web/messages")
        async def listen(request: Request) -> HTTPResponse:
            session = self._session(request, store)
            since = int(_number(request, "since", 2**53))
            events = await dialogue.events(session, since, _number(request, "wait", MAX_WAIT))
            self._session(request, store)
            return self._json(request, {"events": events})

        async def preflight(request: Request, **_: str) -> HTTPResponse:
            return response.empty(204, headers=self._headers(request))

        for number, path in enumerate(_CROSS_ORIGIN):
            routes.options(path, name=f"preflight_{number}")(preflight)

        @routes.exception(RequestRefusedError)
        async def refuse(request: Request, exception: RequestRefusedError) -> HTTPResponse:
            return self._json(request, exception.body, exception.status)

        @routes.exception(TooFastError)
        async def slow_down(request: Request, exception: TooFastError) -> HTTPResponse:
            answer = self._json(request, error("too_fast"), 429)
            answer.headers["Retry-After"] = str(int(exception.seconds) + 1)
            return answer

        return routes

    def _open(self, request: Request, store: SessionStore) -> HTTPResponse:
        """A new session, or the one that the browser's cookie still names."""
        self._check_origin(request)
        body = _body(request)
        keep = body.get("keep", "page")
        if keep not in ("page", "cookie"):
            raise RequestRefusedError(400, "bad_request")
        shown: dict[str, Any] = {"idle_seconds": self._settings.idle_seconds}
        cookie = request.cookies.get(COOKIE, "")
        if keep == "cookie" and not body.get("token"):
            session = store.find(cookie)
            if session is not None:
                store.touch(session)
                return self._json(request, shown)
        clinician = self._clinician(request, body.get("token"))
        if wait := self._openings.take(clinician.name or request.ip):
            raise TooFastError(wait)
        handle = store.open(clinician)
        if keep == "page":
            return self._json(request, {**shown, "handle": handle})
        answer = self._json(request, shown)
        answer.cookies[COOKIE] = handle
        answer.cookies[COOKIE].update({"httponly": True, "samesite": "Strict", "path": "/web"})
        if "https" in (request.scheme, request.headers.get("x-forwarded-proto")):
            answer.cookies[COOKIE]["secure"] = True
        return answer

    def _clinician(self, request: Request, token: object) -> Clinician:
        if not self._settings.keys:
            if not is_local(request):
                raise RequestRefusedError(403, "not_local")
            return Clinician()
        if not isinstance(token, str):
            raise RequestRefusedError(401, "token_missing")
        try:
            return clinician_of(token, self._settings.keys)
        except TokenRefusedError as refusal:
            raise RequestRefusedError(401, "token_refused") from refusal

    def _session(self, request: Request, store: SessionStore) -> Session:
        """The session that the request may use: by its Authorization header, else by its cookie."""
        self._check_origin(request)
        kind, _, handle = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            if not _is_same_origin(request):
                raise RequestRefusedError(403, "foreign_origin")
            handle = request.cookies.get(COOKIE, "")
        session = store.find(handle)
        if session is None:
            raise RequestRefusedError(401, "session_ended")
        return session

    def _check_origin(self, request: Request) -> None:
        if not self._settings.keys and not is_local(request):
            raise RequestRefusedError(403, "not_local")
        if not _is_same_origin(request) and request.headers.get("origin") not in self._settings.origins:
            raise RequestRefusedError(403, "foreign_origin")

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {**pages.COMMON_HEADERS, "Cache-Control": "no-store", "Vary": "Origin"}
        origin = request.headers.get("origin")
        if origin in self._settings.origins:
            headers |= {
                "Access-Control-Allow-Origin": origin,
                "Access-Control-Allow-Headers": "authorization, content-type",
                "Access-Control-Allow-Methods": "GET, POST, DELETE",
                "Access-Control-Expose-Headers": "retry-after",
                "Access-Control-Max-Age": "600",
                "Cross-Origin-Resource-Policy": "cross-origin",
            }
        return headers

    def _json(self, request: Request, body: Any, status: int = 200) -> HTTPResponse:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        return HTTPResponse(
            text, status, headers=self._headers(request), content_type="application/json; charset=utf-8"
        )


def _is_same_origin(request: Request) -> bool:
    """Whether no page of another origin can have sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _body(request: Request) -> dict[str, Any]:
    if len(request.body) > MAX_BODY_BYTES:
        raise RequestRefusedError(413, "too_large")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RequestRefusedError(415, "bad_request")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise RequestRefusedError(400, "bad_request")
    return body


def _number(request: Request, name: str, limit: float) -> float:
    """A number of the query between 0 and ``limit``."""
    try:
        value = float(request.args.get(name, "0"))
    except ValueError:
        value = -1.0
    if not 0 <= value <= limit:
        raise RequestRefusedError(400, "bad_request")
    return value
