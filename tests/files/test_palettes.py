"""Palettes of GIMP and Adobe become values; what is damaged leaves the rest."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from studio.errors import CorruptFileError, FileError
from studio.files.palettes import MAX_COLOURS, PaletteColour, read_palette


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_gimps_palettes_with_names_columns_and_remarks(tmp_path):
    text = (
        "GIMP Palette\r\nName: 海滩\r\nColumns: 4\r\n#\r\n  0 130 140\tSea water\r\n255,255,255\r\n\r\n12 34 56 7\r\n"
    )
    palette = read_palette(written(tmp_path, "a.gpl", b"\xef\xbb\xbf" + text.encode()))
    assert (palette.name, palette.columns, palette.notes) == ("海滩", 4, ())
    assert palette.colours == (
        PaletteColour((0, 130, 140), "Sea water"),
        PaletteColour((255, 255, 255)),
        PaletteColour((12, 34, 56), "7"),
    )


def test_lines_that_are_no_colours_are_counted(tmp_path):
    data = b"GIMP Palette\nName:\n1 2 3 caf\xe9\n1 2\n256 0 0\nnonsense\n"
    palette = read_palette(written(tmp_path, "beach.gpl", data))
    assert (palette.name, [colour.name for colour in palette.colours]) == ("beach", ["café"])
    assert palette.notes == ("3 colours could not be read and were left out.",)


def test_a_palette_without_end(tmp_path):
    palette = read_palette(written(tmp_path, "a.gpl", b"GIMP Palette\n" + b"1 2 3\n" * (MAX_COLOURS + 1)))
    assert len(palette.colours) == MAX_COLOURS
    assert "first 10000" in palette.notes[0]


def named(name: str) -> bytes:
    units = (name + "\0").encode("utf-16-be")
    return struct.pack(">H", len(units) // 2) + units


def swatch(name: str, model: bytes, *values: float) -> bytes:
    body = named(name) + model + struct.pack(f">{len(values)}fH", *values, 2)
    return struct.pack(">HI", 1, len(body)) + body


def swatches(*blocks: bytes) -> bytes:
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def test_adobes_swatches_in_every_model(tmp_path):
    group = named("Beach")
    data = swatches(
        struct.pack(">HI", 0xC001, len(group)) + group,
        swatch("sea 海", b"RGB ", 0, 0.5, 1),
        swatch("", b"Gray", 0.25),
        swatch("ink", b"CMYK", 0, 1, 1, 0.5),
        swatch("white", b"LAB ", 1, 0, 0),
        swatch("red", b"LAB ", 0.5429, 80.8, 69.9),
        struct.pack(">HI", 0xC002, 0),
    )
    palette = read_palette(written(tmp_path, "a.ase", data))
    assert (palette.name, palette.notes) == ("Beach", ())
    assert [colour.name for colour in palette.colours] == ["sea 海", "", "ink", "white", "red"]
    found = [list(colour.rgb) for colour in palette.colours]
    assert found[:3] == [[0, 128, 255], [64, 64, 64], [128, 0, 0]]
    assert found[3] == pytest.approx([255, 255, 255], abs=1)
    assert found[4] == pytest.approx([255, 0, 0], abs=3)


def test_damaged_swatches_leave_the_others(tmp_path):
    good = swatch("good", b"RGB ", 1, 1, 1)
    data = swatches(swatch("odd", b"HSB ", 1, 1, 1), swatch("none", b"RGB ", float("nan"), 0, 0), good, good[:-4])
    palette = read_palette(written(tmp_path, "a.ase", data))
    assert [colour.name for colour in palette.colours] == ["good"]
    assert palette.notes == ("2 colours could not be read and were left out.",)


@pytest.mark.parametrize("data", [b"", b"ASEF", b"GIMP Palette\n", b"\x89PNG\r\n", b"ASEF\0\1\0\0\xff\xff\xff\xff"])
def test_what_is_no_palette_is_a_typed_error(tmp_path, data):
    with pytest.raises(CorruptFileError, match=r"a\.gpl"):
        read_palette(written(tmp_path, "a.gpl", data))
    with pytest.raises(FileError, match="missing"):
        read_palette(tmp_path / "missing.gpl")
