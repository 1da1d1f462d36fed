"""A process that dies leaves a report, which the next start finds once; any other end leaves none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.installation.crash_reports import MOST_REPORTS, CrashWatch, take_crashes, without_home, write_report
from studio.paths import Paths

CHILD = """
import ctypes, os, signal, sys
from pathlib import Path
from studio.installation.crash_reports import CrashWatch
from studio.paths import Paths
watch = CrashWatch(Paths(*map(Path, sys.argv[1:6])))
watch.begin()
if sys.argv[6] == "described":
    watch.describe()
def painting():
    {deed}
painting()
watch.end()
"""


def run(paths: Paths, deed: str, told: str = "described") -> int:
    folders = (paths.resources, paths.plugins, paths.config, paths.data, paths.cache)
    process = subprocess.run(
        [sys.executable, "-c", CHILD.format(deed=deed), *map(str, folders), told],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return process.returncode


def traces(paths: Paths) -> list[Path]:
    return list(paths.logs.glob("running-*"))


@pytest.mark.parametrize("deed", ["os.abort()", "ctypes.string_at(0)"])
def test_a_fault_leaves_a_report_that_is_found_once(paths: Paths, deed: str) -> None:
    assert run(paths, deed) != 0
    (report,) = take_crashes(paths)
    text = report.read_text("utf-8")
    assert "in painting" in text
    assert "Shoreline" in text
    assert text.count("Engine: ") == 2
    assert "At the next start: Engine: " in text, "it may have been installed meanwhile"
    assert str(Path.home()) not in text
    assert take_crashes(paths) == ()
    assert traces(paths) == []
    if os.name != "nt":
        assert report.stat().st_mode & 0o077 == 0


def test_a_fault_before_the_window_is_there_tells_versions_too(paths: Paths) -> None:
    assert run(paths, "os.abort()", "not described") != 0
    (report,) = take_crashes(paths)
    text = report.read_text("utf-8")
    assert "Shoreline " in text.partition("Fatal Python error")[0].partition("Written")[2]


@pytest.mark.parametrize("deed", ["pass", "os._exit(3)", "os.kill(os.getpid(), getattr(signal, 'SIGKILL', 15))"])
def test_any_other_end_leaves_none(paths: Paths, deed: str) -> None:
    run(paths, deed)
    assert take_crashes(paths) == ()
    assert traces(paths) == []
    assert list(paths.logs.glob("report-*")) == []


def test_a_second_window_leaves_the_first_alone(paths: Paths) -> None:
    watch = CrashWatch(paths)
    watch.begin()
    watch.describe()
    try:
        assert run(paths, "os.abort()") != 0
        assert len(take_crashes(paths)) == 1
        assert len(traces(paths)) == 1, "of the window that runs"
    finally:
        watch.end()
    assert traces(paths) == []


def test_what_names_files_of_the_log_is_left_out(paths: Paths) -> None:
    paths.logs.mkdir(parents=True)
    lines = [
        "2026-01-02 03:04:05,678 INFO studio.said: info: Saved secret.ora",
        "2026-01-02 03:04:05,678 WARNING studio.files: /media/My pictures/secret.png could not be read",
        "FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\Users\\\\ada\\\\secret.png'",
        '  File "/opt/shoreline/studio/app.py", line 7, in main',
        "    ratio = width / height",
        "2026-01-02 03:04:06,678 ERROR studio.ui: The worker did not stop",
    ]
    (paths.logs / "shoreline.log").write_text("\n".join(lines), "utf-8")
    report = write_report(paths, "Traceback")
    assert report is not None
    text = report.read_text("utf-8")
    assert "secret" not in text
    assert "WARNING studio.files: …" in text
    assert "line 7, in main" in text
    assert "ratio = width / height" in text
    assert "The worker did not stop" in text


def test_the_home_folder_has_the_persons_name_in_it() -> None:
    assert without_home(f'File "{Path.home()}/shoreline/plugin.py"') == 'File "~/shoreline/plugin.py"'


def test_only_the_newest_reports_are_kept(paths: Paths) -> None:
    for number in range(MOST_REPORTS + 3):
        write_report(paths, f"number {number}")
    assert len(list(paths.logs.glob("report-*.txt"))) == MOST_REPORTS


def test_a_folder_that_cannot_be_written_stops_nobody(paths: Paths) -> None:
    paths.data.mkdir(parents=True, exist_ok=True)
    paths.logs.write_text("a file where the folder should be", "utf-8")
    watch = CrashWatch(paths)
    watch.begin()
    watch.describe()
    watch.end()
    assert take_crashes(paths) == ()
    assert write_report(paths, "Traceback") is None
