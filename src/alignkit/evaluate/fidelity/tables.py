"""What became of facts and form as cells of text: for a terminal and for a file of failing segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.evaluate.fidelity.model import ASPECTS, ENDINGS, FORM_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.fidelity.model import Fidelity, Rate, Span, Style
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet

Cells = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""The names of columns, and rows."""


def fact_cells(fidelity: Fidelity) -> Cells:
    """Give for each system how often each aspect is kept; aspects of which nothing could be checked are left out."""
    aspects = [aspect for aspect in ASPECTS if any(system.rate(aspect).checked for system in fidelity.systems)]
    rows = [(system.system, *(_rate(system.rate(aspect)) for aspect in aspects)) for system in fidelity.systems]
    return ("system", *aspects), tuple(rows)


def form_cells(fidelity: Fidelity) -> Cells:
    """Give for each system how many segments have which fault, and how it writes beside the references."""
    faults = [fault for fault in FORM_FAULTS if any(system.faults[fault] for system in fidelity.systems)]
    endings = ENDINGS if fidelity.references.endings else ()
    columns = ("system", *(fault.replace("_", " ") for fault in faults), "length", *(f"ends {one}" for one in endings))
    people = ("references", *("" for _ in faults), "", *_endings(fidelity.references))
    rows = [
        (
            system.system,
            *(f"{len(system.faults[fault]):,}" for fault in faults),
            f"{system.length_ratio:.2f}",
            *_endings(system.style, keep=bool(endings)),
        )
        for system in fidelity.systems
    ]
    return columns, (people, *rows)


def failure_rows(
    fidelity: Fidelity, test_set: EvaluationSet, systems: Sequence[SystemOutput]
) -> list[dict[str, object]]:
    """Give a row for each fact that does not survive: the segment, the texts and what in them is in conflict or missing."""
    return [
        {
            "system": found.system,
            "id": test_set.segments[failure.place].id,
            "aspect": failure.aspect,
            "verdict": failure.finding.verdict,
            "in_source": _texts(failure.finding.source),
            "in_output": _texts(failure.finding.output),
            "in_reference": _texts(failure.finding.reference),
            "source": test_set.segments[failure.place].source,
            "hypothesis": system.outputs[failure.place],
        }
        for found, system in zip(fidelity.systems, systems, strict=True)
        for failure in found.failures
    ]


def _rate(rate: Rate) -> str:
    if rate.kept is None:
        return "–"
    return f"{rate.kept:.1%} of {rate.checked:,} ({rate.conflict:,}, {rate.missing:,})"


def _endings(style: Style, *, keep: bool = True) -> tuple[str, ...]:
    if not keep or not (style.endings or style.texts == 0):
        return ()
    return tuple(f"{style.endings.get(one, 0) / max(style.texts, 1):.0%}" for one in ENDINGS)


def _texts(spans: Iterable[Span]) -> str:
    return " | ".join(span.text for span in spans)
