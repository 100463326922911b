from __future__ import annotations

from alignkit.collect.mentions.terms import query_terms


def test_an_english_headline_in_japanese_as_far_as_the_tables_go():
    terms = query_terms("Bank of Japan, Toyama mayor hold talks on 12 snowploughs", "en", "ja")
    assert terms[:4] == ("日銀", "富山", "市長", "12")
    assert "snowploughs" in terms


def test_a_headline_in_the_language_of_the_outlet():
    assert query_terms("熊本沖でフェリー火災、12人けが", "ja", "ja") == ("熊本", "12", "フェリー火災", "けが")
    assert query_terms("Ferry fire off Kumamoto hurts 12", "en", "en") == ("Kumamoto", "12", "Ferry", "fire", "hurts")


def test_there_are_never_more_than_eight():
    assert len(query_terms(" ".join(f"word{letter}" for letter in "abcdefghijklmn"), "en", "en")) <= 8
