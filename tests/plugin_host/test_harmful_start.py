"""The whole program, in a process of its own, with every harmful plugin at once: it starts, works and ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.plugin_host import harmful_plugins as harmful

GOOD = """
import os
from studio.api import FilterSpec, hookimpl

def invert(pixels, parameters, cancel, report):
    after = pixels.copy()
    after[..., :3] = 255 - after[..., :3]
    return after

@hookimpl
def shoreline_filters():
    open(os.environ["HOME"] + "/loaded", "w").close()
    return [FilterSpec(id="zz_invert", name="Invert", run=invert)]
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with all harmful plugins and, last of all, a good one."""
    home = tmp_path / "home"
    home.mkdir()
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    plugins = plugins_of({**folders})
    harmful.install_all(plugins, process_wide=True)
    add(plugins, "zz_good", GOOD)
    return {**os.environ, **folders, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def add(plugins: Path, plugin_id: str, source: str) -> None:
    (plugins / plugin_id).mkdir()
    (plugins / plugin_id / "plugin.toml").write_text(harmful.MANIFEST.format(id=plugin_id, name=plugin_id), "utf-8")
    (plugins / plugin_id / "plugin.py").write_text(source, "utf-8")


def plugins_of(environment: dict[str, str]) -> Path:
    return Path(environment["XDG_DATA_HOME"]) / "shoreline-studio" / "plugins"


def shoreline(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studio", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_a_command_works_and_ends_with_more_than_a_hundred_of_them(environment: dict[str, str], tmp_path: Path) -> None:
    Image.fromarray(np.full((8, 8, 3), 5, np.uint8)).save(tmp_path / "in.png")
    arguments = ("filter", "zz_invert", tmp_path / "in.png", "-o", tmp_path / "out.png", "--json")
    done = shoreline(environment, *arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout)["path"] == str(tmp_path / "out.png")
    assert np.asarray(Image.open(tmp_path / "out.png"))[0, 0, 0] == 250
    listed = json.loads(shoreline(environment, "plugins", "list", "--json").stdout)["plugins"]
    status = {plugin["id"]: plugin["status"] for plugin in listed}
    assert status["zz_good"] == status["inpaint"] == "enabled"
    bad = [plugin for plugin in listed if plugin["id"].startswith(("import_", "hook_", "at_import_", "declared_"))]
    assert len(bad) > 60
    assert {plugin["status"] for plugin in bad} == {"refused", "failed"}
    assert all(plugin["is_remembered"] for plugin in bad), "imported by the first start only"


@pytest.mark.skipif(sys.platform == "win32", reason="it is closed by a signal")
def test_the_window_starts_and_ends_also_while_one_hangs(environment: dict[str, str]) -> None:
    add(plugins_of(environment), "zzz_hangs", "import threading\nthreading.Event().wait()\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "studio"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(Path(environment["HOME"]) / "loaded", process)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (0, "")
    refused = json.loads((plugins_of(environment).parent / "plugin-refusals" / "refused.json").read_text("utf-8"))
    assert len(refused["refusals"]) > 60
    assert not any("zzz_hangs" in key for key in refused["refusals"]), "it was not given its time"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the person presses Ctrl+C")
@pytest.mark.parametrize("moment", ["import", "filter"])
def test_ctrl_c_of_the_person_ends_a_command_that_waits_for_a_plugin(
    environment: dict[str, str], tmp_path: Path, moment: str
) -> None:
    waits = 'import os, threading\nopen(os.environ["HOME"] + "/waits", "w").close()\nthreading.Event().wait()\n'
    if moment == "filter":
        waits = GOOD.replace("    after = pixels", "    " + waits.replace("\n", "\n    ") + "after = pixels")
    for folder in plugins_of(environment).iterdir():
        shutil.rmtree(folder)
    add(plugins_of(environment), "waits", waits)
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "in.png")
    arguments = ["filter", "zz_invert", str(tmp_path / "in.png"), "-o", str(tmp_path / "out.png")]
    command = [sys.executable, "-m", "studio", *arguments]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(Path(environment["HOME"]) / "waits", process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, errors) == (130, "Cancelled.\n")
    assert not (tmp_path / "out.png").exists()


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if path.exists():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never came")
