"""Whether the quantities of an English and a Japanese headline agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from alignkit.text.quantities.comparability import Compared, Relation, agree, compare, contradict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.text.quantities.model import Quantity

Verdict = Literal["agree", "conflict", "absent"]

_MOST_COMPARED: Final = 64


@dataclass(frozen=True, slots=True)
class QuantityCheck:
    """What became of the quantities of a pair of headlines.

    Attributes:
        verdict: 'conflict' where both sides have a number left over that is certain, and the two are of one kind and
            contradict each other; else 'agree' where any agree; else 'absent'.
        matched: Those that agree, one to one, as indices of the English and of the Japanese quantity.
        conflicting: Those that contradict each other, likewise.
        en_left: The English quantities that have no match.
        ja_left: The Japanese quantities that have no match.
    """

    verdict: Verdict
    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]
    en_left: tuple[int, ...]
    ja_left: tuple[int, ...]


def compare_quantities(en: Sequence[Quantity], ja: Sequence[Quantity]) -> QuantityCheck:
    """Match the quantities of two headlines one to one, as many as agree, and look at what is left over.

    A number that only one headline has says nothing, for headlines leave out freely. So a conflict takes a number on
    both sides, of the same kind, that is left over when as many as possible are matched.

    Args:
        en: What `alignkit.text.quantities.read_quantities` reads in the English headline; the first 64 are compared.
        ja: What it reads in the Japanese headline, likewise.
    """
    if not en or not ja:
        return QuantityCheck("absent", (), (), tuple(range(len(en))), tuple(range(len(ja))))
    grid = [[compare(one, other) for other in ja[:_MOST_COMPARED]] for one in en[:_MOST_COMPARED]]
    agreeing = [[agree(en[i], ja[j], cell) for j, cell in enumerate(row)] for i, row in enumerate(grid)]
    matched = _match(grid, agreeing)
    conflicting = _conflicts(en, ja, grid, matched)
    verdict: Verdict = "conflict" if conflicting else "agree" if matched else "absent"
    return QuantityCheck(
        verdict,
        tuple(matched),
        tuple(conflicting),
        _left(len(en), (i for i, _ in matched)),
        _left(len(ja), (j for _, j in matched)),
    )


def _match(grid: list[list[Compared]], agreeing: list[list[bool]]) -> list[tuple[int, int]]:
    """Match as many as agree: first those of the same kind, then those that are only kin (Kuhn's algorithm)."""
    partner_of_ja: dict[int, int] = {}
    for least in (Relation.SAME, Relation.KIN):
        edges = [
            [j for j, cell in enumerate(row) if agreeing[i][j] and cell.relation >= least] for i, row in enumerate(grid)
        ]
        taken = set(partner_of_ja.values())
        for i in range(len(grid)):
            if i not in taken:
                _augment(i, edges, partner_of_ja, set())
    return sorted((i, j) for j, i in partner_of_ja.items())


def _augment(i: int, edges: list[list[int]], partner_of_ja: dict[int, int], seen: set[int]) -> bool:
    """Find i a partner, moving others to another partner of theirs where that is needed."""
    for j in edges[i]:
        if j in seen:
            continue
        seen.add(j)
        if j not in partner_of_ja or _augment(partner_of_ja[j], edges, partner_of_ja, seen):
            partner_of_ja[j] = i
            return True
    return False


def _conflicts(
    en: Sequence[Quantity],
    ja: Sequence[Quantity],
    grid: list[list[Compared]],
    matched: list[tuple[int, int]],
) -> list[tuple[int, int]]:
    lonely_en = _left(len(grid), (i for i, _ in matched))
    lonely_ja = _left(len(grid[0]), (j for _, j in matched))
    en_total, ja_total = (_people(side, lonely) for side, lonely in ((en, lonely_en), (ja, lonely_ja)))
    return [
        (i, j)
        for i in lonely_en
        for j in lonely_ja
        if contradict(en[i], ja[j], grid[i][j]) and not (_is_total(en[i], ja_total) or _is_total(ja[j], en_total))
    ]


def _people(quantities: Sequence[Quantity], lonely: tuple[int, ...]) -> float:
    """Give the sum of the people counted: '1 dead, 3 injured' is 4人死傷."""
    return sum(quantities[index].low for index in lonely if quantities[index].unit == "people")


def _is_total(quantity: Quantity, people: float) -> bool:
    return quantity.unit == "people" and quantity.low == people


def _left(count: int, used: Iterable[int]) -> tuple[int, ...]:
    gone = set(used)
    return tuple(index for index in range(count) if index not in gone)
