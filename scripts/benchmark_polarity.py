"""Print how well polarity is read and compared, on real pairs as they are and with one polarity changed.

    python scripts/benchmark_polarity.py

The pairs are the segments of WMT21's test sets with their references, read from ../shared/bench or from the folder that
ALIGNKIT_BENCH names. The tables were written before the pairs were looked at, and corrected with the errors of the
development half in view; of the test half only totals were seen, also while ways to count negations were compared. A
polarity is changed in the text itself, by a short list of this script that knows nothing of the reader's tables: a word
becomes its opposite, or a negation comes or goes. That a negation more on one side is hardly ever missed follows from
how negations are counted; whether its cue was found is what the conflicts show.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alignkit.text.polarity import PolarityCheck, compare_cues, read_cues
from benchmark_report import share
from gold_data import BENCH, GoldSet, Half, texts, wmt21

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignkit.schema import Language
    from alignkit.text.polarity import Cue

SEED: Final = 7
ROUNDS: Final = 3
LANGUAGES: Final[tuple[Language, Language]] = ("en", "ja")

OPPOSITES: Final[dict[Language, str]] = {
    "en": """
        rise/fall rises/falls rose/fell rising/falling increase/decrease increases/decreases increased/decreased
        increasing/decreasing win/lose wins/loses won/lost winning/losing victory/defeat start/stop starts/stops
        started/stopped begin/end begins/ends began/ended open/close opens/closes opened/closed opening/closing
        accept/reject accepts/rejects accepted/rejected approve/reject approved/rejected approves/rejects allow/ban
        allows/bans allowed/banned support/oppose supports/opposes supported/opposed join/leave joins/leaves joined/left
        attend/skip attends/skips attended/skipped attending/skipping guilty/innocent safe/dangerous expand/shrink
        expanded/shrank strengthen/weaken strengthened/weakened strong/weak continue/end continued/ended
        positive/negative success/failure succeed/fail succeeded/failed improve/worsen improved/worsened legal/illegal
        possible/impossible resume/suspend resumed/suspended extended/shortened arrested/released arrest/release
        buy/sell bought/sold admitted/denied praised/criticized hope/fear raise/lower raised/lowered arrive/depart
        arrived/departed necessary/unnecessary domestic/overseas
    """,
    "ja": """
        増加/減少 上昇/下落 増える/減る 増えた/減った 拡大/縮小 勝利/敗北 勝った/負けた 優勝/敗退 連勝/連敗 勝ち/負け 開始/終了 始まる/終わる
        始まった/終わった 始めた/終えた 開幕/閉幕 再開/中断 開催/中止 承認/却下 可決/否決 容認/拒否 許可/禁止 支持/反対 賛成/反対 参加/離脱
        出席/欠席 出場/欠場 有罪/無罪 安全/危険 強化/緩和 延長/短縮 導入/廃止 就任/辞任 成功/失敗 改善/悪化 合法/違法 陽性/陰性 可能/不可能
        逮捕/釈放 購入/売却 歓迎/批判 期待/懸念 黒字/赤字 円高/円安 発見/不明 継続/終了 必要/不要 入国/出国 国内/海外 開く/閉じる 強い/弱い
    """,
}
NEGATIONS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"\b(is|are|was|were|will|would|can|could|should|has|have|had)\b(?! not\b)", r"\1 not"),
        (r"\b(is|are|was|were|will|would|can|could|should|has|have|had|do|does|did) not\b", r"\1"),
        (r"\b(is|are|was|were|would|could|should|has|have|had|do|does|did)n['’]t\b", r"\1"),
        (r"\bcan['’]?(?:no)?t\b", "can"),
        (r"\bwon['’]t\b", "will"),
        (r"\bnever ", ""),
    ),
    "ja": (
        (r"しなかった", "した"),
        (r"しない", "する"),
        (r"(?<=[ぁ-ん])されない", "される"),
        (r"していない", "している"),
        (r"できない", "できる"),
        (r"できなかった", "できた"),
        (r"(?<=[一-龯ァ-ヴー])した(?![いくら])", "しなかった"),
        (r"(?<=[一-龯ァ-ヴー])する", "しない"),
        (r"(?<=[一-龯ァ-ヴー])された", "されなかった"),
        (r"していた", "していなかった"),
        (r"している", "していない"),
        (r"できる", "できない"),
        (r"できた", "できなかった"),
    ),
}
CLAUSE_END: Final = re.compile(r"[,.;:?!。、，．；：「」\"“”]")


@dataclass(frozen=True)
class Edit:
    """One change of polarity.

    Attributes:
        kind: 'opposite', 'negation added' or 'negation removed'.
        start: Where it begins in the text as it was.
        end: Where what it replaces ends.
        text: The text afterwards.
    """

    kind: str
    start: int
    end: int
    text: str


@dataclass
class Tally:
    """What came of the changed pairs of a set.

    Attributes:
        changed: How many there are.
        conflict: How many of these are in conflict.
        lost: How many are not in conflict, but agree no longer.
    """

    changed: Counter[str] = field(default_factory=Counter)
    conflict: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Print all figures."""
    if not BENCH.is_dir():
        print(f"(left out: {BENCH} is not there)")
        return
    halves: tuple[Half, ...] = ("development", "test")
    for half in halves:
        gold = wmt21("*", "all", half)
        print_verdicts(gold)
        print_changes(gold)
    print(
        "anywhere: one change on either side of a pair that agrees; at the cue: it is in a clause with a cue that agreed,"
    )
    print("and where a word was replaced, that word is the cue's; lost: neither agreeing any longer, nor in conflict")
    print_speed()


def print_verdicts(gold: GoldSet) -> None:
    """Print the verdicts on the pairs as they are."""
    checks = [check for *_, check in checked(list(texts(gold)))]
    verdicts = Counter(check.verdict for check in checks)
    print(f"{gold.name}: {len(checks):,} pairs as they are")
    for verdict in ("agree", "absent", "conflict"):
        print(f"    {verdict:<12}{share(verdicts[verdict], len(checks)):>18}")


def print_changes(gold: GoldSet) -> None:
    """Print how often a changed polarity is noticed."""
    anywhere, at_cue = tallies_of(gold)
    for name, tally in (("anywhere", anywhere), ("at the cue", at_cue)):
        print(f"    {'changed ' + name:<28}{'pairs':>8}{'conflict':>18}{'lost':>18}{'noticed':>18}")
        for kind in [*sorted(tally.changed), "all"]:
            changed, conflict, lost = (
                counts.total() if kind == "all" else counts[kind]
                for counts in (tally.changed, tally.conflict, tally.lost)
            )
            noticed = share(conflict + lost, changed)
            print(f"    {kind:<28}{changed:>8,}{share(conflict, changed):>18}{share(lost, changed):>18}{noticed:>18}")


def tallies_of(gold: GoldSet) -> tuple[Tally, Tally]:
    """Change one polarity of either side in turn, in all pairs that agree, and count what is noticed.

    Returns:
        The tally of all changes, and of those at a cue that agreed.
    """
    chooser = random.Random(SEED)  # noqa: S311 - it chooses what to change, nothing secret
    anywhere, at_cue = Tally(), Tally()
    for pair, cues, check in checked(list(texts(gold))):
        if check.verdict != "agree":
            continue
        for side, lang in enumerate(LANGUAGES):
            edits = edits_of(pair[side], lang)
            agreeing = [cues[side][indices[side]] for indices in check.matched]
            near = [edit for edit in edits if any(is_at(edit, cue, pair[side]) for cue in agreeing)]
            for tally, choices in ((anywhere, edits), (at_cue, near)):
                if choices:
                    count(tally, chooser.choice(choices), pair[1 - side], side)
    return anywhere, at_cue


def count(tally: Tally, edit: Edit, other: str, side: int) -> None:
    """Compare a changed text with the other side's, and count what comes of it."""
    ((_, _, check),) = checked([(edit.text, other) if side == 0 else (other, edit.text)])
    kind = f"{LANGUAGES[side]}, {edit.kind}"
    tally.changed[kind] += 1
    tally.conflict[kind] += check.verdict == "conflict"
    tally.lost[kind] += check.verdict == "absent"


def edits_of(text: str, lang: Language) -> list[Edit]:
    """Give every change of polarity that can be made in a text, without the reader's help."""
    edits = []
    opposites, pattern = OPPOSITE_OF[lang], OPPOSITE_PATTERN[lang]
    for match in pattern.finditer(text):
        new = opposites[match[0].lower()]
        new = new.capitalize() if match[0][0].isupper() else new
        edits.append(Edit("opposite", *match.span(), text[: match.start()] + new + text[match.end() :]))
    taken: set[int] = set()
    for old, new in NEGATIONS[lang]:
        for match in re.finditer(old, text, re.IGNORECASE):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                replaced = match.expand(new)
                kind = "negation added" if len(replaced) > len(match[0]) else "negation removed"
                edits.append(Edit(kind, *match.span(), text[: match.start()] + replaced + text[match.end() :]))
    return edits


def is_at(edit: Edit, cue: Cue, text: str) -> bool:
    """Tell whether an edit replaces a cue, or negates or affirms something in the clause of one."""
    if edit.kind == "opposite":
        return edit.start < cue.end and cue.start < edit.end
    low, high = min(edit.end, cue.end), max(edit.start, cue.start)
    return CLAUSE_END.search(text, low, max(low, high)) is None


def opposite_of(pairs: str) -> dict[str, str]:
    """Give each word's opposite."""
    # Backwards, so that a word of several pairs has the opposite of the first.
    words = [pair.split("/") for pair in reversed(pairs.split())]
    return {right: left for left, right in words} | dict(words)


OPPOSITE_OF: Final = {lang: opposite_of(pairs) for lang, pairs in OPPOSITES.items()}
OPPOSITE_PATTERN: Final = {
    "en": re.compile(rf"\b(?:{'|'.join(OPPOSITE_OF['en'])})\b", re.IGNORECASE),
    "ja": re.compile("|".join(sorted(OPPOSITE_OF["ja"], key=len, reverse=True))),
}


def print_speed() -> None:
    """Print how many texts a second are read, and pairs compared, on one core."""
    pairs = list(texts(wmt21("*", "headlines")))
    read = [(en, ja) for _, (en, ja), _ in checked(pairs)]
    work: dict[str, Callable[[int], object]] = {
        "English headlines read": lambda turn: read_cues([en + " " * turn for en, _ in pairs], "en"),
        "Japanese headlines read": lambda turn: read_cues([ja + " " * turn for _, ja in pairs], "ja"),
        "pairs compared, once read": lambda _: [compare_cues(en, ja) for en, ja in read],
    }
    print(f"\n{f'Speed on one core, WMT21 headlines, best of {ROUNDS}':<58}{'a second':>12}")
    for name, task in work.items():
        # A space more each turn, for texts that were split lately are remembered.
        print(f"{name:<58}{len(pairs) / min(seconds(task, turn) for turn in range(1, ROUNDS + 1)):>12,.0f}")


def seconds(task: Callable[[int], object], turn: int) -> float:
    """Give the CPU time that a task takes."""
    started = time.process_time()
    task(turn)
    return time.process_time() - started


def checked(
    pairs: list[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], tuple[list[Cue], list[Cue]], PolarityCheck]]:
    """Give each pair with its cues and what came of them."""
    sides = (read_cues([pair[side] for pair in pairs], lang) for side, lang in enumerate(LANGUAGES))
    for pair, en, ja in zip(pairs, *sides, strict=True):
        yield pair, (en, ja), compare_cues(en, ja)


if __name__ == "__main__":
    main()
