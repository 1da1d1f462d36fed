"""A person writes, tries, installs, switches and removes a plugin from the command line."""

from __future__ import annotations

import importlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.paths import default_paths
from tests.cli.conftest import Run, RunJson
from tests.installation.conftest import make_wheel


def test_from_a_new_plugin_to_its_removal(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    made = run_json("plugins", "new", "Film grain", "--folder", tmp_path)
    assert made["files"] == ["plugin.py", "plugin.toml", "test_plugin.py"]
    report = run_json("plugins", "check", made["path"])
    assert report["ok"]
    assert {finding["severity"] for finding in report["findings"]} == {"good"}
    assert run_json("plugins", "install", made["path"])["status"] == "enabled"
    assert _states(run_json)["film_grain"] == "enabled"
    status, _, error = run("plugins", "install", made["path"])
    assert status == 1
    assert "film_grain 0.1 is installed already" in error
    assert run_json("plugins", "disable", "film_grain")["status"] == "disabled"
    assert _states(run_json)["film_grain"] == "disabled", "it stays off in the next run"
    assert run_json("plugins", "enable", "film_grain")["status"] == "enabled"
    assert run_json("plugins", "install", made["path"], "--replace")["status"] == "enabled"
    assert run_json("plugins", "remove", "film_grain") == {"removed": ["film_grain"]}
    assert "film_grain" not in _states(run_json)


def test_what_is_wrong_is_said_with_status_1(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "plugin.toml").write_text('id = "bad"\nname = "Bad"\nversion = "1"\napi_version = 1\n')
    (bad / "plugin.py").write_text("import studio.session\n")
    status, text, _ = run("plugins", "check", bad)
    assert status == 1
    assert "ERROR   source: plugin.py:1 imports studio.session." in text
    assert "bad: 1 error(s), 2 warning(s)." in text
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../evil.py", "x")
    status, _, error = run("plugins", "install", tmp_path / "evil.zip")
    assert status == 1
    assert "unsafe name '../evil.py'" in error
    status, _, error = run("plugins", "remove", "inpaint")
    assert status == 1
    assert "was not installed here" in error
    assert run("plugins", "enable", "ghost")[0] == 1
    status, text, _ = run("plugins", "install", bad)
    assert status == 1
    assert "installed, but off" in text
    assert "plugins remove bad" in text
    status, _, error = run("plugins", "remove", "bad", "ghost")
    assert status == 1
    assert "no plugin 'ghost'" in error
    assert run("plugins", "remove", "bad")[1].strip() == "bad was removed.", "the slip in the other name removed none"


def test_a_filter_runs_inside_a_mask_and_writes_what_plugins_write(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    pixels = np.zeros((20, 20, 3), np.uint8)
    pixels[:, 10:] = 200
    Image.fromarray(pixels).save(tmp_path / "in.png")
    mask = np.zeros((20, 20), np.uint8)
    mask[:10] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    facts = run_json(
        *("filter", "gaussian_blur", tmp_path / "in.png", "-o", tmp_path / "out.tif"),
        *("--mask", tmp_path / "mask.png", "--set", "radius=2"),
    )
    assert facts["parameters"] == {"radius": 2.0}
    after = np.asarray(Image.open(tmp_path / "out.tif").convert("RGB"))
    assert np.array_equal(after[10:], pixels[10:])
    assert 60 < after[5, 10, 0] < 140
    assert run_json("render", tmp_path / "out.tif", "-o", tmp_path / "again.png")["size"] == [20, 20]
    status, _, error = run("filter", "blur", tmp_path / "in.png", "-o", tmp_path / "x.png")
    assert status == 1
    assert "There is no filter 'blur'." in error
    status, _, error = run("filter", "levels", tmp_path / "in.png", "-o", tmp_path / "x.png", "--set", "gamma=99")
    assert status == 1
    assert "Midtones (gamma) cannot be 99" in error
    assert not (tmp_path / "x.png").exists()


@pytest.fixture
def wheels(tmp_path: Path) -> Iterator[Path]:
    """A folder with the packages pebble and gravel; what was imported of them is forgotten at the end."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    make_wheel(folder, "pebble", "1.0", "NAME = 'round'")
    make_wheel(folder, "gravel", "1.0")
    path = list(sys.path)
    yield folder
    sys.path[:] = path
    for name in ("pebble", "gravel", "shoreline_plugin_stony"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


def stony(folder: Path) -> Path:
    """A plugin that needs both."""
    folder.mkdir(parents=True)
    about = 'id = "stony"\nname = "Stony"\nversion = "1"\napi_version = 1\nrequires = ["pebble", "gravel"]\n'
    (folder / "plugin.toml").write_text(about, "utf-8")
    (folder / "plugin.py").write_text(
        "from studio.api import FilterSpec, hookimpl\n"
        "def run(pixels, parameters, cancel, report):\n    return pixels\n"
        "@hookimpl\ndef shoreline_filters():\n    import pebble\n"
        "    return [FilterSpec(id=pebble.NAME, name='Stony', run=run)]\n",
        "utf-8",
    )
    return folder


def test_a_plugin_is_installed_with_its_libraries(run: Run, run_json: RunJson, wheels: Path, tmp_path: Path) -> None:
    source = stony(tmp_path / "stony")
    status, _, error = run("plugins", "install", source)
    assert status == 1
    assert "The Python packages pebble, gravel are missing." in error
    assert "--with-libraries" in error
    assert "stony" not in _states(run_json)
    state = run_json("plugins", "install", source, "--with-libraries", "--wheels", wheels)
    assert (state["status"], state["adds"], state["missing"]) == ("enabled", ["filter round"], [])


def test_libraries_are_fetched_for_a_plugin_that_lies_there(
    run: Run, run_json: RunJson, wheels: Path, home: Path, tmp_path: Path
) -> None:
    stony(default_paths().user_plugins / "stony")
    status, text, _ = run("plugins", "list")
    assert status == 0
    assert "stony 1  [lacking, user]" in text
    assert "Install them in the window of plugins, or with `shoreline plugins libraries stony`." in text
    (tmp_path / "empty").mkdir()
    status, _, error = run("plugins", "libraries", "stony", "--wheels", tmp_path / "empty")
    assert status == 1
    assert "There is no wheel (.whl) in" in error
    assert "pip download" in error
    assert _states(run_json)["stony"] == "lacking"
    assert run_json("plugins", "libraries", "stony", "--wheels", wheels)["status"] == "enabled"
    assert run("plugins", "libraries", "ghost", "--wheels", wheels)[0] == 1
    assert run("plugins", "libraries", "stony", "--wheels", tmp_path / "nowhere")[0] == 2


def test_a_plugin_that_lacks_a_part_of_the_engine_is_not_called_faulty(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "needy"
    source.mkdir()
    (source / "plugin.toml").write_text('id = "needy"\nname = "Needy"\nversion = "1"\napi_version = 1\n', "utf-8")
    (source / "plugin.py").write_text("import av\n", "utf-8")
    monkeypatch.setitem(sys.modules, "av", None)
    status, text, _ = run("plugins", "install", source)
    assert status == 1
    assert "needy 1  [lacking, user]" in text
    assert "Preferences > Engine" in text
    assert "mend it" not in text


def _states(run_json: RunJson) -> dict[str, str]:
    return {plugin["id"]: plugin["status"] for plugin in run_json("plugins", "list")["plugins"]}
