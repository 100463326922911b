"""alignkit publish: a dataset, on the Hugging Face Hub."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table
from alignkit.cli.options import JsonOption, QuietOption

if TYPE_CHECKING:
    from alignkit.export.publish import Published

EXAMPLES: Final = """Examples:

\b
  alignkit publish build/dataset --repo user/headlines --dry-run     what would be sent, without asking anybody
  alignkit publish build/dataset --repo user/headlines --private
  alignkit publish build/dataset --repo user/headlines --revision v1.1.0
"""


def publish(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The dataset, as 'alignkit export' writes it.")],
    *,
    repo: Annotated[str, typer.Option(metavar="USER/NAME", help="The repository; created if it is not there.")],
    private: Annotated[bool, typer.Option("--private", help="Let only the repository's owners see it.")] = False,
    revision: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION",
            help="The version, such as v1.2.0: the one that the dataset says it has, which must fit what changed.",
            show_default="the dataset's",
        ),
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", envvar="HF_ENDPOINT", help="Another Hub than the public one.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the files, and send nothing.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Publish a dataset on the Hugging Face Hub: checked, in one commit, with a tag; needs a token in HF_TOKEN."""
    from huggingface_hub.utils.tqdm import disable_progress_bars

    from alignkit.export.publish import publish as publish_dataset

    if quiet or as_json or not sys.stderr.isatty():
        disable_progress_bars()
    published = publish_dataset(folder, repo, private=private, revision=revision, dry_run=dry_run, endpoint=endpoint)
    if as_json:
        print_json(published.as_dict())
    elif not quiet:
        print_table(("file", "bytes", "sha256"), [(file.path, file.size, file.sha256) for file in published.files])
        typer.echo(_summary(published))
        for note in published.notes:
            typer.echo(f"alignkit: {note}", err=True)


def _summary(published: Published) -> str:
    if published.commit is None:
        return f"{published.repo} {published.version}: nothing was sent"
    if not (published.uploaded or published.deleted):
        done = "was there already"
    else:
        done = f"{len(published.uploaded):,} files uploaded, {len(published.deleted):,} deleted"
    return f"{published.repo} {published.version}: {done}\n{published.url}"
