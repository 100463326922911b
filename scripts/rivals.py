"""Altered copies of English sentences that say something else: the rivals of a right answer.

xSIM++ (Chen et al., 2023, "xSIM++: An Improved Proxy to Bitext Mining Performance for Low-Resource Languages", section 3)
adds to the sentences that a translation is looked for among copies with a number or a name exchanged or the meaning turned
around, which a sentence encoder hardly tells from the sentence itself. Here these are made anew by rules and lists of this
benchmark's own (rivals.toml), four kinds apart:

- numbers: a figure, number word or ordinal becomes another of the same form.
- names: a person, place, country or organisation becomes another of its kind, wherever it stands in the sentence.
- dates: a weekday, month, day, year, 'today' or 'next week' becomes another.
- polarity: a word becomes its opposite, or a negation comes or goes.

Nothing of alignkit's own reading of texts is used, so that it is tested fairly.
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from rival_names import name_places
from rival_words import MOST, Place, any_of, drawn, exchange, exchanged, like, lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Kind = Literal["numbers", "names", "dates", "polarity"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def rivals(text: str, kind: Kind, most: int = MOST) -> list[str]:
    """Give altered copies of an English sentence, each altered in one thing.

    The same sentence always gives the same copies. Things are altered in turn, so that a few copies alter many of them.

    Args:
        text: The sentence.
        kind: What to alter.
        most: How many copies at most.

    Returns:
        The copies, all different; none where there is nothing of the kind.
    """
    # It chooses words, nothing secret.
    chooser = random.Random(f"{kind} {text}".encode(errors="surrogatepass"))  # noqa: S311
    places = list(FINDERS[kind](text, chooser))
    chooser.shuffle(places)
    copies: dict[str, None] = {}
    for turn in range(MOST):
        for place in places:
            if turn < len(place.choices) and len(copies) < most:
                copies[exchange(text, place.spans, place.choices[turn])] = None
    copies.pop(text, None)
    return list(copies)


# Numbers

FIGURE: Final = re.compile(
    r"(?<![\w.,:/'’])(?<![A-Za-z]-)(?P<figure>[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,9})?)(?![0-9:/]|[.,][0-9])"
    r"(?P<suffix>st|nd|rd|th)?(?P<unit>[A-Za-z]*)"
)
TEENS: Final = range(10, 20)


def number_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find figures, ordinals and number words that are no dates."""
    dates = [span for place in date_places(text, chooser) for span in place.spans]
    for match in FIGURE.finditer(text):
        start, end = match.start(), match.end("figure")
        is_date = any(first < end and start < last for first, last in dates)
        if not is_date and (not match["unit"] or match["unit"] in lists("numbers")["units"]):
            figure = match["figure"]
            new = {another_figure(figure, chooser) for _ in range(3 * MOST)} - set(FIGURE_ALONE.findall(text))
            choices = chooser.sample(sorted(new), min(len(new), MOST))
            if match["suffix"]:
                yield Place(((start, match.end("suffix")),), [ordinal(choice) for choice in choices])
            else:
                yield Place(((start, end),), choices)
    for row in lists("numbers")["words"]:
        yield from exchanged(re.finditer(rf"\b{any_of(row)}\b", text, re.IGNORECASE), row, chooser)
    ordinals = lists("numbers")["ordinals"]
    found = re.finditer(rf"\b(?:the|his|her|its|our|their|a|'s|’s) (?P<x>{any_of(ordinals)})\b", text, re.IGNORECASE)
    yield from exchanged(found, ordinals, chooser)


FIGURE_ALONE: Final = re.compile(r"[0-9][0-9.,]*(?<![.,])")


def another_figure(figure: str, chooser: random.Random) -> str:
    """Give a figure of the same form: as many digits, the same commas and point, as many zeros at either end."""
    digits = figure.replace(",", "").replace(".", "")
    core = digits.strip("0") or "0"
    at = digits.index(core) if core != "0" else len(digits) - 1
    new = [chooser.choice("123456789"), *chooser.choices("0123456789", k=len(core) - 1)]
    new[-1] = chooser.choice("123456789")
    written = iter(digits[:at] + "".join(new) + digits[at + len(core) :])
    return "".join(next(written) if character.isdigit() else character for character in figure)


def ordinal(figure: str) -> str:
    """Give a figure as an ordinal."""
    last = 0 if int(figure[-2:].strip(".,") or 0) in TEENS else int(figure[-1])
    return figure + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")


# Dates

DAYS: Final = range(1, 29)
YEARS_AWAY: Final = 9
DECADE: Final = 10
DECADES_AWAY: Final = 4
DAY_FOLLOWED_BY: Final = (
    "after|and (?:the )?[0-9]+|as|at|because|but|by|due|for|from|in|is|of|on|that|the|through|to|until|was|when|with"
)
AFTER_DAY: Final = rf"(?= ?$| ?[^\w\s'’-]| (?:{DAY_FOLLOWED_BY})\b)"


def date_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find weekdays, months, days of the month, years, and words such as 'today' and 'next week'."""
    for key, pattern in date_patterns().items():
        name = key.partition(" ")[0]
        for match in pattern.finditer(text):
            if name == "day":
                yield Place((match.span("x"),), other_days(match, chooser))
            elif name == "year":
                yield Place((match.span("x"),), other_years(match, chooser))
            else:
                yield from exchanged([match], lists("dates")[name], chooser)


@cache
def date_patterns() -> Mapping[str, re.Pattern[str]]:
    """Give what dates look like, by the list that their words are of, or by 'day' or 'year' and the form."""
    dates = lists("dates")
    plain = [month for month in dates["months"] if month not in dates["ambiguous_months"]]
    ambiguous = any_of(dates["ambiguous_months"])
    month = f"(?:{any_of(dates['months'])}|{any_of(dates['short_months'])})"
    figure = r"(?P<x>(?P<day>[0-9]{1,2})(?P<suffix>st|nd|rd|th)?)"
    return {
        "weekdays": re.compile(rf"\b{any_of(dates['weekdays'])}(?=s?\b)"),
        "months": re.compile(rf"\b{any_of(plain)}\b"),
        "months after": re.compile(
            rf"\b(?:by|early|from|in|last|late|next|of|since|this|till|until) (?P<x>{ambiguous})\b"
        ),
        "months before": re.compile(rf"\b{ambiguous}(?= [0-9])(?<!\bin ....)(?<!\bin ...)(?<!\bin .....)"),
        "short_months": re.compile(rf"\b{any_of(dates['short_months'])}(?= [0-9])"),
        "day behind": re.compile(rf"\b{month} {figure}(?!\w|,[0-9]|\.[0-9]|:)"),
        "day before": re.compile(rf"(?<![\w.,:-]){figure}(?: of)? {month}"),
        "day alone": re.compile(
            rf"(?<!\b[Ii]n )\b(?:by|for|from|on|since|the|till|to|until) (?P<x>(?P<day>[0-9]{{1,2}})(?P<suffix>st|nd|rd|th)){AFTER_DAY}"
        ),
        "year": re.compile(
            r"(?:(?<![\w.,:/$¥€£])|(?<=\bFY))(?P<x>(?:1[5-9]|20)[0-9]{2})"
            rf"(?P<decade>s\b)?(?![0-9:/%]|[.,][0-9]|[A-Za-z]|[ -]{any_of(dates['counted'])}\b)"
        ),
        "days": re.compile(rf"\b{any_of(dates['days'])}\b", re.IGNORECASE),
        "turns": re.compile(
            rf"(?<!\bthe )\b(?P<x>{any_of(dates['turns'])}) {any_of(dates['periods'])}\b", re.IGNORECASE
        ),
    }


def other_days(match: re.Match[str], chooser: random.Random) -> list[str]:
    """Give other days of the month, with an ending where the day has one."""
    days = [str(day) for day in DAYS if day != int(match["day"]) and len(str(day)) == len(match["day"].lstrip("0"))]
    return [ordinal(day) if match["suffix"] else day for day in drawn(days, chooser, match.string)]


def other_years(match: re.Match[str], chooser: random.Random) -> list[str]:
    """Give other years near one, or decades near a decade."""
    step, away = (DECADE, DECADES_AWAY) if match["decade"] else (1, YEARS_AWAY)
    years = [str(int(match["x"]) + apart * step) for apart in range(-away, away + 1) if apart]
    return drawn(years, chooser, match.string)


# Polarity


def polarity_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find words that have an opposite, and where a negation can come or go."""
    opposites, fixed = opposite_patterns()
    taken = {place for match in fixed.finditer(text) for place in range(*match.span())}
    opposite = opposites_of()
    for match in opposites.finditer(text):
        if taken.isdisjoint(range(*match.span())):
            taken.update(range(*match.span()))
            yield Place(
                (match.span(),), [like(word, match[0]) for word in drawn(opposite[match[0].lower()], chooser, "")]
            )
    for pattern, replacement in negations():
        for match in pattern.finditer(text):
            # In a question a negation often changes no more than the tone.
            if taken.isdisjoint(range(*match.span())) and not ("not" in replacement and "?" in text):
                taken.update(range(*match.span()))
                yield Place((match.span(),), [match.expand(replacement)])


@cache
def opposites_of() -> Mapping[str, list[str]]:
    """Give each word's opposites."""
    opposites: dict[str, list[str]] = {}
    for pair in lists("polarity")["opposites"]:
        one, other = pair.split("/")
        opposites.setdefault(one, []).append(other)
        opposites.setdefault(other, []).append(one)
    return opposites


@cache
def opposite_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the pattern of words that have an opposite, and that of phrases in which they have none."""
    words, fixed = (any_of(terms) for terms in (opposites_of(), lists("polarity")["fixed"]))
    return re.compile(rf"(?<![\w-]){words}(?![\w-]|['’]t\b)", re.IGNORECASE), re.compile(rf"\b{fixed}\b", re.IGNORECASE)


@cache
def negations() -> Sequence[tuple[re.Pattern[str], str]]:
    """Give the patterns of places for a negation, and what each becomes; what goes is looked for before what comes."""
    auxiliary, verb = any_of(lists("polarity")["auxiliaries"]), any_of(lists("polarity")["verbs"])
    negative = "(?:not|never|no|only|just|merely|simply|hardly|neither|nothing|none)"
    more = rf"(?! {negative}\b)"
    return (
        (re.compile(rf"\b({auxiliary}|do|does|did|has|have|had) not\b{more}"), r"\1"),
        (
            re.compile(
                r"\b(is|are|was|were|would|could|should|must|do|does|did|has|have|had)n['’]t\b" + more, re.IGNORECASE
            ),
            r"\1",
        ),
        (re.compile(rf"\b([Cc]an)(?:not|['’]t)\b{more}"), r"\1"),
        (re.compile(rf"\b([Ww])on['’]t\b{more}"), r"\1ill"),
        (re.compile(r"\bnot (?=to [a-z])(?!to mention)"), ""),
        (re.compile(rf"\b({auxiliary}) (?=[a-z])(?!{negative}\b)"), r"\1 not "),
        (re.compile(r"\b(has|have|had) (?=been\b|become\b|[a-z]{2,20}ed\b)"), r"\1 not "),
        (re.compile(rf"(?<!\bnot )(?<!\bhad )(?<!\bhas )(?<!\bhave )(?<!\bused )\bto (?={verb}\b)"), "not to "),
    )


FINDERS: Final[Mapping[Kind, Callable[[str, random.Random], Iterator[Place]]]] = {
    "numbers": number_places,
    "names": name_places,
    "dates": date_places,
    "polarity": polarity_places,
}
