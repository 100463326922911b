from __future__ import annotations

import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from alignkit.text.lexicon import store
from alignkit.text.lexicon.compiler import read_headline_terms
from alignkit.text.lexicon.store import load_lexicon
from alignkit.user_cache import CACHE_VARIABLE, cache_folder

DICTIONARIES = """
CREATE TABLE Kanji (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT);
CREATE TABLE Kana (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT);
CREATE TABLE Sense (ID INTEGER PRIMARY KEY, idseq INTEGER);
CREATE TABLE SenseGloss (sid INTEGER, text TEXT);
CREATE TABLE misc (sid INTEGER, text TEXT);
CREATE TABLE NEKanji (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT);
CREATE TABLE NEKana (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT);
CREATE TABLE NETranslation (ID INTEGER PRIMARY KEY, idseq INTEGER);
CREATE TABLE NETransGloss (tid INTEGER, text TEXT);
CREATE TABLE NETransType (tid INTEGER, text TEXT);
CREATE TABLE character (ID INTEGER PRIMARY KEY, literal TEXT);
CREATE TABLE rm_group (ID INTEGER PRIMARY KEY, cid INTEGER);
CREATE TABLE reading (gid INTEGER, r_type TEXT, value TEXT);
CREATE TABLE nanori (cid INTEGER, value TEXT);
INSERT INTO Kanji VALUES (1, 1, '地震');
INSERT INTO Kana VALUES (1, 1, 'じしん'), (2, 2, 'ラーメン');
INSERT INTO Sense VALUES (1, 1), (2, 2);
INSERT INTO SenseGloss VALUES (1, 'earthquake (natural disaster)'), (2, 'noodle soup');
INSERT INTO NEKanji VALUES (1, 1, '槙原'), (2, 2, '気象庁');
INSERT INTO NETranslation VALUES (1, 1), (2, 2);
INSERT INTO NETransGloss VALUES (1, 'Makihara'), (2, 'Weather Agency');
INSERT INTO NETransType VALUES (1, 'surname'), (2, 'organization');
INSERT INTO character VALUES (1, '輝'), (2, '〆');
INSERT INTO rm_group VALUES (1, 1);
INSERT INTO reading VALUES (1, 'ja_on', 'キ'), (1, 'ja_kun', 'かがや.く'), (1, 'pinyin', 'hui1');
INSERT INTO nanori VALUES (1, 'てる');
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A cache folder of the test's own, and dictionaries of a few words in the place of the installed ones."""
    path = tmp_path / "dictionaries.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(DICTIONARIES)
    connection.close()
    monkeypatch.setattr("alignkit.text.lexicon.compiler.read_headline_terms", lambda: iter([("WHO", ["health body"])]))
    monkeypatch.setattr("jamdict_data.JAMDICT_DB_PATH", str(path))
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_words_have_the_stems_of_their_translations_and_names_their_readings(small):
    lexicon = load_lexicon()
    assert lexicon.stems(["地震", "ラーメン", "気象庁", "じしん", "無い", "who"]) == {
        "地震": ("earthquak",),
        "ラーメン": ("noodl", "soup"),
        "気象庁": ("agenc", "weather"),
        "who": ("bodi", "health"),
    }
    assert lexicon.readings(["槙原", "地震"]) == {"槙原": ("makihara",)}
    assert lexicon.path.is_relative_to(small)


@pytest.mark.usefixtures("small")
def test_kanji_have_their_readings_those_of_names_and_nouns_among_them():
    assert load_lexicon().kanji_readings(["輝", "〆", "々"]) == {
        "輝": ("kagaya", "kagayaki", "kagayaku", "ki", "teru"),
    }


@pytest.mark.usefixtures("small")
def test_a_damaged_file_is_made_again_and_this_is_said(caplog):
    path = load_lexicon().path
    path.write_bytes(b"spoiled" * 1000)
    store._LOADED.clear()
    assert load_lexicon().stems(["地震"])
    assert "was damaged; it is made again" in caplog.text


def test_a_folder_that_cannot_be_written_is_done_without(small, caplog):
    small.write_text("a file")
    assert load_lexicon().stems(["地震"])
    assert "the lexicon is not kept" in caplog.text


def test_without_the_dictionaries_there_is_no_lexicon(small, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "jamdict_data", None)
    assert load_lexicon() is None
    assert "jamdict-data is not installed" in caplog.text
    assert not small.exists()


def test_only_one_of_those_who_ask_at_once_compiles(small, monkeypatch):
    compiled = []
    compile_lexicon, all_ask = store.compile_lexicon, threading.Barrier(4)
    monkeypatch.setattr(store, "compile_lexicon", lambda *args: (compiled.append(1), compile_lexicon(*args)))

    def ask(_):
        all_ask.wait()
        return store._load(cache_folder(), lambda *_: None).stems(["地震"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [{"地震": ("earthquak",)}] * 4
    assert len(compiled) == 1
    assert [path.suffix for path in sorted((small / "lexicon").iterdir())] == [".sqlite", ".lock"]


def test_our_own_terms_are_each_there_once_and_have_english():
    terms = list(read_headline_terms())
    assert len({term for term, _ in terms}) == len(terms)
    assert all(gloss.isascii() and gloss.strip() == gloss != "" for _, glosses in terms for gloss in glosses)
