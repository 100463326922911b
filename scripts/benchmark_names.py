"""Print how well the names of English and Japanese headlines are read and compared.

    python scripts/benchmark_names.py

Real headlines are WMT21's, read from ../shared/bench or from the folder that ALIGNKIT_BENCH names; what is not there is left
out and said so. Rules and thresholds were chosen on what is marked 'development'.
"""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
import time
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alignkit.text.names import Name, NameCheck, compare_names, read_names
from alignkit.text.names.katakana import SAME_NAME, transliteration_distance
from gold_data import BENCH, Half, wmt21

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.collect.sources import Segments
    from alignkit.schema import Language

Sort = Literal["country", "prefecture", "katakana", "surname"]

SEED: Final = 20_260_531
HALVES: Final[tuple[Half, ...]] = ("development", "test")
SEGMENTS: Final[tuple[Segments, ...]] = ("headlines", "all")
SORTS: Final[tuple[Sort, ...]] = ("country", "prefecture", "katakana", "surname")
RIVALS_PER_NAME: Final = 20
KATAKANA_SAMPLE: Final = 3_000
KATAKANA_NAMES: Final = """
    SELECT DISTINCT NEKana.text, NETransGloss.text FROM NETranslation
        JOIN NETransGloss ON NETransGloss.tid = NETranslation.ID
        JOIN NETransType ON NETransType.tid = NETranslation.ID
        JOIN NEKana ON NEKana.idseq = NETranslation.idseq
        WHERE NETransType.text IN ('surname', 'given', 'masc', 'fem', 'unclass')
            AND NOT EXISTS (SELECT 1 FROM NEKanji WHERE NEKanji.idseq = NETranslation.idseq)
"""
KATAKANA: Final = re.compile("[ァ-ヺー]{3,}")
LATIN: Final = re.compile("[A-Z][a-zà-ÿ]{2,}")
KANJI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
PREFECTURE: Final = re.compile("place:[0-9]{2}")


class Pair(NamedTuple):
    """Two headlines, their names, and how these compare."""

    en: str
    ja: str
    en_names: list[Name]
    ja_names: list[Name]
    check: NameCheck


class Change(NamedTuple):
    """A pair with one name changed on one side: of what sort, the headlines then, and where the new name ends."""

    sort: Sort
    en: str
    ja: str
    side: Language
    start: int
    end: int


def main() -> None:
    """Print all figures."""
    print_katakana()
    if not BENCH.is_dir():
        print(f"(WMT21 is left out: {BENCH} is not there)")
        return
    pairs = {(segments, half): read_pairs(segments, half) for segments in SEGMENTS for half in HALVES}
    print_real(pairs)
    print_changed(pairs)
    print_speed([pair for (segments, _), found in pairs.items() if segments == "all" for pair in found])


def read_pairs(segments: Segments, half: Half) -> list[Pair]:
    """Read and compare the gold pairs of a half of WMT21, both directions."""
    gold = wmt21("*", segments, half)
    text = dict(zip(gold.headlines["id"], gold.headlines["text"], strict=True))
    return compared([text[en] for en in gold.pairs["en_id"]], [text[ja] for ja in gold.pairs["ja_id"]])


def compared(en: Sequence[str], ja: Sequence[str]) -> list[Pair]:
    """Read and compare headlines pair by pair."""
    en_names, ja_names = read_names(en, "en"), read_names(ja, "ja")
    checks = map(compare_names, en_names, ja_names)
    return [Pair(*found) for found in zip(en, ja, en_names, ja_names, checks, strict=True)]


def print_real(pairs: dict[tuple[Segments, Half], list[Pair]]) -> None:
    """Print the verdicts on real pairs, and on each English text with a Japanese one that is not its own."""
    heading("WMT21, pairs as they are", "pairs", "agree", "conflict")
    shuffler = random.Random(SEED)  # noqa: S311 - a benchmark's
    for (segments, half), found in pairs.items():
        row(f"{segments}, {half}", f"{len(found):,}", *shares(found))
        turn = shuffler.randrange(1, len(found))
        others = [
            pair._replace(check=compare_names(pair.en_names, found[(at + turn) % len(found)].ja_names))
            for at, pair in enumerate(found)
        ]
        row(f"{segments}, {half}, wrongly paired", f"{len(others):,}", *shares(others))


def shares(pairs: Sequence[Pair]) -> list[str]:
    """Give the shares of pairs that agree and that are in conflict."""
    verdicts = Counter(pair.check.verdict for pair in pairs)
    return [f"{verdicts[verdict] / len(pairs):.2%}" for verdict in ("agree", "conflict")]


def print_changed(pairs: dict[tuple[Segments, Half], list[Pair]]) -> None:
    """Print what becomes of agreeing pairs when one of their names is changed for another of its sort."""
    heading("WMT21, one agreeing name changed", "changed", "name lost", "pair lost", "conflict")
    for (segments, half), found in pairs.items():
        changes = changed(found)
        outcomes = outcomes_of(changes)
        for sort in (*SORTS, "all"):
            chosen = [
                outcome for change, outcome in zip(changes, outcomes, strict=True) if sort in (change.sort, "all")
            ]
            if chosen:
                row(
                    f"{segments}, {half}, {sort}",
                    f"{len(chosen):,}",
                    *(f"{sum(values) / len(chosen):.1%}" for values in zip(*chosen, strict=True)),
                )
    print("name lost: the changed name agrees with none; pair lost: the verdict is no longer 'agree'")


def outcomes_of(changes: Sequence[Change]) -> list[tuple[bool, bool, bool]]:
    """Tell of each change whether the name, and the pair, no longer agree, and whether the pair is in conflict."""
    pairs = compared([change.en for change in changes], [change.ja for change in changes])
    return [
        (not agrees_at(pair, change), pair.check.verdict != "agree", pair.check.verdict == "conflict")
        for pair, change in zip(pairs, changes, strict=True)
    ]


def agrees_at(pair: Pair, change: Change) -> bool:
    """Tell whether a name that overlaps the changed span agrees with one of the other side."""
    side = 0 if change.side == "en" else 1
    names = (pair.en_names, pair.ja_names)[side]
    return any(
        names[match[side]].start < change.end and names[match[side]].end > change.start for match in pair.check.matched
    )


def changed(pairs: Sequence[Pair]) -> list[Change]:
    """Change every agreeing name that has a sort, in turn, on a side that is drawn, for another name of the sort."""
    found = [
        (pair, sort, pair.en_names[i], pair.ja_names[j])
        for pair in pairs
        if pair.check.verdict == "agree"
        for i, j in pair.check.matched
        if (sort := sort_of(pair.en_names[i], pair.ja_names[j])) is not None
    ]
    pool: dict[Sort, list[tuple[Name, Name]]] = defaultdict(list)
    for _, sort, en, ja in found:
        pool[sort].append((en, ja))
    drawer = random.Random(SEED)  # noqa: S311 - a benchmark's
    changes = []
    for pair, sort, en, ja in found:
        known = frozenset[str]().union(*(name.keys for name in (*pair.en_names, *pair.ja_names)))
        others = [both for both in pool[sort] if known.isdisjoint(both[0].keys | both[1].keys)]
        if others:
            side: Language = drawer.choice(("en", "ja"))
            changes.append(change(pair, sort, (en, ja), drawer.choice(others), side))
    return changes


def change(pair: Pair, sort: Sort, names: tuple[Name, Name], others: tuple[Name, Name], side: Language) -> Change:
    """Put another name in the place of one, everywhere on that side where it stands as it is written there."""
    en_name, ja_name = names
    en_other, ja_other = others
    if side == "en":
        return Change(
            sort,
            pair.en.replace(en_name.text, en_other.text),
            pair.ja,
            side,
            en_name.start,
            en_name.start + len(en_other.text),
        )
    return Change(
        sort,
        pair.en,
        pair.ja.replace(ja_name.text, ja_other.text),
        side,
        ja_name.start,
        ja_name.start + len(ja_other.text),
    )


def sort_of(en: Name, ja: Name) -> Sort | None:
    """Tell which sort of name two that agree are; None where another cannot be put in its place."""
    if en.kind == ja.kind == "country":
        # 日米韓 and 訪米 are more than a country's name.
        return "country" if len(ja.text) != len("訪米") or KATAKANA.match(ja.text) or ja.text.endswith("国") else None
    if any(PREFECTURE.fullmatch(key) for key in en.keys & ja.keys):
        return "prefecture"
    if ja.forms("kana") and en.kind in ("person", "other"):
        return "katakana"
    if ja.kind == "person" and KANJI.fullmatch(ja.text):
        return "surname"
    return None


def print_katakana() -> None:
    """Print how surely a katakana name's Latin spelling is told from those of other names."""
    names = katakana_names()
    if not names:
        print("(JMnedict is left out: jamdict-data is not installed)")
        return
    heading(
        f"JMnedict's katakana names: one name up to a distance of {SAME_NAME}",
        "names",
        "accepted",
        "rivals acc.",
        f"best of {RIVALS_PER_NAME + 1}",
    )
    drawer = random.Random(SEED)  # noqa: S311 - a benchmark's
    for half in HALVES:
        chosen = [name for name in names if is_development(name[0]) == (half == "development")]
        sample = drawer.sample(chosen, min(KATAKANA_SAMPLE, len(chosen)))
        own = [transliteration_distance(latin, kana) for kana, latin in sample]
        rivals = [
            [transliteration_distance(drawer.choice(chosen)[1], kana) for _ in range(RIVALS_PER_NAME)]
            for kana, _ in sample
        ]
        accepted = sum(distance <= SAME_NAME for distance in own) / len(own)
        rivals_accepted = sum(distance <= SAME_NAME for found in rivals for distance in found)
        best = sum(distance < min(found) for distance, found in zip(own, rivals, strict=True)) / len(own)
        row(
            half,
            f"{len(sample):,}",
            f"{accepted:.2%}",
            f"{rivals_accepted / (len(own) * RIVALS_PER_NAME):.3%}",
            f"{best:.2%}",
        )


def katakana_names() -> list[tuple[str, str]]:
    """Give the foreign names of one word that JMnedict has, in katakana and in Latin letters."""
    try:
        import jamdict_data  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return []
    path = Path(jamdict_data.JAMDICT_DB_PATH)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows: Iterable[tuple[str, str]] = connection.execute(KATAKANA_NAMES)
        return sorted((kana, latin) for kana, latin in rows if KATAKANA.fullmatch(kana) and LATIN.fullmatch(latin))


def is_development(kana: str) -> bool:
    """Tell which half a name belongs to."""
    return hashlib.sha256(kana.encode()).digest()[0] % 2 == 1


def print_speed(pairs: Sequence[Pair]) -> None:
    """Print how many headlines are read, and pairs compared, in a second of CPU time; tables are loaded before."""
    heading("Speed: a CPU second", "headlines", "a second")
    # A mark of its own makes every headline new, so that none is remembered.
    for lang in ("en", "ja"):
        texts = [f"{pair.en if lang == 'en' else pair.ja} {mark}" for mark in range(3) for pair in pairs]
        started = time.process_time()
        read_names(texts, lang)
        row(f"read, {lang}", f"{len(texts):,}", f"{len(texts) / (time.process_time() - started):,.0f}")
    transliteration_distance.cache_clear()
    started = time.process_time()
    for pair in pairs:
        compare_names(pair.en_names, pair.ja_names)
    row("compared", f"{len(pairs):,}", f"{len(pairs) / (time.process_time() - started):,.0f}")


def heading(title: str, *columns: str) -> None:
    """Print a title with the names of its columns."""
    print()
    row(title, *columns)


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"{name:<58}" + "".join(f"{cell:>13}" for cell in cells))


if __name__ == "__main__":
    main()
