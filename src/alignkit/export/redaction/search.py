"""What becomes of the headlines of whole tables: a row for each that is changed, found a batch at a time.

Three times the headlines are gone through: to find the units that are in question, to find the people in these, and to take
them out. What is kept between is small: a unit's number for each headline, and a row for each mention.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.export.redaction.addresses import spells_a_name
from alignkit.export.redaction.headline import people_in, redact
from alignkit.export.redaction.rule import UnitNames
from alignkit.schema import LANGUAGES
from alignkit.text.people import Person, crime_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from alignkit.export.redaction.rule import Rule
    from alignkit.schema import Language
    from alignkit.text.normalise import Affixes

SEARCHED: Final = ("id", "lang", "text", "url")
"""The columns of the headlines that are gone through."""

_ROWS_IN_HAND: Final = 5_000

_FOUND: Final = pl.Schema({"id": pl.String, "lang": pl.String, "text": pl.String, "url_goes": pl.Boolean})
_MENTIONS: Final = pl.Schema(
    {
        "row": pl.UInt32(),
        "unit": pl.UInt32(),
        "lang": pl.Enum(LANGUAGES),
        "start": pl.UInt32(),
        "end": pl.UInt32(),
        "name": pl.String(),
        "standing": pl.Enum(("office", "involved", "plain")),
        "parts": pl.List(pl.String),
    }
)


@dataclass(frozen=True)
class Search:
    """Headlines in which names are looked for.

    Attributes:
        batches: Gives the headlines in order, a batch at a time, with the columns `SEARCHED`; called more than once.
        units: The number of the unit of each.
        rule: Which names are taken out.
        affixes: What outlets put around headlines.
    """

    batches: Callable[[], Iterator[pl.DataFrame]]
    units: NDArray[np.uint32]
    rule: Rule
    affixes: Affixes

    def replacements(self) -> pl.DataFrame:
        """Find what changes.

        Returns:
            A row a headline that changes: id, lang, text (the new one, or null if it stays), and
            url_goes (whether its address gives a name away).
        """
        mentions = self._mentions(self._in_question())
        found = [pl.DataFrame(schema=_FOUND)]
        for first, batch in self._numbered():
            of_batch = batch.join(mentions.select("unit").unique(), on="unit", how="semi", maintain_order="left")
            if of_batch.height:
                last = first + batch.height
                own = mentions.filter(pl.col("row").is_between(first, last, closed="left"))
                of_units = mentions.join(of_batch.select("unit").unique(), on="unit", how="semi", maintain_order="left")
                found.append(self._changed(of_batch, own, _names_by_unit(of_units, self.rule)))
        return pl.concat(found)

    def _numbered(self) -> Iterator[tuple[int, pl.DataFrame]]:
        """Give the batches with the columns row and unit, each with its first row's number."""
        first = 0
        for batch in self.batches():
            # What is found in a headline takes far more room than the headline, so fewer are in hand than are read at once.
            for rows in batch.iter_slices(_ROWS_IN_HAND):
                unit = pl.Series("unit", self.units[first : first + rows.height])
                yield first, rows.with_row_index("row", offset=first).with_columns(unit)
                first += rows.height

    def _in_question(self) -> NDArray[np.bool_]:
        """Tell of each unit whether names are looked for in it."""
        found = np.full(int(self.units.max(initial=0)) + 1, self.rule == "people")
        if self.rule == "crime":
            is_cued = pl.any_horizontal(
                (pl.col("lang") == lang) & pl.col("text").str.contains(crime_pattern(lang)) for lang in LANGUAGES
            )
            for _, batch in self._numbered():
                found[batch.filter(is_cued)["unit"].to_numpy()] = True
        return found

    def _mentions(self, in_question: NDArray[np.bool_]) -> pl.DataFrame:
        """Find the people in the headlines of units."""
        parts = [pl.DataFrame(schema=_MENTIONS)]
        for _, batch in self._numbered():
            concerned = batch.filter(pl.Series(in_question[batch["unit"].to_numpy()]))
            for lang in LANGUAGES:
                headlines = concerned.filter(pl.col("lang") == lang)
                found = people_in(headlines["text"].to_list(), lang, self.affixes)
                rows = [
                    (row, unit, lang, person.start, person.end, person.text, person.standing, person.parts)
                    for (row, unit), people in zip(headlines.select("row", "unit").iter_rows(), found, strict=True)
                    for person in people
                ]
                parts.append(pl.DataFrame(rows, schema=_MENTIONS, orient="row"))
        return pl.concat(parts)

    def _changed(self, batch: pl.DataFrame, own: pl.DataFrame, names: dict[int, UnitNames]) -> pl.DataFrame:
        """Take the names out of headlines, and give those that change."""
        people: dict[int, list[Person]] = defaultdict(list)
        for row, _, _, *person in own.iter_rows():
            people[row].append(_person(*person))
        parts = []
        for lang in LANGUAGES:
            headlines = batch.filter(pl.col("lang") == lang)
            of_each = [names[unit] for unit in headlines["unit"]]
            found = [people[row] for row in headlines["row"]]
            texts = redact(headlines["text"].to_list(), lang, found, of_each, self.affixes)
            goes = [
                url is not None and spells_a_name(url, of) for url, of in zip(headlines["url"], of_each, strict=True)
            ]
            new, url_goes = pl.Series("new", texts, pl.String), pl.Series("url_goes", goes, pl.Boolean)
            parts.append(
                headlines.with_columns(new, url_goes)
                .filter((pl.col("new") != pl.col("text")) | pl.col("url_goes"))
                .select(
                    "id",
                    "lang",
                    text=pl.when(pl.col("new") != pl.col("text")).then("new"),
                    url_goes="url_goes",
                )
            )
        return pl.concat(parts)


def _names_by_unit(mentions: pl.DataFrame, rule: Rule) -> dict[int, UnitNames]:
    people: dict[int, list[tuple[Language, Person]]] = defaultdict(list)
    for _, unit, lang, *person in mentions.iter_rows():
        people[unit].append((lang, _person(*person)))
    return {unit: UnitNames(found, rule) for unit, found in people.items()}


def _person(start: int, end: int, name: str, standing: str, parts: list[str]) -> Person:
    return Person(start, end, name, standing, tuple(parts))  # type: ignore[arg-type]  # the column has no other standing
