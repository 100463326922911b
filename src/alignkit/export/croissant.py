"""croissant.json: the dataset described in Croissant 1.1 (MLCommons), with its extension for responsible AI.

It is made from the manifest, the columns and the card, without mlcroissant, which would bring a dozen packages into every
export; that library checks the description (`alignkit.export.checks.croissant`), and loads records through it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.export.card import section_prose
from alignkit.export.configs import CONFIGS, config_table
from alignkit.export.dataset_manifest import FileRecord
from alignkit.storage import file_hash, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from alignkit.export.configs import TextForm
    from alignkit.export.dataset_manifest import DatasetManifest
    from alignkit.schema import Column

CROISSANT_FILE: Final = "croissant.json"
CONFORMS_TO: Final = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")

_TERMS: Final = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes"),
    *("extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated"),
    *("replace", "samplingRate", "separator", "source", "subField", "transform"),
)
"""The terms of Croissant's own vocabulary, as the specification's context lists them."""

CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS},
}

_LICENSES: Final = {
    "apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "mit": "https://opensource.org/license/mit",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
    "odc-by": "https://opendatacommons.org/licenses/by/1-0/",
    "pddl": "https://opendatacommons.org/licenses/pddl/1-0/",
}
_CREATIVE_COMMONS: Final = re.compile(r"cc-(by(?:-[a-z]+)*)-(\d\.\d)")

_FORMATS: Final = {
    "jsonl": "application/jsonlines",
    "md": "text/markdown",
    "parquet": "application/x-parquet",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_SPLIT: Final = r"(?:.*/)?data/[^/]+/([a-z]+)-\d+-of-\d+\.parquet$"

RAI_SECTIONS: Final = {
    "rai:dataCollection": ("collection",),
    "rai:dataPreprocessingProtocol": ("processing",),
    "rai:dataAnnotationProtocol": ("splits", "quality"),
    "rai:annotatorDemographics": ("speakers",),
    "rai:dataBiases": ("biases",),
    "rai:dataLimitations": ("quality", "biases"),
    "rai:dataUseCases": ("motivation", "uses"),
    "rai:dataSocialImpact": ("uses", "legal"),
    "rai:personalSensitiveInformation": ("personal_data",),
    "rai:dataReleaseMaintenancePlan": ("maintenance",),
}
"""Which sections of the card each property is taken from."""

_SINGLE: Final = {"rai:dataCollection", "rai:dataSocialImpact", "rai:dataReleaseMaintenancePlan"}
"""The properties that have one text and no list of them."""


def add_croissant(manifest: DatasetManifest, folder: Path, values: Mapping[str, Any]) -> DatasetManifest:
    """Write croissant.json into a dataset's folder.

    Args:
        manifest: The dataset's manifest, with all of its other files.
        folder: The folder.
        values: What the card was rendered with.

    Returns:
        The manifest that lists it too.
    """
    path = folder / CROISSANT_FILE
    write_json(describe(manifest, values), path)
    record = FileRecord(size=path.stat().st_size, sha256=file_hash(path))
    files = dict(sorted((manifest.files | {CROISSANT_FILE: record}).items()))
    return manifest.model_copy(update={"files": files})


def describe(manifest: DatasetManifest, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the description of a dataset as JSON-LD.

    Args:
        manifest: The dataset's manifest.
        values: What the card was rendered with.
    """
    about = values["about"]
    facts = about.facts
    described = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": manifest.name,
        "description": _plain(about.text or "English headlines, each with Japanese headlines of the same story."),
        "conformsTo": list(CONFORMS_TO),
        "version": manifest.version,
        "license": license_address(manifest.license),
        "citeAs": values["citation"],
        "creator": [{"@type": "sc:Organization", "name": name} for name in facts.creators],
        "datePublished": str(facts.published) if facts.published else None,
        "url": str(facts.url) if facts.url else None,
        "inLanguage": ["en", "ja"],
        "isLiveDataset": False,
        "keywords": ["news", "headlines", "parallel corpus", "machine translation", "bitext mining"],
        **_responsible(manifest, values),
        "distribution": list(_distribution(manifest)),
        "recordSet": [_record_set(config, manifest.text) for config in CONFIGS if config in manifest.configs],
    }
    return {key: value for key, value in described.items() if value not in (None, [], "")}


def _plain(markdown: str) -> str:
    return " ".join(re.sub(r"[*`]", "", markdown).split())


def license_address(identifier: str) -> str:
    """Give the address of a licence's text by the Hub's identifier; the identifier itself if it is not a common one."""
    if match := _CREATIVE_COMMONS.fullmatch(identifier):
        return f"https://creativecommons.org/licenses/{match[1]}/{match[2]}/"
    return _LICENSES.get(identifier, identifier)


# --- responsible AI ---------------------------------------------------------------------------------------------------


def _responsible(manifest: DatasetManifest, values: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, sections in RAI_SECTIONS.items():
        prose = [paragraph for section in sections for paragraph in section_prose(section, values)]
        said[key] = " ".join(prose) if key in _SINGLE else prose
    encoder = manifest.settings["align"]["encoder"]
    period = values["stats"].period
    missing = [f"{name}: {count:,}" for name, count in values["missing"].items() if count]
    return said | {
        "rai:dataCollectionType": _collection_types(manifest, values),
        "rai:dataCollectionTimeFrame": [f"{day}T00:00:00" for day in period or ()],
        "rai:dataCollectionMissingData": f"Headlines without a value, by column: {', '.join(missing) or 'none'}.",
        "rai:dataCollectionRawData": "Headlines as their outlets published them, from files or pages; pages are not kept here.",
        "rai:annotationsPerItem": "One relation and one score a pair, both by a machine; none by a person.",
        "rai:machineAnnotationTools": [f"alignkit {values['version']}, encoder {encoder}"],
        "rai:hasSyntheticData": manifest.synthetic,
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": f"alignkit {values['version']}: headlines paired, aligned, split and exported",
        },
        "prov:wasDerivedFrom": [
            {"@type": "prov:Entity", "prov:label": f"{record.file}, sha256 {record.sha256}"}
            for record in manifest.inputs
        ],
    }


def _collection_types(manifest: DatasetManifest, values: Mapping[str, Any]) -> list[str]:
    """Name how headlines came here, in the words that the extension proposes."""
    if manifest.synthetic:
        return ["Others"]
    ways = {"Web Scraping": values["from_web"], "Secondary Data Analysis": values["headlines"] - values["from_web"]}
    return [way for way, headlines in ways.items() if headlines]


# --- files ------------------------------------------------------------------------------------------------------------


def _distribution(manifest: DatasetManifest) -> Iterator[dict[str, Any]]:
    for path, record in manifest.files.items():
        yield {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "contentSize": f"{record.size} B",
            "encodingFormat": _FORMATS.get(path.rpartition(".")[2], "application/octet-stream"),
            "sha256": record.sha256,
        }
    for config in manifest.configs:
        yield {
            "@type": "cr:FileSet",
            "@id": f"{config}-files",
            "name": f"{config}-files",
            "description": f"The Parquet files of the config {config}, whose names begin with their split.",
            "encodingFormat": _FORMATS["parquet"],
            "includes": f"data/{config}/*.parquet",
        }


# --- records ----------------------------------------------------------------------------------------------------------


def _record_set(config: Any, form: TextForm) -> dict[str, Any]:  # noqa: ANN401 - one of CONFIGS
    table = config_table(config, form)
    split = {
        "@type": "cr:Field",
        "@id": f"{config}/split",
        "name": "split",
        "description": "the split that the row is in",
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": f"{config}-files"},
            "extract": {"fileProperty": "fullpath"},
            "transform": {"regex": _SPLIT},
        },
    }
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": f"The rows of the config {config}.",
        "key": [{"@id": f"{config}/{name}"} for name in table.key],
        "field": [split, *(_field(config, column) for column in table.columns)],
    }


def _field(config: str, column: Column) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{config}/{column.name}",
        "name": column.name,
        "description": column.meaning + ("; may be empty" if column.nullable else ""),
    }
    if not isinstance(column.dtype, pl.List):
        return field | {"dataType": _data_type(column.dtype), "source": _source(config, column.name)}
    repeated = {"isArray": True, "arrayShape": "-1"}
    if not isinstance(column.dtype.inner, pl.Struct):
        return field | repeated | {"dataType": _data_type(column.dtype.inner), "source": _source(config, column.name)}
    return (
        field
        | repeated
        | {
            "subField": [
                {
                    "@type": "cr:Field",
                    "@id": f"{config}/{column.name}/{part.name}",
                    "name": part.name,
                    "description": f"{part.name} of each of them",
                    "dataType": _data_type(part.dtype),
                    "source": _source(config, column.name) | {"transform": {"jsonPath": part.name}},
                }
                for part in column.dtype.inner.fields
            ]
        }
    )


def _source(config: str, column: str) -> dict[str, Any]:
    return {"fileSet": {"@id": f"{config}-files"}, "extract": {"column": column}}


def _data_type(dtype: Any) -> str:  # noqa: ANN401 - a polars type, as an instance or a class
    if dtype == pl.Float64:
        return "cr:Float64"
    if dtype == pl.Int64:
        return "cr:Int64"
    return "sc:DateTime" if isinstance(dtype, pl.Datetime) else "sc:Text"
