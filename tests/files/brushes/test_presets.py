"""Presets of brushes: kept a file each, and read of other programs as far as they go."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.errors import ShorelineError
from studio.files.brushes.importing import read_brush
from studio.files.brushes.presets import PresetShelf, read_preset
from studio.paths import default_paths
from studio.raster.brushes.brush import Brush, Jitter, Response, Tip
from studio.raster.brushes.curve import value_at
from studio.raster.brushes.preset import BrushPreset
from studio.raster.brushes.preview import preview

INK = BrushPreset(name="Ink", brush=Brush(diameter=9, rgba=(1, 2, 3, 255), size_by=Response(tilt=((0, 1), (1, 0)))))


@pytest.fixture
def shelf(tmp_path: Path) -> PresetShelf:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "01-ink.brush").write_text(json.dumps(INK.differences()))
    return PresetShelf(bundled, tmp_path / "own")


def test_every_preset_that_ships_is_read_and_leaves_paint() -> None:
    shelf = PresetShelf(default_paths().bundled_brushes, Path("nowhere"))
    presets = shelf.presets()
    assert len(presets) >= 16
    assert not shelf.problems
    assert len({each.preset.name for each in presets}) == len(presets)
    for each in presets:
        assert preview(each.preset.brush, 120, 40, (0, 0, 0)).any(), each.id


def test_presets_are_kept_renamed_changed_and_made_what_they_were(shelf: PresetShelf) -> None:
    (ink,) = shelf.presets()
    assert ink.preset.brush == INK.brush.with_changes(rgba=(0, 0, 0, 255)), "its colour is not kept"
    added = [shelf.add(BrushPreset(name="My Ink", brush=Brush(scatter=2, jitter=Jitter(hue=1)))) for _ in range(2)]
    assert len(set(added)) == 2
    shelf.rename(ink, "Tusche")
    shown = {each.id: each for each in shelf.presets()}
    assert shown["01-ink"].preset.name == "Tusche"
    assert (shown["01-ink"].is_bundled, shown["01-ink"].is_changed) == (True, True)
    assert shown[added[0]].preset.brush.jitter.hue == 1
    for preset_id in ("01-ink", *added):
        shelf.remove(preset_id)
    assert [each.preset.name for each in shelf.presets()] == ["Ink"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"brush": {"diameter": 1e9}}', '{"brush": {"tip": {"kind": "cloud"}}}', '{"name": 7}']
)
def test_a_damaged_preset_is_told_and_costs_no_other(shelf: PresetShelf, tmp_path: Path, text: str) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "broken.brush").write_text(text)
    assert [each.id for each in shelf.presets()] == ["01-ink"]
    (problem,) = shelf.problems
    assert "broken.brush" in str(problem)
    with pytest.raises(ShorelineError) as caught:
        read_preset(own / "broken.brush")
    assert caught.value.advice


def mypaint(**settings: object) -> dict[str, object]:
    return {"version": 3, "settings": settings}


def setting(base: float, **inputs: object) -> dict[str, object]:
    return {"base_value": base, "inputs": inputs}


def test_a_brush_of_mypaint_comes_over_with_what_it_has_here(tmp_path: Path) -> None:
    file = tmp_path / "wet.myb"
    settings = mypaint(
        radius_logarithmic=setting(2.0, pressure=[[0.0, -1.0], [1.0, 1.0]]),
        hardness=setting(0.3),
        opaque=setting(0.8),
        opaque_multiply=setting(0.0, pressure=[[0, 0], [0.5, 0.2], [1, 1]]),
        dabs_per_actual_radius=setting(5.0),
        elliptical_dab_ratio=setting(4.0),
        smudge=setting(0.7),
        stroke=setting(0.0),
    )
    file.write_text(json.dumps(settings))
    imported = read_brush(file)
    brush = imported.preset.brush
    assert brush.diameter == pytest.approx(2 * np.exp(3.0))
    assert brush.diameter * value_at(brush.size_by.pressure or (), 0.0) == pytest.approx(2 * np.exp(1.0))
    assert (brush.hardness, brush.spacing, brush.roundness) == pytest.approx((0.3, 0.1, 0.25))
    assert brush.pressure_opacity
    assert value_at(brush.opacity_by.pressure or (), 0.5) == pytest.approx(0.2, abs=0.01)
    assert ["smudge" in note for note in imported.notes] == [True]


def krita(engine: str, **values: str) -> bytes:
    """A PNG with a preset in it, as Krita writes them."""
    parameters = "".join(
        f'<param name="{key}" type="string"><![CDATA[{text}]]></param>' for key, text in values.items()
    )
    xml = f'<Preset paintopid="{engine}" name="Felt tip">{parameters}</Preset>'.encode()
    body = b"preset\0\0" + zlib.compress(xml)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    picture = cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes()
    return picture[:33] + chunk + picture[33:]


TIP = (
    '<Brush type="auto_brush" spacing="0.2" angle="0">'
    '<MaskGenerator type="circle" diameter="64" ratio="0.5" hfade="0.25"/></Brush>'
)
SENSOR = '<!DOCTYPE params>\n<params id="pressure"><curve>0,0.1;0.5,0.9;1,1;</curve></params>'


def test_a_plain_brush_of_krita_comes_over(tmp_path: Path) -> None:
    file = tmp_path / "felt.kpp"
    sensor = SENSOR.partition("\n")[2]
    file.write_bytes(
        krita("paintbrush", brush_definition=TIP, OpacityValue="0.5", PressureSize="true", SizeSensor=sensor)
    )
    preset = read_brush(file).preset
    assert (preset.name, preset.brush.diameter, preset.brush.roundness, preset.brush.opacity) == (
        "Felt tip",
        64,
        0.5,
        0.5,
    )
    assert preset.brush.pressure_size
    assert value_at(preset.brush.size_by.pressure or (), 0.5) == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.myb", b"# brush\nradius_logarithmic 2.0\n"),
        ("broken.myb", b'{"version": 3, "settings": {"hardness": 5}}'),
        ("nan.myb", json.dumps(mypaint(hardness=setting(float("nan")))).encode()),
        ("none.kpp", cv2.imencode(".png", np.zeros((4, 4), np.uint8))[1].tobytes()),
        ("other.kpp", krita("colorsmudge")),
        ("half.kpp", krita("paintbrush")),
        ("text.kpp", b"no picture"),
        ("stamp.png", b"no picture"),
        ("entities.kpp", krita("paintbrush", brush_definition='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    ],
)
def test_what_cannot_be_read_is_said_with_a_way_out(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(ShorelineError) as caught:
        read_brush(file)
    assert caught.value.advice
    assert file.stem in str(caught.value)


def test_a_picture_becomes_a_stamp_and_a_huge_one_a_smaller_one(tmp_path: Path) -> None:
    picture = np.full((60, 10_000), 255, np.uint8)
    picture[:, :5000] = 0
    file = tmp_path / "half.png"
    cv2.imwrite(str(file), picture)
    imported = read_brush(file)
    assert "10000" in str(imported.notes[0])
    alpha = preview(imported.preset.brush.with_changes(spacing=9), 100, 60, (0, 0, 0))[..., 3]
    assert alpha.any(), "dark paints"
    assert imported.preset.brush.tip == Tip(kind="stamp", picture=imported.preset.brush.tip.picture)
