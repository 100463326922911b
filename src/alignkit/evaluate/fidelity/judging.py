"""The verdict on one output: each aspect against the source and against the references."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.fidelity.credit import check_credit
from alignkit.evaluate.fidelity.model import Aspect, Finding
from alignkit.evaluate.fidelity.names import check_names
from alignkit.evaluate.fidelity.polarity import check_polarity
from alignkit.evaluate.fidelity.quantities import check_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from alignkit.evaluate.fidelity.reading import Reading

_CHECKS: Final[Mapping[Aspect, Callable[[Reading, Reading, Sequence[Reading]], Finding]]] = {
    "numbers": partial(check_quantities, dates=False),
    "dates": partial(check_quantities, dates=True),
    "names": check_names,
    "polarity": check_polarity,
    "credit": check_credit,
}


def judge(source: Reading, output: Reading, references: Sequence[Reading]) -> dict[Aspect, Finding]:
    """Tell what became of each aspect of a source in an output of the other language.

    Args:
        source: The source.
        output: The output.
        references: Human translations of the source; without any, the source alone decides.
    """
    if not output.text.strip():
        # That there is nothing is a fault of form, and counted there.
        return {aspect: Finding("absent") for aspect in _CHECKS}
    return {aspect: check(source, output, references) for aspect, check in _CHECKS.items()}
