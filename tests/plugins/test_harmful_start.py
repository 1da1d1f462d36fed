"""The whole program, in a process of its own, with every harmful plugin at once: it starts, works and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import harmful_plugins as harmful
import numpy as np
import pytest
from PIL import Image

GOOD = """
from studio.api import FilterSpec, hookimpl

def invert(pixels, parameters, cancel, report):
    after = pixels.copy()
    after[..., :3] = 255 - after[..., :3]
    return after

@hookimpl
def shoreline_filters():
    return [FilterSpec(id="zz_invert", name="Invert", run=invert)]
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user with all harmful plugins and, last of all, a good one."""
    home = tmp_path_factory.mktemp("home")
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    plugins = plugins_of({**folders})
    harmful.install_all(plugins, process_wide=True)
    (plugins / "zz_good").mkdir()
    (plugins / "zz_good" / "plugin.toml").write_text(harmful.MANIFEST.format(id="zz_good", name="Good"), "utf-8")
    (plugins / "zz_good" / "plugin.py").write_text(GOOD, "utf-8")
    return {**os.environ, **folders, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


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
