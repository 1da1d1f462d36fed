"""The modules of packaging/, and an application folder of stand-ins that packages are put around."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
# Last on the path: the library `packaging` and others keep their names.
sys.path.append(str(TOP / "packaging"))


@pytest.fixture
def stub_base(tmp_path: Path) -> Path:
    """A folder laid out as the real one, a few bytes in size."""
    base = tmp_path / "shoreline"
    for name in ("python/bin/python3", "bin/uv", "launch", "lib/studio/__init__.py"):
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n", encoding="utf-8")
        path.chmod(0o644 if path.suffix else 0o755)
    (base / "lib" / "name with space.txt").write_text("x", encoding="utf-8")
    return base


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time for what is made, also where there is no git; and quick packing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("SHORELINE_COMPRESSION", "1")
