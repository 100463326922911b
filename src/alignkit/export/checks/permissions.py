"""Whether what is published may be: a licence, a right for each outlet, and text only where it is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignkit.export.checks.finding import Finding
from alignkit.export.rights import named, without_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.export.dataset_manifest import DatasetManifest

NO_LICENSE: Final = "unknown"


def check_permissions(manifest: DatasetManifest) -> Iterator[Finding]:
    """Look for a missing licence, and for text that nobody says may be published."""
    if manifest.license == NO_LICENSE:
        yield Finding("license", "no licence is stated; set 'license' in [export]", "manifest.json")
    if manifest.text == "stand-off":
        return
    from_web = {outlet: right for outlet, right in manifest.rights.items() if right.from_web}
    if lacking := without_statement(from_web):
        problem = "holds the text of headlines from the web without a statement in [export.rights] for"
        yield Finding("text", f"{problem}: {named(lacking)}", "manifest.json")
    if manifest.synthetic:
        return
    from_files = {outlet: right for outlet, right in manifest.rights.items() if outlet not in from_web}
    if lacking := without_statement(from_files):
        problem = "holds the text of headlines that are not invented without a statement in [export.rights] for"
        yield Finding("rights", f"{problem}: {named(lacking)}", "manifest.json")
