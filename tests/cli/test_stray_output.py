"""What a plugin prints goes to the log; stdout holds what the command answers, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.system.stray_output import StrayOutput

Shoreline = Callable[..., subprocess.CompletedProcess[str]]
LOUD = """
import atexit, ctypes, logging, os, subprocess, sys, threading
import numpy as np
from studio.api import FilterSpec, hookimpl

kept = sys.stdout

def shout(words):
    print("print", words)
    sys.stdout.write("write " + words + "\\n")
    sys.__stdout__.write("dunder " + words + "\\n")
    kept.write("kept " + words + "\\n")
    os.write(1, ("os " + words + "\\n").encode())
    print("half", chr(0xD800))
    subprocess.run(["echo", "child " + words])
    ctypes.CDLL(None).puts(("c " + words).encode())
    ctypes.CDLL(None).fflush(None)
    printing = threading.Thread(target=print, args=("thread " + words,))
    printing.start()
    printing.join()  # a print is several writes, and below stdout is taken away

logging.basicConfig(stream=sys.stdout)
logging.error("logging")
shout("import")
atexit.register(print, "print exit")

def invert(pixels, parameters, cancel, report):
    shout("filter")
    sys.stdout.close()
    sys.stdout = None
    after = pixels.copy()
    after[..., :3] = 255 - after[..., :3]
    return after

@hookimpl
def shoreline_filters():
    shout("hook")
    return [FilterSpec(id="invert_loudly", name="Invert", run=invert)]

@hookimpl
def shoreline_document_saved(document, path):
    print("print saved")
"""


@pytest.fixture
def shoreline(home: Path) -> Shoreline:
    """The command in a process of its own, in the user's folders of the test."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "studio", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ})

    return run


@pytest.fixture
def log(home: Path) -> Path:
    return home / "XDG_DATA_HOME" / "shoreline-studio" / "logs" / "output.log"


@pytest.fixture
def loud(home: Path) -> None:
    folder = home / "XDG_DATA_HOME" / "shoreline-studio" / "plugins" / "loud"
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text('id = "loud"\nname = "Loud"\nversion = "1"\napi_version = 1\n', "utf-8")
    (folder / "plugin.py").write_text(LOUD, "utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="echo and puts are those of Unix")
@pytest.mark.usefixtures("loud")
def test_json_is_one_object_however_loud_a_plugin_is(shoreline: Shoreline, log: Path, tmp_path: Path) -> None:
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "in.png")
    done = shoreline("filter", "invert_loudly", tmp_path / "in.png", "-o", tmp_path / "out.png", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["path"] == str(tmp_path / "out.png")
    heard = log.read_text("utf-8")
    for moment in ("import", "hook", "filter"):
        for way in ("print", "write", "kept", "os", "child", "c", "thread"):
            assert f"{way} {moment}\n" in heard, (way, moment)
    for words in ("dunder import", "ERROR:root:logging", "half \\ud800"):
        assert words in heard


@pytest.mark.usefixtures("loud")
def test_an_error_is_one_object_too_and_text_is_nothing_but_the_answer(shoreline: Shoreline, tmp_path: Path) -> None:
    done = shoreline("filter", "no_such_filter", tmp_path / "in.png", "-o", tmp_path / "out.png", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] in ("SettingError", "FileError")
    listed = shoreline("plugins", "list")
    assert listed.returncode == 0
    assert all(line.startswith("    ") or line.endswith("]") for line in listed.stdout.splitlines())


def test_help_and_version_are_answers(shoreline: Shoreline) -> None:
    assert "Usage" in shoreline("--help").stdout
    assert shoreline("--version").stdout.startswith("shoreline ")


def test_the_log_keeps_to_its_size_and_a_full_one_is_put_aside(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "output.log").write_bytes(b"x" * (1024**2 + 1))
    stray = StrayOutput(tmp_path)
    stray.divert()
    try:
        for _ in range(30):
            print("y" * 1024**2)
        print("z" * 3, file=stray.answers, flush=True)
    finally:
        stray.restore()
    print("after")
    assert capfd.readouterr().out == "zzz\nafter\n"
    assert (tmp_path / "output.1.log").stat().st_size == 1024**2 + 1
    assert 9 * 1024**2 < (tmp_path / "output.log").stat().st_size < 11 * 1024**2
    if os.name == "posix":
        assert (tmp_path / "output.log").stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_nothing_is_lost_but_what_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("in the way")
    stray = StrayOutput(tmp_path / "logs")
    stray.divert()
    print("dropped")
    print("answer", file=stray.answers)
    stray.restore()
    assert capsys.readouterr().out == "answer\n"
