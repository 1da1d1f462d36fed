"""A person writes, tries, installs, switches and removes a plugin from the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from tests.cli.conftest import Run, RunJson


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


def _states(run_json: RunJson) -> dict[str, str]:
    return {plugin["id"]: plugin["status"] for plugin in run_json("plugins", "list")["plugins"]}
