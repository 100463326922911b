"""Credits in the text of a story: the mark that names the agency, at its beginning or its end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.data import read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.page_parts import Block

_MOST_BLOCKS: Final = 150
_MOST_OPENINGS: Final = 20
_LONGEST_MARK: Final = 60
_PLACE: Final = r"[^\d()（）【】〔〕]{0,16}?"
_SENTENCE_ENDS: Final = ("。", ".", "」", "”", '"')


def find_credit(blocks: Sequence[Block], forms: Sequence[str] = ()) -> str | None:
    """Find the mark that names the agency.

    A mark that opens a paragraph counts before one that closes one, and one that follows a sentence before one that
    follows a caption, which credits a photograph: '首相（ロイター＝共同）'.

    Args:
        blocks: The text behind the headline, in order.
        forms: The marks that the outlet is known to use beside the usual ones; '…' stands for a place.

    Returns:
        The mark as it stands there, such as '【ワシントン共同】', '（共同）' or 'TOKYO, May 3 (Kyodo) --'; None if there is none.
    """
    opening, closing = _patterns(tuple(forms))
    texts = [block.text for block in blocks[:_MOST_BLOCKS] if block.linked * 3 < len(block.text)]
    for text in texts[:_MOST_OPENINGS]:
        if match := opening.match(text[: 2 * _LONGEST_MARK]):
            return match[1].strip()
    captioned = None
    for text in texts:
        end = text[-_LONGEST_MARK:]
        if match := closing.search(end):
            before = end[: match.start()].rstrip()
            if not before or before.endswith(_SENTENCE_ENDS):
                return match[0].strip()
            captioned = captioned or match[0].strip()
    return captioned


@cache
def _patterns(forms: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of marks that open and that close a paragraph."""
    japanese, english = _agencies()
    known = [_form(form) for form in forms]
    bracketed = rf"[(（【〔](?:{_PLACE}[ =＝・]?)?(?:{japanese})(?:[=＝][^()（）【】〔〕]{{1,16}})?[)）】〕]"
    # TOKYO, July 26, Kyodo -    TOKYO (Kyodo) --    WASHINGTON, May 3 (Kyodo) –
    dateline = rf"[A-Z][A-Za-z.,' ]{{1,40}}?(?: \d{{1,2}})?,? \(?(?:{english})\)? ?[-–—―]{{1,2}}(?=\s|\w)"
    named = rf"(?:(?:提供|配信|出典)[:：/／] ?)?(?:{japanese})|(?:By |Source: )?(?:{english})"
    closings = [bracketed, rf"[=＝](?:{japanese})", rf"\((?:{english})\)", rf"==(?:{english})", rf"\A(?:{named})"]
    opening = re.compile("|".join([bracketed, dateline, *known]).join(("(", ")")))
    return opening, re.compile(f"(?:{'|'.join([*closings, *known])})" + r"\Z")


def _form(form: str) -> str:
    return _PLACE.join(re.escape(piece) for piece in form.split("…"))


@cache
def _agencies() -> tuple[str, str]:
    """Give patterns of the agencies' names in Japanese and in English, the longest first."""
    rows = list(read_rows("agencies.tsv"))
    columns = ({form for row in rows for form in row[column].split("|")} for column in (0, 1))
    japanese, english = (
        "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form)))) for forms in columns
    )
    return japanese, english
