"""Pixel art is put on its grid, and sprites are freed from a plain ground."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio.api import DenoiseJob, FilterSpec, ToolContext, ToolSpec
from studio.api.parameters import validated_parameters
from studio.api.testing import FakeEngine
from studio.document import Pixels, new_document
from studio.errors import SettingError
from studio.generation import CancelToken, GenerationRequest, GenerationSettings
from studio.plugin_host import PluginFolder, PluginHost


@pytest.fixture(scope="module")
def host() -> PluginHost:
    folder = Path(__file__).resolve().parents[2] / "plugins"
    return PluginHost.load([PluginFolder(folder, "bundled")], entry_points=False)


@pytest.fixture
def filters(host: PluginHost) -> dict[str, FilterSpec]:
    return dict(host.specs(FilterSpec))


@pytest.fixture
def tools(host: PluginHost) -> dict[str, ToolSpec]:
    return dict(host.specs(ToolSpec))


def run(spec: FilterSpec, pixels: Pixels, **values: Any) -> Pixels:
    parameters = validated_parameters(spec.parameters, values)
    return spec.run(pixels, parameters, CancelToken(), lambda fraction, message: None)


def art(rows: int = 20, columns: int = 24, colours: int = 8, seed: int = 0) -> Pixels:
    """Patches and single pixels in a few colours, some of them transparent."""
    random = np.random.default_rng(seed)
    palette = random.integers(0, 256, (colours, 4))
    palette[:, 3] = 255
    palette[0] = 0
    patches = random.integers(0, colours, (rows // 3 + 1, columns // 3 + 1)).repeat(3, 0).repeat(3, 1)[:rows, :columns]
    single = random.integers(0, colours, (rows, columns))
    return np.asarray(palette[np.where(random.random((rows, columns)) < 0.3, single, patches)], np.uint8)


def enlarged(cells: Pixels, size: int, x: int = 0, y: int = 0) -> Pixels:
    """The art in cells of ``size`` pixels, of which the first whole ones begin at (x, y)."""
    large = cells.repeat(size, axis=0).repeat(size, axis=1)
    return np.ascontiguousarray(large[(size - y) % size :, (size - x) % size :])


def worn(pixels: Pixels, how: str) -> Pixels:
    out = pixels.copy()
    if how == "noise":
        noise = np.random.default_rng(1).normal(0, 8, pixels[..., :3].shape)
        out[..., :3] = (pixels[..., :3] + noise).clip(0, 255)
    if how == "jpeg":
        _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., :3]), [cv2.IMWRITE_JPEG_QUALITY, 80])
        out[..., :3] = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return out


@pytest.mark.parametrize("how", ["as it is", "noise", "jpeg"])
@pytest.mark.parametrize("size", range(3, 17))
def test_the_grid_is_found_whatever_its_size_and_offset(filters: dict[str, FilterSpec], size: int, how: str) -> None:
    """Seen by the cells themselves: each of them, of few colours, is where it was drawn."""
    x, y = 0, size - 1
    cells = art(seed=size)
    after = run(filters["pixel_art"], worn(enlarged(cells, size, x, y), how), colours=8, pixel=1)
    rows, columns = cells.shape[:2]
    small = after[: rows - 1, :columns] if (size - 1) * 2 < size else after[:rows, :columns]
    expected = cells if (size - 1) * 2 >= size else cells[1:]
    assert not after[rows:].any()
    assert np.array_equal(small[..., 3], expected[..., 3])
    worst = np.abs(small.astype(int) - expected).max(axis=2)
    # JPEG halves the colour of small cells with their neighbours': no filter brings that back.
    assert how == "jpeg" or worst.max() <= (0 if how == "as it is" else 16)
    assert how != "jpeg" or size < 8 or worst.max() <= 24


def test_cells_are_of_one_colour_without_half_transparent_pixels(filters: dict[str, FilterSpec]) -> None:
    soft = cv2.GaussianBlur(enlarged(art(), 8), (0, 0), 1.0)
    after = run(filters["pixel_art"], soft, colours=6)
    assert set(np.unique(after[..., 3])) == {0, 255}
    assert len(np.unique(after[after[..., 3] > 0], axis=0)) <= 6
    assert np.array_equal(after, after[::8, ::8].repeat(8, 0).repeat(8, 1))
    assert np.array_equal(run(filters["pixel_art"], after, colours=6), after), "what is on its grid stays as it is"


def test_a_palette_is_taken_from_colours_or_the_lines_of_gimp(filters: dict[str, FilterSpec]) -> None:
    pixels = enlarged(art(), 6)
    for palette in ("#ff0000, #0000ff", "GIMP Palette\nName: two\n255 0 0 red\n  0   0 255\tblue\n"):
        after = run(filters["pixel_art"], pixels, palette=palette)
        colours = {tuple(colour) for colour in after[after[..., 3] > 0][:, :3].tolist()}
        assert colours == {(255, 0, 0), (0, 0, 255)}
    with pytest.raises(SettingError, match="palette"):
        run(filters["pixel_art"], pixels, palette="red")


def test_a_picture_without_a_grid_is_refused_and_a_size_can_be_given(filters: dict[str, FilterSpec]) -> None:
    random = np.random.default_rng(2).integers(0, 256, (96, 96, 4), dtype=np.uint8)
    smooth = cv2.GaussianBlur(random, (0, 0), 3.0)
    smooth[..., 3] = 255
    shapes = np.full((256, 256, 4), (90, 150, 230, 255), np.uint8)
    shapes[97:] = (250, 220, 140, 255)
    cv2.circle(shapes, (150, 40), 23, (250, 240, 120, 255), -1)
    cv2.rectangle(shapes, (41, 90), (54, 233), (120, 70, 30, 255), -1)
    for pixels in (smooth, shapes, np.full((40, 40, 4), 255, np.uint8), smooth[:2, :2]):
        with pytest.raises(SettingError, match="No grid"):
            run(filters["pixel_art"], pixels)
    assert len(np.unique(run(filters["pixel_art"], smooth, cell=16)[:16, :16].reshape(-1, 4), axis=0)) == 1


def sprite(ground: tuple[int, ...], thing: tuple[int, ...], side: int = 96) -> tuple[Pixels, Any]:
    """A ring with a soft edge on a ground, and how much of each pixel is the ring."""
    large = np.zeros((4 * side, 4 * side), np.float32)
    cv2.circle(large, (2 * side, 2 * side), int(1.4 * side), 1.0, -1)
    cv2.circle(large, (2 * side, 2 * side), int(0.4 * side), 0.0, -1)
    share = cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA)
    mixed = share[..., None] * np.array(thing) + (1 - share[..., None]) * np.array(ground)
    return np.dstack([np.rint(mixed), np.full((side, side), 255)]).astype(np.uint8), share


@pytest.mark.parametrize(
    ("ground", "thing"), [((0, 255, 0), (200, 60, 30)), ((255, 255, 255), (20, 20, 20)), ((30, 60, 90), (240, 200, 40))]
)
def test_the_ground_is_taken_out_of_the_soft_edge(
    filters: dict[str, FilterSpec], ground: tuple[int, ...], thing: tuple[int, ...]
) -> None:
    pixels, share = sprite(ground, thing)
    after = run(filters["remove_plain_ground"], pixels, connected=False)
    assert np.abs(after[..., 3] / 255 - share).max() < 0.1
    seen = after[..., 3] > 8
    assert np.abs(after[seen][:, :3].astype(int) - thing).max() <= 8, "none of the ground is left in it"
    middle = pixels.shape[0] // 2
    kept = run(filters["remove_plain_ground"], pixels)
    assert tuple(kept[middle, middle]) == (*ground, 255), "what the border does not reach stays"
    assert kept[0, 0, 3] == 0


def test_a_sprite_on_a_larger_canvas_and_with_noise_is_freed_too(filters: dict[str, FilterSpec]) -> None:
    pixels, share = sprite((250, 250, 250), (40, 80, 160))
    pixels[..., :3] = (pixels[..., :3] + np.random.default_rng(3).normal(0, 3, pixels[..., :3].shape)).clip(0, 255)
    canvas = np.zeros((160, 200, 4), np.uint8)
    canvas[20:116, 50:146] = pixels
    after = run(filters["remove_plain_ground"], canvas, connected=False)[20:116, 50:146]
    assert np.abs(after[..., 3] / 255 - share).max() < 0.2


def test_a_ground_of_many_colours_or_none_is_refused(filters: dict[str, FilterSpec]) -> None:
    random = np.random.default_rng(4).integers(0, 256, (40, 40, 4), dtype=np.uint8)
    random[..., 3] = 255
    with pytest.raises(SettingError, match="no one colour"):
        run(filters["remove_plain_ground"], random)
    with pytest.raises(SettingError, match="transparency"):
        run(filters["remove_plain_ground"], np.zeros((8, 8, 4), np.uint8))


class PlainEngine(FakeEngine):
    """Draws a red disc on a ground: plain white, a little uneven; or of every colour."""

    is_wild = False

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        self.jobs.append(job)
        picture = np.random.default_rng(job.seed).integers(250, 256, (job.height, job.width, 3), dtype=np.uint8)
        if self.is_wild:
            picture[...] = np.random.default_rng(job.seed).integers(0, 256, picture.shape, dtype=np.uint8)
        cv2.circle(picture, (job.width // 2, job.height // 2), job.width // 4, (200, 30, 30), -1, cv2.LINE_AA)
        return (picture,) * job.count


def sticker(tools: dict[str, ToolSpec], engine: FakeEngine, prompt: str, told: list[str]) -> Pixels:
    settings = GenerationSettings(tool="text_to_image", prompt=prompt, width=128, height=128)
    context = ToolContext(
        request=GenerationRequest(settings=settings, document=new_document(128, 128)),
        engine=engine,
        parameters={"refine": True, "transparent": True},
        cancel=CancelToken(),
        report=lambda fraction, message: None,
        tell=told.append,
    )
    (image,) = tools["text_to_image"].run(context)
    return image.pixels


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        ("a ball", "a ball, on a plain white background"),
        ("一个球", "一个球，纯白背景"),
        ("a ball on a green background", "a ball on a green background"),
    ],
)
def test_a_sticker_is_drawn_on_transparent_ground(tools: dict[str, ToolSpec], prompt: str, asked: str) -> None:
    engine, told = PlainEngine(), list[str]()
    pixels = sticker(tools, engine, prompt, told)
    assert [job.prompt for job in engine.jobs] == [asked]
    assert tuple(pixels[64, 64]) == (200, 30, 30, 255)
    alpha = pixels[..., 3]
    assert not alpha[:20].any()
    assert (pixels[..., :3] <= alpha[..., None]).all(), "premultiplied"
    assert told == []


def test_a_ground_that_is_not_plain_costs_no_picture(tools: dict[str, ToolSpec]) -> None:
    engine, told = PlainEngine(), list[str]()
    engine.is_wild = True
    pixels = sticker(tools, engine, "a ball", told)
    assert (pixels[..., 3] == 255).all()
    assert told == ["The ground at the border has no one colour. The picture was kept whole; another seed may do."]
