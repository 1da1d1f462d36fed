"""Documents and samples that the tests of files share."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import BlendMode, Document, Grid, GroupLayer, Guide, PaintLayer, Pixels, Raster, Region, Ruling
from studio.files.openraster.write import write_openraster
from studio.generation import GenerationSettings

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of pictures written by other programs."""
    if not SAMPLES.is_dir():
        pytest.skip(f"the samples of other programs are not at {SAMPLES}")
    return SAMPLES


@pytest.fixture
def reference(samples: Path):
    """Reads a reference picture as float premultiplied RGBA, 0..255."""

    def read(name: str) -> np.ndarray:
        with Image.open(samples / name) as image:
            straight = np.array(image.convert("RGBA")).astype(float)
        straight[..., :3] *= straight[..., 3:] / 255
        return straight

    return read


def painting(height: int, width: int, seed: int = 0) -> Pixels:
    """Random valid premultiplied RGBA, with transparent, faint, and opaque parts."""
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (height, width, 4), dtype=np.uint8)
    pixels[: height // 3, :, 3] = 255
    pixels[height // 3 : height // 2, :, 3] = random.integers(0, 4, (height // 2 - height // 3, width))
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


def entries(data: bytes) -> dict[str, bytes]:
    """What lies in an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of such entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


@pytest.fixture
def settings() -> GenerationSettings:
    return GenerationSettings(
        tool="inpaint",
        prompt="美丽的海滩, a beach at noon\nwith palms",
        negative_prompt='blurry, "text": no',
        seed=4294967295,
        steps=31,
        guidance_scale=6.5,
        scheduler="euler_a",
        model="starter",
        width=192,
        height=128,
        strength=0.75,
        parameters={"padding": 32},
    )


@pytest.fixture
def rich_document() -> Document:
    """One of everything that a document can hold."""
    mask_values = np.random.default_rng(5).integers(0, 256, (70, 90), dtype=np.uint8)
    background = PaintLayer(name="Background", raster=Raster.from_array(np.full((200, 300, 4), 255, np.uint8)))
    outside = PaintLayer(
        name="Outside été \U0001f3d6 & <b>",
        raster=Raster.from_array(painting(150, 120, 1), -70, -300),
        opacity=0.123456789,
        blend_mode=BlendMode.LINEAR_BURN,
        visible=False,
    )
    masked = PaintLayer(
        name="沙子",
        raster=Raster.from_array(painting(100, 100, 2), 30, 20),
        mask=Raster(channels=1, default=255).with_array(mask_values, -5, 40),
        settings='{"prompt": "海\\n", "seed": 7}',
        locked=True,
    )
    inner = GroupLayer(name="Inner", children=(masked,), isolated=False, opacity=0.5, blend_mode=BlendMode.SCREEN)
    group = GroupLayer(
        name="Group",
        children=(outside, inner, PaintLayer(name="Empty")),
        mask=Raster.from_array(mask_values, 60, 60),
        opacity=1 / 3,
    )
    return Document(
        width=300,
        height=200,
        layers=(background, group),
        active_id=masked.id,
        selection=Raster.from_array(255 - mask_values, -20, 10),
        generation_mask=Raster.from_array(mask_values, 250, 150),
        gamma=2.2,
        guides=(
            Guide(kind="canny", layer_id=masked.id, strength=0.75, end=0.6, values={"low": 100, "mode": "soft"}),
            Guide(kind="style", enabled=False, network="sd/depth", from_picture=True, region_id=group.id),
        ),
        regions=(Region(layer_id=group.id, prompt="一只红猫 <b>", negative_prompt="fog", enabled=False),),
        ruling=Ruling(upright=(20, 150), level=(-3,), grid=Grid(width=32, height=24, x=5, y=-6)),
    )


def same_raster(one: Raster, other: Raster) -> bool:
    """Whether two rasters hold the same pixels everywhere."""
    if (one.channels, one.default) != (other.channels, other.default):
        return False
    box = one.tile_bounds().united(other.tile_bounds())
    return bool(np.array_equal(one.read(box), other.read(box)))


def assert_same_document(one: Document, other: Document) -> None:
    """Structure, attributes and every pixel are equal."""
    assert (one.width, one.height, one.gamma, one.active_id) == (
        other.width,
        other.height,
        other.gamma,
        other.active_id,
    )
    assert same_raster(one.selection, other.selection)
    assert same_raster(one.generation_mask, other.generation_mask)
    assert one.timeline == other.timeline
    assert (one.guides, one.regions, one.ruling) == (other.guides, other.regions, other.ruling)
    left, right = list(one.walk()), list(other.walk())
    assert [layer.id for layer in left] == [layer.id for layer in right]
    for a, b in zip(left, right, strict=True):
        for attribute in ("name", "visible", "locked", "opacity", "blend_mode", "mask_enabled", "settings"):
            assert getattr(a, attribute) == getattr(b, attribute), (a.name, attribute)
        assert (a.mask is None) == (b.mask is None), a.name
        assert a.mask is None or same_raster(a.mask, b.mask), a.name
        if isinstance(a, PaintLayer):
            assert same_raster(a.raster, b.raster), a.name
        else:
            assert a.isolated == b.isolated
            assert [child.id for child in a.children] == [child.id for child in b.children]


@pytest.fixture
def assert_same():
    return assert_same_document


@pytest.fixture
def paint():
    return painting


def openraster_bytes(document: Document, settings: GenerationSettings | None = None) -> bytes:
    """A whole OpenRaster file in memory."""
    stream = io.BytesIO()
    write_openraster(document, stream, settings)
    return stream.getvalue()
