from __future__ import annotations

import re

from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from conftest import ROOT


def test_the_encoder_that_is_documented_works(tmp_path):
    text = (ROOT / "docs" / "encoders.md").read_text(encoding="utf-8")
    scope: dict[str, object] = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], scope)  # noqa: S102 - our own page
    encoder = scope["Trigrams"]()
    assert Embedder(encoder, EmbeddingCache(encoder, tmp_path)).embed(["Mayor resigns", "市", "市長が辞任"]).shape == (
        3,
        256,
    )
