from __future__ import annotations

import pytest

from alignkit.collect.sources import FilesSource
from alignkit.collect.stage import collect_headlines
from alignkit.errors import InputError
from samples import ENGLISH, JAPANESE

EN = FilesSource(path="en.txt", lang="en", outlet="Wire")
JA = FilesSource(path="ja/*.txt", lang="ja")


@pytest.fixture
def _files(write):
    write("en.txt", "\n".join(ENGLISH))
    write("ja/b.txt", "\n".join(JAPANESE[3:]), "cp932")
    write("ja/a.txt", "\n".join(JAPANESE[:3]), "euc_jp")


@pytest.mark.usefixtures("_files")
def test_sources_become_one_table(tmp_path):
    collected = collect_headlines([EN, JA], folder=tmp_path)
    assert collected.headlines.filter(lang="ja")["text"].to_list() == list(JAPANESE)
    assert collected.headlines["source"].to_list()[-1] == "ja/b.txt#3"
    assert collected.headlines.filter(lang="en")["outlet"].unique().to_list() == ["Wire"]
    assert collected.rejects == []


@pytest.mark.usefixtures("_files")
def test_rejects_name_their_file_and_the_run_goes_on_unless_it_is_strict(tmp_path, write):
    write("ja/c.txt", "")
    write("ja/d.txt", f"{JAPANESE[0]}\n\n地方の話題\n")
    collected = collect_headlines([EN, JA], folder=tmp_path)
    assert collected.headlines.height == 13
    assert [(reject.file, reject.row, reject.reason) for reject in collected.rejects] == [
        ("ja/c.txt", None, "is empty"),
        ("ja/d.txt", 1, "is there already (ja/a.txt#1)"),
        ("ja/d.txt", 2, "is empty"),
    ]
    with pytest.raises(InputError, match=r"c.txt: is empty"):
        collect_headlines([EN, JA], folder=tmp_path, strict=True)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ([EN], "no Japanese headline: 6 English and 0 Japanese were read from en.txt"),
        ([EN, FilesSource(path="nowhere.txt", lang="ja")], "nowhere.txt: does not exist"),
        ([EN, FilesSource(path="none/*.txt", lang="ja")], "matches no file"),
        ([EN, FilesSource(path="ja", lang="ja")], "is a folder, not a file"),
        (
            [EN, FilesSource(path="en.txt")],
            "no Japanese headline.*'lang': is missing, and the source names no language",
        ),
        ([FilesSource(path="en.txt", lang="ja")], "Were the two languages swapped"),
    ],
)
def test_what_makes_a_collection_useless_is_said(tmp_path, sources, message):
    with pytest.raises(InputError, match=message):
        collect_headlines(sources, folder=tmp_path)
