"""Print how well numbers are read and compared, on real pairs as they are and with one number changed.

    python scripts/benchmark_quantities.py

The pairs are the segments of WMT21's test sets with their references, read from ../shared/bench or from the folder that
ALIGNKIT_BENCH names. The rules were written with the errors of the development half in view; the test half was only
counted. A number is changed in the text itself, by rules of this script that know nothing of the reader's: another
figure with as many digits, or another number word.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alignkit.text.quantities import QuantityCheck, compare_quantities, read_quantities
from benchmark_report import share
from gold_data import BENCH, GoldSet, Half, texts, wmt21

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.text.quantities import Quantity

SEED: Final = 7
ROUNDS: Final = 5
FIGURE: Final = re.compile("[0-9]+|[０-９]+")
KANJI_DIGITS: Final = "一二三四五六七八九"
KANJI_FIGURE: Final = re.compile(f"[{KANJI_DIGITS}](?![{KANJI_DIGITS}十百千万億])")
WORDS: Final = (
    {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9},
    {"January": 1, "February": 2, "April": 4, "June": 6, "July": 7, "August": 8, "September": 9, "October": 10},
    {"Monday": -1, "Tuesday": -2, "Wednesday": -3, "Thursday": -4, "Friday": -5, "Saturday": -6, "Sunday": -7},
    {"月曜": -1, "火曜": -2, "水曜": -3, "木曜": -4, "金曜": -5, "土曜": -6, "日曜": -7},
)
VALUES: Final = {word.lower(): value for row in WORDS for word, value in row.items()}
WORD: Final = re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in VALUES), re.IGNORECASE)
FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
MOST: Final = {"month": 12, "day": 28, "time": 12, "intensity": 4}
NO_LIMIT: Final = 10**15
HUGE: Final = 10**5
YEARS: Final = range(1900, 2100)
DECADE: Final = re.compile("s|代|年代")

Changed = tuple[str, int]
"""A text, or a number as written, and the new number's value."""


@dataclass
class Tally:
    """What came of the pairs of a set.

    Attributes:
        verdicts: How many pairs have which verdict.
        both_sides: How many have a number on both sides.
        changed: How many changed pairs there are.
        found: How many of these are in conflict.
        unique: How many changed pairs have a new number that stands nowhere in the other text.
        unique_found: How many of these are in conflict.
        missed: The kinds of the changed numbers that were missed.
    """

    verdicts: Counter[str] = field(default_factory=Counter)
    both_sides: int = 0
    changed: int = 0
    found: int = 0
    unique: int = 0
    unique_found: int = 0
    missed: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Print all figures."""
    if not BENCH.is_dir():
        print(f"(left out: {BENCH} is not there)")
        return
    print_verdicts()
    print_speed()


def print_verdicts() -> None:
    """Print the verdicts on the pairs as they are, and how often a changed number is found."""
    print(
        f"{'':<44}{'pairs':>8}{'both':>8}{'agree':>8}{'absent':>8}{'conflict':>16}{'changed':>9}{'found':>16}{'unique':>8}{'found':>16}"
    )
    halves: tuple[Half, ...] = ("development", "test")
    for half in halves:
        for direction in ("ja-en", "en-ja", "*"):
            gold = wmt21(direction, "all", half)
            tally = tally_of(gold)
            pairs = gold.pairs.height
            print(
                f"{gold.name:<44}{pairs:>8,}{tally.both_sides:>8,}{tally.verdicts['agree']:>8,}"
                f"{tally.verdicts['absent']:>8,}{share(tally.verdicts['conflict'], pairs):>16}{tally.changed:>9,}"
                f"{share(tally.found, tally.changed):>16}{tally.unique:>8,}"
                f"{share(tally.unique_found, tally.unique):>16}"
            )
            print(f"    changed but missed, by kind: {dict(tally.missed.most_common(6))}")
    print("both: pairs with a number on both sides")
    print("changed: pairs with one agreeing number changed on one side; found: those of them in conflict")
    print("unique: those of the changed pairs whose new number stands nowhere in the other text")


def tally_of(gold: GoldSet) -> Tally:
    """Compare all pairs of a set, as they are and with one number changed on either side in turn."""
    chooser = random.Random(SEED)  # noqa: S311 - it chooses what to change, nothing secret
    tally = Tally()
    for en, ja in texts(gold):
        quantities = read_quantities(en, "en"), read_quantities(ja, "ja")
        check = compare_quantities(*quantities)
        tally.verdicts[check.verdict] += 1
        tally.both_sides += all(quantities)
        if check.verdict == "agree":
            count_changed(tally, chooser, (en, ja), quantities, check)
    return tally


def count_changed(
    tally: Tally,
    chooser: random.Random,
    pair: tuple[str, str],
    quantities: tuple[list[Quantity], list[Quantity]],
    check: QuantityCheck,
) -> None:
    """Change one agreeing number of each side in turn, and count whether that is found."""
    for side in (0, 1):
        indices = chooser.choice(check.matched)
        chosen, partner = (quantities[which][indices[which]] for which in (side, 1 - side))
        changed = change(pair[side], chosen, chooser, most=min(MOST.get(q.kind, NO_LIMIT) for q in (chosen, partner)))
        if changed is None:
            continue
        text, number = changed
        sides = (text, pair[1]) if side == 0 else (pair[0], text)
        found = (
            compare_quantities(read_quantities(sides[0], "en"), read_quantities(sides[1], "ja")).verdict == "conflict"
        )
        is_unique = number not in numbers(pair[1 - side])
        tally.changed += 1
        tally.found += found
        tally.unique += is_unique
        tally.unique_found += found and is_unique
        tally.missed[chosen.kind] += not found


def numbers(text: str) -> set[int]:
    """Give the figures and number words of a text, found without the reader; a weekday is less than 0."""
    figures = {int(figure) for figure in FIGURE.findall(text)}
    kanji = {KANJI_DIGITS.index(digit) + 1 for digit in KANJI_FIGURE.findall(text)}
    return figures | kanji | {VALUES[word.lower()] for word in WORD.findall(text)}


def change(text: str, quantity: Quantity, chooser: random.Random, most: int) -> Changed | None:
    """Give the text with another number of the same form in the place of a quantity, and that number.

    Args:
        text: The text.
        quantity: Which number to change; a range of two numbers is left alone, for it might be turned around.
        chooser: What chooses the new one.
        most: The largest number to choose.

    Returns:
        None where there is no other number of that form.
    """
    span = quantity.start, quantity.end
    if quantity.kind != "score" and quantity.low != quantity.high and not DECADE.search(text, *span):
        return None
    if match := FIGURE.search(text, *span):
        new = another_figure(match[0], text[match.end() :], most, chooser)
    elif match := WORD.search(text, *span):
        new = another_word(match[0], chooser)
    elif match := KANJI_FIGURE.search(text, *span):
        new = another_kanji(match[0], chooser)
    else:
        return None
    return None if new is None else (text[: match.start()] + new[0] + text[match.end() :], new[1])


def another_figure(figure: str, rest: str, most: int, chooser: random.Random) -> Changed | None:
    """Give another figure of as many digits: a decade for a decade, and near a year another year.

    Args:
        figure: The figure, in half-width or full-width digits.
        rest: The text after it.
        most: The largest to choose.
        chooser: What chooses.
    """
    value, step = int(figure), 10 if DECADE.match(rest) and figure[-1] in "0０" else 1
    least, most = 10 ** (len(figure) - 1), min(10 ** len(figure) - 1, most)
    if value in YEARS:
        least, most = value - 40, value + 40
    choices = [choice for choice in range(least, most + 1, step) if choice != value] if most < HUGE else []
    if most >= HUGE:
        choices = [chooser.randrange(least, most) for _ in range(2)]
    if not choices:
        return None
    new = chooser.choice(choices)
    return str(new) if figure.isascii() else str(new).translate(FULL_WIDTH), new


def another_word(word: str, chooser: random.Random) -> Changed | None:
    """Give another word of the same row, with a capital where the word has one."""
    row = next(row for row in WORDS if word.lower() in [entry.lower() for entry in row])
    new = chooser.choice([entry for entry in row if entry.lower() != word.lower()])
    return new.capitalize() if word[0].isupper() else new, row[new]


def another_kanji(kanji: str, chooser: random.Random) -> Changed | None:
    """Give another kanji numeral; not 一, which is often no number."""
    new = chooser.choice([other for other in KANJI_DIGITS[1:] if other != kanji])
    return new, KANJI_DIGITS.index(new) + 1


def print_speed() -> None:
    """Print how many texts a second are read, and pairs compared, on one core."""
    pairs = list(texts(wmt21("*", "headlines")))
    english, japanese = [en for en, _ in pairs], [ja for _, ja in pairs]
    read = [(read_quantities(en, "en"), read_quantities(ja, "ja")) for en, ja in pairs]
    work: dict[str, Callable[[], object]] = {
        "English headlines read": lambda: [read_quantities(text, "en") for text in english],
        "Japanese headlines read": lambda: [read_quantities(text, "ja") for text in japanese],
        "pairs compared, once read": lambda: [compare_quantities(en, ja) for en, ja in read],
    }
    print(f"\n{f'Speed on one core, WMT21 headlines, best of {ROUNDS}':<58}{'a second':>12}")
    for name, task in work.items():
        print(f"{name:<58}{len(pairs) / min(seconds(task) for _ in range(ROUNDS)):>12,.0f}")


def seconds(task: Callable[[], object]) -> float:
    """Give the CPU time that a task takes."""
    started = time.process_time()
    task()
    return time.process_time() - started


if __name__ == "__main__":
    main()
