"""The people in English headlines: names by their capitals, and by what stands before and behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.names import read_names
from alignkit.text.names.folding import fold, plain
from alignkit.text.names.forms import is_romaji
from alignkit.text.names.tables import read_word_list
from alignkit.text.people.english_things import is_place, is_quoted, is_thing, read_function_words, read_places
from alignkit.text.people.model import Person, Standing
from alignkit.text.people.tables import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.text.names import Name

_WORD: Final = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+|-[^\W\d_]+)*")
_AGE_AFTER: Final = re.compile(r",? (?:aged )?\d{1,3}(?=,|;|$|\)| (?:and|was|is|has)\b)|,? ?[(\[]\d{1,3}[)\]]")
_AGE_BEFORE: Final = re.compile(r"\b\d{1,3}-year-old(?: [a-z-]+){0,3} $|\baged? \d{1,3},? $")
_JOINED: Final = re.compile(r"(?:a[ldnrst]|el|ul|abu|ibn)-(?=[^\W\d_])|[dl]'(?=[^\W\d_])")
"""What a surname may begin with in lower case."""
_NICKNAME: Final = re.compile(r"(?<=[^\W\d_]) ([\"'(])[^\"'()\d]{2,20}[\"')] (?=[^\W\d_])")
_OF_WHAT: Final = re.compile(r"([A-Za-z-]+) (?:of |against |on |over |with |for |by |as |in |to )?(?:the late )?$")
_BEFORE: Final = re.compile(r"(?:^|[\s(\"'/-])([A-Za-z.-]+?):? $")
_AFTER: Final = re.compile(r"(?:'s)? ([A-Za-z-]+)")
_SENTENCE: Final = re.compile(
    r" (?:gets|got|given|handed|faces|faced|serves|serving|loses|lost|wins|receives) (?:an? |his |her )?"
    r"(?:\d|up to|life|death|trial|charges|prison|jail|term|suspended|appeal|retrial|bail|parole)"
    r"| to (?:appeal|face|stand|plead|testify|serve|hang|surrender|be (?:tried|charged|indicted|sentenced|executed|freed))"
    r"| (?:ordered|told|fined|found|held|named|identified|struck off|on trial|in custody|behind bars)\b"
    r"|, (?:accused|charged|convicted|suspected|arrested|wanted|missing|killed|slain|jailed|who|whose|(?:ex|the)\b|former)"
)
"""What says that somebody is or will be sentenced."""
_RULED: Final = re.compile(r" (?:Cabinet|cabinet|government|gov't|administration)\b")
_NOT_PUBLIC: Final = frozenset({"office:chair", "office:chief-executive", "office:cfo", "office:champion-yokozuna"})
_PRESIDENT: Final = "office:president"
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MOST_WORDS: Final = 4
_LEAST_CALLED: Final = 3
_WORDS_OF_A_FULL_NAME: Final = (2, 3, 4)
_LEAST_WORDS_OF_A_STYLE: Final = 4
_MOST_LOWER_CASE: Final = 0.15


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words next to each other, as a name has them."""

    start: int
    end: int
    words: tuple[str, ...]


def read_english(texts: Sequence[str]) -> list[list[Person]]:
    """Find the people in English headlines; see `alignkit.text.people.find_people`."""
    return [list(_Headline(text, names).people()) for text, names in zip(texts, read_names(texts, "en"), strict=True)]


class _Headline:
    """An English headline in which people are looked for.

    Args:
        text: The headline.
        names: Its names, as `read_names` gives them.
    """

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.folded = fold(text)
        self._known = [name for name in names if name.kind in ("country", "place", "organisation", "office")]
        self._nicknames = [match.span() for match in _NICKNAME.finditer(self.folded)]
        self._places = read_places(self.folded, names)
        self._persons = [(name.start, name.end) for name in names if name.kind == "person"]
        found = [match[0] for match in _WORD.finditer(self.folded)]
        content = [word for word in found if plain(word) not in read_function_words()]
        lower = sum(word[0].islower() for word in content)
        self._all_capitals = len(content) > 1 and all(word.isupper() for word in content)
        self._title_case = len(content) >= _LEAST_WORDS_OF_A_STYLE and lower <= _MOST_LOWER_CASE * len(content)

    def people(self) -> Iterator[Person]:
        for run in self._runs():
            standing = self._standing(run)
            if standing is not None:
                yield Person(run.start, run.end, self.text[run.start : run.end], standing, _parts(run))

    # --- runs of capitalised words ------------------------------------------------------------------------------------

    def _runs(self) -> Iterator[_Run]:
        found: list[re.Match[str]] = []
        named = (
            match
            for match in _WORD.finditer(self.folded)
            if all(match.end() <= start or end <= match.start() for start, end in self._nicknames)
        )
        for match in [*named, None]:
            if match is not None and self._goes_on(found, match):
                found.append(match)
                continue
            yield from self._run(found)
            found = [match] if match is not None and self._may_begin(match) else []

    def _goes_on(self, found: list[re.Match[str]], match: re.Match[str]) -> bool:
        if not found:
            return False
        between = self.folded[found[-1].end() : match.start()]
        if plain(match[0]) in _SUFFIXES:
            return between in (" ", ", ")
        if (
            between != " "
            and (found[-1].end(), match.start()) not in self._nicknames
            and not (between == ". " and len(found[-1][0]) == 1)
        ):
            return False
        if plain(match[0]) in words("particles_en.txt") and not self._all_capitals:
            return match[0][0].islower() or self._may_be_name(match)
        most = 2 if self._title_case and plain(found[0][0]) in words("given_names_en.txt") else _MOST_WORDS
        proper = [
            word
            for word in found
            if plain(word[0]) not in words("particles_en.txt") and len(word[0].replace(".", "")) > 1
        ]
        return len(proper) < most and (self._may_be_name(match) or self._is_surname(found, match))

    def _is_surname(self, found: list[re.Match[str]], match: re.Match[str]) -> bool:
        """Tell whether a place's name behind a given name is a surname: Takeshi Chiba."""
        if len(found) != 1 or not match[0][0].isupper() or len(match[0]) < _LEAST_CALLED:
            return False
        if plain(found[0][0]) in words("given_names_en.txt") and plain(match[0]) in words("also_surnames_en.txt"):
            return not self._title_case
        kinds = {name.kind for name in self._known if name.start == match.start() and name.end == match.end()}
        return (
            kinds == {"place"}
            and plain(found[0][0]) not in words("not_people_en.txt")
            and (is_romaji(plain(found[0][0])) or plain(found[0][0]) in words("given_names_en.txt"))
        )

    def _may_begin(self, match: re.Match[str]) -> bool:
        """Tell whether a name may begin with a word: 'Jong-un' only goes on with one, and 'Edo-era' is none."""
        is_whole = _JOINED.match(match[0]) or not any(part[:1].islower() for part in match[0].split("-")[1:])
        return bool(is_whole) and self._may_be_name(match)

    def _may_be_name(self, match: re.Match[str]) -> bool:
        surface, word = match[0], plain(match[0])
        if not _is_capitalised(surface) or word in _never_names() or self._is_inside_placeholder(match):
            return False
        if (self._all_capitals or self._title_case) and word in words("verbs_en.txt") | words("hurt_en.txt"):
            return False
        if not self._all_capitals and len(surface) > 1 and surface.isupper() and "." not in surface:
            return False
        return not any(name.start <= match.start() < name.end for name in self._known)

    def _is_inside_placeholder(self, match: re.Match[str]) -> bool:
        return (
            self.folded[match.start() - 1 : match.start()] == "[" and self.folded[match.end() : match.end() + 1] == "]"
        )

    def _run(self, found: list[re.Match[str]]) -> Iterator[_Run]:
        while found and (plain(found[-1][0]) in words("particles_en.txt") or not _is_capitalised(found[-1][0])):
            found = found[:-1]
        if found and any(len(match[0]) > 1 for match in found):
            yield _Run(found[0].start(), found[-1].end(), tuple(match[0] for match in found))

    # --- what stands beside them --------------------------------------------------------------------------------------

    def _standing(self, run: _Run) -> Standing | None:
        """Say what stands beside a name; None if it is nobody's name."""
        before, after = self.folded[: run.start], self.folded[run.end :]
        if self._has_office(run, before, after):
            return "office"
        word_before = match[1].lower().rstrip(".") if (match := _BEFORE.search(before)) else ""
        if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before) or word_before in _roles():
            return "involved"
        if is_thing(self.folded, (run.start, run.end), run.words, title_case=self._title_case):
            return None
        word_after = match[1] if (match := _AFTER.match(after)) else ""
        owns = after.startswith("'s ") and word_after.lower() in words("owned_en.txt")
        acts = word_after.lower() in words("verbs_en.txt") or _SENTENCE.match(after)
        stands_alone = acts and self._may_stand_alone(run, before)
        return "involved" if owns or stands_alone or self._is_object(before) else self._plain(run)

    def _plain(self, run: _Run) -> Standing | None:
        """Take a run for a name by itself: a known given name, Japanese syllables, or two to four words with capitals."""
        span = run.start, run.end
        if is_quoted(self.folded, span) or is_place(self.folded, span, self._places):
            return None
        if plain(run.words[0]) in words("given_names_en.txt"):
            return "plain"
        if len(run.words) == 1 and any(name.end + 1 == run.start and name.kind != "office" for name in self._known):
            return None
        if any(start < run.end and run.start < end for start, end in self._persons):
            return "plain"
        if self._title_case or self._all_capitals or plain(run.words[0]) in words("proper_en.txt"):
            return None
        full = len(run.words) in _WORDS_OF_A_FULL_NAME or "-" in run.words[-1]
        return "plain" if full or self._is_within_sentence(run) else None

    def _is_within_sentence(self, run: _Run) -> bool:
        """Tell whether words stand where a capital says that they are a name: not where a sentence or a quotation begins."""
        before = self.folded[: run.start].rstrip()
        return len(run.words[0]) > _LEAST_CALLED and before[-1:].isalnum()

    def _has_office(self, run: _Run, before: str, after: str) -> bool:
        if _RULED.match(after):
            return True
        for name in self._known:
            if name.kind == "office" and name.end + 1 == run.start and not name.keys & _NOT_PUBLIC:
                return _PRESIDENT not in name.keys or name.text[0].isupper()
        word = before.rstrip().rpartition(" ")[2].lower()
        return word in words("public_titles_en.txt") and before.endswith(" ")

    def _is_object(self, before: str) -> bool:
        """Tell whether something is done to whom is named next: 'murder of', 'police arrest'."""
        match = _OF_WHAT.search(before)
        return match is not None and match[1].lower() in words("hurt_en.txt")

    def _may_stand_alone(self, run: _Run, before: str) -> bool:
        """Tell whether a run begins a clause: there one word before a verb is enough."""
        return (
            not before.strip()
            or before.rstrip().endswith((":", ";", ",", ".", "-", "―", "—", '"'))
            or len(run.words) > 1
        )


def _parts(run: _Run) -> tuple[str, ...]:
    """Give the words of a name that may stand alone."""
    return tuple(
        word
        for word in run.words
        if len(word) >= _LEAST_CALLED and plain(word) not in words("particles_en.txt") | _SUFFIXES and word[-1] != "."
    )


def _is_capitalised(word: str) -> bool:
    begins = _JOINED.match(word)
    return word[begins.end() if begins else 0].isupper()


@cache
def _roles() -> frozenset[str]:
    titles = read_word_list("english_titles.txt")
    return words("roles_en.txt") | titles | {title.rstrip(".") for title in titles}


@cache
def _never_names() -> frozenset[str]:
    lists = (
        read_word_list("english_not_names.txt"),
        read_word_list("english_not_people.txt"),
        words("not_people_en.txt"),
    )
    return _roles() | read_function_words().union(*lists)
