"""Pages of the web brought into UTF-8, whatever they say that they are in."""

from __future__ import annotations

import codecs
import re
from typing import Final

from alignkit.collect.decoding import detect_encoding

MOST_BYTES: Final = 3_000_000
"""What is behind them is not read: the headline stands near the beginning, and time must have a bound."""

_SAMPLE: Final = 1 << 16
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"})
_FEED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml.{0,200}?\?>\s{0,99})?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_LONGEST_CHARACTER: Final = 4
_IN_TYPE: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_META: Final = re.compile(rb"<meta\s[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN: Final = 4096  # browsers look in the first 1,024 bytes; many pages have it later
# What names mean in practice (https://encoding.spec.whatwg.org/#names-and-labels), as far as news uses them.
_MEANT: Final = {
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms-kanji": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_2004",
    "utf-16": "utf-16",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "ks-c-5601-1987": "cp949",
    "koi8-r": "koi8-r",
    "windows-1251": "cp1251",
    "iso-8859-15": "iso8859-15",
}
_OTHERWISE: Final = "cp1252"  # so do browsers, and so is what calls itself ISO-8859-1


def problem_of_type(content: bytes, content_type: str) -> str | None:
    """Say why what came is no page of HTML, or None if it may be one."""
    named = content_type.partition(";")[0].strip().lower()
    if named and named not in _TYPES:
        return f"is no HTML, but {named}"
    beginning = content[:_SAMPLE].lstrip()
    if not beginning:
        return "is empty"
    if b"<" in beginning:
        return "is no HTML, but a feed or a sitemap" if _FEED.match(beginning) else None
    return "is no HTML"


def page_in_utf_8(content: bytes, content_type: str = "") -> bytes:
    """Bring a page into UTF-8, without byte order mark and zero bytes, and not longer than `MOST_BYTES`.

    UTF-8 is what can be read as it, for no other text can. Else what the bytes look like, as far as that is Japanese,
    goes before the header, and the header before the page's own <meta>. What is no text in the encoding is U+FFFD.

    Args:
        content: The page as it came.
        content_type: Its Content-Type header, such as 'text/html; charset=Shift_JIS'.
    """
    content = content[:MOST_BYTES]
    # UTF-16 has zero bytes, ISO-2022-JP escapes: both could be taken for UTF-8.
    is_marked = content.startswith(_MARKS) or b"\0" in content[:_SAMPLE] or b"\x1b" in content
    if is_marked or not _is_utf_8(content):
        text = content.decode(_encoding(content, content_type), errors="replace")
        content = text.removeprefix("\ufeff").encode(errors="replace")
    return content.replace(b"\0", b"") if b"\0" in content else content


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        # The last character may be cut off.
        return len(content) - error.start < _LONGEST_CHARACTER and error.reason == "unexpected end of data"
    return True


def _encoding(content: bytes, content_type: str) -> str:
    sample = content[:_SAMPLE]
    if not content.startswith(_MARKS) and not (b"\0" in sample or b"\x1b" in sample):
        # A page may begin with much that is ASCII in every encoding.
        sample = b"\n".join(line for line in content.splitlines() if not line.isascii())[:_SAMPLE]
    if (detected := detect_encoding(sample)) is not None:
        return detected
    in_type = _IN_TYPE.search(content_type)
    in_meta = _IN_META.search(content[:_META_WITHIN])
    names = [in_type[1] if in_type else "", in_meta[1].decode("latin-1") if in_meta else ""]
    if "utf-8" in (known := [name.lower().replace("_", "-") for name in names]):
        return "utf-8"
    return next((_MEANT[name] for name in known if name in _MEANT), _OTHERWISE)
