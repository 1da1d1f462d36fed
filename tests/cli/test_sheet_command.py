"""``shoreline sheet``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from studio.document import Document, PaintLayer, Raster
from studio.files import save_document
from tests.cli.conftest import Run, RunJson


def picture(path: Path, width: int, value: int) -> Path:
    Image.fromarray(np.full((8, width, 4), value, np.uint8)).save(path)
    return path


def test_pictures_and_folders_of_them_become_a_sheet(run_json: RunJson, tmp_path: Path) -> None:
    folder = tmp_path / "walk"
    folder.mkdir()
    for number in (2, 10):
        picture(folder / f"step{number}.png", 8, number)
    facts = run_json("sheet", picture(tmp_path / "a.png", 12, 9), folder, "-o", tmp_path / "s.png", "--padding", 1)
    assert facts["sprites"] == 3
    entries = json.loads(Path(facts["description"]).read_text("utf-8"))["frames"]
    assert [entry["filename"] for entry in entries] == ["a.png", "step2.png", "step10.png"]
    assert np.asarray(Image.open(facts["path"])).shape == (17, 25, 4)


def test_a_document_gives_its_layers_and_words_say_what_is_wrong(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    raster = Raster.from_array(np.full((4, 4, 4), 255, np.uint8), 2, 2)
    layers = tuple(PaintLayer(name="cat", raster=raster, visible=number == 0) for number in range(3))
    save_document(Document(width=8, height=8, layers=layers, active_id=layers[0].id), tmp_path / "a.ora")
    facts = run_json("sheet", tmp_path / "a.ora", "-o", tmp_path / "s.png", "--trim", "each", "--columns", 3)
    entries = json.loads(Path(facts["description"]).read_text("utf-8"))["frames"]
    assert [entry["filename"] for entry in entries] == ["cat.png", "cat 2.png", "cat 3.png"]
    assert run_json("sheet", tmp_path / "a.ora", "-o", tmp_path / "v.png", "--of", "visible")["sprites"] == 1
    for words, said in (
        (("--of", "frames"), "nothing of 'frames'"),
        (("--trim", "sideways"), "trim cannot be sideways"),
        (("--padding", "-3"), "padding cannot be -3"),
    ):
        status, _, err = run("sheet", tmp_path / "a.ora", "-o", tmp_path / "n.png", *words)
        assert (status, said in err) == (1, True), err
    picture(tmp_path / "b.png", 8, 5)
    _, _, err = run("sheet", tmp_path / "a.ora", tmp_path / "b.png", "-o", tmp_path / "b.png")
    assert "would take the place of b.png" in err
    assert not (tmp_path / "n.png").exists()
