from __future__ import annotations

from alignkit.reading import proper_texts, read_headlines
from alignkit.schema import HEADLINES
from samples import headline


def table(texts, **columns):
    return HEADLINES.frame([headline(f"ja{number}", text, **columns) for number, text in enumerate(texts)])


def test_what_an_outlet_puts_behind_its_headlines_is_learnt_from_the_table():
    texts = [f"北の島で祭り{number}" for number in range(6)]
    published = [f"{text} - 浜の新聞デジタル" for text in texts]
    assert proper_texts(table(published, outlet="Hama no Shimbun")) == texts
    assert proper_texts(table(published)) == published


def test_a_credit_that_the_table_names_is_one():
    (read,) = read_headlines(table(["北の島で祭り（空見）"], credit="（空見）"))
    assert (read.text, read.of_kind("credit")) == ("北の島で祭り", ("空見",))


def test_marks_of_known_outlets_come_off_anyhow():
    assert proper_texts(table(["北の島で祭り｜静岡新聞アットエス"])) == ["北の島で祭り"]
