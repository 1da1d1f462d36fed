"""Libraries that wait until something of theirs is used: once, whole, and the same for every thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = """
import sys, threading
sys.path.insert(0, sys.argv[1])
from studio.system.late_imports import import_late, import_now
import_late("heavy", "not_there_at_all")
assert "not_there_at_all" not in sys.modules
import heavy
import heavy as again
print("imported")
{deed}
"""
PACKAGE = """
print("runs")
import time
from heavy.part import VALUE
time.sleep(0.2)
import heavy
assert not hasattr(heavy, "LAST"), "what is not there yet is missing, also while the module runs"
LAST = VALUE + 1
"""


def _said(folder: Path, deed: str) -> list[str]:
    (folder / "heavy").mkdir()
    (folder / "heavy" / "__init__.py").write_text(PACKAGE, "utf-8")
    (folder / "heavy" / "part.py").write_text("VALUE = 1\n", "utf-8")
    command = [sys.executable, "-c", CODE.format(deed=deed), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_it_runs_when_something_of_it_is_asked_for(tmp_path: Path) -> None:
    assert _said(tmp_path, "print(heavy.LAST, again is heavy, hasattr(heavy, 'x'))") == [
        *("imported", "runs", "2", "True", "False")
    ]


def test_it_runs_when_a_part_of_it_is_imported(tmp_path: Path) -> None:
    assert _said(tmp_path, "from heavy.part import VALUE; print(VALUE)") == ["imported", "runs", "1"]


def test_it_does_not_run_where_nobody_asks(tmp_path: Path) -> None:
    assert _said(tmp_path, "import_late('heavy')") == ["imported"]


def test_it_can_be_told_to_run(tmp_path: Path) -> None:
    assert _said(tmp_path, "import_now('heavy'); print('then', heavy.LAST); import_now('heavy')") == [
        *("imported", "runs", "then", "2")
    ]


def test_other_threads_wait_until_it_is_whole(tmp_path: Path) -> None:
    deed = (
        "found = []\n"
        "threads = [threading.Thread(target=lambda: found.append(heavy.LAST)) for _ in range(4)]\n"
        "[thread.start() for thread in threads]\n"
        "[thread.join() for thread in threads]\n"
        "print(found)"
    )
    assert _said(tmp_path, deed) == ["imported", "runs", "[2,", "2,", "2,", "2]"]
