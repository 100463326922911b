from __future__ import annotations

import tomllib

import pytest

from alignkit.text.script import has_japanese_script
from benchmark_mentions import CORPUS, HALVES, MEASURES, figures, score

FLOORS = {"headlines": 0.95, "with outlet": 0.9, "with day": 0.9, "with address": 0.95, "leads": 0.93}


@pytest.fixture(scope="module", params=HALVES.values())
def documents(request):
    return tomllib.loads((CORPUS / request.param).read_text(encoding="utf-8"))["document"]


def test_the_documents_are_read_as_well_as_they_were(documents, outlets):
    scored = [score(document, outlets) for document in documents]
    assert {measure: figures(scored, measure).f1 >= FLOORS[measure] for measure in MEASURES} == dict.fromkeys(
        MEASURES, True
    )
    assert figures(scored, "headlines").precision == 1


def test_what_is_expected_stands_in_the_documents(documents, outlets):
    ids = {outlet.id for outlet in outlets}
    for document in documents:
        texts = {headline["text"] for headline in document["headlines"]}
        assert all(lead["headline"] in texts and lead["outlet"] in ids for lead in document["leads"])
        assert all(headline.get("outlet", "news31") in ids for headline in document["headlines"])
        assert all(
            has_japanese_script(headline["text"]) == (headline["lang"] == "ja") for headline in document["headlines"]
        )


def test_half_of_the_documents_are_japanese(documents):
    assert len(documents) == 20
    assert sum(document["content"].count("。") > 2 for document in documents) == pytest.approx(10, abs=1)
