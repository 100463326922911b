"""English ordinals and fractions, which share their words: a third term, a third of the vote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.english_context import words_after
from alignkit.text.quantities.english_dates import read_day
from alignkit.text.quantities.numerals import Numeral
from alignkit.text.quantities.tables import number_words

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.reading import Site

_SUFFIX: Final = re.compile("(?:st|nd|rd|th)(?![a-z])")
_PART: Final = re.compile("[ -](?P<part>[a-z]+)(?P<of> of\\b)?")
_ORDINAL: Final = re.compile("[ -](?P<word>[a-z]+)")
_NUMBERED_BEFORE: Final = re.compile(
    r"(?:\b(?:nos?\.?|numbers?) ?|#|\b(?:phase|stage|page|part|round|step|level|unit|day|chapter) )$"
)
_ON_THE: Final = re.compile(
    r"\b(?:on|from|of|until|till|since|by|to|through|into|before|after|between) the (?:night of the |morning of the )?$"
)
_NO_NOUN_AFTER: Final = re.compile(
    r"$|[,.;:)]| [(|-]| (?:local|and|but|so|or|where|while|which|at|in|to|for|by|as|was|were|is|with|after|when|that|until|from|on|of|the|a|it|he|she|they|will|had|has|who|due|since|because|announced|said|night|,)\b"
)
_UNITS: Final = {
    "century": "century",
    "inning": "inning",
    "minute": "minute",
    **dict.fromkeys(("straight", "consecutive", "successive"), "row"),
}
_LAST_DAY: Final = 31
_TENS: Final = 10


def read_numbered(site: Site) -> Quantity | None:
    """Read No. 3 and #3."""
    before = _NUMBERED_BEFORE.search(site.folded, max(0, site.start - 9), site.start)
    return site.quantity("ordinal", "", site.end, start=before.start()) if before else None


def read_suffixed(site: Site) -> Quantity | None:
    """Read 3rd and 26th, as a day where it is one."""
    suffix = _SUFFIX.match(site.folded, site.end)
    if suffix is None:
        return None
    if (day := read_day(site)) is not None:
        return day
    site.end, site.certain = suffix.end(), site.numeral.low != 1
    return _day_or_ordinal(site)


def read_word_ordinal(site: Site) -> Quantity | None:
    """Read third, twenty-first and fourth."""
    folded = site.folded
    value = number_words("ordinal").get(folded[site.start : site.end].rstrip("."), 0.0)
    tens = folded[max(0, site.start - 9) : site.start].rstrip(" -").rpartition(" ")[2].rpartition("-")[2]
    value += number_words("ten").get(tens, 0.0) if value < _TENS else 0
    site.numeral = Numeral(value, value, 0)
    site.certain = value != 1  # which headlines drop and add freely
    return _day_or_ordinal(site)


def read_tens_ordinal(site: Site) -> Quantity | None:
    """Read the ordinal whose first word is a number: twenty-first."""
    match = _ORDINAL.match(site.folded, site.end)
    value = number_words("ordinal").get(match["word"]) if match else None
    if match is None or value is None or value >= _TENS or site.numeral.low % _TENS:
        return None
    whole = site.numeral.low + value
    site.numeral, site.end = Numeral(whole, whole, 0), match.end()
    return _day_or_ordinal(site)


def read_fraction(site: Site) -> Quantity | None:
    """Read one-third, two thirds, a quarter of: a number (1 for 'a') and the parts after it."""
    match = _PART.match(site.folded, site.end)
    part = number_words("part").get(match["part"]) if match else None
    if match is None or part is None or site.numeral.low >= part:
        return None
    is_article = site.folded[site.start : site.end] == "a"
    if is_article and not match["of"]:
        return None
    if not (match["of"] or match["part"].endswith("s") or site.folded[site.end] == "-"):
        return None
    percent = 100 * site.numeral.low / part
    return site.quantity("percent", "%", match.end("part"), Numeral(percent, percent, 1))


def _day_or_ordinal(site: Site) -> Quantity:
    folded = site.folded
    if (
        site.numeral.low <= _LAST_DAY
        and _ON_THE.search(folded, max(0, site.start - 24), site.start)
        and _NO_NOUN_AFTER.match(folded, site.end)
    ):
        site.certain = True
        return site.quantity("day", "", site.end)
    following = words_after(folded, site.end)
    word = following[0].text if following else ""
    if _NO_NOUN_AFTER.match(folded, site.end):
        return site.quantity("ordinal", "open", site.end)
    unit = _UNITS.get(word, "")
    site.certain = site.certain or bool(unit)
    return site.quantity("ordinal", unit, site.end)
