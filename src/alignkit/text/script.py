"""Which script a text is written in, as far as that tells English from Japanese."""

from __future__ import annotations

import re
from typing import Final

# Hiragana, katakana (with half-width forms), and the CJK ideographs with extension A and the compatibility block.
_JAPANESE: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def has_japanese_script(text: str) -> bool:
    """Tell whether a text has at least one kana or CJK ideograph."""
    return _JAPANESE.search(text) is not None
