"""What became of facts and form in systems' outputs, as data: rates with counts, and each failing segment."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

Aspect = Literal["numbers", "dates", "names", "polarity", "credit"]
ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
"""What is looked for."""

FactVerdict = Literal["agree", "conflict", "missing", "absent"]
"""'agree' if the output says what the source says, 'conflict' if it says another thing, 'missing' if it leaves out what
every reference keeps, 'absent' if there is nothing that can be compared."""

FormFault = Literal["empty", "copied", "wrong_language", "too_short", "too_long", "over_limit", "full_stop"]
FORM_FAULTS: Final[tuple[FormFault, ...]] = get_args(FormFault)
"""What can be wrong with an output's form; a full stop only where no reference has one."""

Ending = Literal["noun", "polite", "plain"]
ENDINGS: Final[tuple[Ending, ...]] = get_args(Ending)
"""How a Japanese headline ends: in a noun (体言止め), in です or ます, or in a plain form."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: from `start` up to `end`, and its characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one aspect of a segment.

    Attributes:
        verdict: What became of it.
        source: What of the source is not in the output; empty where only the references tell.
        output: What of the output stands in its place.
        reference: What of the first reference is not in the output, where it is the references that tell.
    """

    verdict: FactVerdict
    source: tuple[Span, ...] = ()
    output: tuple[Span, ...] = ()
    reference: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A segment in which an aspect of the source does not survive: its place in the set, the aspect and what was found."""

    place: int
    aspect: Aspect
    finding: Finding


@dataclass(frozen=True, slots=True)
class Rate:
    """How often an aspect survives.

    Attributes:
        agree: In how many segments it does.
        conflict: In how many another thing is said.
        missing: In how many it is left out.
    """

    agree: int
    conflict: int
    missing: int

    @property
    def checked(self) -> int:
        """In how many segments there was something to compare."""
        return self.agree + self.conflict + self.missing

    @property
    def kept(self) -> float | None:
        """The share of those in which it survives; None if there are none."""
        return self.agree / self.checked if self.checked else None

    @classmethod
    def of(cls, verdicts: Iterable[FactVerdict]) -> Rate:
        """Count verdicts."""
        counts = Counter(verdicts)
        return cls(counts["agree"], counts["conflict"], counts["missing"])

    def as_dict(self) -> dict[str, float | None]:
        """Give it as plain values."""
        return {**asdict(self), "checked": self.checked, "kept": self.kept}


@dataclass(frozen=True)
class Style:
    """How texts are written.

    Attributes:
        texts: How many there are, empty ones left out.
        length: Their mean length in characters.
        full_stops: How many end in a full stop.
        endings: How many end in which way; empty if they are not Japanese.
    """

    texts: int
    length: float
    full_stops: int
    endings: Mapping[Ending, int]


@dataclass(frozen=True)
class SystemFidelity:
    """What became of facts and form in one system's outputs.

    Attributes:
        system: The system.
        verdicts: For each aspect the verdict on each segment; empty if the languages are not English and Japanese.
        failures: The segments in which something is in conflict or missing.
        faults: For each fault of form the places of the segments that have it.
        style: How the outputs are written.
        length_ratio: The outputs' length to the mean length of their references, the mean over segments.
    """

    system: str
    verdicts: Mapping[Aspect, Sequence[FactVerdict]]
    failures: tuple[Failure, ...]
    faults: Mapping[FormFault, tuple[int, ...]]
    style: Style
    length_ratio: float

    def rate(self, aspect: Aspect, segments: npt.NDArray[np.bool_] | None = None) -> Rate:
        """Give how often an aspect survives, in all segments or in some."""
        verdicts = self.verdicts.get(aspect, ())
        if segments is None:
            return Rate.of(verdicts)
        return Rate.of(verdict for verdict, chosen in zip(verdicts, segments, strict=False) if chosen)


@dataclass(frozen=True)
class Fidelity:
    """What became of facts and form in all systems' outputs.

    Attributes:
        systems: Each system's, in the order in which systems were given.
        references: How the references are written.
        has_number: Of each segment, whether its source names a number or date.
        has_name: Of each segment, whether its source has a name.
    """

    systems: tuple[SystemFidelity, ...]
    references: Style
    has_number: tuple[bool, ...] = ()
    has_name: tuple[bool, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values, with rates in place of verdicts."""
        return {
            "references": asdict(self.references),
            "systems": [
                {
                    "system": found.system,
                    "facts": {aspect: found.rate(aspect).as_dict() for aspect in found.verdicts},
                    "faults": {fault: len(places) for fault, places in found.faults.items()},
                    "style": asdict(found.style),
                    "length_ratio": found.length_ratio,
                    "failures": [asdict(failure) for failure in found.failures],
                }
                for found in self.systems
            ],
        }
