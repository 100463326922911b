from __future__ import annotations

import pytest

from alignkit.evaluate.fidelity.judging import judge
from alignkit.evaluate.fidelity.reading import read_texts


@pytest.fixture(autouse=True)
def _no_lexicon(monkeypatch):
    """What these tests show does not hang on the installed lexicon."""
    for module in (
        "alignkit.evaluate.fidelity.name_words",
        "alignkit.evaluate.fidelity.telling_names",
        "alignkit.text.names.japanese",
    ):
        monkeypatch.setattr(f"{module}.load_lexicon", lambda: None)


def names(source, output, *references, target):
    other = "en" if target == "ja" else "ja"
    read = read_texts([output, *references], target)
    return judge(read_texts([source], other)[source], read[output], [read[text] for text in references])["names"]


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        # No one who calls a policeman an officer says another name; nor do title case and first words tell.
        ("ウィットロック巡査が発見", "Found by Officer Whitlock", "Found by Constable Whitlock"),
        ("ブルームホテルが開業", "Hotel Bloom Opens With Celebration", "Bloom Hotel Opens With Ceremony"),
        # A name that is spelt as well as may be is not another one.
        ("ギャンバレラが勝つ", "Gambarella wins", "Gambalera wins"),
    ],
)
def test_other_words_for_the_same_are_no_other_names_in_english(source, output, reference):
    assert names(source, output, reference, target="en").verdict != "conflict"


@pytest.mark.parametrize(
    ("source", "output", "reference"),
    [
        # An abbreviation is written out, and with it comes whose it is.
        ("Voters leave the ZQP", "有権者、インドゼッキュ党離れ", "有権者、ZQP離れ"),
        ("Fire near Juniper Valley", "ジュニーパバレーで火災", "ジュニパー・バレーで火災"),
        ("Mayor Skarsholmer resigns", "スカショルマー市長が辞任", "スカースホルメル市長が辞任"),
        ("Officials shut a road", "当局が道路封鎖", "ロード封鎖"),
        ("K.J. Whitlock scores", "K.J.ウィットロック得点", "KJウィットロック得点"),
    ],
)
def test_other_spellings_are_no_other_names_in_japanese(source, output, reference):
    assert names(source, output, reference, target="ja").verdict != "conflict"


@pytest.mark.parametrize(
    ("source", "output", "reference", "target"),
    [
        ("フランス、ナゴヤの催しを中止", "Germany cancels event in Nagoya", "France cancels event in Nagoya", "en"),
        # A capital amid a sentence tells a name, and at its beginning in the place of another.
        ("後半に逆転", "In the end the Larkspurs won after all", "In the end the Foxgloves won after all", "en"),
        ("ウィットロック氏が辞任", "Brunel resigns as mayor of town", "Whitlock resigns as mayor of town", "en"),
        ("Margaret Whitlock resigns", "ハリエット・ウィットロックが辞任", "マーガレット・ウィットロックが辞任", "ja"),
    ],
)
def test_another_name_is_a_conflict(source, output, reference, target):
    assert names(source, output, reference, target=target).verdict == "conflict"
    assert names(source, reference, reference, target=target).verdict != "conflict"


def test_a_country_that_is_named_less_often_may_have_become_another():
    source = "British public leaves Britain's own festival"
    reference = "英国の国民、イギリスの祭り離れ"
    assert names(source, "英国の国民、ドイツの祭り離れ", reference, target="ja").verdict == "conflict"
    assert names(source, "英国の国民、祭り離れ", reference, target="ja").verdict == "agree"
