"""The full card behind a signed link that opens once."""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Mapping, Sequence
from time import time
from typing import Any

import jwt
import sqlalchemy as sa

from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.schema import PAGE

LINK_SECONDS = 1800.0
_AUDIENCE = "mm-vte-card"
#: No script, nothing from elsewhere, kept nowhere.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FRAME = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{{font:16px/1.6 sans-serif;margin:0 auto;max-width:42em;padding:1em;color:#1a1a1a;background:#fff}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #767676;padding:.3em .5em}}
th{{text-align:left}}td:first-child{{text-align:right;white-space:nowrap}}
pre{{white-space:pre-wrap;font:inherit}}button{{font:inherit;padding:.6em 1.2em}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""
_STATUS = {"present": "有", "absent": "无", "unknown": "未知"}


class CardPages:
    """Cards that wait to be opened."""

    def __init__(self, engine: sa.engine.Engine, identities: Identities) -> None:
        self._engine = engine
        self._key = identities.link_key
        #: How long the token of a link is.
        self.token_chars = len(self._token(secrets.token_hex(16), time()))

    def keep(self, alias: str, replies: Sequence[Mapping[str, Any]], now: float) -> str:
        """Keep a turn's messages; returns the token of the link."""
        number = secrets.token_hex(16)
        body = json.dumps(list(replies), ensure_ascii=False)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(PAGE).where(PAGE.c.expires_at < now))
            connection.execute(
                sa.insert(PAGE).values(id=number, alias=alias, body=body, expires_at=now + LINK_SECONDS)
            )
        return self._token(number, now)

    def is_open(self, token: str, now: float) -> bool:
        """Whether the link leads to a card. Looking does not use it up: messengers fetch links ahead."""
        number = self._number(token)
        with self._engine.connect() as connection:
            query = sa.select(PAGE.c.id).where(PAGE.c.id == number, PAGE.c.expires_at > now)
            return connection.execute(query).first() is not None

    def take(self, token: str, now: float) -> str | None:
        """The card as a page, once; None for a link that is forged, used or expired."""
        number = self._number(token)
        with self._engine.begin() as connection:
            query = sa.select(PAGE.c.body).where(PAGE.c.id == number, PAGE.c.expires_at > now)
            body = connection.execute(query.with_for_update()).scalar()
            if not connection.execute(sa.delete(PAGE).where(PAGE.c.id == number)).rowcount:
                return None
        return None if body is None else card_page(json.loads(body))

    def _token(self, number: str, now: float) -> str:
        claims = {"jti": number, "aud": _AUDIENCE, "exp": int(now + LINK_SECONDS)}
        return jwt.encode(claims, self._key, algorithm="HS256")

    def _number(self, token: str) -> str:
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"], audience=_AUDIENCE)
        except jwt.PyJWTError:
            return ""
        return str(claims.get("jti", ""))


def card_page(replies: Sequence[Mapping[str, Any]]) -> str:
    """Every score item with its status, then the turn's text."""
    parts = []
    for reply in replies:
        card = reply.get("custom") or {}
        if card.get("kind") == "assessment":
            parts += [_score(name, score) for name, score in card["data"]["scores"].items()]
    text = "\n\n".join(str(reply.get("text", "")) for reply in replies)
    return page("评分卡", f"<pre>{html.escape(text)}</pre>{''.join(parts)}")


def invitation() -> str:
    """What the link shows first; only the button uses it up."""
    return page("评分卡", '<p>此链接只能打开一次。</p><form method="post"><button>打开评分卡</button></form>')


def expired() -> str:
    """What a link shows that leads nowhere."""
    return page("链接已失效", "<p>此链接已经打开过或已过期。请在对话中发送“评估血栓风险”重新获取。</p>")


def page(title: str, body: str) -> str:
    """A whole page; ``body`` is HTML."""
    return _FRAME.format(title=html.escape(title), body=body)


def _score(name: str, score: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{item['points']:+g}</td><td>{html.escape(item['label'])}</td>"
        f"<td>{_STATUS.get(item['status'], '')}</td></tr>"
        for item in score["items"]
    )
    title = {
        "mm_vte": "MM-VTE 风险",
        "bleeding": "出血风险",
        "wells_dvt": "Wells DVT",
        "wells_pe": "Wells PE",
    }
    head = f"{html.escape(title.get(name, name))}：{score['points']:g}分"
    return f"<h2>{head}</h2><table><tr><th>分值</th><th>项目</th><th>状态</th></tr>{rows}</table>"
