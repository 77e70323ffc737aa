"""The platforms' XML: read strictly, written so that no answer can break out of its element."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rasa_project.channels.wechat.errors import CallbackError

Value = str | int | Mapping[str, str]

#: Bytes of one document.
MAX_BYTES = 64_000
#: What XML 1.0 cannot carry.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Elements that may hold several of a kind (the choices made on a template card).
_LISTS = frozenset({"SelectedItems", "OptionIds"})


def parse(text: str | bytes) -> Element:
    """The root of a document without document type, entities or repeated elements. Raises CallbackError."""
    if len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise CallbackError("too_long")
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise CallbackError("xml") from None
    if root.tag != "xml":
        raise CallbackError("root")
    _no_repetition(root)
    return root


def fields(root: Element) -> dict[str, str]:
    """The texts of the root's simple children, by name."""
    return {child.tag: child.text or "" for child in root if not len(child)}


def compose(values: Mapping[str, Value]) -> str:
    """A document: texts as CDATA, numbers plain, a mapping as one nested element."""
    return f"<xml>{_elements(values)}</xml>"


def _elements(values: Mapping[str, Value]) -> str:
    return "".join(f"<{name}>{_content(value)}</{name}>" for name, value in values.items())


def _content(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f"<![CDATA[{_ILLEGAL.sub('', value).replace(']]>', ']]]]><![CDATA[>')}]]>"
    return _elements(value)


def _no_repetition(root: Element) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        names = [child.tag for child in element]
        if element.tag not in _LISTS and len(names) != len(set(names)):
            raise CallbackError("repeated")
        waiting.extend(element)
