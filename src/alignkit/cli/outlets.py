"""alignkit outlets: who publishes headlines, and whether what is known of them still holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from alignkit.cli.console import print_json, print_table, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from alignkit.outlets.model import Outlet
    from alignkit.outlets.registry import Registry
    from alignkit.web.settings import WebSettings

EXAMPLES: Final = """Examples:

\b
  alignkit outlets list --prefecture Fukushima
  alignkit outlets show 河北新報
  alignkit outlets show https://www.minpo.jp/globalnews/detail/2025072901001269
  alignkit outlets check kyoto-shimbun --contact you@example.org
"""

_GROUPS: Final = ("domains", "titles", "credits", "feeds", "sitemaps", "wire_ids", "sections")
_LABELS: Final = {
    "hosts": "",
    "suffixes": "title suffixes",
    "prefixes": "title prefixes",
    "forms": "",
    "urls": "",
    "pattern": "wire id pattern",
    "form": "wire id",
    "paths": "",
}
"""What facts hold, with what it is called; '' for the name of its group."""

app: Final = typer.Typer(
    name="outlets", epilog=EXAMPLES, no_args_is_help=True, rich_markup_mode=None, help="Show and check known outlets."
)

AddOption = Annotated[
    list[Path] | None, typer.Option("--add", metavar="FILE", help="An outlet's TOML file of your own; repeatable.")
]


@app.command(name="list", epilog=EXAMPLES)
def list_outlets(
    *,
    language: Annotated[str | None, typer.Option(help="Only outlets in this language: en or ja.")] = None,
    prefecture: Annotated[str | None, typer.Option(help="Only papers of this prefecture, such as Fukushima.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only agency, regional, national, aggregator or republisher.")
    ] = None,
    add: AddOption = None,
    as_json: JsonOption = False,
) -> None:
    """List known outlets."""
    from typing import get_args

    from alignkit.outlets.model import KINDS, Language, Prefecture

    wanted = {
        "languages": _one_of("--language", language, get_args(Language)),
        "prefecture": _one_of("--prefecture", prefecture, get_args(Prefecture)),
        "kind": _one_of("--kind", kind, KINDS),
    }
    chosen = [
        outlet
        for outlet in _registry(add).outlets.values()
        if (wanted["languages"] is None or wanted["languages"] in outlet.languages)
        and wanted["prefecture"] in (None, outlet.prefecture)
        and wanted["kind"] in (None, outlet.kind)
    ]
    if as_json:
        print_json([_as_dict(outlet) for outlet in chosen])
        return
    rows = [(o.id, o.name_en, o.name_ja, o.kind, o.prefecture or "", ", ".join(o.hosts)) for o in chosen]
    print_table(("id", "English", "Japanese", "kind", "prefecture", "domains"), rows)


@app.command(epilog=EXAMPLES)
def show(
    name: Annotated[str, typer.Argument(metavar="ID_OR_NAME_OR_URL", help="An id, a name, or an address of a page.")],
    *,
    add: AddOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all that is known of an outlet, with where each fact was seen; of an address also what it carries."""
    registry = _registry(add)
    url = name if "//" in name else f"https://{name}"
    by_name = registry.find(name)
    outlet = by_name or registry.outlet_of(url)
    if outlet is None:
        raise _unknown(name, registry)
    carried = {} if by_name else {"wire_id": registry.wire_id(url), "section": registry.section(url)}
    if as_json:
        print_json(_as_dict(outlet) | ({"address": {"url": url, **carried}} if carried else {}))
        return
    typer.echo(f"{outlet.id}: {outlet.name_en}, {outlet.name_ja}")
    for what, value in carried.items():
        typer.echo(f"{what} of this address: {value or 'none'}")
    typer.echo()
    print_table(("fact", "value", "checked", "seen", "where"), _rows(outlet))


@app.command(epilog=EXAMPLES)
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID…]", help="Outlets, by id or name; all with a feed where none is named."),
    ] = None,
    *,
    contact: Annotated[
        str, typer.Option(help="An e-mail or web address at which you can be reached; is sent along.")
    ] = "",
    user_agent: Annotated[str | None, typer.Option(help="The name to go by.", show_default="alignkit/VERSION")] = None,
    delay: Annotated[float, typer.Option(min=0, help="Least seconds between two requests to a host.")] = 2.0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Most seconds for a feed.")] = 20.0,
    max_bytes: Annotated[int, typer.Option(min=1, help="Most bytes of a feed.")] = 5_000_000,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask hosts within this machine or its network.")
    ] = False,
    add: AddOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fetch outlets' feeds, politely, and say what still holds; exits with 1 if a feed does not."""
    from alignkit.outlets.check import check_outlets
    from alignkit.web.client import PoliteClient

    if not contact:
        remedy = "Whoever runs the sites must be able to reach you: give an e-mail or web address."
        raise UsageError("is needed", column="--contact", remedy=remedy)
    named = {} if user_agent is None else {"user_agent": user_agent}
    settings = _web_settings(
        contact=contact, delay=delay, timeout=timeout, max_bytes=max_bytes, allow_private=allow_private, **named
    )
    registry = _registry(add)
    chosen = [_find(name, registry) for name in names or registry.outlets]
    with progress_bar(quiet=quiet or as_json) as progress, PoliteClient(settings) as client:
        checks = check_outlets(chosen, client, progress)
    if as_json:
        print_json([found.as_dict() for found in checks])
    elif not quiet:
        rows = [
            (
                found.outlet,
                found.url,
                f"{found.verdict}: {found.detail}" if found.detail else found.verdict,
                found.entries,
                f"{found.newest:%Y-%m-%d %H:%M}" if found.newest else "",
                _percent(found.affix_share),
                _percent(found.wire_id_share),
            )
            for found in checks
        ]
        print_table(("outlet", "feed", "verdict", "entries", "newest (UTC)", "with affix", "with wire id"), rows)
    if any(found.verdict != "holds" for found in checks):
        raise typer.Exit(1)


def _web_settings(**options: Any) -> WebSettings:  # noqa: ANN401 - settings of any type
    from alignkit.web.settings import WebSettings

    try:
        return WebSettings(**options)
    except UsageError as error:
        option = f"--{error.column}".replace("_", "-")
        raise UsageError(error.problem, column=option, value=error.value, remedy=error.remedy) from None


def _registry(add: list[Path] | None) -> Registry:
    from alignkit.outlets.registry import Registry, load_outlet, registry

    return Registry([*registry().outlets.values(), *map(load_outlet, add)]) if add else registry()


def _find(name: str, registry: Registry) -> Outlet:
    outlet = registry.find(name)
    if outlet is None:
        raise _unknown(name, registry)
    return outlet


def _unknown(name: str, registry: Registry) -> UsageError:
    import difflib

    near = difflib.get_close_matches(name.lower(), registry.outlets, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]!r}?" if near else "'alignkit outlets list' lists those that are known."
    return UsageError("is no known outlet", value=name, remedy=remedy)


def _one_of(option: str, value: str | None, choices: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    chosen = next((choice for choice in choices if choice.casefold() == value.casefold()), None)
    if chosen is None:
        raise UsageError("is none of the choices", column=option, value=value, remedy=f"Known: {', '.join(choices)}.")
    return chosen


def _as_dict(outlet: Outlet) -> dict[str, Any]:
    return {"id": outlet.id, **outlet.model_dump(mode="json", exclude={"id"})}


def _rows(outlet: Outlet) -> list[tuple[str, str, str, str, str]]:
    """Give a row for each fact: the outlet's identity, then the groups."""
    rows = [
        (what, value, "yes" if outlet.verified else "no", str(outlet.date), outlet.source)
        for what, value in (
            ("names", ", ".join(outlet.names)),
            ("kind", outlet.kind),
            ("prefecture", outlet.prefecture or ""),
            ("languages", ", ".join(outlet.languages)),
        )
        if value
    ]
    for group in _GROUPS:
        for fact in getattr(outlet, group):
            checked = "yes" if fact.verified else "no"
            for what, label in _LABELS.items():
                if value := getattr(fact, what, None):
                    rows.append((label or group, _shown(value), checked, str(fact.date), fact.source))
    return rows


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{path} = {section}" for path, section in value.items())
    return "\n".join(f"'{text}'" for text in value) if isinstance(value, tuple) else str(value)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
