"""Score MT systems from Python: what `alignkit evaluate` does, in a few lines to start your own script from.

    python scripts/score_mt_systems.py test.src test.ref systemA.txt systemB.txt
    python scripts/score_mt_systems.py ../shared/bench/wmt21/newstest2021.en-ja.{src.en,ref.A.ja} \
        ../shared/bench/wmt21/systems/newstest2021.en-ja.*

For a dataset that `alignkit export` wrote, `evaluate(folder, outputs)` is all that is needed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alignkit.evaluate.plain_set import read_plain
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.stage import evaluate
from alignkit.evaluate.tables import signature_lines


def main(source: str, reference: str, *outputs: str) -> None:
    """Score systems, and print them in clusters that can be told apart."""
    test_set = read_plain([Path(reference)], Path(source))
    settings = EvaluationSettings(
        metrics=("bleu", "chrf"), tokenize="char" if test_set.target_language == "ja" else None
    )
    result = evaluate(test_set, outputs, settings)

    for metric in result.metrics:
        print(f"\n{metric.statistics.label}")
        for system in metric.ranked():
            print(
                f"{system.standing.cluster:>3}  {system.system:<20}{system.score:6.2f}  [{system.low:.2f}, {system.high:.2f}]"
            )
    print("", *signature_lines(result), *result.warnings, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
