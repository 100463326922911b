"""What tests share: where the real data is, and a cache folder of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BENCH = Path(os.environ.get("ALIGNKIT_BENCH", ROOT.parent / "shared" / "bench"))
DEMO = ROOT / "corpora" / "demo"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory):
    """Keep embeddings of tests out of the user's cache, and share them between the tests of one run."""
    os.environ["ALIGNKIT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def wmt21() -> Path:
    """The folder of the real WMT21 files."""
    folder = BENCH / "wmt21"
    if not folder.is_dir():
        pytest.skip(f"the WMT21 files are not there ({folder}); name their parent in ALIGNKIT_BENCH")
    return folder


@pytest.fixture
def write(tmp_path: Path):
    """Write a file in the test's folder and give its path."""

    def _write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write
