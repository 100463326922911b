"""Where the sentences of a paragraph end, which is never within a quotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.scene import QUOTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.mentions.newsstand import OutletMention
    from alignkit.collect.mentions.quotations import Quotation

_END: Final = re.compile(r"[。！？]+）?|[.!?]+\)?(?=\s)")
_ABBREVIATION: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gov|Gen|Sen|Rep|Lt|Col|Sgt|Capt|St|Nos?|vs|cf|e\.g|i\.e|a\.m|p\.m|Co|Corp|Inc|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.$"
)
_LONGEST_ABBREVIATION: Final = 6
_STARTS: Final = re.compile(rf"\s*[A-Z0-9(\[“‘\"'{QUOTE}\u3041-\u30ff\u3400-\u9fff]")
_STARTS_ANEW: Final = re.compile(rf"\s+[A-Z{QUOTE}]")


def masked(text: str, mentions: Sequence[Quotation | OutletMention]) -> str:
    """Give a text of the same length in which nothing of its quotations, or the outlets that it names, can be read."""
    parts, position = [], 0
    for mention in mentions:
        parts += [text[position : mention.start], QUOTE * (mention.end - mention.start)]
        position = mention.end
    return "".join([*parts, text[position:]])


def split_sentences(text: str, quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Give the spans of a paragraph's sentences.

    Args:
        text: The paragraph.
        quotations: Its quotations; one that ends in a full stop ends a sentence if another begins after it.
    """
    prose = masked(text, quotations)
    ends = sorted({*_ends_outside(prose), *_ends_at_quotations(text, prose, quotations), len(text)})
    starts = [0, *ends[:-1]]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _ends_outside(prose: str) -> list[int]:
    ends = []
    for match in _END.finditer(prose):
        end = match.end()
        if match[0][0] not in "。！？":
            before = prose[max(0, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
            if not _STARTS.match(prose, end) or (match[0] == "." and _ABBREVIATION.search(before)):
                continue
        ends.append(end)
    return ends


def _ends_at_quotations(text: str, prose: str, quotations: Sequence[Quotation]) -> list[int]:
    return [
        quotation.end
        for quotation in quotations
        if text[quotation.end - 2] in ".!?" and _STARTS_ANEW.match(prose, quotation.end)
    ]
