"""Segment scores from a command: it reads segments as JSON Lines on stdin and writes a score a line on stdout."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import TYPE_CHECKING

import numpy as np

from alignkit.errors import StageError, UsageError
from alignkit.evaluate.imported import finite
from alignkit.evaluate.statistics import of_segment_scores

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from alignkit.evaluate.statistics import Statistics
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet


def run_metric(
    given: str, test_set: EvaluationSet, systems: Sequence[SystemOutput], lower_is_better: Collection[str] = ()
) -> Statistics:
    """Score systems with a command.

    It is started once and not through a shell. It gets a line for each segment of each system, with the keys system, id,
    source, hypothesis and references, and answers each with one number, in order. What it writes to stderr is shown.

    Args:
        given: NAME=COMMAND.
        test_set: What is translated.
        systems: The systems.
        lower_is_better: The names of metrics that count errors.

    Raises:
        UsageError: There is no name or no command.
        StageError: The command cannot be run, fails, or does not answer every line.
        InputError: An answer is no number.
    """
    name, _, command = given.partition("=")
    words = shlex.split(command)
    if not name.strip() or not words:
        raise UsageError("is not NAME=COMMAND", column="--metric-cmd", value=given)
    answers = _run(words, _questions(test_set, systems))
    wanted = len(systems) * len(test_set.segments)
    if len(answers) != wanted:
        problem = f"answered {len(answers):,} of {wanted:,} segments"
        raise StageError(problem, path=command, remedy="It has to write one score a line for each line that it reads.")
    numbers = [finite(answer.strip(), command, row) for row, answer in enumerate(answers, 1)]
    scores = np.array(numbers, dtype=np.float64).reshape(len(systems), -1)
    return of_segment_scores(name, "command|agg:mean", scores, higher_is_better=name not in lower_is_better)


def _questions(test_set: EvaluationSet, systems: Sequence[SystemOutput]) -> str:
    lines = [
        {
            "system": system.name,
            "id": segment.id,
            "source": segment.source,
            "hypothesis": output,
            "references": [reference.text for reference in segment.references],
        }
        for system in systems
        for segment, output in zip(test_set.segments, system.outputs, strict=True)
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _run(words: Sequence[str], questions: str) -> list[str]:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command
            words, input=questions, stdout=subprocess.PIPE, encoding="utf-8", check=False
        )
    except (OSError, UnicodeDecodeError) as error:
        raise StageError(f"cannot be run ({error})", path=words[0]) from None
    if done.returncode:
        raise StageError(f"failed with exit code {done.returncode}", path=shlex.join(words))
    return done.stdout.splitlines()
