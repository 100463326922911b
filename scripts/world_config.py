"""What a researcher would write to collect the demonstration world: alignkit.toml, and the files of its outlets."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any, Final

from world_stories import DEMO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from alignkit.web import WebSettings
    from world_site import Site

SINCE, UNTIL = "2031-05-12", "2031-06-10"
ARCHIVE: Final = "archive.warc.gz"
"""The name of the web archive beside alignkit.toml."""

_HEAD: Final = """\
# How the demonstration world is collected. Every headline in it is invented.
output = "build"
outlet_files = "outlets/*.toml"
"""
_RIGHTS: Final = "invented for alignkit's demonstration corpus, CC BY 4.0"
_WIRE_ID: Final = r"[/=](?P<id>20[0-9]{14})$"


def config_text(sites: Iterable[Site], web: WebSettings) -> str:
    """Give an alignkit.toml that collects all sites.

    Args:
        sites: The sites.
        web: How they are reached.
    """
    parts = [_HEAD]
    for site in sites:
        for source in site.sources:
            archive = {"path": ARCHIVE} if source["kind"] == "warc" else {}
            parts.append(_table("[[sources]]", source | archive))
    parts.append(f"[collect]\nsince = {SINCE}\nuntil = {UNTIL}\nstore = {_value('headlines.sqlite')}\n")
    chosen = ("contact", "delay", "timeout", "retries", "max_wait", "allow_private", "connect_to")
    reached: dict[str, object] = {name: getattr(web, name) for name in chosen}
    if web.ca_file is not None:
        reached["ca_file"] = str(web.ca_file)
    parts.append(_table("[collect.web]", reached | {"cache": "http"}))
    parts.append(_table("[export]", _export() | {"with_text": True}))
    parts.append(_table("[export.rights]", {"*": _RIGHTS}))
    return "\n".join(parts)


def outlet_text(site: Site) -> str:
    """Give the TOML file of a site's outlet, as `alignkit.outlets.loading.load_outlet` reads it."""
    names = {"name_en": site.outlet, "name_ja": site.outlet, "kind": "agency" if site.lang == "en" else "regional"}
    parts = [_fact("", names | {"languages": [site.lang]}), _fact("[[domains]]", {"hosts": [site.host]})]
    if credits_ := sorted({story.credit for story in site.stories if story.credit is not None}):
        parts.append(_fact("[[credits]]", {"forms": credits_}))
    carrying = next(story for story in site.stories if story.wire_id is not None)
    rule: dict[str, object] = {"pattern": _WIRE_ID, "form": "{id}"}
    rule |= {"example": f"https://{site.host}{carrying.link}", "example_id": carrying.wire_id}
    parts.append(_fact("[[wire_ids]]", rule))
    return "\n".join(parts)


def outlet_file(site: Site) -> str:
    """Give the name of that file."""
    return f"{site.outlet.lower().replace(' ', '-')}.toml"


def _export() -> dict[str, Any]:
    """Give what the corpus's own configuration says of the dataset, which its about.md is copied for."""
    export: dict[str, Any] = tomllib.loads((DEMO / "alignkit.toml").read_text(encoding="utf-8"))["export"]
    return {name: value for name, value in export.items() if name not in {"rights", "with_text"}}


def about(folder: Path) -> None:
    """Put beside alignkit.toml what the dataset's card opens with."""
    (folder / "about.md").write_bytes((DEMO / "about.md").read_bytes())


def _fact(header: str, keys: Mapping[str, object]) -> str:
    return _table(header, {**keys, "source": "the demonstration corpus"}, "date = 2031-05-12\n")


def _table(header: str, keys: Mapping[str, object], more: str = "") -> str:
    lines = [f"{key if key.isidentifier() else _value(key)} = {_value(value)}\n" for key, value in keys.items()]
    return (f"{header}\n" if header else "") + "".join(lines) + more


def _value(value: object) -> str:
    """Give a value as TOML has it: texts, numbers, truth values and lists are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
