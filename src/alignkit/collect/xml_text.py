"""XML from the web made fit for lxml: in UTF-8, without a document type, and mended where it is not well-formed.

A document type is cut off, so that there is nothing that an entity could stand for: no bomb, and nothing to fetch. What
`&name;` is then left is mended: by the character, if HTML has one of that name, else it stays as it stands.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, Any, Final

from alignkit.collect.decoding import detect_encoding

if TYPE_CHECKING:
    from lxml import etree

SAFE: Final[dict[str, Any]] = {
    "encoding": "utf-8",  # whatever the declaration says: it was heeded when the bytes were made UTF-8
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""What lxml is told of every document."""

REPLACEMENT: Final = "\ufffd"
"""What stands for bytes that are no text."""

_SPACE: Final = b" \t\r\n"
_SAMPLE_BYTES: Final = 1 << 20
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED_IN_TYPE: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_NAMED_IN_XML: Final = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
# What names mean in practice. Other encodings are not tried: some that Python knows are no encodings of the web.
_MEANT: Final = {
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_2004",
    "utf-16": "utf-16",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}

_PROLOG: Final = rb"\A(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_HTML: Final = re.compile(_PROLOG + rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ROOT: Final = re.compile(_PROLOG + rb"<(?:\w+:)?(\w+)", re.DOTALL)
_DOCUMENT_TYPE: Final = re.compile(
    _PROLOG + rb"(<!DOCTYPE(?>[^\[>\"']++|\"[^\"]*+\"|'[^']*+')*+(?:\[(?>[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>)",
    re.DOTALL,
)

_DECLARATION: Final = re.compile(r"<\?xml\s")
_OUR_ROOT: Final = re.compile(r"<((?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex))\b")
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_REFERENCE: Final = re.compile(
    r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(\w{1,31};)?", re.DOTALL
)
_TAIL: Final = 200
_UNIT_END: Final = re.compile(r"</(?:\w+:)?(?:item|entry|url|sitemap)\s*>")


@dataclass(frozen=True, slots=True)
class XmlText:
    """A document's text.

    Attributes:
        content: It in UTF-8, without byte order mark, leading space and document type.
        is_lossy: Whether it held bytes that its encoding does not allow; each is now a U+FFFD.
    """

    content: bytes
    is_lossy: bool = False

    @property
    def is_html(self) -> bool:
        """Whether it is a page of HTML."""
        return _HTML.match(self.content) is not None

    @property
    def root_name(self) -> str:
        """The name of what it seems to begin with, without prefix; '' if that is no element."""
        root = _ROOT.match(self.content)
        return root[1].decode() if root else ""


def read_xml_text(content: bytes, content_type: str = "") -> XmlText:
    """Bring a document into UTF-8.

    UTF-8 is what can be read as it, and otherwise what the bytes look like goes before what the content type and the
    XML declaration say: those are written once and forgotten.

    Args:
        content: The document as it came.
        content_type: What it was said to be, such as 'text/xml; charset=EUC-JP'.
    """
    text = _in_utf_8(content, content_type)
    plain = text.content.lstrip(_SPACE)
    document_type = None if XmlText(plain).is_html else _DOCUMENT_TYPE.match(plain)
    if document_type is not None:
        plain = plain[: document_type.start(1)] + plain[document_type.end(1) :]
    return XmlText(plain, text.is_lossy)


def mend(content: bytes) -> bytes:
    """Mend, in a document that is not well-formed, what libxml2 would recover from by leaving something out.

    That is: text before the document, characters that XML does not allow, each '&' that begins no reference, and an
    item at its end that breaks off, of which libxml2 would keep half a headline or half an address.
    """
    text = content.decode()
    root = _OUR_ROOT.search(text)
    if start := _DECLARATION.search(text) or root:
        text = text[start.start() :]
    if root and f"</{root[1]}" not in text[-_TAIL:]:
        text = text[: max((end.end() for end in _UNIT_END.finditer(text)), default=len(text))]
    text = _ILLEGAL.sub("", text)
    return _NO_REFERENCE.sub(_mend_reference, text).encode()


def local_name(element: etree._Element) -> str:
    """Give an element's name without namespace, or without the prefix of one that is not declared; '' for an entity."""
    return _without_namespace(element.tag) if isinstance(element.tag, str) else ""


def syntax_problem(error: etree.XMLSyntaxError) -> str:
    """Say in a clause what is not well-formed, and where."""
    line, column = error.position
    message = re.sub(r", line \d+, column \d+.*", "", error.msg or "").strip()
    return f"is not well-formed XML (line {line}, column {column}: {message})"


@lru_cache(1000)
def _without_namespace(tag: str) -> str:
    return re.split("[}:]", tag)[-1]


def _in_utf_8(content: bytes, content_type: str) -> XmlText:
    # UTF-16 has zero bytes, ISO-2022-JP escapes; both can be read as UTF-8, and are not.
    is_marked = content.startswith(_MARKS) or b"\0" in content or b"\x1b" in content
    if not is_marked and _is_utf_8(content):
        return XmlText(content)
    encodings = _likely_encodings(content, content_type)
    for encoding in encodings:
        try:
            return XmlText(content.decode(encoding).encode())
        except UnicodeError:
            continue
    return XmlText(content.decode(encodings[0], errors="replace").encode(errors="replace"), is_lossy=True)


def _is_utf_8(content: bytes) -> bool:
    """Tell whether bytes are UTF-8, without a second copy of them in memory."""
    if content.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _SAMPLE_BYTES):
            decoder.decode(view[start : start + _SAMPLE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likely_encodings(content: bytes, content_type: str) -> list[str]:
    if (detected := detect_encoding(content[:_SAMPLE_BYTES])) is not None:
        return [detected]
    in_type = _NAMED_IN_TYPE.search(content_type)
    in_xml = _NAMED_IN_XML.match(content[:1000].lstrip(_SPACE))
    names = [in_type[1] if in_type else "", in_xml[1].decode() if in_xml else ""]
    meant = [_MEANT[name.lower().replace("_", "-")] for name in names if name.lower().replace("_", "-") in _MEANT]
    return meant or ["utf-8"]


def _mend_reference(match: re.Match[str]) -> str:
    literal, name = match.groups()
    if literal is not None:
        return str(literal)
    if name is not None and name in html5:
        return html.escape(html5[name])
    return f"&amp;{name or ''}"
