from __future__ import annotations

from alignkit.export.formats import EXPORTERS
from export.formats.format_samples import PLAIN, pair, pairs

MOSES = EXPORTERS["moses"]


def test_line_n_of_one_file_belongs_to_line_n_of_the_other(tmp_path):
    MOSES.write([pairs()[:2], pairs()[2:]], tmp_path / "corpus.moses", settings=PLAIN)
    english, japanese, ids = ((tmp_path / f"corpus.{ending}").read_text() for ending in ("en", "ja", "ids"))
    assert english.splitlines() == pairs()["en"].to_list()
    assert japanese.splitlines() == pairs()["ja"].to_list()
    assert ids.splitlines()[1] == "p1\ts1\ten1\tja1"


def test_a_prefix_may_have_a_full_stop_in_it(tmp_path):
    names = [path.name for path in MOSES.outputs(tmp_path / "news.2031")]
    assert names == ["news.2031.en", "news.2031.ja", "news.2031.ids"]


def test_line_ends_and_tabs_become_spaces_and_are_reported(tmp_path):
    table = pairs(pair(0), pair(1, en="Quake\r\njolts\tisland\u2028again", ja_id="ja\n1"), pair(2, ja="一\x85二"))
    report = MOSES.write([table], tmp_path / "corpus", settings=PLAIN)
    assert (tmp_path / "corpus.en").read_text().splitlines()[1] == "Quake jolts island again"
    assert [len((tmp_path / f"corpus.{end}").read_text().splitlines()) for end in ("en", "ja", "ids")] == [3, 3, 3]
    assert report.rows == 3
    found = [(reject.row, reject.column, reject.value, reject.dropped) for reject in report.rejects]
    assert found == [
        (2, "en", r"'Quake\r\njolts\tisland\u2028again'", "value"),
        (2, "ja_id", r"'ja\n1'", "value"),
        (3, "ja", r"'一\x85二'", "value"),
    ]


def test_no_pairs_make_empty_files(tmp_path):
    assert MOSES.write([], tmp_path / "corpus", settings=PLAIN).rows == 0
    assert [path.stat().st_size for path in sorted(tmp_path.iterdir())] == [0, 0, 0]
