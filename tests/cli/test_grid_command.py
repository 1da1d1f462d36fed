"""``shoreline grid`` on the starter that ships, and what it says of what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api.testing import FakeEngine
from studio.cli.grid import _kind
from studio.cli.services import build_services
from studio.composition import Services
from studio.document import new_document
from studio.errors import SettingError
from studio.files import open_document, save_picture
from studio.generation import GenerationSettings
from studio.jobs.grids.kinds import GridParts, axis_kinds
from studio.jobs.runner import JobRunner
from studio.paths import Paths
from studio.raster.compose import compose
from tests.cli.conftest import Run, RunJson

SMALL = ("--size", "64x64", "--steps", 1, "--device", "cpu", "--precision", "float32")


def test_a_grid_is_drawn_written_and_can_be_used_again(run_json: RunJson, tmp_path: Path) -> None:
    sheet, layers = tmp_path / "grid.png", tmp_path / "grid.ora"
    asked = ("grid", "a red boat", "-x", "replace=red,blue", "-y", "steps=1,2", "-o", layers, "-o", sheet, *SMALL)
    facts = run_json(*asked)
    assert (facts["drawn"], facts["count"], facts["work"]) == (4, 4, None)
    document = open_document(layers).document
    assert [document.width, document.height] == facts["size"]
    shown = open_document(sheet)
    assert np.array_equal(compose(shown.document), compose(document)), "the picture is not the document's"
    assert shown.settings is not None
    assert shown.settings.prompt == "a red boat"
    cells = {layer.name: GenerationSettings.read_json(layer.settings) for layer in document.walk() if layer.settings}
    assert cells["blue · Steps: 2"].prompt == "a blue boat"
    assert (cells["blue · Steps: 2"].steps, cells["red · Steps: 1"].seed) == (2, 1)


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        (("-x", "speed=1"), "Known are: replace, add, prompt"),
        (("-x", "steps=0"), "Steps cannot be 0"),
        (("-x", "steps"), "no values"),
        (("-x", "seed=1-100", "-y", "steps=1-100"), "10000 pictures"),
        (("-x", "seed=1", "--mask", "m.png"), "mask needs a picture"),
        (("-x", "seed=1", "--tool", "none"), "no tool 'none'"),
    ],
)
def test_what_cannot_be_is_told(run: Run, tmp_path: Path, axes: tuple[str, ...], words: str) -> None:
    status, out, err = run("grid", "a red boat", "-o", tmp_path / "g.png", *axes, *SMALL)
    assert (status, out) == (1, "")
    assert words in err
    assert list(tmp_path.glob("g.png*")) == []


def test_its_help_names_every_option(run: Run) -> None:
    status, out, _ = run("grid", "--help")
    assert status == 0
    assert all(option in out for option in ("-x", "-y", "-z", "--image", "--mask", "--work", "--restart", "--json"))


def test_short_names_are_understood() -> None:
    from studio.api import IntParameter, ToolSpec

    tool = ToolSpec(
        id="t", name="T", run=lambda _context: (), uses_strength=True,
        parameters=(IntParameter(id="grow", label="Grow", default=1, minimum=0, maximum=9),),
    )  # fmt: skip
    kinds = axis_kinds(GridParts(settings=GenerationSettings(), document=new_document(64, 64), tool=tool))
    assert [_kind(text, kinds).id for text in ("guidance=2", "negative=a", "grow=1", "strength=20%")] == [
        "guidance_scale",
        "negative_prompt",
        "tool:grow",
        "strength",
    ]
    with pytest.raises(SettingError, match="Known are"):
        _kind("=", kinds)


def test_a_picture_is_redrawn_in_every_cell(run_json: RunJson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def patterns(*places: Paths, **asked: object) -> Services:
        made = build_services(*places)
        return replace(made, runner=JobRunner(made.host, FakeEngine))

    monkeypatch.setattr("studio.cli.grid.build_services", patterns)
    pixels = np.full((64, 64, 4), 255, np.uint8)
    save_picture(pixels, tmp_path / "white.png")
    facts = run_json(
        "grid", "a boat", "--image", tmp_path / "white.png", "-x", "strength=50%,100%", "-o", tmp_path / "g.ora",
        "--steps", 2,
    )  # fmt: skip
    assert json.loads(json.dumps(facts))["axes"][0]["labels"] == ["50 %", "100 %"]
    document = open_document(tmp_path / "g.ora").document
    assert [layer.name for layer in reversed(document.layers)][:2] == ["Strength: 50 %", "Strength: 100 %"]
