"""Print how surely changed facts of translations are found, and how often good translations are accused.

    python scripts/benchmark_fidelity.py [--development [--systems]]

The translations are WMT21's references, read from ../shared/bench or from the folder that ALIGNKIT_BENCH names. In a copy of
each one number, date or name is exchanged, or the meaning turned around: by `rivals` in English, by `japanese_rivals`
(numbers and names) in Japanese. Rules were chosen on the development half of the documents; the other half is printed.

A translation is judged in three ways: by the source alone; with another translation as its reference, here the output of
one system, which is harsher than a person's; and, if it was changed, with the unchanged one as its reference, as a system's
output would be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.fidelity.judging import judge
from alignkit.evaluate.fidelity.measure import measure_fidelity
from alignkit.evaluate.fidelity.reading import read_texts
from benchmark_evaluate import TARGETS, WMT21, load
from benchmark_report import Report
from japanese_rivals import japanese_rivals
from rivals import KINDS, rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignkit.evaluate.fidelity.model import Aspect, Finding
    from alignkit.schema import Language
    from benchmark_report import Cell
    from gold_data import Half
    from rivals import Kind

OTHER_TRANSLATION: Final = "Facebook-AI"
JAPANESE_KINDS: Final = ("numbers", "names")
QUANTITIES: Final[tuple[Aspect, ...]] = ("numbers", "dates")
FAULTY: Final = {"conflict", "missing"}


@dataclass(frozen=True)
class Case:
    """A source with its reference, and another translation of it."""

    source: str
    reference: str
    other: str

    def turned(self) -> Case:
        """Give it with the two translations in each other's place."""
        return Case(self.source, self.other, self.reference)


@dataclass(frozen=True)
class Judged:
    """What is found in translations, each judged once."""

    found: Sequence[Mapping[Aspect, Finding]]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str, str | None]], pair: str) -> Judged:
        """Judge texts, each with its source before it and behind it what is its reference, or None."""
        once = list(dict.fromkeys(texts))
        source_lang, target_lang = languages(pair)
        sources = read_texts((source for source, _, _ in once), source_lang)
        own = read_texts((text for _, text, _ in once), target_lang)
        references = read_texts((text for *_, text in once if text is not None), target_lang)
        return cls(
            [
                judge(sources[source], own[text], [] if reference is None else [references[reference]])
                for source, text, reference in once
            ]
        )

    def share(self, verdicts: set[str], *aspects: Aspect) -> float | None:
        """Give the share of texts with one of some verdicts on one of some aspects."""
        hits = sum(any(findings[aspect].verdict in verdicts for aspect in aspects) for findings in self.found)
        return hits / len(self.found) if self.found else None


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--development", action="store_true", help="print the half on which rules were chosen")
    parser.add_argument("--systems", action="store_true", help="change and compare the outputs of all systems")
    options = parser.parse_args()
    half: Half = "development" if options.development else "test"
    report = Report()
    if not WMT21.is_dir():
        report.left_out("fidelity", "Fidelity on WMT21", f"{WMT21} is not there")
        return
    systems = "*" if options.systems else OTHER_TRANSLATION
    cases = {pair: read_cases(pair, half, systems) for pair in TARGETS}
    _false_alarms(report, cases, half)
    _changed(report, cases, half)
    if options.systems:
        turned = {pair: [case.turned() for case in found] for pair, found in cases.items()}
        _changed(report, turned, half, "outputs of systems")
    _speed(report)


def read_cases(pair: str, half: Half, systems: str) -> list[Case]:
    """Read a half of a test set, by document as `gold_data` parts it, once for each system that a pattern names."""
    source, target = languages(pair)
    name = f"newstest2021.{pair}"
    rows = list(map(json.loads, (WMT21 / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()))
    return [
        Case(row[source], row[target], other)
        for path in sorted((WMT21 / "systems").glob(f"{name}.hyp.{systems}.{target}"))
        for row, other in zip(rows, path.read_text(encoding="utf-8").splitlines(), strict=True)
        if half_of(row["doc"]) == half
    ]


def half_of(document: str) -> Half:
    """Give the half of a document, by the parity of its hash as `gold_data.wmt21` has it."""
    return "development" if hashlib.sha256(document.encode()).digest()[0] % 2 else "test"


def languages(pair: str) -> tuple[Language, Language]:
    """Give the source and the target language of a pair."""
    return ("ja", "en") if pair == "ja-en" else ("en", "ja")


def altered(text: str, kind: Kind, pair: str) -> list[str]:
    """Give the reference with one thing changed, or nothing if there is none to change."""
    if pair == "ja-en":
        return rivals(text, kind, 1)
    return japanese_rivals(text, kind) if kind in JAPANESE_KINDS else []


def _false_alarms(report: Report, cases: dict[str, list[Case]], half: Half) -> None:
    rows: list[Sequence[Cell]] = []
    for pair, found in cases.items():
        alone = Judged.of(((case.source, case.reference, None) for case in found), pair)
        beside = Judged.of(((case.source, case.reference, case.other) for case in found), pair)
        for kind in KINDS:
            shares = [
                judged.share({verdict}, kind) for judged in (alone, beside) for verdict in ("conflict", "missing")
            ]
            rows.append([f"{pair} {kind}", len(alone.found), *shares[:2], len(beside.found), *shares[2:]])
    columns = ("references", "conflict", "missing", "2: judged", "2: conflict", "2: missing")
    notes = [
        "the first two by the source alone, those marked 2 with a system's output as the reference; of all references",
        "missing is what the source has and the translation does not: with no reference it also counts what people leave out",
    ]
    report.table("false_alarms", f"WMT21, {half} half: alarms on the references themselves", columns, rows, notes)


def _changed(report: Report, cases: dict[str, list[Case]], half: Half, what: str = "references") -> None:
    rows: list[Sequence[Cell]] = []
    for pair, found in cases.items():
        for kind in KINDS:
            changed = [(case, copy) for case in found for copy in altered(case.reference, kind, pair)]
            if not changed:
                continue
            alone = Judged.of(((case.source, copy, None) for case, copy in changed), pair)
            beside = Judged.of(((case.source, copy, case.other) for case, copy in changed), pair)
            own = Judged.of(((case.source, copy, case.reference) for case, copy in changed), pair)
            shares = [judged.share({"conflict"}, kind) for judged in (alone, beside, own)]
            either = own.share({"conflict"}, *(QUANTITIES if kind in QUANTITIES else (kind,)))
            rows.append([f"{pair} {kind}", len(own.found), *shares, either, own.share(FAULTY, kind)])
    columns = ("changed", "source", "2: other", "3: own", "3: either", "3: or gone")
    notes = [
        "recall, the share found in conflict: by the source alone;",
        f"2: with {'a person' if what != 'references' else 'a system'}'s translation as the reference; 3: with the unchanged text as the reference;",
        "3, either: numbers and dates are found as either, for the hour of '3 a.m.' is changed as a number and read as a time",
    ]
    report.table(f"changed {what}", f"WMT21, {half} half: {what} with one thing changed", columns, rows, notes)


def _speed(report: Report) -> None:
    rows: list[Sequence[Cell]] = []
    for pair in TARGETS:
        test_set, systems = load(pair)
        start = time.process_time()
        measure_fidelity(test_set, systems)
        rows.append([pair, len(systems), len(test_set.segments), time.process_time() - start])
    report.table("speed", "All systems of WMT21: facts and form", ("systems", "segments", "CPU s"), rows)


if __name__ == "__main__":
    main()
