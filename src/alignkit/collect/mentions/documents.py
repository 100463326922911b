"""From bytes to blocks: what a document is written in and in which encoding, found out or as told."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.decoding import detect_encoding
from alignkit.collect.mentions.html import read_html
from alignkit.collect.mentions.markdown import read_markdown
from alignkit.collect.mentions.plain import read_plain
from alignkit.errors import InputError

if TYPE_CHECKING:
    from alignkit.collect.mentions.model import Document, Format

_SUFFIXES: Final[dict[str, Format]] = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
    "txt": "text",
}
_LOOKS_LIKE_HTML: Final = re.compile(r"\s*<(?:!doctype html|html|head|body|article|div|p|ul|h[1-6])\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_OF_PAGES: Final = ("utf-8", "cp", "iso8859", "euc_j", "iso2022_jp")
_START: Final = 4_096
_READERS: Final = {"html": read_html, "markdown": read_markdown, "text": read_plain}


def read_document(content: bytes | str, *, name: str, content_type: Format | None) -> Document:
    """Read a document.

    Args:
        content: The document; bytes are decoded as its HTML says, or as it looks.
        name: Its file name or address.
        content_type: What it is written in; None to tell by the name's ending, or else by how the document begins.

    Raises:
        InputError: The bytes are no text in an encoding that news come in.
    """
    text = content if isinstance(content, str) else _decode(content, name)
    chosen = content_type or _SUFFIXES.get(re.split(r"[?#]", name)[0].rpartition(".")[2].lower())
    if chosen is None:
        chosen = "html" if _LOOKS_LIKE_HTML.match(text) else "text"
    return _READERS[chosen](text)


def _decode(content: bytes, name: str) -> str:
    encoding = _declared(content) or detect_encoding(content)
    if encoding is None:
        raise InputError(
            "is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text",
            path=name,
            remedy="Save it as UTF-8.",
        )
    return content.decode(encoding, errors="replace")


def _declared(content: bytes) -> str | None:
    """Give the encoding that a page says it is in, if it is one of those that pages can say so in."""
    declared = _CHARSET.search(content[:_START])
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except (LookupError, ValueError):
        return None
    # Pages that say Shift_JIS mean Microsoft's superset of it.
    return "cp932" if name == "shift_jis" else name if name.startswith(_OF_PAGES) else None
