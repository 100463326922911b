"""How well the relation of two headlines is told, on the demonstration corpus's gold pairs.

All gold pairs are looked at, also those that are no candidates, such as a headline and a follow-up days later.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.align.stage import relate_candidates, score_candidates
from alignkit.collect.stage import collect_headlines
from alignkit.config import load_config
from alignkit.evaluate.gold import read_gold
from alignkit.pair.stage import find_candidates
from alignkit.schema import RELATIONS
from gold_data import DEMO, GoldSet, demo_half, with_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.encoders.embedder import Embedder
    from benchmark_report import Cell, Report
    from gold_data import Half

HALVES: Final[tuple[Half, ...]] = ("development", "test")
COLUMNS: Final = ("gold", "told", "precision", "recall", "F1")


def print_relation(report: Report, embedder: Embedder) -> None:
    """Print precision, recall and F1 of each relation and their mean, on both halves."""
    for half in HALVES:
        key, title = f"relation_{half}", f"Relation, demonstration corpus, {half} half"
        gold = demo_half(labelled(), half)
        both = gold.pairs.join(told_relations(gold, embedder), on=["en_id", "ja_id"])
        report.table(key, title, COLUMNS, class_rows(both["relation"].to_list(), both["told"].to_list()))


def told_relations(gold: GoldSet, embedder: Embedder) -> pl.DataFrame:
    """Give the relations of the gold pairs as they are told: en_id, ja_id and told."""
    headlines = gold.headlines.with_columns(wire_id=pl.lit(None, dtype=pl.String))
    candidates = with_pairs(find_candidates(headlines, embedder=embedder), headlines, gold.pairs)
    scored = score_candidates(headlines, candidates, embedder=embedder).join(
        gold.pairs, on=["en_id", "ja_id"], how="semi", maintain_order="left"
    )
    related = relate_candidates(gold.headlines, scored, embedder=embedder)
    return related.select("en_id", "ja_id", told="relation")


def labelled() -> GoldSet:
    """Read the demonstration corpus with all its gold pairs and their relations."""
    config = load_config(DEMO)
    headlines = collect_headlines(config.file_sources, folder=DEMO, settings=config.collect).headlines
    gold = read_gold(DEMO / "gold.tsv")
    for lang in ("en", "ja"):
        ids = headlines.filter(pl.col("lang") == lang).select(
            pl.col("url").alias(f"{lang}_url"), pl.col("id").alias(f"{lang}_id")
        )
        gold = gold.join(ids, on=f"{lang}_url")
    return GoldSet("demonstration corpus", headlines, gold.select("en_id", "ja_id", "relation"))


def class_rows(gold: Sequence[str], told: Sequence[str]) -> list[list[Cell]]:
    """Give the figures of each relation that gold holds, and their unweighted mean."""
    hits = Counter(one for one, other in zip(gold, told, strict=True) if one == other)
    in_gold, in_told = Counter(gold), Counter(told)
    rows: list[list[Cell]] = []
    f1s = []
    for relation in (relation for relation in RELATIONS if in_gold[relation]):
        precision = hits[relation] / max(in_told[relation], 1)
        recall = hits[relation] / in_gold[relation]
        f1s.append(2 * hits[relation] / (in_gold[relation] + in_told[relation]))
        rows.append([relation, in_gold[relation], in_told[relation], precision, recall, f1s[-1]])
    accuracy = hits.total() / max(len(gold), 1)
    return [
        *rows,
        ["macro F1", len(gold), len(told), None, None, sum(f1s) / max(len(f1s), 1)],
        ["accuracy", len(gold), len(told), None, None, accuracy],
    ]
