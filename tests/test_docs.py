from __future__ import annotations

import re

import pytest

from alignkit.config import Config, load_config
from conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "DATA_CARD.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_configuration_that_is_documented_is_one_and_names_every_key(write):
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    config = load_config(write("alignkit.toml", re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1]))
    documented = config.model_dump(exclude_unset=True)
    for section in ("collect", "pair", "align", "export"):
        assert set(documented[section]) == set(Config.model_fields[section].annotation.model_fields)
    # What has no default that could be written is shown with a value.
    shown = {"store", "since", "until", "outlets", "web"}
    left_out = dict.fromkeys(("sources", "folder", "export", "outlet_files"), True)
    left_out |= {"align": {"rerank"}, "collect": shown}
    assert config.model_dump(exclude=left_out) == Config(sources=config.sources).model_dump(exclude=left_out)


def test_every_dependency_has_its_reason():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    declared = re.findall(r'^  "([A-Za-z0-9_-]+)(?:\[\w+\])?[><=]', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert [name for name in declared if name not in text] == []
