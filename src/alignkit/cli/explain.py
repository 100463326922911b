"""alignkit explain: why two headlines are thought to be of one story, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from alignkit.cli.console import print_json
from alignkit.cli.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from alignkit.align.explained import ExplainedPair
    from alignkit.align.explanation import Match, Said, Span

EXAMPLES: Final = """Examples:

\b
  alignkit explain "Strong quake injures 3 in Hokkaido" "北海道で震度5強、13人けが"
  alignkit explain "BOJ raises rates to 1.25 pct" "日銀、1.25％に利上げ　円高進む" --json
"""

# What is matched, and with what, is told by the colour; by the number for those who see none.
_COLOURS: Final = ("green", "cyan", "magenta", "yellow", "blue")


def explain(
    en: Annotated[str, typer.Argument(metavar="ENGLISH", help="An English headline.")],
    ja: Annotated[str, typer.Argument(metavar="JAPANESE", help="A Japanese headline.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Explain how far two headlines correspond: what matches what, what is left over, and what conflicts.

    Words that match have the same number (and colour, in a terminal); words that are left over are in brackets. The score
    is that of the two by themselves: among other headlines it may be lower, for one of these may fit better.
    """
    from alignkit.align.explained import explain_pair

    pair = explain_pair(en, ja)
    if as_json:
        print_json(pair.as_dict())
        return
    _print(pair)


def _print(pair: ExplainedPair) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    explanation = pair.explanation
    groups = _groups(explanation.matches)
    console.print(_marked(explanation.en, {match.en: number for number, match in groups}))
    console.print(_marked(explanation.ja, {match.ja: number for number, match in groups}))
    console.print()
    for conflict in explanation.conflicts:
        one, other = (
            side.text[span.start : span.end]
            for side, span in ((explanation.en, conflict.en), (explanation.ja, conflict.ja))
        )
        console.print(f"{conflict.kind} conflicts: {one} / {other}", style="red")
    for label, value in _summary(pair).items():
        console.print(f"{label:<10} {value}")


def _summary(pair: ExplainedPair) -> dict[str, Any]:
    checks = pair.explanation.checks
    return {
        "relation": pair.relation,
        "score": f"{pair.score:.3f}",
        "said": f"{pair.explanation.en.share:.0%} of the English, {pair.explanation.ja.share:.0%} of the Japanese",
        "checks": f"numbers {checks.numbers}, dates {checks.dates}, names {checks.names}, polarity {checks.polarity}",
    }


def _groups(matches: Iterable[Match]) -> list[tuple[int, Match]]:
    """Number matches; those that share a stretch of either headline have the same number."""
    number_of: dict[tuple[str, Span], int] = {}
    numbered = []
    for match in sorted(matches, key=lambda match: (match.en.start - match.en.end, match.ja.start - match.ja.end)):
        if match.kind == "polarity":
            continue
        sides = (("en", match.en), ("ja", match.ja))
        known = [
            number
            for (lang, span), number in number_of.items()
            for side, other in sides
            if lang == side and span.start < other.end and other.start < span.end
        ]
        number = min(known, default=len(set(number_of.values())) + 1)
        number_of.update(dict.fromkeys(sides, number))
        numbered.append((number, match))
    return numbered


def _marked(said: Said, number_of: dict[Span, int]) -> Text:
    """Write a headline with its matched stretches numbered and its left-over words in brackets."""
    from rich.text import Text

    left = {each.span for each in said.left}
    out = Text()
    at = 0
    for span in sorted({*number_of, *left}, key=lambda span: (span.start, -span.end)):
        if span.start < at:
            continue
        out.append(said.text[at : span.start])
        word = said.text[span.start : span.end]
        if span in left:
            out.append(f"[{word}]", style="dim")
        else:
            number = number_of[span]
            out.append(word, style=f"bold {_COLOURS[(number - 1) % len(_COLOURS)]}")
            out.append(f"{number}", style="dim")
        at = span.end
    out.append(said.text[at:])
    return out
