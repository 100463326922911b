from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.stats.listing import list_pairs
from alignkit.stats.measure import dataset_stats
from alignkit.stats.page import render_page
from alignkit.stats.shell import as_embedded_json
from stats.datasets_on_disk import hostile_dataset, small_dataset


def page_of(folder):
    return render_page(dataset_stats(folder), list_pairs(folder))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return page_of(hostile_dataset(tmp_path_factory.mktemp("hostile")))


@given(value=st.dictionaries(st.text(), st.text() | st.none() | st.floats(allow_nan=False, allow_infinity=False)))
def test_embedded_json_can_end_no_element_and_is_read_back_as_it_was(value):
    embedded = as_embedded_json({"value": value, "fixed": "</script><!-- & \u2028\u2029"})
    assert not set(embedded) & set("<>&\u2028\u2029")
    assert json.loads(embedded)["value"] == value


def test_the_policy_names_exactly_the_pages_own_style_and_script(hostile):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', hostile)[1].replace("&#x27;", "'")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    for directive, element in (
        ("style-src", r"<style>(.*?)</style>"),
        ("script-src", r'<script type="module">(.*?)</script>'),
    ):
        (content,) = re.findall(element, hostile, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert directives[directive] == f"'sha256-{digest}'"
    assert len(re.findall("<script", hostile)) == 2


def test_the_page_names_no_other_file_and_sets_no_html(hostile):
    template = re.sub(r'<script type="application/json".*?</script>', "", hostile, flags=re.DOTALL)
    for forbidden in (
        "src=",
        "@import",
        "url(",
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "style=",
    ):
        assert forbidden not in template, forbidden
    assert set(re.findall(r"https?://[\w./]+", template)) == {"http://www.w3.org/2000/svg"}


def test_the_same_dataset_gives_the_same_page(tmp_path):
    folder = small_dataset(tmp_path)
    assert page_of(folder) == page_of(folder)
