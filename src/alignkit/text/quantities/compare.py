"""Whether the quantities of an English and a Japanese headline agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from alignkit.text.quantities.agreement import agree, contradict, contradict_as_hint, contradict_as_kin, is_near
from alignkit.text.quantities.comparability import Compared, Relation, compare

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
            contradict each other, or these two are all that is left over and they are kin; else 'agree' where any
            agree; else 'absent'.
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
    both sides, of the same kind, that is left over when as many as possible are matched. Two that are merely kin, such
    as 'two wins' and 貯金3, are in conflict only where both are the one number left over on their side.

    Args:
        en: What `alignkit.text.quantities.read_quantities` reads in the English headline; the first 64 are compared.
        ja: What it reads in the Japanese headline, likewise.
    """
    if not en or not ja:
        return QuantityCheck("absent", (), (), tuple(range(len(en))), tuple(range(len(ja))))
    grid = [[compare(one, other) for other in ja[:_MOST_COMPARED]] for one in en[:_MOST_COMPARED]]
    agreeing = [[agree(en[i], ja[j], cell) for j, cell in enumerate(row)] for i, row in enumerate(grid)]
    _prefer_own_kind(en, ja, grid, agreeing)
    matched = _match(grid, agreeing)
    lonely_en = _left(len(grid), (i for i, _ in matched))
    lonely_ja = _left(len(grid[0]), (j for _, j in matched))
    conflicting: list[tuple[int, int]] = []
    if lonely_en and lonely_ja:
        lonely = lonely_en, lonely_ja
        conflicting = _conflicts(en, ja, grid, lonely) or _last_two(en, ja, grid, lonely)
    verdict: Verdict = "conflict" if conflicting else "agree" if matched else "absent"
    return QuantityCheck(
        verdict,
        tuple(matched),
        tuple(conflicting),
        (*lonely_en, *range(len(grid), len(en))),
        (*lonely_ja, *range(len(grid[0]), len(ja))),
    )


def _prefer_own_kind(
    en: Sequence[Quantity], ja: Sequence[Quantity], grid: list[list[Compared]], agreeing: list[list[bool]]
) -> None:
    """Let no number that is only kin stand in for one of its own kind that contradicts it and agrees with nothing.

    Beside 6年間 and 3年生, '3 years' is not 3年生. What is decided does not depend on how the rest is matched, nor on which
    side is which.
    """
    kin = _agreeing_as(Relation.KIN, grid, agreeing)
    if not kin:
        return
    lonely_en = [i for i, row in enumerate(agreeing) if not any(row)]
    lonely_ja = [j for j in range(len(grid[0])) if not any(row[j] for row in agreeing)]
    if not lonely_en and not lonely_ja:
        return

    def is_denied(i: int, j: int) -> bool:
        return is_near(grid[i][j]) and contradict(en[i], ja[j], grid[i][j])

    own = _agreeing_as(Relation.SAME, grid, agreeing)
    kin_en = {i for i, _ in kin}.difference(i for i, _ in own)
    kin_ja = {j for _, j in kin}.difference(j for _, j in own)
    denied_en = {i for i in kin_en if any(is_denied(i, j) for j in lonely_ja)}
    denied_ja = {j for j in kin_ja if any(is_denied(i, j) for i in lonely_en)}
    for i, j in kin:
        if i in denied_en or j in denied_ja:
            agreeing[i][j] = False


def _agreeing_as(relation: Relation, grid: list[list[Compared]], agreeing: list[list[bool]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, row in enumerate(grid)
        for j, cell in enumerate(row)
        if agreeing[i][j] and cell.relation == relation
    ]


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
    lonely: tuple[tuple[int, ...], tuple[int, ...]],
) -> list[tuple[int, int]]:
    lonely_en, lonely_ja = lonely
    en_total, ja_total = (_people(side, lonely) for side, lonely in ((en, lonely_en), (ja, lonely_ja)))
    return [
        (i, j)
        for i in lonely_en
        for j in lonely_ja
        if contradict(en[i], ja[j], grid[i][j]) and not (_is_total(en[i], ja_total) or _is_total(ja[j], en_total))
    ]


def _last_two(
    en: Sequence[Quantity],
    ja: Sequence[Quantity],
    grid: list[list[Compared]],
    lonely: tuple[tuple[int, ...], tuple[int, ...]],
) -> list[tuple[int, int]]:
    """Give the one number left over on either side, where the two are kin, or one a hint, and contradict each other."""
    lonely_en, lonely_ja = lonely
    certain_en = [i for i in lonely_en if en[i].certain]
    certain_ja = [j for j in lonely_ja if ja[j].certain]
    if len(certain_en) == len(certain_ja) == 1:
        i, j = certain_en[0], certain_ja[0]
        return [(i, j)] if contradict_as_kin(en[i], ja[j], grid[i][j]) else []
    if len(lonely_en) == len(lonely_ja) == 1:
        i, j = lonely_en[0], lonely_ja[0]
        return [(i, j)] if contradict_as_hint(en[i], ja[j], grid[i][j]) else []
    return []


def _people(quantities: Sequence[Quantity], lonely: tuple[int, ...]) -> float:
    """Give the sum of the people counted: '1 dead, 3 injured' is 4人死傷."""
    return sum(quantities[index].low for index in lonely if quantities[index].unit == "people")


def _is_total(quantity: Quantity, people: float) -> bool:
    return quantity.unit == "people" and quantity.low == people


def _left(count: int, used: Iterable[int]) -> tuple[int, ...]:
    gone = set(used)
    return tuple(index for index in range(count) if index not in gone)
