from __future__ import annotations

import hashlib

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.export.configs import CONFIGS, config_table, text_columns
from alignkit.export.standoff import add_pointers, headline_hashes


def test_what_stands_around_a_headline_does_not_change_its_hash():
    plain, labelled, credited = headline_hashes(
        ["湖の氷、早く解ける", "【速報】湖の氷、早く解ける", "湖の氷、早く解ける（共同）"]
    )
    assert plain == labelled == credited
    assert plain == hashlib.sha256("湖の氷、早く解ける".encode()).hexdigest()


def test_a_salt_makes_another_hash_and_the_same_one_again():
    texts = ["湖の氷、早く解ける"]
    assert headline_hashes(texts, "sea") != headline_hashes(texts)
    assert headline_hashes(texts, "sea") == headline_hashes(texts, "sea") != headline_hashes(texts, "rock")


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=5),
    st.none() | st.text(max_size=3),
)
def test_every_headline_has_a_hash_of_its_own_text_alone(texts, salt):
    together = headline_hashes(texts, salt)
    assert together == [headline_hashes([text], salt)[0] for text in texts]
    assert all(len(digest) == 64 for digest in together)


def test_pointers_are_added_beside_the_text():
    frame = add_pointers(pl.DataFrame({"ja": ["【速報】湖の氷", "橋"]}), ["ja"], None)
    assert frame.columns == ["ja", "ja_sha256", "ja_length"]
    assert frame["ja_length"].to_list() == [3, 1]


def test_no_column_of_a_stand_off_config_holds_text():
    for config in CONFIGS:
        full, pointers = (config_table(config, form) for form in ("full", "stand-off"))
        names = set(pointers.schema) | {f"references.{field.name}" for field in _fields(pointers)}
        assert not names & set(text_columns(config)) - {"references"}
        assert full.key == pointers.key
    assert "references" not in config_table("mt", "stand-off").schema


def _fields(table):
    dtype = table.schema.get("references")
    return dtype.inner.fields if dtype is not None and isinstance(dtype.inner, pl.Struct) else []
