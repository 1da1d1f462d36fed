"""Twenty inpaintings in a row: what lies outside their masks stays as it was to the bit, whatever is done between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api.testing import FakeEngine
from studio.document import BlendMode, Document, PaintLayer, Pixels, Raster, add_layer, new_document
from studio.files.documents import open_document, save_document
from studio.generation import CancelToken, GeneratedImage, GenerationRequest, GenerationSettings
from studio.generation.masks import HAZE
from studio.generation.placement import place
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginFolder, PluginHost
from studio.raster.compose import compose
from studio.raster.convert import premultiply
from studio.raster.merging import flatten, merge_down

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
TURNS = 20
Between = Callable[[Document], Document]


@pytest.fixture(scope="module")
def runner() -> JobRunner:
    return JobRunner(PluginHost.load([PluginFolder(PLUGINS, "bundled")], entry_points=False), FakeEngine)


def see_through(width: int, height: int) -> Document:
    """Layers of many colours and opacities, the upper one mixed in another mode."""
    random = np.random.default_rng(width * 1000 + height)
    document = new_document(width, height, background=None)
    for mode in (BlendMode.NORMAL, BlendMode.MULTIPLY):
        pixels = random.integers(0, 256, (height, width, 4)).astype(np.uint8)
        layer = PaintLayer(name=mode.value, raster=Raster.from_array(premultiply(pixels)), blend_mode=mode)
        document = add_layer(document, layer)
    return document


def masks_near(width: int, height: int, corner: tuple[int, int]) -> Iterator[Raster]:
    """Hard, faint and soft masks around one corner (0 or 1 each way); most touch or cross an edge of the canvas."""
    random = np.random.default_rng(7)
    for turn in range(TURNS):
        columns, rows = (int(random.integers(1, max(2, min(60, side // 4)))) for side in (width, height))
        values = np.full((rows, columns), 255, np.uint8)
        if turn % 3 == 1:
            values[...] = 60
        elif turn % 3 == 2:
            values[...] = random.integers(HAZE, 256, values.shape)
        x, y = int(random.integers(-columns + 1, columns)), int(random.integers(-rows + 1, rows))
        x, y = (min(x, width - 1), 0) if turn % 2 else (0, min(y, height - 1))
        if turn % 4 == 3:
            x, y = width // 3, height // 3
        if corner[0]:
            x = width - columns - x
        if corner[1]:
            y = height - rows - y
        yield Raster.from_array(values, x, y)


def reach(image: GeneratedImage, shape: tuple[int, ...]) -> np.ndarray:
    """Where a picture may change what is seen: bool, of the canvas."""
    assert image.mask is not None
    reached = np.zeros(shape, bool)
    height, width = image.mask.shape
    reached[image.y : image.y + height, image.x : image.x + width] = image.mask > 0
    return reached


def inpainted(
    runner: JobRunner, document: Document, mask: Raster, turn: int, **changes: object
) -> tuple[Document, np.ndarray]:
    """The document with one more inpainting, and where that may have changed it."""
    asked = replace(document, generation_mask=mask)
    settings = GenerationSettings(tool="inpaint", prompt="a beach" if turn % 2 else "", steps=2, seed=turn)
    request = GenerationRequest(settings=settings.with_changes(**changes), document=asked)
    result = runner.run(request, CancelToken(), lambda _: None)
    (image,) = result.images
    height, width = image.pixels.shape[:2]
    assert image.x >= 0 <= image.y
    assert image.x + width <= document.width
    assert image.y + height <= document.height, "nothing is drawn that the canvas has no place for"
    return place(asked, result), reach(image, (document.height, document.width))


def merged(document: Document) -> Document:
    assert document.active_id is not None
    return merge_down(document, document.active_id)


def kept(document: Document) -> Document:
    return document


def test_so_it_is_with_soft_masks_and_colours_matched_at_the_edge(runner: JobRunner) -> None:
    document = see_through(259, 131)
    before, touched = compose(document), np.zeros((131, 259), bool)
    for turn, mask in enumerate(masks_near(259, 131, (0, 0))):
        parameters = {"soft": turn % 2 == 0, "match_edge": True}
        document, reached = inpainted(runner, document, mask, turn, strength=1.0, parameters=parameters)
        touched |= reached
        if turn % 3 == 2:
            document = flatten(document)
    assert not touched.all(), "something was to be kept"
    _expect_equal(compose(document), before, ~touched)


@pytest.mark.parametrize("between", [kept, merged, flatten], ids=["layers", "merged down", "flattened"])
@pytest.mark.parametrize(
    ("width", "height", "corner"),
    [(259, 131, (0, 0)), (131, 257, (1, 1)), (128, 128, (1, 0)), (311, 37, (0, 1)), (1, 150, (0, 1)), (67, 3, (1, 0))],
)
def test_outside_the_masks_every_pixel_is_exact(
    runner: JobRunner, width: int, height: int, corner: tuple[int, int], between: Between, tmp_path: Path
) -> None:
    document = see_through(width, height)
    before = compose(document)
    seen, touched = before, np.zeros(before.shape[:2], bool)
    for turn, mask in enumerate(masks_near(width, height, corner)):
        strength = (1.0, 0.5, 0.8)[turn % 3]
        document, reached = inpainted(runner, document, mask, turn, strength=strength)
        assert reached[mask.read(document.canvas) > 0].any()
        after = compose(document)
        assert not np.array_equal(after[reached], seen[reached]), "it did draw"
        seen, touched = after, touched | reached
        document = between(document)
    assert not touched.all(), "something was to be kept"
    _expect_equal(compose(document), before, ~touched)
    save_document(document, tmp_path / "picture.ora")
    _expect_equal(compose(open_document(tmp_path / "picture.ora").document), before, ~touched)


@pytest.mark.parametrize("turns", range(4))
def test_a_mask_along_a_whole_edge_is_drawn_up_to_it_and_no_further_in_than_its_ramp(
    runner: JobRunner, turns: int
) -> None:
    strip, grow, feather = 11, 5, 12
    values = np.zeros((131, 203) if turns % 2 == 0 else (203, 131), np.uint8)
    values[:, :strip] = 255
    values = np.ascontiguousarray(np.rot90(values, turns))
    document = see_through(203, 131)
    before = compose(document)
    for turn in range(TURNS):
        parameters = {"grow": grow, "feather": feather}
        document, _ = inpainted(runner, document, Raster.from_array(values), turn, parameters=parameters)
    changed = np.rot90((compose(document) != before).any(axis=2), -turns)
    assert changed[:, 0].all(), "up to the edge"
    assert not changed[:, strip + grow + feather // 2 + 1 :].any()


def test_a_mask_over_all_of_an_odd_canvas_leaves_nothing_of_the_old_picture(runner: JobRunner) -> None:
    document = see_through(97, 61)
    full = Raster.from_array(np.full((61, 97), 255, np.uint8))
    document, reached = inpainted(runner, document, full, 0)
    assert reached.all()
    assert (compose(document)[..., 3] == 255).all()


def _expect_equal(after: Pixels, before: Pixels, where: np.ndarray) -> None:
    different = (after != before).any(axis=2) & where
    assert not different.any(), f"{np.count_nonzero(different)} pixels outside of all masks have changed"
