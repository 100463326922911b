"""A lexicon of a few names, so that what the tests show does not hang on the installed one."""

from __future__ import annotations

import pytest

READINGS = {
    "槙原": ("makibara", "makihara"),
    "蓮見": ("hasumi",),
    "烏丸": ("karasuma", "karasumaru"),
    "紅林": ("kurebayashi",),
    "久留見": ("kurumi",),
    "鵜飼沢": ("ukaizawa",),
}


class FewNames:
    """What the readers ask of `alignkit.text.lexicon.store.Lexicon`."""

    def readings(self, terms):
        return {term: READINGS[term] for term in terms if term in READINGS}


@pytest.fixture(autouse=True)
def lexicon(monkeypatch):
    monkeypatch.setattr("alignkit.text.names.japanese.load_lexicon", FewNames)
