"""Facts and form of all outputs of all systems."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, cast

from alignkit.evaluate.fidelity.form import FormLimits, form_faults
from alignkit.evaluate.fidelity.judging import judge
from alignkit.evaluate.fidelity.model import ASPECTS, FORM_FAULTS, Failure, Fidelity, SystemFidelity
from alignkit.evaluate.fidelity.reading import read_texts
from alignkit.evaluate.fidelity.style import style_of
from alignkit.progress import silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignkit.evaluate.fidelity.model import Aspect, FactVerdict, FormFault
    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet
    from alignkit.progress import Progress
    from alignkit.schema import Language

_OURS: Final = {"en", "ja"}


def measure_fidelity(
    test_set: EvaluationSet,
    systems: Sequence[SystemOutput],
    limits: FormLimits | None = None,
    *,
    progress: Progress = silent,
) -> Fidelity:
    """Find out what became of facts and form.

    Facts are compared between English and Japanese only; of other languages, form is all that is looked at.

    Args:
        test_set: The segments.
        systems: The systems, with an output for each segment.
        limits: What lengths are accepted.
        progress: Is told how far the work has come.
    """
    limits = limits or FormLimits()
    readings = _Readings(test_set)
    found = []
    for done, system in enumerate(systems, 1):
        found.append(_of_system(system, test_set, readings, limits))
        progress("checking facts", done, len(systems))
    references = style_of((text for texts in test_set.references for text in texts), test_set.target_language)
    return Fidelity(tuple(found), references, *readings.has())


class _Readings:
    """The sources and references of a set, read once."""

    def __init__(self, test_set: EvaluationSet) -> None:
        languages = {test_set.source_language, test_set.target_language}
        sources = [segment.source for segment in test_set.segments]
        self.comparable = languages == _OURS and any(sources)
        self.source: list[Reading] = []
        self.references: list[list[Reading]] = []
        if self.comparable:
            self._target = cast("Language", test_set.target_language)
            read = read_texts(sources, cast("Language", test_set.source_language))
            self.source = [read[text] for text in sources]
            reread = read_texts((text for texts in test_set.references for text in texts), self._target)
            self.references = [[reread[text] for text in texts] for texts in test_set.references]

    def of(self, outputs: Sequence[str]) -> list[Reading]:
        """Read a system's outputs."""
        read = read_texts(outputs, self._target)
        return [read[text] for text in outputs]

    def has(self) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
        """Tell of each source whether it has a number or date, and whether it has a name."""
        return (
            tuple(any(quantity.certain for quantity in one.facts.quantities) for one in self.source),
            tuple(bool(one.words) for one in self.source),
        )


def _of_system(
    system: SystemOutput, test_set: EvaluationSet, readings: _Readings, limits: FormLimits
) -> SystemFidelity:
    verdicts: Mapping[Aspect, list[FactVerdict]] = {aspect: [] for aspect in ASPECTS} if readings.comparable else {}
    failures: list[Failure] = []
    if readings.comparable:
        outputs = readings.of(system.outputs)
        for place, texts in enumerate(zip(readings.source, outputs, readings.references, strict=True)):
            for aspect, finding in judge(*texts).items():
                verdicts[aspect].append(finding.verdict)
                if finding.verdict in {"conflict", "missing"}:
                    failures.append(Failure(place, aspect, finding))
    return SystemFidelity(
        system.name,
        {aspect: tuple(found) for aspect, found in verdicts.items()},
        tuple(failures),
        _faults(system, test_set, limits),
        style_of(system.outputs, test_set.target_language),
        _length_ratio(system, test_set),
    )


def _faults(system: SystemOutput, test_set: EvaluationSet, limits: FormLimits) -> dict[FormFault, tuple[int, ...]]:
    places: dict[FormFault, list[int]] = defaultdict(list)
    triples = zip(test_set.segments, system.outputs, test_set.references, strict=True)
    for place, (segment, output, references) in enumerate(triples):
        for fault in form_faults(segment.source, output, references, test_set.target_language, limits):
            places[fault].append(place)
    return {fault: tuple(places[fault]) for fault in FORM_FAULTS}


def _length_ratio(system: SystemOutput, test_set: EvaluationSet) -> float:
    ratios = [
        len(output) * len(references) / sum(map(len, references))
        for output, references in zip(system.outputs, test_set.references, strict=True)
    ]
    return sum(ratios) / len(ratios)
