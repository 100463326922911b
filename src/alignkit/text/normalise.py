"""A published headline taken apart: the headline proper, and what stands around it.

Around a headline stand labels (【速報】, UPDATE1:), the outlet's name (｜静岡新聞アットエス), the agency's credit (（共同）), page counts and
marks of truncation. They are taken off and kept, each by its kind; nothing else is. Characters come in one dress only
(`alignkit.text.characters`), entities are resolved and stray tags removed. What is published stays beside it.

Texts are handled by the column: polars finds those that have something around them, and only these are taken apart one by
one, until nothing more comes off. So a text that was normalised is left as it is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, get_args

import polars as pl

from alignkit.text.characters import ELLIPSIS, replacements
from alignkit.text.data import read_rows, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PartKind = Literal["label", "outlet", "credit", "page", "truncation"]
PART_KINDS: Final[tuple[PartKind, ...]] = get_args(PartKind)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that stood around a headline.

    Attributes:
        kind: What it is.
        text: It, in normalised characters, with its brackets and separators.
    """

    kind: PartKind
    text: str

    @property
    def core(self) -> str:
        """It without brackets and separators: '速報' of '【速報】'."""
        bare = self.text.strip(_AROUND_A_PART)
        while bracketed := _BRACKETED.fullmatch(bare):
            bare = bracketed[1].strip(_AROUND_A_PART)
        return bare


@dataclass(frozen=True, slots=True)
class Normalised:
    """A headline, taken apart.

    Attributes:
        published: The headline as it was published.
        text: The headline proper, in normalised characters.
        parts: What stood around it, in the order in which it came off.
    """

    published: str
    text: str
    parts: tuple[Part, ...] = ()

    def of_kind(self, kind: PartKind) -> tuple[str, ...]:
        """Give the parts of a kind, without brackets and separators."""
        return tuple(part.core for part in self.parts if part.kind == kind)

    @property
    def is_truncated(self) -> bool:
        """Whether it was marked as cut off."""
        return any(part.kind == "truncation" for part in self.parts)


@dataclass(frozen=True)
class Affixes:
    """What outlets put before and behind their headlines.

    Attributes:
        suffixes: Exact endings, such as '｜静岡新聞アットエス'.
        prefixes: Exact beginnings, such as '福島民報 ：'.
        aggregators: Endings of sites that name the paper in brackets before them, such as ' - Yahoo!ニュース'.
        credits: Exact endings that name the agency, beyond the agencies that are known.
    """

    suffixes: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    aggregators: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


NO_AFFIXES: Final = Affixes()


def normalise(texts: Sequence[str], affixes: Affixes = NO_AFFIXES) -> list[Normalised]:
    """Take headlines apart.

    Args:
        texts: n published headlines.
        affixes: What their outlets put around them.

    Returns:
        n headlines, in their order.
    """
    proper, parts = _take_apart(pl.Series("text", texts, dtype=pl.String), affixes)
    return [
        Normalised(published, text, parts.get(row, ()))
        for row, (published, text) in enumerate(zip(texts, proper, strict=True))
    ]


def proper_column(texts: pl.Series, affixes: Affixes = NO_AFFIXES) -> pl.Series:
    """Give the headlines proper alone, many times as quick as `normalise`.

    Args:
        texts: Published headlines.
        affixes: What their outlets put around them.
    """
    return _take_apart(texts, affixes)[0]


def learn_suffixes(texts: Iterable[str]) -> tuple[str, ...]:
    """Learn, from the headlines of one outlet, which endings they share: what the outlet puts behind them.

    An ending counts if it begins with a separator or is in brackets, and if at least three headlines in ten, and no fewer
    than five different ones, have it.
    """
    counts: dict[str, int] = {}
    total = 0
    for text in set(texts):
        total += 1
        for ending in _endings(text):
            counts[ending] = counts.get(ending, 0) + 1
    least = max(_LEAST_HEADLINES, _LEAST_SHARE * total)
    return tuple(sorted(ending for ending, count in counts.items() if count >= least))


def _take_apart(texts: pl.Series, affixes: Affixes) -> tuple[pl.Series, dict[int, tuple[Part, ...]]]:
    """Give headlines proper and, by their rows, the parts that stood around them."""
    patterns = _patterns(affixes)
    parts: dict[int, tuple[Part, ...]] = {}
    after = _dressed(texts)
    current = patterns.take_off(after, pl.int_range(len(texts), dtype=pl.UInt32, eager=True), parts)
    rows = (current != texts).arg_true()
    while len(rows):
        before = current.gather(rows)
        after = patterns.take_off(_dressed(before), rows, parts)
        current = current.scatter(rows, after)
        rows = rows.filter(before != after)
    return current, parts


# --- characters -------------------------------------------------------------------------------------------------------

_ENTITY: Final = r"&#?\w{1,31};"
_TAG: Final = r"(?i)</?(?:a|b|i|u|em|strong|span|font|br|wbr|p|h[1-6]|ruby|rb|rt|rp|sup|sub|small)(?:\s[^<>]*)?/?>"
_SPACES: Final = r"\s+"
_UNUSUAL_SPACES: Final = r"[^\S ]|\s\s"


def _dressed(texts: pl.Series) -> pl.Series:
    """Resolve entities, remove tags and bring all characters into one dress."""
    if (with_entity := texts.str.contains(_ENTITY)).any():
        resolved = [html.unescape(text) for text in texts.filter(with_entity)]
        texts = texts.scatter(with_entity.arg_true(), resolved)
    old, new = _longest_first()
    texts = texts.str.replace_all(_TAG, "").str.replace_many(old, new, leftmost=True)
    # To look for what is to be replaced is quicker than to write every text anew.
    if (unusual := texts.str.contains(_UNUSUAL_SPACES)).any():
        texts = texts.scatter(unusual.arg_true(), texts.filter(unusual).str.replace_all(_SPACES, " "))
    return texts.str.strip_chars()


@cache
def _longest_first() -> tuple[list[str], list[str]]:
    """Give what is replaced, and by what."""
    ordered = sorted(replacements().items(), key=lambda item: -len(item[0]))
    return [old for old, _ in ordered], [new for _, new in ordered]


# --- parts ------------------------------------------------------------------------------------------------------------

_AROUND_A_PART: Final = "|:-―=/… "
_OPEN: Final = "【［\\[〈《<〔("
_CLOSE: Final = "】］\\]〉》>〕)"
_BRACKETED: Final = re.compile(f"[{_OPEN}]([^{_OPEN}{_CLOSE}]*)[{_CLOSE}]")
_LONGEST_LABEL: Final = 12
_LONGEST_PAPER: Final = 24
_SEPARATORS: Final = "|:―/｜：－／-"
_LEAST_HEADLINES: Final = 5
_LEAST_SHARE: Final = 0.3
_SAYS_SOMETHING: Final = r"[\p{L}\p{N}]"
_PAGE: Final = r"\((?:\d{1,2}/\d{1,2}|\d{1,2}ページ|page \d{1,2})\)"
_READ_ON: Final = "もっと読む|続きを読む|続き|全文を読む|read more|more"


class _Patterns:
    """The regular expressions, in polars's syntax, for what stands around headlines, given what outlets put there."""

    def __init__(self, affixes: Affixes) -> None:
        self._kinds = [(kind, f"(?i)({pattern})") for kind, pattern in _kinds_of_parts(affixes) if pattern]
        self._anything = "|".join(pattern for _, pattern in self._kinds)

    def take_off(self, texts: pl.Series, rows: pl.Series, parts: dict[int, tuple[Part, ...]]) -> pl.Series:
        """Take off one part of each kind that is there, as long as something is left that says something.

        Args:
            texts: Texts.
            rows: Their rows.
            parts: The parts that came off, by row; is added to.
        """
        around = texts.str.contains(self._anything)
        if not around.any():
            return texts
        return texts.scatter(around.arg_true(), self._take_off(texts.filter(around), rows.filter(around), parts))

    def _take_off(self, texts: pl.Series, rows: pl.Series, parts: dict[int, tuple[Part, ...]]) -> pl.Series:
        for kind, pattern in self._kinds:
            found = texts.str.extract(pattern, 1).alias("part")
            if found.null_count() == len(found):
                continue
            frame = pl.DataFrame([texts.alias("text"), found])
            strip = pl.col("text").str.strip_prefix if pattern.startswith("(?i)(^") else pl.col("text").str.strip_suffix
            rest = frame.select(strip(pl.col("part")).str.strip_chars()).to_series()
            comes_off = found.is_not_null() & rest.str.contains(_SAYS_SOMETHING)
            for row, text in zip(rows.filter(comes_off), found.filter(comes_off), strict=True):
                parts[row] = (*parts.get(row, ()), Part(kind, text.strip()))
            texts = texts.scatter(comes_off.arg_true(), rest.filter(comes_off))
        return texts


@cache
def _patterns(affixes: Affixes) -> _Patterns:
    return _Patterns(affixes)


def _kinds_of_parts(affixes: Affixes) -> Iterator[tuple[PartKind, str]]:
    """Give the patterns, those first that stand furthest out."""
    yield "outlet", _ending(_exact(affixes.aggregators), before=rf"(?:\([^()]{{1,{_LONGEST_PAPER}}}\) ?)?")
    yield "outlet", _ending(_exact(affixes.suffixes))
    if affixes.prefixes:
        yield "outlet", f"^(?:{_exact(affixes.prefixes)})"
    yield "credit", _ending(_exact(affixes.credits))
    yield "page", f" ?{_PAGE}$"
    yield "truncation", f"(?:{ELLIPSIS}+ ?[\\[(<]?(?:{_READ_ON})?[\\])>]?|(?:\\[{ELLIPSIS}\\]))$"
    yield from (("credit", pattern) for pattern in _credits())
    yield from (("label", pattern) for pattern in _labels())


def _exact(affixes: Iterable[str]) -> str:
    """Give a pattern for any of some affixes, in normalised characters and with any spaces in them."""
    series = _dressed(pl.Series(list(affixes), dtype=pl.String))
    words = sorted({text for text in series if text}, key=lambda text: (-len(text), text))
    return "|".join(" ?".join(re.escape(piece) for piece in re.findall(r"[^\w ]+|\w+", word)) for word in words)


def _ending(pattern: str, *, before: str = "") -> str:
    return f" ?{before} ?(?:{pattern})$" if pattern else ""


def _credits() -> Iterator[str]:
    japanese, english = (
        "|".join(
            sorted((re.escape(form) for row in read_rows("agencies.tsv") for form in row[column].split("|")), key=len)[
                ::-1
            ]
        )
        for column in (0, 1)
    )
    place = r"[^\d()【】〔〕=]{0,12}?"
    yield rf" ?[(【〔]{place}[ =・]?(?:{japanese})[)】〕]$"
    yield rf"^[(【〔]{place}[ =・]?(?:{japanese})[)】〕] ?"
    yield rf" ?=(?:{japanese})$"
    yield rf" ?\((?:{english})\)$"
    # TOKYO, July 26, Kyodo -    TOKYO (Kyodo) --
    yield rf"^[A-Z][A-Z. ]{{2,24}},? (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}},? )?\(?(?:{english})\)? ?[-―]+ "


def _labels() -> Iterator[str]:
    words = list(read_words("labels.txt"))
    latin = "|".join(re.escape(word).replace(r"\*", r" ?\d*") for word in words if word[0].isascii())
    known = "|".join([*(re.escape(word) for word in words if not word[0].isascii()), latin])
    # In black lenticular brackets stands a label, whatever it says; in others only what is known to be one.
    yield rf"^(?:【[^【】]{{1,{_LONGEST_LABEL}}}】|[{_OPEN}](?:{known})[{_CLOSE}]) ?"
    yield rf" ?(?:【[^【】]{{1,{_LONGEST_LABEL}}}】|[{_OPEN}](?:{known})[{_CLOSE}])$"
    yield rf"^(?:{latin}) ?[:|] ?"


def _endings(text: str) -> Iterator[str]:
    """Give what could be an outlet's ending of a text: from each of its separators on, and its last brackets."""
    for match in re.finditer(rf" ?[{_SEPARATORS}] ?", text):
        if match.start() > 0 and match.end() < len(text):
            yield text[match.start() :]
    if bracket := re.search(r"[(（【〔][^()（）【】〔〕]+[)）】〕]$", text):
        yield bracket[0]
