"""Whether the card says what the dataset is, has all of its sections, and leaves none of them empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from huggingface_hub import metadata_load
from yaml import YAMLError  # type: ignore[import-untyped]  # it comes with huggingface_hub, without stubs

from alignkit.export.card import SECTIONS
from alignkit.export.checks.finding import Finding
from alignkit.export.dataset_manifest import CARD_FILE
from alignkit.schema import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*)")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_LINK: Final = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)")
_FENCED: Final = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_LEFT_OVER: Final = re.compile(r"\{\{|\{%|\[More Information Needed\]|\bTODO\b")


def check_card(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Compare the card's metadata with the manifest, and look for sections that are missing or empty and for dead links."""
    try:
        text = (folder / CARD_FILE).read_text(encoding="utf-8")
        metadata = metadata_load(folder / CARD_FILE) or {}
    except (OSError, ValueError, YAMLError) as error:
        yield Finding("card", f"cannot be read ({error})", CARD_FILE)
        return
    yield from _check_metadata(metadata, manifest)
    body = _FRONT_MATTER.sub("", text, count=1)
    for title in _empty_sections(body):
        yield Finding("card", f"has a section with nothing in it: {title!r}", CARD_FILE)
    for title in _missing_sections(body):
        yield Finding("card", f"lacks the section {title!r}", CARD_FILE)
    body = _FENCED.sub("", body)
    for link in dict.fromkeys(_LINK.findall(body)):
        if not (folder / link).is_file():
            yield Finding("card", f"links to a file that is not there: {link!r}", CARD_FILE)
    for left in dict.fromkeys(_LEFT_OVER.findall(body)):
        yield Finding("card", f"has something left over from its template: {left!r}", CARD_FILE)


def _check_metadata(data: dict[str, Any], manifest: DatasetManifest) -> Iterator[Finding]:
    for key, said, wanted in (
        ("license", data.get("license"), manifest.license),
        ("language", data.get("language"), list(LANGUAGES)),
        ("configs", _configs(data), {name: list(splits) for name, splits in manifest.configs.items()}),
        ("dataset_info", _rows(data), _rows_of(manifest)),
    ):
        if said != wanted:
            yield Finding("card", f"says under {key!r} {said!r}, and the manifest {wanted!r}", CARD_FILE)


def _configs(data: dict[str, Any]) -> dict[str, list[str]]:
    configs = data.get("configs") or []
    return {config["config_name"]: [part["split"] for part in config.get("data_files", [])] for config in configs}


def _rows(data: dict[str, Any]) -> dict[str, dict[str, int]]:
    infos = data.get("dataset_info") or []
    infos = [infos] if isinstance(infos, dict) else infos
    return {
        info["config_name"]: {split["name"]: split["num_examples"] for split in info.get("splits", [])}
        for info in infos
    }


def _rows_of(manifest: DatasetManifest) -> dict[str, dict[str, int]]:
    return {name: {split: record.rows for split, record in splits.items()} for name, splits in manifest.configs.items()}


def _missing_sections(text: str) -> list[str]:
    titles = {heading[2].strip() for line in text.splitlines() if (heading := _HEADING.match(line))}
    return [title for title in SECTIONS.values() if title not in titles]


def _empty_sections(text: str) -> Iterator[str]:
    """Name the headings that nothing stands under; a heading below one is something."""
    open_section: tuple[int, str] | None = None
    fenced = False
    for line in text.splitlines():
        heading = None if fenced else _HEADING.match(line)
        if _FENCE.match(line):
            fenced = not fenced
        if heading is None:
            if line.strip():
                open_section = None
            continue
        level = len(heading[1])
        if open_section is not None and level <= open_section[0]:
            yield open_section[1]
        open_section = (level, heading[2])
    if open_section is not None:
        yield open_section[1]
