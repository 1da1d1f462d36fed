"""Libraries that wait until something of theirs is used: once, whole, and the same for every thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from studio import api, files
from studio.generation import prompting

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


@pytest.mark.parametrize("package", [api, files, prompting])
def test_every_name_of_a_package_comes_when_it_is_used(package: ModuleType) -> None:
    assert [name for name in package.__all__ if not hasattr(package, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        _ = package.Nonsense


def test_a_name_is_looked_for_once_in_the_module_that_has_it_alone(tmp_path: Path) -> None:
    (tmp_path / "late").mkdir()
    package = "from studio.system.late_imports import late_names\n"
    package += "__getattr__ = late_names(__name__, {'late.one': ('A',), 'late.two': ('B',)})\n"
    (tmp_path / "late" / "__init__.py").write_text(package, "utf-8")
    (tmp_path / "late" / "one.py").write_text("A = object()\n", "utf-8")
    (tmp_path / "late" / "two.py").write_text("B = object()\n", "utf-8")
    code = "import sys; sys.path.insert(0, sys.argv[1]); import late; assert 'late.one' not in sys.modules\n"
    code += "from late import A; assert late.A is A and 'A' in vars(late) and 'late.two' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
