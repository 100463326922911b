"""The main job: collect, pair, align and export, each stage run only if what it depends on has changed.

Every stage reads files and writes files in the output folder. manifest.json says of each stage what it was run on (its
fingerprint) and what it wrote (its outputs' hashes); a stage is left out if its fingerprint would be the same and its
outputs are still what it wrote. The manifest is written after each stage, so a run that was killed goes on where it
was.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

import polars as pl
from filelock import FileLock, Timeout

import alignkit
from alignkit.align.stage import align_candidates
from alignkit.collect.inputs import inputs_of
from alignkit.collect.paths import file_label
from alignkit.collect.stage import collect_headlines
from alignkit.encoders.embedder import Embedder
from alignkit.errors import StageError
from alignkit.manifest import InputRecord, Manifest, StageRecord, output_hash
from alignkit.outlets.loading import load_outlet
from alignkit.outlets.registry import own_outlets
from alignkit.pair.mentions import mentioned_together
from alignkit.pair.stage import find_candidates
from alignkit.progress import silent
from alignkit.schema import CANDIDATES, HEADLINES
from alignkit.storage import file_hash, folder_hash, read_table, remove_leftovers, write_json_lines, write_table

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from alignkit.collect.live.run import LiveResult
    from alignkit.config import Config
    from alignkit.progress import Progress

Stage = Literal["collect", "pair", "align", "export"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)

HEADLINES_FILE: Final = "headlines.parquet"
CANDIDATES_FILE: Final = "candidates.parquet"
PAIRS_FILE: Final = "pairs.parquet"
REJECTS_FILE: Final = "rejects.jsonl"
LEADS_FILE: Final = "leads.jsonl"
DATASET_FOLDER: Final = "dataset"

_LOCK_FILE: Final = ".alignkit.lock"


@dataclass(frozen=True)
class StageReport:
    """What became of one stage.

    Attributes:
        stage: Its name.
        ran: Whether it was run; if not, its outputs were still good.
        seconds: How long it took, now or when it was last run.
        counts: What it counted, such as headlines or pairs.
        live: What became of the live sources, if it read any.
    """

    stage: Stage
    ran: bool
    seconds: float
    counts: Mapping[str, int]
    live: LiveResult | None = None


def build(
    config: Config,
    *,
    stages: Sequence[Stage] = STAGES,
    force: bool = False,
    strict: bool = False,
    processes: int = 1,
    stop: threading.Event | None = None,
    progress: Progress = silent,
) -> list[StageReport]:
    """Run stages of the main job, in order, in the configuration's output folder.

    Args:
        config: What to do.
        stages: The stages to run; what the earlier ones write must be there.
        force: Whether to run them even if nothing has changed.
        strict: Whether to stop at the first row that cannot be read.
        processes: How many processes to work in, as `alignkit.align_candidates` takes it.
        stop: Stops the reading of live sources when it is set.
        progress: Told how far each stage is.

    Returns:
        What became of each stage.

    Raises:
        AlignkitError: An input, a table or the folder cannot be used, or an extra that is needed is not installed.
        StoppedError: `stop` was set while live sources were read.
    """
    if "export" in stages:
        import alignkit.export.stage  # noqa: F401, PLC0415 - a missing extra is found out before any work is done
    run = _Run(config, strict=strict, processes=processes, stop=stop, progress=progress)
    with _only_one_run(run.folder), own_outlets(load_outlet(path) for path in config.outlet_paths):
        return [run.stage(stage, force=force) for stage in STAGES if stage in stages]


@dataclass(frozen=True)
class _Step:
    """How a stage is run: the files it reads and writes, the settings it depends on, and what runs it."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    settings: Callable[[_Run], object]
    run: Callable[[_Run], dict[str, int]]


@dataclass
class _Run:
    """One run of the main job."""

    config: Config
    strict: bool
    processes: int
    stop: threading.Event | None
    progress: Progress
    live: LiveResult | None = None

    @property
    def folder(self) -> Path:
        return self.config.output_folder

    @cached_property
    def embedder(self) -> Embedder:
        return Embedder(self.config.align.encoder)

    @cached_property
    def inputs(self) -> list[InputRecord]:
        """The sources' files."""
        folder = self.config.folder
        paths = [
            path for source in self.config.file_sources for each in inputs_of(source, folder) for path in each.paths
        ]
        return [
            InputRecord(file=file_label(path, folder), size=path.stat().st_size, sha256=file_hash(path))
            for path in paths
        ]

    @cached_property
    def manifest(self) -> Manifest:
        return Manifest.begin(self.folder, self.config.model_dump(mode="json"))

    def stage(self, name: Stage, *, force: bool) -> StageReport:
        """Run a stage, unless what it depends on and what it wrote are as they were."""
        step = _STEPS[name]
        fingerprint = self._fingerprint(name, step)
        before = self.manifest.stages.get(name)
        # What live sources have is known only when they are asked.
        asks = name == "collect" and bool(self.config.live_sources)
        if not (force or asks) and before and before.fingerprint == fingerprint and before.still_holds(self.folder):
            return StageReport(name, ran=False, seconds=before.seconds, counts=before.counts)
        started = time.perf_counter()
        counts = step.run(self)
        seconds = round(time.perf_counter() - started, 3)
        outputs = {output: output_hash(self.folder / output) or "" for output in step.writes}
        self.manifest.stages[name] = StageRecord(
            fingerprint=fingerprint, seconds=seconds, counts=counts, outputs=outputs
        )
        self.manifest.write(self.folder)
        return StageReport(name, ran=True, seconds=seconds, counts=counts, live=self.live if asks else None)

    def _fingerprint(self, name: Stage, step: _Step) -> str:
        for file in step.reads:
            if not (self.folder / file).exists():
                writer = next(stage for stage in STAGES if file in _STEPS[stage].writes)
                remedy = f"Run 'alignkit {writer}' first, or 'alignkit build' for all stages."
                raise StageError("is not there yet", path=self.folder / file, remedy=remedy)
        depends_on = {
            "alignkit": _package_hash(),
            "stage": name,
            "settings": step.settings(self),
            "outlets": [file_hash(path) for path in self.config.outlet_paths],
            "reads": {file: file_hash(self.folder / file) for file in step.reads},
        }
        return hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()


def _collect(run: _Run) -> dict[str, int]:
    run.manifest.inputs = run.inputs
    collected = collect_headlines(
        run.config.file_sources,
        folder=run.config.folder,
        settings=run.config.collect,
        strict=run.strict,
        both_languages=not run.config.live_sources,
        progress=run.progress,
    )
    headlines, rejects, leads = collected.headlines, collected.rejects, []
    if run.config.live_sources:
        from alignkit.collect.live.stage import collect_from_live  # noqa: PLC0415 - it brings readers few runs need

        kept, run.live = collect_from_live(run.config, strict=run.strict, stop=run.stop, progress=run.progress)
        headlines = pl.concat([headlines, kept]).unique("id", keep="first", maintain_order=True)
        rejects = [*rejects, *run.live.rejects]
        leads = [asdict(lead) for lead in run.live.leads]
    write_json_lines((reject.as_dict() for reject in rejects), run.folder / REJECTS_FILE)
    write_json_lines(leads, run.folder / LEADS_FILE)
    write_table(headlines, run.folder / HEADLINES_FILE)
    by_language = headlines["lang"].to_list()
    counts = {"en": by_language.count("en"), "ja": by_language.count("ja"), "rejects": len(rejects)}
    return counts | ({"leads": len(leads)} if leads else {})


def _pair(run: _Run) -> dict[str, int]:
    headlines = read_table(HEADLINES, run.folder / HEADLINES_FILE)
    missing = [name for lang, name in (("en", "English"), ("ja", "Japanese")) if lang not in headlines["lang"]]
    if missing:
        raise StageError(f"has no {' and no '.join(missing)} headline", path=run.folder / HEADLINES_FILE)
    candidates = find_candidates(
        headlines,
        settings=run.config.pair,
        embedder=run.embedder,
        known_pairs=mentioned_together(headlines),
        progress=run.progress,
    )
    write_table(candidates, run.folder / CANDIDATES_FILE)
    return {"candidates": candidates.height}


def _align(run: _Run) -> dict[str, int]:
    pairs = align_candidates(
        read_table(HEADLINES, run.folder / HEADLINES_FILE),
        read_table(CANDIDATES, run.folder / CANDIDATES_FILE),
        settings=run.config.align,
        embedder=run.embedder,
        processes=run.processes,
        progress=run.progress,
    )
    write_table(pairs, run.folder / PAIRS_FILE)
    return {"pairs": pairs.height, "stories": pairs["story_id"].n_unique()}


def _export(run: _Run) -> dict[str, int]:
    from alignkit.export.dataset import Origin  # noqa: PLC0415 - 'datasets' takes a second to import
    from alignkit.export.stage import export_dataset  # noqa: PLC0415 - likewise

    about, previous = run.config.export.about, run.config.export.previous
    run.progress("writing", 0, 1)
    report = export_dataset(
        run.folder / PAIRS_FILE,
        run.folder / DATASET_FOLDER,
        headlines=run.folder / HEADLINES_FILE,
        settings=run.config.export,
        about=run.config.folder / about if about else None,
        previous=run.config.folder / previous if previous else None,
        origin=Origin(run.config.pair, run.config.align, run.manifest.inputs),
    )
    run.progress("writing", 1, 1)
    return report.counts


def _encoder_identity(run: _Run) -> list[str]:
    return [run.embedder.encoder.name, run.embedder.encoder.version]


def _export_settings(run: _Run) -> object:
    from alignkit.export.about import SECTIONS_FOLDER  # noqa: PLC0415 - it needs the extra 'export'

    export = run.config.export
    about = run.config.folder / export.about if export.about else None
    sections = sorted((about.parent / SECTIONS_FOLDER).glob("*.md")) if about else []
    previous = run.config.folder / export.previous / "manifest.json" if export.previous else None
    return [
        export.model_dump(mode="json"),
        hashlib.sha256(export.salt.get_secret_value().encode()).hexdigest() if export.salt else None,
        run.config.pair.model_dump(mode="json"),
        run.config.align.model_dump(mode="json"),
        *(file_hash(path) if path and path.is_file() else None for path in (about, previous, *sections)),
    ]


_STEPS: Final[dict[Stage, _Step]] = {
    "collect": _Step(
        reads=(),
        writes=(HEADLINES_FILE, REJECTS_FILE, LEADS_FILE),
        settings=lambda run: [
            [record.model_dump() for record in run.inputs],
            [source.model_dump(mode="json") for source in run.config.sources],
            run.config.collect.model_dump(mode="json"),
            run.strict,
        ],
        run=_collect,
    ),
    "pair": _Step(
        reads=(HEADLINES_FILE,),
        writes=(CANDIDATES_FILE,),
        settings=lambda run: [run.config.pair.model_dump(mode="json"), _encoder_identity(run)],
        run=_pair,
    ),
    "align": _Step(
        reads=(HEADLINES_FILE, CANDIDATES_FILE),
        writes=(PAIRS_FILE,),
        settings=lambda run: [run.config.align.model_dump(mode="json"), _encoder_identity(run)],
        run=_align,
    ),
    "export": _Step(
        reads=(HEADLINES_FILE, PAIRS_FILE), writes=(DATASET_FOLDER,), settings=_export_settings, run=_export
    ),
}


@cache
def _package_hash() -> str:
    """Give the hash of alignkit's own files, so that what another version wrote, even one in the making, is not kept."""
    return folder_hash(Path(alignkit.__file__).parent)


@contextmanager
def _only_one_run(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK_FILE)
        lock.acquire(timeout=0)
    except Timeout:
        raise StageError("is being written by another run of alignkit", path=folder) from None
    except OSError as error:
        raise StageError(f"cannot be written ({error.strerror or error})", path=folder) from None
    try:
        remove_leftovers(folder)
        yield
    finally:
        lock.release()
