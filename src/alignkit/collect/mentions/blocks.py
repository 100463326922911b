"""Text put together piece by piece, its white space collapsed as a browser does, with the links in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.model import Block, Link

if TYPE_CHECKING:
    from alignkit.collect.mentions.model import BlockKind

CELL_BREAK: Final = " | "
"""What stands between the cells of a table's row."""

# Without the full-width space, which headlines are published with.
_WHITE: Final = r" \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029"
_PIECES: Final = re.compile(f"(?P<white>[{_WHITE}]+)|[^{_WHITE}]+")
# Private characters mark quotations, outlets and dates in later steps; lone surrogates and NUL are no characters.
_NOT_TEXT: Final = re.compile("[\0\ud800-\udfff\ue000-\uf8ff\ufeff\u200b\u00ad]")
# Between these a line break is none: Japanese does not put spaces between words.
_NO_SPACE_BESIDE: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")


class BlockText:
    """A block under construction."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = ""
        self._links: list[Link] = []
        self._line = 0

    def add(self, text: str, *, line: int) -> None:
        """Add text; the block begins on the line of the first text that is more than white space."""
        for piece in _PIECES.finditer(_NOT_TEXT.sub("", text)):
            if piece["white"]:
                self._space += piece["white"]
                continue
            self._line = self._line or line
            self._append_space(piece[0][0])
            self._append(piece[0])

    def add_link(self, start: int, url: str) -> None:
        """Make a link of what was added since `start`, a value of `length`."""
        if url and start < self._length:
            self._links.append(Link(start, self._length, url))

    def end_cell(self) -> None:
        """Mark the end of a table's cell."""
        if self._parts:
            self._space = ""
            self._append(CELL_BREAK)

    @property
    def length(self) -> int:
        """How long the text is so far."""
        return self._length

    def block(self, kind: BlockKind) -> Block | None:
        """Give the block, or None if there is nothing in it."""
        text = "".join(self._parts).rstrip(" |") if kind == "row" else "".join(self._parts)
        # White space before a link's text is put down only with the text.
        links = tuple(
            Link(link.start + (text[link.start] == " "), min(link.end, len(text)), link.url)
            for link in self._links
            if link.start < len(text)
        )
        return Block(text, links, self._line, kind) if text.strip() else None

    def _append_space(self, following: str) -> None:
        space, self._space = self._space, ""
        if not space or not self._parts or self._parts[-1] == CELL_BREAK:
            return
        last = self._parts[-1][-1]
        broken = "\n" in space or "\r" in space
        if not (broken and _NO_SPACE_BESIDE.match(last) and _NO_SPACE_BESIDE.match(following)):
            self._append(" ")

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
