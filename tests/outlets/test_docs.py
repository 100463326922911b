from __future__ import annotations

import re

import outlets_table
from alignkit.outlets.model import Outlet
from alignkit.outlets.registry import load_outlet, outlets

DOCUMENT = outlets_table.DOCUMENT.read_text(encoding="utf-8")


def test_the_table_is_what_the_files_say():
    assert outlets_table.with_table(DOCUMENT) == DOCUMENT, "run: python scripts/outlets_table.py"
    assert all(f"\n| `{outlet}` |" in DOCUMENT for outlet in outlets())


def test_the_outlet_that_is_documented_is_one_and_names_every_group(write):
    text = re.search(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)[1]
    outlet = load_outlet(write("hibari-shimbun.toml", text))
    assert outlet.model_fields_set == set(Outlet.model_fields) - {"verified"}
    assert outlet.wire_ids[0].example_id == "2031051201000123"
