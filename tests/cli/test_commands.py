"""The command line as a person uses it, on the model that ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.cli.desktop_entry import install_desktop_entry
from studio.cli.generation import make_settings, parse_lora
from studio.cli.guides import drawn_after, guide_options
from studio.cli.regions import RegionOption, region_options
from studio.document import Guide, PaintLayer, Raster, add_layer, filled_mask, new_document
from studio.document.tiles import Rect
from studio.errors import SettingError
from studio.files import open_document, save_document
from studio.generation import LoraUse
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.files import PluginFiles
from tests.cli.conftest import Run, RunJson


def picture(path: Path, width: int = 128, height: int = 128) -> Path:
    """A picture with a gradient, so that changed pixels show."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)
    pixels[..., 1] = np.linspace(255, 0, height, dtype=np.uint8)[:, None]
    Image.fromarray(pixels).save(path)
    return path


def mask_picture(path: Path, width: int = 128, height: int = 128) -> Path:
    pixels = np.zeros((height, width), np.uint8)
    pixels[48:80, 48:80] = 255
    Image.fromarray(pixels).save(path)
    return path


def pixels_of(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"))


def test_generate_writes_a_picture_with_its_settings(run_json: RunJson, tmp_path: Path) -> None:
    facts = run_json("generate", "美丽的海滩", "-o", tmp_path / "beach.png", "--seed", 7, "--steps", 4)
    assert facts["paths"] == [str(tmp_path / "beach.png")]
    assert facts["seed"] == 7
    assert facts["timings"]["total"] > 0
    opened = open_document(tmp_path / "beach.png")
    assert opened.settings is not None
    assert (opened.settings.prompt, opened.settings.seed, opened.settings.steps) == ("美丽的海滩", 7, 4)
    assert pixels_of(tmp_path / "beach.png").std() > 5


@pytest.mark.parametrize(
    ("text", "use"),
    [("ink", LoraUse("ink")), ("ink:0.5", LoraUse("ink", 0.5)), ("a/b c:-4", LoraUse("a/b c", -4.0))],
)
def test_loras_are_given_with_their_weights(text: str, use: LoraUse) -> None:
    assert parse_lora(text) == use


@pytest.mark.parametrize(
    "text", ["ink:9", "ink:much", ":1", "ink:", "ink:nan", "ink:inf", "ink:-inf", "ink: ", "", " ", ":"]
)
def test_a_lora_without_a_possible_weight_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="NAME:WEIGHT"):
        parse_lora(text)


@pytest.mark.parametrize(
    ("text", "file", "guide"),
    [
        ("canny=a.png", "a.png", Guide(kind="canny")),
        ("canny=a.png:0.8", "a.png", Guide(kind="canny", strength=0.8)),
        ("depth=a b=c.png:1:0-0.6", "a b=c.png", Guide(kind="depth", end=0.6)),
        (r"pose=C:\a.png:.5:0.1-1", r"C:\a.png", Guide(kind="pose", strength=0.5, start=0.1)),
        ("pose=at 10:30.png:1.", "at 10:30.png", Guide(kind="pose")),
        ("pose=10:30/a", "10:30/a", Guide(kind="pose")),
    ],
)
def test_controls_are_given_with_strength_and_range(text: str, file: str, guide: Guide) -> None:
    for ready, pictures, references in (([text], None, None), (None, [text], None), (None, None, [text])):
        (option,) = guide_options(ready, pictures, references)
        assert (option.file, option.is_reference) == (Path(file), references is not None)
        assert replace(option.guide, id=guide.id) == replace(guide, from_picture=pictures is not None)


@pytest.mark.parametrize(
    ("text", "file", "strength", "part"),
    [
        ("canny=a.png@left.png", "a.png", 1.0, "left.png"),
        ("canny=a.png:0.8:0-0.6@left.png", "a.png", 0.8, "left.png"),
        ("style=a@2x.png@scene.ora#Sky", "a@2x.png", 1.0, "scene.ora#Sky"),
    ],
)
def test_a_guide_may_be_kept_to_a_region(text: str, file: str, strength: float, part: str) -> None:
    regions = [RegionOption(part, "a fox")]
    (option,) = guide_options([text], None, None, regions)
    assert (option.file, option.guide.strength, option.part) == (Path(file), strength, part)
    with pytest.raises(SettingError, match="which no --region names"):
        guide_options([text], None, None)


def test_an_at_in_the_name_of_a_file_is_no_region(tmp_path: Path) -> None:
    (tmp_path / "a@2x.png").touch()
    (option,) = guide_options([f"canny={tmp_path}/a@2x.png:0.5"], None, None, [RegionOption("left.png", "")])
    assert (option.file.name, option.guide.strength, option.part) == ("a@2x.png", 0.5, "")


def test_guides_are_felt_in_the_layers_of_their_regions(tmp_path: Path) -> None:
    host = PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    Image.new("RGB", (8, 8), "white").save(tmp_path / "a.png")
    Image.new("L", (8, 8), 255).save(tmp_path / "left.png")
    left = str(tmp_path / "left.png")
    regions = [RegionOption(str(tmp_path / "a.png"), "the sea"), RegionOption(left, "a fox")]
    guides = guide_options([f"canny={tmp_path}/a.png@{left}", f"canny={tmp_path}/a.png"], None, None, regions)
    document = drawn_after(new_document(8, 8), guides, regions, host, PluginFiles(host))
    assert [guide.region_id for guide in document.guides] == [document.regions[1].layer_id, None]


@pytest.mark.parametrize("text", ["", "canny", "=a.png", "canny=", "a.png:nan", "canny=:0.5", "a b=c.png"])
def test_a_control_without_kind_or_file_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="names no"):
        guide_options([text], None, None)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "-0.5", "", " ", "1e-1", "0,5", "0-1", "much", "1_0", "٣x"])
def test_a_control_with_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(SettingError, match="is no strength"):
        guide_options([f"canny=a.png:{number}"], None, None)
    with pytest.raises(SettingError, match="is no share of the steps"):
        guide_options(None, [f"canny=a.png:1:{'' if number == '0-1' else number}"], None)
    with pytest.raises(SettingError, match="is no share of the steps"):
        guide_options([f"canny=a.png:1:0.1-{number}"], None, None)


def test_a_control_with_numbers_out_of_range_or_too_many_is_refused() -> None:
    for numbers in ("1.6", "9" * 400, "1:0-1.1", "1:0.6-0.5", "1:0-1:1"):
        with pytest.raises(SettingError):
            guide_options([f"canny=a.png:{numbers}"], None, None)


@pytest.mark.parametrize(
    ("control", "problem"),
    [
        ("depth={}", "There is no control network in the models folders that reads Depth"),
        ("magic={}", "There is no kind of control 'magic'"),
        ("canny={}:7", "cannot have the strength 7"),
        ("canny={}:1:0.9-0.1", "cannot be felt from 0.9 to 0.1"),
    ],
)
def test_a_control_that_cannot_be_felt_is_an_error(run: Run, tmp_path: Path, control: str, problem: str) -> None:
    control = control.format(picture(tmp_path / "edges.png", 64, 32))
    status, _, err = run("generate", "a beach", "-o", tmp_path / "a.png", "--steps", 1, "--control", control)
    assert status == 1
    assert problem in err
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("style={}", "There is no IP-Adapter in the models folders that shows Style"),
        ("canny={}", "There is no kind of reference 'canny'.\nKnown are: reference, style, composition, face"),
        ("face=gone.png", "gone.png"),
    ],
)
def test_a_reference_that_cannot_be_felt_is_an_error(run: Run, tmp_path: Path, reference: str, problem: str) -> None:
    reference = reference.format(picture(tmp_path / "ink.png", 40, 90))
    status, _, err = run("generate", "a beach", "-o", tmp_path / "a.png", "--steps", 1, "--reference", reference)
    assert status == 1
    assert problem in err
    assert not (tmp_path / "a.png").exists()


def test_regions_are_named_by_pictures() -> None:
    found = region_options(["left.png=a red cat", "right.png= weight=2 "], ["left.png=fog"])
    assert found == (RegionOption("left.png", "a red cat", "fog"), RegionOption("right.png", "weight=2"))
    for wrong in ("left.png", "=a cat", ""):
        with pytest.raises(SettingError, match="is no region"):
            region_options([wrong], None)
    with pytest.raises(SettingError, match="which no --region names"):
        region_options(["left.png=a cat"], ["right.png=fog"])


def test_a_picture_is_drawn_in_the_white_of_one_and_what_is_opaque_of_another(
    run_json: RunJson, tmp_path: Path
) -> None:
    white, opaque = tmp_path / "sky.png", tmp_path / "sea.png"
    shape = np.zeros((64, 64, 4), np.uint8)
    shape[32:] = (9, 9, 9, 255)
    Image.fromarray(shape).save(opaque)
    Image.fromarray(np.repeat([[255]] * 32 + [[0]] * 32, 64, axis=1).astype(np.uint8)).save(white)
    run_json(
        "generate", "at noon", "-o", tmp_path / "a.png", "--steps", 1,
        "--region", f"{white}=clouds", "--region", f"{opaque}=waves", "--region-negative", f"{white}=fog",
    )  # fmt: skip
    settings = open_document(tmp_path / "a.png").settings
    assert settings is not None
    assert [(use.layer, use.prompt, use.negative_prompt) for use in settings.regions] == [
        ("sea", "waves", ""),
        ("sky", "clouds", "fog"),
    ]


def test_layers_of_the_picture_are_regions_of_it(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    shape = np.zeros((64, 64, 4), np.uint8)
    shape[:32] = 255
    sky = PaintLayer(name="Sky", raster=Raster.from_array(shape))
    save_document(add_layer(new_document(64, 64), sky), tmp_path / "a.ora")
    asked = ("img2img", tmp_path / "a.ora", "-o", tmp_path / "b.png", "--prompt", "noon", "--steps", 1, "--region")
    run_json(*asked, "#Sky=clouds")
    settings = open_document(tmp_path / "b.png").settings
    assert settings is not None
    assert [(use.layer, use.prompt) for use in settings.regions] == [("Sky", "clouds")]
    status, _, err = run(*asked, "#Moon=clouds")
    assert (status, "has no layer 'Moon'" in err) == (1, True)


def test_a_lora_that_is_not_there_is_asked_for(run: Run, tmp_path: Path) -> None:
    status, _, err = run("generate", "a beach", "-o", tmp_path / "a.png", "--lora", "nowhere:1")
    assert (status, "not in the models folders: nowhere" in err) == (1, True)


def test_a_seed_of_minus_one_is_a_random_one() -> None:
    seeds = {make_settings(prompt="a forest", seed=-1).seed for _ in range(4)}
    assert len(seeds) > 1
    with pytest.raises(SettingError, match="seed cannot be -2"):
        make_settings(seed=-2)


@pytest.mark.slow
@pytest.mark.parametrize("prompt", ["a purple castle on a beach", "海滩上的紫色城堡"])
def test_in_a_small_mask_a_castle_appears(run_json: RunJson, tmp_path: Path, prompt: str) -> None:
    beach, mask = tmp_path / "beach.png", tmp_path / "mask.png"
    run_json("generate", "a beautiful beach", "-o", beach, "--seed", 7)
    y, x = np.mgrid[:256, :256]
    disc = (y - 184) ** 2 + (x - 128) ** 2 <= 22.5**2
    Image.fromarray((disc * 255).astype(np.uint8)).save(mask)
    out = tmp_path / "castle.png"
    facts = run_json("inpaint", beach, "--mask", mask, "--prompt", prompt, "-o", out, "--seed", 0, "--count", 10)
    drawn = [purple_share(pixels_of(Path(path))[disc]) for path in facts["paths"]]
    assert purple_share(pixels_of(beach)[disc]) == 0.0
    assert sum(share > 0.15 for share in drawn) >= 8, drawn


def purple_share(pixels: np.ndarray) -> float:
    red, green, blue = pixels.astype(int).T
    return float(np.mean((blue > green + 50) & (red > green + 15)))


def test_a_tool_that_works_on_a_picture_records_its_size() -> None:
    settings = make_settings(tool="inpaint", seed=1)
    assert (settings.for_picture(640, 300).width, settings.for_picture(640, 300).height) == (640, 300)
    assert settings.for_picture(20, 9000) == settings


def test_words_that_the_starter_was_not_taught_are_told_beside_the_path(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "lion.png"
    small = ("-o", output, "--seed", 1, "--steps", 1, "--size", "64x64")
    status, out, err = run("generate", "a red lion on a beach 🦁", *small)
    assert (status, out) == (0, f"{output}\n")
    assert "does not know: lion, 🦁. It knows: beach, " in err
    status, out, err = run("generate", "日落时的海滩上有一只红色的猫", *small)
    assert (status, out, err) == (0, f"{output}\n", "")


def test_the_same_seed_gives_the_same_pixels_and_another_does_not(run_json: RunJson, tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        run_json("generate", "a forest", "-o", tmp_path / f"{name}.png", "--seed", seed, "--steps", 3)
    a, b, c = (pixels_of(tmp_path / f"{name}.png") for name in "abc")
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_a_batch_writes_numbered_files_and_each_can_be_made_again_alone(run_json: RunJson, tmp_path: Path) -> None:
    prompt = "a {city|harbour}"
    facts = run_json("generate", prompt, "-o", tmp_path / "x.png", "--seed", 5, "--steps", 3, "--count", 2)
    assert [Path(path).name for path in facts["paths"]] == ["x-1.png", "x-2.png"]
    assert facts["seeds"] == [5, 6]
    alone = run_json("generate", prompt, "-o", tmp_path / "second.png", "--seed", 6, "--steps", 3)
    assert facts["prompts"][1:] == alone["prompts"]
    assert alone["prompts"][0] in {"a city", "a harbour"}
    assert np.array_equal(pixels_of(tmp_path / "x-2.png"), pixels_of(tmp_path / "second.png"))


def test_inpaint_leaves_everything_far_from_the_mask_bit_exact(run_json: RunJson, tmp_path: Path) -> None:
    image, mask = picture(tmp_path / "in.png"), mask_picture(tmp_path / "mask.png")
    run_json("inpaint", image, "--mask", mask, "--prompt", "sun", "-o", tmp_path / "out.png", "--seed", 1, "--steps", 4)
    before, after = pixels_of(image), pixels_of(tmp_path / "out.png")
    changed = (before != after).any(axis=2)
    assert changed[48:80, 48:80].mean() > 0.9
    assert not changed[:20].any()
    assert not changed[:, :20].any()


def test_a_picture_gets_more_room_and_only_that_is_drawn(run_json: RunJson, tmp_path: Path) -> None:
    image, output = picture(tmp_path / "in.png"), tmp_path / "wide.png"
    facts = run_json("inpaint", image, "--tool", "expand", "--edges=-8,0,40,0", "-o", output, "--seed", 1, "--steps", 2)
    before, after = pixels_of(image), pixels_of(output)
    height, width = before.shape[:2]
    assert after.shape[:2] == (height, width + 32)
    assert np.array_equal(after[:, : width // 3], before[:, 8 : 8 + width // 3])
    assert after[:, -32:].std() > 0
    assert facts["settings"]["tool"] == "expand"


def test_ready_tools_take_a_mask_and_say_what_they_lack(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    image, mask = picture(tmp_path / "in.png"), mask_picture(tmp_path / "mask.png")
    out = tmp_path / "out.png"
    facts = run_json("inpaint", image, "--tool", "remove_object", "--mask", mask, "-o", out, "--seed", 1, "--steps", 2)
    assert facts["settings"]["parameters"]["words"] == "scene"
    for wrong, said in (((), "No mask was given"), (("--edges", "1,2"), "--edges cannot be '1,2'")):
        status, _, err = run("inpaint", image, *wrong, "-o", out)
        assert status != 0
        assert said in err


def test_img2img_keeps_the_size_and_follows_the_strength(run_json: RunJson, tmp_path: Path) -> None:
    image = picture(tmp_path / "in.png", 160, 120)
    differences = []
    for strength in (0.3, 1.0):
        output = tmp_path / f"{strength}.png"
        run_json("img2img", image, "--prompt", "sea", "-o", output, "--strength", strength, "--seed", 1, "--steps", 8)
        assert pixels_of(output).shape == (120, 160, 3)
        differences.append(np.abs(pixels_of(output).astype(int) - pixels_of(image)).mean())
    assert differences[0] < differences[1]


@pytest.mark.parametrize("command", [("render",), ("filter", "levels"), ("upscale",)])
def test_a_file_that_could_not_be_read_whole_is_not_written_over(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    document = new_document(32, 32)
    document = add_layer(document, PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 9, np.uint8))))
    path = tmp_path / "doc.ora"
    save_document(document, path)
    data = path.read_bytes()
    start = data.rindex(b"IDAT", 0, data.index(b"mergedimage.png")) + 6
    path.write_bytes(data[:start] + bytes([data[start] ^ 0xFF]) + data[start + 1 :])
    before = path.read_bytes()
    assert open_document(path).is_partial
    status, _, error = run(*command, path, "-o", path)
    assert status == 1
    assert "doc.ora holds more than could be read" in error
    assert path.read_bytes() == before


def test_render_flattens_a_document(run_json: RunJson, tmp_path: Path) -> None:
    red = PaintLayer(name="Red", raster=Raster.from_array(np.full((10, 10, 4), (255, 0, 0, 255), np.uint8), 5, 5))
    save_document(add_layer(new_document(40, 30), red), tmp_path / "doc.ora")
    facts = run_json("render", tmp_path / "doc.ora", "-o", tmp_path / "flat.png")
    assert facts["size"] == [40, 30]
    flat = pixels_of(tmp_path / "flat.png")
    assert tuple(flat[6, 6]) == (255, 0, 0)
    assert tuple(flat[0, 0]) == (255, 255, 255)


def test_the_few_step_model_draws_with_its_own_steps(run_json: RunJson, tmp_path: Path) -> None:
    facts = run_json("generate", "a red cat", "-o", tmp_path / "cat.png", "--model", "starter/few_steps", "--seed", 1)
    settings = facts["settings"]
    assert (settings["steps"], settings["guidance_scale"], settings["scheduler"]) == (4, 1.0, "ddim")
    assert pixels_of(tmp_path / "cat.png").std() > 5


def test_lists_and_doctor(run: Run, run_json: RunJson) -> None:
    assert "starter" in [model["id"] for model in run_json("models", "list")["models"]]
    plugins = {plugin["id"]: plugin["status"] for plugin in run_json("plugins", "list")["plugins"]}
    assert plugins["inpaint"] == "enabled"
    facts = run_json("doctor")
    assert facts["problems"] == []
    assert "cpu" in [device["kind"] for device in facts["engine"]["devices"]]
    assert "Nothing is wrong." in run("doctor", "--measure")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("generate", "x", "-o", "x.png", "--size", "big"), "not a size"),
        (("generate", "x", "-o", "x.png", "--steps", "0"), "steps"),
        (("generate", "x", "-o", "x.png", "--model", "nowhere"), "nowhere"),
        (("generate", "x", "-o", "x.png", "--scheduler", "nope"), "nope"),
        (("generate", "x", "-o", "x.xyz", "--steps", "1"), ".xyz"),
        (("generate", "x", "-o", "x.png", "--set", "feather"), "NAME=VALUE"),
        (("render", "missing.ora", "-o", "x.png"), "missing.ora"),
        (("screenshot", "-o", "x.png", "--size", "99999x99999"), "99999x99999"),
    ],
)
def test_bad_input_is_one_clear_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*arguments)
    assert status == 1
    assert words in err
    assert "Traceback" not in err + out
    assert list(tmp_path.glob("x*")) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("generate", "x", "-o", "x.png", "--seed", "abc"), "--seed"),
        (("generate", "x"), "--output"),
        (("generate", "x", "-o", "x.png", "--sede", "3"), "--sede"),
        (("no-such-command",), "no-such-command"),
        (("models",), "list"),
    ],
)
def test_a_command_line_that_is_not_understood_is_explained(run: Run, arguments: tuple[str, ...], words: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert words in err


def test_what_the_system_refuses_is_one_clear_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    status, _, err = run("screenshot", "-o", in_the_way / "shot.png")
    assert status == 1
    assert str(in_the_way) in err
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run("run", "--folder", in_the_way / "pictures")[0] == 1


@pytest.mark.parametrize("what", ["a folder in the way", "a folder that is read-only", "a file that is read-only"])
def test_no_work_is_done_for_a_file_that_cannot_be_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    output = tmp_path / "beach.png"
    if what == "a folder in the way":
        output.mkdir()
    else:
        locked = tmp_path if "folder" in what else output
        output.write_bytes(b"old")
        # Not by permissions: tests may run as root, who may write anywhere.
        monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK or Path(path) != locked)
    monkeypatch.setattr("studio.cli.generation.run_request", lambda *_a, **_k: pytest.fail("it was drawn"))
    status, _, err = run("generate", "x", "-o", output)
    assert status == 1
    assert "beach.png" in err


def test_formats_of_plugins_are_read_and_written(run_json: RunJson, tmp_path: Path) -> None:
    drawn = run_json("generate", "a beach", "-o", tmp_path / "beach.bmp", "--steps", "1", "--size", "128x128")
    assert drawn["paths"] == [str(tmp_path / "beach.bmp")]
    with Image.open(tmp_path / "beach.bmp") as written:
        assert written.format == "BMP"
    mask = mask_picture(tmp_path / "mask.png")
    run_json("inpaint", tmp_path / "beach.bmp", "--mask", mask, "-o", tmp_path / "mended.tif", "--steps", "1")
    with Image.open(tmp_path / "beach.bmp") as one, Image.open(tmp_path / "mended.tif") as other:
        before, after = np.asarray(one.convert("RGB")), np.asarray(other.convert("RGB"))
    assert np.array_equal(before[:8, :8], after[:8, :8])
    run_json("img2img", tmp_path / "mended.tif", "-o", tmp_path / "again.avif", "--steps", "1")
    larger = run_json("upscale", tmp_path / "again.avif", "-o", tmp_path / "large.tiff", "--factor", "2")
    assert larger["size"] == [256, 256]
    with Image.open(tmp_path / "large.tiff") as written:
        assert written.size == (256, 256)


def test_a_mask_without_white_is_named(run: Run, tmp_path: Path) -> None:
    Image.new("L", (128, 128)).save(tmp_path / "black.png")
    image = picture(tmp_path / "in.png", 128, 128)
    status, _, words = run("inpaint", str(image), "--mask", str(tmp_path / "black.png"), "-o", str(tmp_path / "x.png"))
    assert status == 1
    assert "black.png is all black" in words
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--smoke", "--config", "mine.toml"), "--config says nothing"),
        (("--smoke", "--device", "tpu"), "no device 'tpu'"),
        (("--smoke", "--start-from", "nowhere"), "no model in nowhere"),
    ],
)
def test_training_refuses_what_it_cannot_do_before_any_work(
    run: Run, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    status, _, said = run("train", "starter", "--work-dir", str(tmp_path / "work"), *options)
    assert status == 1
    assert words in said
    assert not (tmp_path / "work").exists()


def test_errors_as_json(run: Run) -> None:
    status, out, _ = run("render", "missing.ora", "-o", "x.png", "--json")
    assert status == 1
    assert set(json.loads(out)) == {"error", "message", "advice"}


def test_a_mask_of_another_size_is_refused(run: Run, tmp_path: Path) -> None:
    image, mask = picture(tmp_path / "in.png"), mask_picture(tmp_path / "mask.png", 64, 64)
    status, _, err = run("inpaint", image, "--mask", mask, "-o", tmp_path / "out.png")
    assert status == 1
    assert "mask.png" in err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="launchers of this kind exist on Linux")
def test_a_launcher_is_installed_and_removed(run: Run, home: Path) -> None:
    status, out, _ = run("desktop-entry", "--install")
    assert status == 0
    written = [Path(line) for line in out.splitlines()]
    entry, icon, kinds, thumbnailer = written
    assert all(path.is_relative_to(home) for path in written)
    assert "Exec=" in entry.read_text(encoding="utf-8")
    assert icon.read_text(encoding="utf-8").lstrip().startswith("<")
    assert "x-shoreline-animation" in kinds.read_text(encoding="utf-8")
    assert "image/openraster" in thumbnailer.read_text(encoding="utf-8")
    assert install_desktop_entry() == written
    run("desktop-entry", "--remove")
    assert not any(path.exists() for path in written)


def test_a_mask_in_an_openraster_document_survives_the_command_line(run_json: RunJson, tmp_path: Path) -> None:
    document = new_document(64, 64).with_generation_mask(filled_mask(Rect(8, 8, 16, 16)))
    save_document(document, tmp_path / "a.ora")
    run_json("render", tmp_path / "a.ora", "-o", tmp_path / "b.ora")
    again = open_document(tmp_path / "b.ora").document
    assert again.generation_mask.bounds() == Rect(8, 8, 16, 16)


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_file_names_that_are_no_unicode_are_printed_and_reported(tmp_path: Path) -> None:
    source, target = tmp_path / "caf\udce9.png", tmp_path / "caf\udce9.ora"
    save_document(new_document(8, 8), source)
    script = "import sys; from studio.cli.main import run_command; sys.exit(run_command(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict", "XDG_CONFIG_HOME": str(tmp_path / "config")}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(command, capture_output=True, env=environment, timeout=120, check=False)

    assert json.loads(run("render", source, "-o", target, "--json").stdout)["path"] == str(target)
    assert run("render", source, "-o", target).stdout.splitlines()[0] == os.fsencode(target)
    missing = run("render", tmp_path / "none\udce9.png", "-o", target, "--json")
    assert (missing.returncode, "none\udce9.png" in json.loads(missing.stdout)["message"]) == (1, True)
