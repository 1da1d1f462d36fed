"""Imports go Python's own way again once Qt is there."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest

from studio.system.plain_imports import import_plainly

CODE = """
import linecache, sys
import PySide6.QtWidgets
if sys.argv[1] == "plain":
    from studio.system.plain_imports import import_plainly
    import_plainly()
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtSvg import QSvgRenderer
import colorsys
assert QObject().objectName() == "" and not QSvgRenderer().isValid() and not QLocalSocket().isOpen()
print(any("colorsys" in name for name in linecache.cache))
"""


def _is_source_read(way: str) -> str:
    done = subprocess.run([sys.executable, "-c", CODE, way], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_source_is_read_for_a_hook_that_nothing_uses() -> None:
    assert _is_source_read("plain") == "False"


def test_with_qt_alone_the_source_of_each_module_is_read() -> None:
    """Once this fails, Qt has given that up, and `import_plainly` with it can go."""
    assert _is_source_read("with the hook") == "True"


def test_without_a_hook_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(builtins, "__orig_import__", raising=False)
    before = builtins.__import__
    import_plainly()
    assert builtins.__import__ is before
