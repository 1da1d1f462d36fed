"""``shoreline upscale`` as a person uses it, on the network that ships."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from studio.document import PaintLayer, Raster, add_layer, new_document
from studio.files import open_document, save_document, save_picture
from studio.generation import GenerationSettings
from tests.cli.conftest import Run, RunJson


def picture(path: Path, *, settings: GenerationSettings | None = None) -> Path:
    pixels = np.random.default_rng(2).integers(0, 256, (24, 32, 4), np.uint8)
    pixels[..., 3] = 255
    save_picture(pixels, path, settings=settings)
    return path


def test_a_picture_is_enlarged_and_keeps_its_settings(run_json: RunJson, tmp_path: Path) -> None:
    settings = GenerationSettings(prompt="a beach", seed=7)
    source = picture(tmp_path / "small.png", settings=settings)
    facts = run_json("upscale", source, "-o", tmp_path / "large.png", "--factor", 4)
    assert facts["size"] == [128, 96]
    assert facts["from"] == [32, 24]
    opened = open_document(tmp_path / "large.png")
    assert (opened.document.width, opened.document.height) == (128, 96)
    assert opened.settings == settings
    plain = np.asarray(Image.open(source).convert("RGB").resize((128, 96), Image.Resampling.LANCZOS))
    assert not np.array_equal(np.asarray(Image.open(tmp_path / "large.png").convert("RGB")), plain)


def test_lanczos_is_pillows(run: Run, tmp_path: Path) -> None:
    source = picture(tmp_path / "small.png")
    status, out, err = run("upscale", source, "-o", tmp_path / "l.png", "--factor", 1.5, "--upscaler", "lanczos")
    assert (status, out.strip(), err) == (0, str(tmp_path / "l.png"), "")
    expected = Image.open(source).convert("RGB").resize((48, 36), Image.Resampling.LANCZOS)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "l.png").convert("RGB")), np.asarray(expected))


def test_a_documents_layers_stay_layers(run_json: RunJson, tmp_path: Path) -> None:
    dab = PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 128, np.uint8), 3, 4))
    save_document(add_layer(new_document(20, 20), dab), tmp_path / "two.ora")
    run_json("upscale", tmp_path / "two.ora", "-o", tmp_path / "large.ora", "--factor", 2, "--upscaler", "lanczos")
    document = open_document(tmp_path / "large.ora").document
    assert (document.width, document.height) == (40, 40)
    assert [layer.name for layer in document.layers][-1] == "Dab"


def test_the_list_names_the_network_that_ships_and_the_folder_for_more(run_json: RunJson, home: Path) -> None:
    folder = home / "XDG_DATA_HOME" / "shoreline-studio" / "upscalers"
    folder.mkdir(parents=True)
    (folder / "mine.pth").write_bytes(b"")
    facts = run_json("upscale", "--list")
    assert facts["folder"] == str(folder)
    assert [choice["id"] for choice in facts["upscalers"]][:3] == ["shoreline-x4", "mine", "lanczos"]


def test_mistakes_are_said_before_any_work_and_write_nothing(run: Run, tmp_path: Path) -> None:
    source = picture(tmp_path / "small.png")
    for arguments, message in (
        (("--factor", 0), "factor of 0"),
        (("--factor", 17), "factor of 17"),
        (("--factor", "nan"), "factor of nan"),
        (("--upscaler", "nothing"), "no upscaler 'nothing'"),
        (("--set", "tile=big"), "Tile"),
    ):
        status, out, err = run("upscale", source, "-o", tmp_path / "no.png", *arguments)
        assert status == 1
        assert message in err
        status, out, _ = run("upscale", source, "-o", tmp_path / "no.png", *arguments, "--json")
        assert status == 1
        assert message in json.loads(out)["message"]
    for arguments, message in (
        ((tmp_path / "none.png", "-o", tmp_path / "no.png"), "does not exist"),
        ((source, "-o", tmp_path / "no.xyz"), "xyz"),
        ((source,), "nothing to enlarge"),
    ):
        status, _, err = run("upscale", *arguments)
        assert status == 1
        assert message in err
    assert not (tmp_path / "no.png").exists()
