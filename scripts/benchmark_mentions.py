"""Print how well documents that quote headlines are read: the headlines, their outlets and days, and the leads.

    python scripts/benchmark_mentions.py

The documents are corpora/mentions, all of them invented. Rules were tuned on what is marked 'development' only. With
--errors, what is wrong in the development documents is printed, too; for the test documents it never is.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alignkit.collect.mentions import Lead, read_mentions
from alignkit.collect.record import Record
from alignkit.outlets.model import Outlet

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS: Final = Path(__file__).parents[1] / "corpora" / "mentions"
HALVES: Final = {"development": "dev.toml", "test": "test.toml"}
MEASURES: Final = ("headlines", "with outlet", "with day", "with address", "leads")
WRITTEN: Final = "2031-12-31"


class Scored(NamedTuple):
    """What was expected of a document and what was found, by measure."""

    name: str
    expected: dict[str, Counter[tuple[str, ...]]]
    found: dict[str, Counter[tuple[str, ...]]]


class Figures(NamedTuple):
    """How well one measure is met, and how many there were to find."""

    precision: float
    recall: float
    f1: float
    expected: int


def main() -> None:
    """Print all figures."""
    outlets = read_outlets()
    for half, file in HALVES.items():
        documents = tomllib.loads((CORPUS / file).read_text(encoding="utf-8"))["document"]
        started = time.perf_counter()
        scored = [score(document, outlets) for document in documents]
        print_figures(half, scored, time.perf_counter() - started)
        if half == "development" and "--errors" in sys.argv[1:]:
            print_errors(scored)


def read_outlets() -> list[Outlet]:
    """Give the invented outlets."""
    rows = tomllib.loads((CORPUS / "outlets.toml").read_text(encoding="utf-8"))["outlets"]
    return [make_outlet(row) for row in rows]


def make_outlet(row: dict[str, Any]) -> Outlet:
    """Make an outlet of what the corpus says of it."""
    origin = {"source": "invented", "date": WRITTEN}
    domains = {"hosts": row["hosts"], **origin}
    return Outlet.model_validate({key: row[key] for key in row if key != "hosts"} | origin | {"domains": [domains]})


def score(document: dict[str, Any], outlets: Sequence[Outlet]) -> Scored:
    """Read a document and put what is found beside what is expected."""
    names = {outlet.name_en: outlet.id for outlet in outlets}
    items = list(
        read_mentions(
            document["content"],
            name=document["name"],
            content_type=document["format"],
            date=document.get("date"),
            outlets=outlets,
        )
    )
    rows = [dict(item.fields) for item in items if isinstance(item, Record)]
    found = [{**row, "outlet": names.get(str(row.get("outlet"))), "date": row.get("published_at")} for row in rows]
    leads = [(item.outlet_id, item.headline) for item in items if isinstance(item, Lead)]
    expected_leads = [(lead["outlet"], lead["headline"]) for lead in document["leads"]]
    return Scored(
        document["name"],
        {**by_measure(document["headlines"]), "leads": Counter(expected_leads)},
        {**by_measure(found), "leads": Counter(leads)},
    )


def by_measure(headlines: Sequence[dict[str, Any]]) -> dict[str, Counter[tuple[str, ...]]]:
    """Give what is compared: the text alone, and the text with what is said of it."""
    rows = [(row["text"], row["lang"], *(str(row.get(key)) for key in ("outlet", "date", "url"))) for row in headlines]
    return {
        "headlines": Counter((text, lang) for text, lang, *_ in rows),
        "with outlet": Counter((text, outlet) for text, _, outlet, _, _ in rows),
        "with day": Counter((text, day) for text, _, _, day, _ in rows),
        "with address": Counter((text, url) for text, _, _, _, url in rows),
    }


def figures(scored: Sequence[Scored], measure: str) -> Figures:
    """Give precision, recall and F1 of a measure over documents; each headline and lead counts once."""
    expected = sum(each.expected[measure].total() for each in scored)
    found = sum(each.found[measure].total() for each in scored)
    right = sum((each.expected[measure] & each.found[measure]).total() for each in scored)
    return Figures(right / max(1, found), right / max(1, expected), 2 * right / max(1, found + expected), expected)


def print_figures(half: str, scored: Sequence[Scored], seconds: float) -> None:
    """Print the figures of each measure."""
    print(f"{half}: {len(scored)} documents, read in {seconds:.2f} s")
    print(f"  {'':14}{'precision':>10}{'recall':>8}{'F1':>7}{'expected':>10}")
    for measure in MEASURES:
        precision, recall, f1, expected = figures(scored, measure)
        print(f"  {measure:14}{precision:10.3f}{recall:8.3f}{f1:7.3f}{expected:10}")


def print_errors(scored: Sequence[Scored]) -> None:
    """Print what is missing and what should not be there."""
    for each in scored:
        for measure in MEASURES:
            for key in each.expected[measure] - each.found[measure]:
                print(f"  {each.name}: {measure}: missing {' | '.join(key)}")
            for key in each.found[measure] - each.expected[measure]:
                print(f"  {each.name}: {measure}: wrong {' | '.join(key)}")


if __name__ == "__main__":
    main()
