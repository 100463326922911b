"""Whether words look like a headline's: their number, how they begin and end, and whether somebody speaks in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    from alignkit.schema import Language

_ENGLISH_WORDS: Final = range(3, 31)
_FEW_ENGLISH_WORDS: Final = 4
_JAPANESE_CHARACTERS: Final = range(6, 81)
_FEW_JAPANESE_CHARACTERS: Final = 9
_WORD: Final = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_CAPITAL_OR_FIGURE: Final = re.compile(r"[A-Z0-9À-Ý$€£¥'\"‘“(\[]|i[A-Z]|e[A-Z]")
_FIRST_PERSON: Final = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|we|We|my|My|our|Our|us|you|You|your|Your|me)\b")
_SPOKEN: Final = re.compile(
    r"(?:です|ます|ました|ません|でしょう|ください|下さい|たい|ほしい|だ|よ|ね|という|んだ|れた|った|ている|ていた)$"
)
_SPOKEN_START: Final = re.compile("(?:私|わたし|僕|俺|我々|うち)[はがのもた]")
_HEADLINE_SIGNS: Final = re.compile("　|、|…|へ$|か$|[0-9０-９]")
_NESTED: Final = re.compile("『[^』]*』|「[^」]*」|'[^']*'|‘[^’]*’|“[^”]*”|\"[^\"]*\"")


def language_of(text: str) -> Language:
    """Tell which of the two languages a quotation is in, by its script."""
    return "ja" if has_japanese_script(text) else "en"


def form_score(text: str) -> int:
    """Score how like a headline words look: 1 for those that can hardly be anything else, negative for those that can't."""
    outside = _NESTED.sub(" ", text)
    return _japanese(text, outside) if language_of(text) == "ja" else _english(text, outside)


def _english(text: str, outside: str) -> int:
    words = len(_WORD.findall(text))
    if words not in _ENGLISH_WORDS:
        return -4
    score = 1 if words > _FEW_ENGLISH_WORDS else 0
    if not _CAPITAL_OR_FIGURE.match(text):
        score -= 3
    if text.endswith(("!", "…", "...")) or re.search(r"[.?!] [A-Z]", text):
        score -= 1
    return score - 2 * bool(_FIRST_PERSON.search(outside))


def _japanese(text: str, outside: str) -> int:
    if len(text) not in _JAPANESE_CHARACTERS:
        return -4
    score = 1 if len(text) >= _FEW_JAPANESE_CHARACTERS and _HEADLINE_SIGNS.search(text) else 0
    if "。" in outside:
        score -= 3
    if _SPOKEN.search(outside.rstrip("。！？")):
        score -= 2
    return score - 2 * bool(_SPOKEN_START.match(outside))
