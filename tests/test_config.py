from __future__ import annotations

import pytest

from alignkit.collect.sources import FilesSource, WmtSource
from alignkit.config import load_config
from alignkit.errors import ConfigError

SOURCE = '[[sources]]\npath = "en.txt"\nlang = "en"\n'


def test_a_folder_stands_for_its_alignkit_toml(write, tmp_path):
    write("alignkit.toml", SOURCE + '[[sources]]\nkind = "wmt"\npath = "*.xml"\nsegments = "all"\n')
    config = load_config(tmp_path)
    assert config.sources == (
        FilesSource(path="en.txt", lang="en"),
        WmtSource(kind="wmt", path="*.xml", segments="all"),
    )
    assert config.output_folder == tmp_path / "build"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SOURCE + "[align]\ntreshold = 0.4\n", "'align.treshold': is no known key. Did you mean 'threshold'?"),
        ('[[sources]]\npath = "a"\nlangauge = "en"\n', "'sources[1].langauge': is no known key. Did you mean 'lang'?"),
        (SOURCE + "[exprot]\nseed = 1\n", "'exprot': is no known key. Did you mean 'export'?"),
        (SOURCE + "[align]\nthreshold = 2\n", "'align.threshold': input should be less than or equal to 1: 2"),
        (SOURCE + '[align]\nthreshold = "high"\n', "'align.threshold': input should be a valid number"),
        ('[[sources]]\nlang = "en"\n', "'sources[1].path': is missing"),
        ('[[sources]]\npath = "a"\nlang = "ko"\n', "'sources[1].lang': input should be 'en' or 'ja': 'ko'"),
        ('[[sources]]\npath = "a"\nkind = "rss"\n', "'sources[1]'"),
        ("", "'sources': is missing"),
        ("sources = 3\n", "'sources'"),
        ("sources = [3]\n", "'sources[1]'"),
        (SOURCE + "[collect]\ntimezone = 'Mars'\n", "'collect.timezone': is no time zone"),
        (SOURCE + "[export.splits]\ntrain = 0.9\n", "'export.splits': train, validation and test add up to 1.1, not 1"),
        (SOURCE + "folder = '/'\n", "'sources[1].folder': is no known key"),
        ("folder = '/'\n" + SOURCE, "'folder': is no known key"),
        ("[[sources\n", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_on_one_line(write, content, message):
    with pytest.raises(ConfigError) as raised:
        load_config(write("alignkit.toml", content))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_or_unreadable_configuration_is_named(tmp_path, write):
    with pytest.raises(ConfigError, match=r"alignkit.toml: does not exist"):
        load_config(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(write("alignkit.toml", "# 設定".encode("cp932")))


def test_its_path_may_be_a_string(write):
    path = write("alignkit.toml", '[[sources]]\npath = "en.txt"\n')
    assert load_config(str(path)) == load_config(path) == load_config(str(path.parent))
