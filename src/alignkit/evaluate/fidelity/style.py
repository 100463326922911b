"""How headlines are written: how long, how they end, and in which register."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.fidelity.model import Style
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.evaluate.fidelity.model import Ending
    from alignkit.text.tokens import TokenKind

_REMEMBERED: Final = 1 << 16
_NOMINAL: Final[frozenset[TokenKind]] = frozenset({"noun", "name", "number", "affix"})
_POLITE: Final = frozenset({"です", "ます", "ください", "くださる"})
_TAIL: Final = 4
_JAPANESE_STOP: Final = re.compile("[。．][」』）)]?$")
# 'U.S.' and 'Inc.' end in a point anyhow.
_ENGLISH_STOP: Final = re.compile(
    r"(?<!\.[A-Z])(?<!\b(?:Inc|Ltd))(?<!\b(?:Corp|Bros))(?<!\bCo)(?<!\bJr)(?<!\.\.)\.[\"'”’)]?$"
)


def style_of(texts: Iterable[str], language: str) -> Style:
    """Give how texts of a language are written, empty ones left out."""
    kept = [text.strip() for text in texts if text.strip()]
    endings = Counter(map(ending_of, kept if language == "ja" else ()))
    length = sum(map(len, kept)) / len(kept) if kept else 0.0
    return Style(len(kept), length, sum(map(ends_in_full_stop, kept)), dict(endings))


@lru_cache(maxsize=_REMEMBERED)
def ending_of(text: str) -> Ending:
    """Give how a Japanese text ends: 'noun' (体言止め), 'polite' (です, ます) or 'plain'."""
    tokens = [token for token in tokenise([text], "ja")[0] if token.kind != "symbol"]
    if any(token.lemma in _POLITE for token in tokens[-_TAIL:]):
        return "polite"
    return "noun" if tokens and tokens[-1].kind in _NOMINAL else "plain"


def ends_in_full_stop(text: str) -> bool:
    """Tell whether a text ends in a full stop that belongs to no abbreviation."""
    return bool(_JAPANESE_STOP.search(text) or _ENGLISH_STOP.search(text))
