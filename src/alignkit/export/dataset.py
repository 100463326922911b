"""A whole dataset in its folder: the files of all configs, the card and the manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import alignkit
from alignkit.config import AlignSettings, PairSettings
from alignkit.errors import StageError
from alignkit.export.about import About
from alignkit.export.card import citation, render_card
from alignkit.export.croissant import add_croissant
from alignkit.export.dataset_manifest import (
    CARD_FILE,
    FORMAT,
    HYDRATION_FILE,
    MANIFEST_FILE,
    DatasetManifest,
    HashRecord,
    SplitRecord,
    file_records,
    package_versions,
)
from alignkit.export.figures import card_figures, scorer_figures
from alignkit.export.huggingface import card_data
from alignkit.export.layout import write_layout
from alignkit.export.plots import write_plots
from alignkit.export.redaction.figures import redaction_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from alignkit.config import ExportSettings
    from alignkit.export.dataset_manifest import RedactionRecord, SplitsRecord
    from alignkit.export.layout import Placed, TextRule, WrittenConfigs
    from alignkit.export.rights import OutletRights
    from alignkit.manifest import InputRecord

_NOT_RECORDED: Final = {"salt", "previous", "rights", "about"}
"""Settings that are secret, say where something lies on one machine, or are recorded elsewhere."""


@dataclass(frozen=True)
class Origin:
    """What pairs were made from, and how.

    Attributes:
        pair: How the candidates were found.
        align: How the pairs were aligned.
        inputs: The files that headlines were read from.
    """

    pair: PairSettings = field(default_factory=PairSettings)
    align: AlignSettings = field(default_factory=AlignSettings)
    inputs: Sequence[InputRecord] = ()


@dataclass(frozen=True)
class Account:
    """What is to be said of a dataset besides what its files say.

    Attributes:
        settings: How it is published.
        origin: What it was made from.
        splits: How the splits were made.
        leakage: How much is in more than one split.
        rights: What may be done with each outlet's headlines.
        about: What was written of it.
        redaction: How names of people were taken out; None if they were not.
    """

    settings: ExportSettings
    origin: Origin
    splits: SplitsRecord
    leakage: Mapping[str, int]
    rights: dict[str, OutletRights]
    about: About = field(default_factory=About)
    redaction: RedactionRecord | None = None


def write_dataset(placed: Placed, folder: Path, rule: TextRule, account: Account) -> DatasetManifest:
    """Write a dataset into an empty folder.

    Args:
        placed: What goes where.
        folder: The folder.
        rule: What becomes of headlines' text.
        account: What is to be said of it.

    Returns:
        Its manifest.
    """
    written = write_layout(placed, folder, rule, shard_rows=account.settings.shard_rows)
    data = card_data(written, folder, account.settings, rule.form)
    values = _card_values(account, rule) | card_figures(folder, written, rule.form)
    values["plots"] = write_plots(values["stats"], folder)
    (folder / CARD_FILE).write_text(render_card(data, values), encoding="utf-8")
    manifest = add_croissant(_manifest(folder, written, rule, account), folder, values)
    manifest.write(folder)
    return manifest


def check_replaceable(folder: Path) -> None:
    """Refuse a folder that holds something else than a dataset of alignkit.

    Raises:
        StageError: It holds files, and they are no such dataset.
    """
    if not folder.exists():
        return
    if folder.is_dir():
        names = {path.name for path in folder.iterdir()}
        # Before datasets had a manifest, they were a card and a folder of data.
        if not names or _is_dataset(folder) or names <= {CARD_FILE, HYDRATION_FILE, "data"}:
            return
    remedy = "Name another folder, or empty this one yourself."
    raise StageError("holds something that alignkit did not write, and is not replaced", path=folder, remedy=remedy)


def _is_dataset(folder: Path) -> bool:
    try:
        content = json.loads((folder / MANIFEST_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and str(content.get("format", "")).startswith(FORMAT.partition("/")[0])


def _card_values(account: Account, rule: TextRule) -> dict[str, Any]:
    settings = account.settings
    return {
        "name": settings.name,
        "data_version": settings.version,
        "license": settings.license,
        "synthetic": settings.synthetic,
        "text_form": rule.form,
        "salted": rule.salt is not None,
        "split_record": account.splits,
        "leakage": account.leakage,
        "rights": account.rights,
        "about": account.about,
        "redact": settings.redact,
        "redaction": account.redaction,
        "redaction_figures": redaction_figures(),
        "citation": citation(settings.name, settings.version, account.about.facts),
        "scorer": scorer_figures(account.origin.align.encoder),
        "version": alignkit.__version__,
        "pair": account.origin.pair,
        "align": account.origin.align,
    }


def _manifest(folder: Path, written: WrittenConfigs, rule: TextRule, account: Account) -> DatasetManifest:
    settings = account.settings
    hashes = HashRecord(algorithm="sha256" if rule.salt is None else "hmac-sha256")
    return DatasetManifest(
        name=settings.name,
        version=settings.version,
        license=settings.license,
        synthetic=settings.synthetic,
        text=rule.form,
        hashes=hashes if rule.form == "stand-off" else None,
        packages=package_versions(),
        settings={
            "pair": account.origin.pair.model_dump(mode="json"),
            "align": account.origin.align.model_dump(mode="json"),
            "export": settings.model_dump(mode="json", exclude=_NOT_RECORDED),
        },
        inputs=list(account.origin.inputs),
        configs={
            config: {
                split: SplitRecord(rows=part.rows, files=list(part.files), content=part.content_hash)
                for split, part in splits.items()
            }
            for config, splits in written.items()
        },
        splits=account.splits,
        leakage=dict(account.leakage),
        rights=account.rights,
        files=file_records(folder),
        redaction=account.redaction,
    )
