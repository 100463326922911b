"""Whether kanji next to each other may be a name, by what IPADIC makes of them and by the lexicon's names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.japanese_words import split_words
from alignkit.text.people.tables import words

if TYPE_CHECKING:
    from alignkit.text.names.japanese_words import Word

KANJI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々ヶケ]+(?:ノ[\u3400-\u4dbf\u4e00-\u9fff々ヶケ]+)*")

_COUNTED: Final = re.compile("[一二三四五六七八九十百千数何]+[人名]")
_REMEMBERED: Final = 1 << 16
_LEAST_CHARACTERS: Final = 2
_MOST_CHARACTERS: Final = 6
_LONGEST_PART: Final = 4
_COMMON: Final = frozenset({"noun", "other", "title", "organisation", "country"})
_NEVER_FIRST: Final = frozenset("元前現故男女同両各夫妻父母兄弟姉妹娘計約全他当某超非再初最毎")
_NEVER_LAST: Final = frozenset(
    "者員人長官師士会党県市町村区署庁省側団組隊店所院校派系国軍隊号船件金額分回目点時月歳名量性的化法案罪刑死宅車機器線駅港館社城寺橋器署容疑物品薬料費税券株児童民客犯"
)


@lru_cache(maxsize=_REMEMBERED)
def may_be_name(written: str, *, is_sure: bool = False) -> bool:
    """Tell whether kanji may be a surname, a given name or both: what is only a common noun is none.

    IPADIC takes names that it does not know apart into pieces of one kanji or into other names; where it finds a word of
    two kanji that is nobody's name, the whole is none either. Of the rest the lexicon must know the whole, or two parts.

    Args:
        written: The kanji.
        is_sure: Whether what stands beside them speaks for a person, so that an organisation's name is one.
    """
    if not _LEAST_CHARACTERS <= len(written) <= _MOST_CHARACTERS or written in words("before_ja.txt"):
        return False
    # The lexicon has 二人 and 三人 for names, too.
    if _COUNTED.fullmatch(written):
        return False
    if written[0] in _NEVER_FIRST or (written[-1] in _NEVER_LAST and not _is_known(written)):
        return False
    return not any(
        _is_noun(word, written) and not (is_sure and word.tag == "organisation") for word in split_words(written)
    ) and is_known_name(written)


def _is_noun(word: Word, written: str) -> bool:
    """Tell whether a word is only a common noun; 瑠璃 of 瑠璃川 is one, but also a name."""
    if word.tag not in _COMMON or len(word.surface) < _LEAST_CHARACTERS:
        return False
    return word.tag != "noun" or word.surface == written or not _is_known(word.surface)


@lru_cache(maxsize=_REMEMBERED)
def is_known_name(written: str) -> bool:
    """Tell whether the lexicon has a name, or a surname and a given name of which it is made."""
    if _is_known(written):
        return True
    splits = range(1, len(written))
    return any(
        max(at, len(written) - at) <= _LONGEST_PART and _is_known(written[:at]) and _is_known(written[at:])
        for at in splits
    )


@lru_cache(maxsize=_REMEMBERED)
def _is_known(written: str) -> bool:
    lexicon = load_lexicon()
    return lexicon is not None and bool(lexicon.readings([written]))
