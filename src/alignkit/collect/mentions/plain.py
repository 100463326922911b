"""Plain text: paragraphs between empty lines, list items by the mark they begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.blocks import BlockText
from alignkit.collect.mentions.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.collect.mentions.model import Block, BlockKind

_ITEM: Final = re.compile(r"[ \t\u3000]*(?:[-*+•●○◆◇■□]|・(?=\S)|\(?[0-9]{1,2}[.)](?=\s))[ \t\u3000]*")
_REPLY: Final = re.compile(r"^(?:>[ \t]?)+")


def read_plain(text: str) -> Document:
    """Read plain text; lines within a paragraph are joined, and the marks of quoted mail are taken off."""
    return Document(tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    current = BlockText()
    kind: BlockKind = "paragraph"
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _REPLY.sub("", raw, count=1)
        item = _ITEM.match(line)
        if item or not line.strip():
            if block := current.block(kind):
                yield block
            current, kind = BlockText(), "item" if item else "paragraph"
        current.add(f"{line[item.end() :] if item else line}\n", line=number)
    if block := current.block(kind):
        yield block
