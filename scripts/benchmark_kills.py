"""Kill a collection at random moments, again and again, and print whether anything was lost or stored twice.

    python scripts/benchmark_kills.py [--kills 50] [--seed 0]

The demonstration corpus is served on loopback as the sites of its papers (demo_world.py), and 'alignkit collect' reads it into
a store. Each run is killed by SIGKILL after a random time and begun again, until it comes to its end; then with a new store,
until there were enough kills. After every kill the store is verified, and every store that came to its end is compared with
that of a run that nobody disturbed: headlines, texts and their order, without the times of fetching.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignkit.store.headline_store import HeadlineStore
from demo_world import demo_world

if TYPE_CHECKING:
    import polars as pl

PROGRAM: Final = "import sys; from alignkit.cli import main; sys.exit(main())"
STORE: Final = "headlines.sqlite"
COMPARED: Final = ("id", "lang", "text", "outlet", "url", "published_at", "wire_id", "credit", "section", "collector")


@dataclass
class Outcome:
    """What the kills did.

    Attributes:
        kills: How many processes were killed.
        stores: How many stores came to their end.
        equal: How many of them are as that of the undisturbed run.
        findings: What verifying found wrong.
        runs_killed: After how many seconds each was killed.
    """

    kills: int = 0
    stores: int = 0
    equal: int = 0
    findings: list[str] = field(default_factory=list)
    runs_killed: list[float] = field(default_factory=list)


def main() -> None:
    """Kill, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how many processes to kill (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the random moments (default: %(default)s)")
    arguments = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder, demo_world() as world:
        config = world.config(Path(folder))
        undisturbed = Path(folder, "undisturbed.sqlite")
        began = time.perf_counter()
        collect(config, undisturbed).wait()
        seconds = time.perf_counter() - began
        expected = content(undisturbed)
        print(f"an undisturbed run: {expected.height:,} headlines in {seconds:.1f} s")
        outcome = kill_often(config, expected, seconds, arguments.kills, arguments.seed)
    print(f"killed: {outcome.kills}, after {min(outcome.runs_killed):.2f} to {max(outcome.runs_killed):.2f} s")
    print(f"stores that came to their end: {outcome.stores}, equal to the undisturbed one: {outcome.equal}")
    print(f"findings of 'alignkit store verify' after a kill: {len(outcome.findings)}")
    for finding in outcome.findings:
        print(f"  {finding}")
    sys.exit(bool(outcome.findings) or outcome.equal != outcome.stores)


def kill_often(config: Path, expected: pl.DataFrame, seconds: float, kills: int, seed: int) -> Outcome:
    """Collect into one store after the other, each run killed after a random part of an undisturbed run's time."""
    chooser = random.Random(seed)  # noqa: S311 - moments, nothing secret
    outcome = Outcome()
    while outcome.kills < kills:
        store = config.with_name(f"killed-{outcome.stores}.sqlite")
        while outcome.kills < kills and not killed(config, store, chooser.uniform(0, seconds), outcome):
            outcome.findings += verified(store)
        collect(config, store).wait()
        outcome.findings += verified(store)
        outcome.stores += 1
        outcome.equal += content(store).equals(expected)
    return outcome


def killed(config: Path, store: Path, seconds: float, outcome: Outcome) -> bool:
    """Begin or continue a run and kill it; give whether it came to its end before."""
    process = collect(config, store)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return True
    process.kill()
    process.wait()
    outcome.kills += 1
    outcome.runs_killed.append(seconds)
    return False


def collect(config: Path, store: Path) -> subprocess.Popen[bytes]:
    """Begin or continue a collection into a store."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "collect", str(config), "--store", str(store), "--quiet"],
        stdout=subprocess.DEVNULL,
    )


def content(path: Path) -> pl.DataFrame:
    """Give all headlines that a store has, and all the texts they had."""
    with HeadlineStore.open(path, read_only=True) as store:
        return store.headlines(revisions=True).select(COMPARED)


def verified(path: Path) -> list[str]:
    """Give what is wrong with a store; one that no run came to begin is not there yet."""
    if not path.exists():
        return []
    with HeadlineStore.open(path) as store:
        return [f"{path.name}: {finding.problem}" for finding in store.verify()]


if __name__ == "__main__":
    main()
