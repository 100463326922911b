"""Markdown: its paragraphs, list items and table rows; code is left out, HTML in it is read as HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from alignkit.collect.mentions.blocks import BlockText
from alignkit.collect.mentions.html import read_day, read_html
from alignkit.collect.mentions.model import Document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from markdown_it.token import Token

    from alignkit.collect.mentions.model import Block, BlockKind

_FRONT_MATTER: Final = re.compile(r"\s*^(---|\+\+\+)[ \t]*\n(?P<body>.*?)^\1[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_DATE: Final = re.compile(r"^(?:date|published|published_at)[ \t]*[:=][ \t]*[\"']?(?P<day>[0-9].*)$", re.MULTILINE)
_KINDS: Final[dict[str, BlockKind]] = {
    "heading_open": "heading",
    "list_item_open": "item",
    "tr_open": "row",
}


def read_markdown(text: str) -> Document:
    """Read CommonMark with tables; the front matter gives the document's date and is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    lines_before = text[: front.end()].count("\n") if front else 0
    body = text[front.end() :] if front else text
    return Document(tuple(_blocks(_parser().parse(body), lines_before + 1)), _date(front))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _date(front: re.Match[str] | None) -> dt.date | None:
    found = _DATE.search(front["body"]) if front else None
    return read_day(found["day"]) if found else None


def _blocks(tokens: list[Token], first_line: int) -> Iterator[Block]:
    """Give the blocks of the token stream; a table's row is one block, however many cells it has."""
    kind: BlockKind = "paragraph"
    row: BlockText | None = None
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        if token.type in _KINDS:
            kind = _KINDS[token.type]
            row = BlockText() if kind == "row" else None
        elif token.type in {"heading_close", "list_item_close"}:
            kind = "paragraph"
        elif token.type == "html_block":
            yield from read_html(token.content, first_line=line).blocks
        elif token.type == "inline":
            text = row or BlockText()
            _add_inline(text, token.children or [], line)
            if row is None and (block := text.block(kind)):
                yield block
        elif row is not None and token.type in {"td_close", "th_close"}:
            row.end_cell()
        elif row is not None and token.type == "tr_close":
            if block := row.block("row"):
                yield block
            row, kind = None, "paragraph"


def _add_inline(text: BlockText, tokens: list[Token], line: int) -> None:
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "text":
            text.add(token.content, line=line)
        elif token.type in {"softbreak", "hardbreak"}:
            text.add("\n", line=line)
        elif token.type == "link_open":
            links.append((text.length, str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and links:
            text.add_link(*links.pop())
