"""Sprite sheets: even cells, and a JSON file that says where each sprite lies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.document import Pixels, Rect
from studio.errors import Cancelled, FileError, FileTooLargeError, SettingError, UnsupportedFileError
from studio.files.sheets.description import unique
from studio.files.sheets.layout import SheetOptions, Trim, lay_out
from studio.files.sheets.sheet import Sprite, write_sheet
from studio.generation import CancelToken

WIDTH, HEIGHT = 10, 6


def picture(number: int) -> Pixels:
    """Noise, in a box of its own on transparent ground."""
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    box = np.random.default_rng(number).integers(1, 256, (3, 2 + number % 3, 4), dtype=np.uint8)
    pixels[number % 3 : number % 3 + 3, number % 4 : number % 4 + box.shape[1]] = box
    return pixels


def sprite(number: int, draw: Callable[[], Pixels] | None = None) -> Sprite:
    return Sprite(f"cat {number}", (WIDTH, HEIGHT), draw or (lambda: picture(number)))


def written(folder: Path, options: SheetOptions, count: int = 7) -> tuple[Pixels, dict[str, Any]]:
    path = folder / "cats.png"
    assert write_sheet(path, [sprite(number) for number in range(count)], options) == ()
    return np.asarray(Image.open(path)), json.loads((folder / "cats.json").read_text("utf-8"))


def put_together(sheet: Pixels, entry: dict[str, Any]) -> Pixels:
    """A sprite as an engine makes it of its entry."""
    x, y, width, height = (entry["frame"][key] for key in "xywh")
    left, top = entry["spriteSourceSize"]["x"], entry["spriteSourceSize"]["y"]
    whole = np.zeros((entry["sourceSize"]["h"], entry["sourceSize"]["w"], 4), np.uint8)
    whole[top : top + height, left : left + width] = sheet[y : y + height, x : x + width]
    return whole


@pytest.mark.parametrize("trim", ["none", "each", "together"])
@pytest.mark.parametrize("extrude", [0, 2])
def test_each_sprite_is_found_again_by_its_entry(tmp_path: Path, trim: Trim, extrude: int) -> None:
    options = SheetOptions(trim=trim, extrude=extrude, padding=3, power_of_two=extrude > 0)
    sheet, described = written(tmp_path, options)
    assert [entry["filename"] for entry in described["frames"]] == [f"cat {number}.png" for number in range(7)]
    for number, entry in enumerate(described["frames"]):
        assert np.array_equal(put_together(sheet, entry), picture(number))
        assert (entry["rotated"], entry["trimmed"]) == (False, trim != "none")
    assert described["meta"]["image"] == "cats.png"
    assert described["meta"]["size"] == {"w": sheet.shape[1], "h": sheet.shape[0]}


def test_cells_are_even_and_nothing_lies_between_them(tmp_path: Path) -> None:
    sheet, described = written(tmp_path, SheetOptions(columns=3, padding=4))
    assert sheet.shape[:2] == (3 * HEIGHT + 2 * 4, 3 * WIDTH + 2 * 4)
    corners = [(entry["frame"]["x"], entry["frame"]["y"]) for entry in described["frames"]]
    assert corners == [((number % 3) * (WIDTH + 4), (number // 3) * (HEIGHT + 4)) for number in range(7)]
    between = sheet.copy()
    for x, y in corners:
        between[y : y + HEIGHT, x : x + WIDTH] = 0
    assert not between.any()


def test_extruded_borders_repeat_the_outermost_pixels(tmp_path: Path) -> None:
    sheet, described = written(tmp_path, SheetOptions(trim="each", extrude=2))
    for entry in described["frames"]:
        x, y, width, height = (entry["frame"][key] for key in "xywh")
        shown = sheet[y : y + height, x : x + width]
        around = sheet[y - 2 : y + height + 2, x - 2 : x + width + 2]
        assert np.array_equal(around, np.pad(shown, ((2, 2), (2, 2), (0, 0)), mode="edge"))


def test_trimmed_together_sprites_stay_in_register(tmp_path: Path) -> None:
    _, described = written(tmp_path, SheetOptions(trim="together"))
    assert len({json.dumps(entry["spriteSourceSize"]) for entry in described["frames"]}) == 1


@pytest.mark.parametrize(("count", "width", "height"), [(1, 5, 9), (7, 100, 10), (12, 33, 65), (64, 64, 64)])
def test_sides_are_powers_of_two(count: int, width: int, height: int) -> None:
    layout = lay_out([Rect(0, 0, width, height)] * count, SheetOptions(power_of_two=True))
    for side in (layout.width, layout.height):
        assert side & (side - 1) == 0
    assert len({(place.x, place.y) for place in layout.places}) == count
    assert all(place.x + width <= layout.width and place.y + height <= layout.height for place in layout.places)


def test_wide_sprites_are_stacked_into_a_square() -> None:
    layout = lay_out([Rect(0, 0, 400, 100)] * 8, SheetOptions(padding=0))
    assert (layout.columns, layout.width, layout.height) == (2, 800, 400)


def test_sprites_of_other_sizes_lie_in_the_middle_of_even_cells() -> None:
    layout = lay_out([Rect(0, 0, 20, 20), Rect(0, 0, 10, 4)], SheetOptions(columns=2, padding=0))
    assert [(place.x, place.y) for place in layout.places] == [(0, 0), (25, 8)]


def test_sheets_that_cannot_be_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    blank = sprite(1, lambda: np.zeros((HEIGHT, WIDTH, 4), np.uint8))
    huge = Sprite("wall", (9000, 9000), lambda: pytest.fail("drawn in vain"))
    path = tmp_path / "a.png"
    with pytest.raises(SettingError, match="nothing to put"):
        write_sheet(path, [], SheetOptions())
    for trim in ("none", "each"):
        with pytest.raises(SettingError, match="All 3 sprites are empty"):
            write_sheet(path, [blank] * 3, SheetOptions(trim=trim))
    with pytest.raises(FileTooLargeError, match="16384"):
        write_sheet(path, [huge] * 2, SheetOptions())
    with pytest.raises(UnsupportedFileError, match=r"\.json file beside it"):
        write_sheet(tmp_path / "a.jpg", [blank], SheetOptions())
    for options in (SheetOptions(columns=0), SheetOptions(padding=-1), SheetOptions(extrude=999)):
        with pytest.raises(SettingError, match="cannot be"):
            write_sheet(path, [sprite(1)], options)
    assert list(tmp_path.iterdir()) == []


def test_some_empty_sprites_are_told(tmp_path: Path) -> None:
    blank = sprite(9, lambda: np.zeros((HEIGHT, WIDTH, 4), np.uint8))
    notes = write_sheet(tmp_path / "a.png", [sprite(1), blank], SheetOptions(trim="each"))
    assert notes == ("1 of 2 sprites are empty.",)
    entry = json.loads((tmp_path / "a.json").read_text())["frames"][1]
    assert (entry["frame"]["w"], entry["sourceSize"]["w"]) == (1, WIDTH)


def test_a_picture_or_settings_of_that_name_are_not_written_over(tmp_path: Path) -> None:
    """The dialog asked about the one file; the other may be somebody's work."""
    (tmp_path / "level.json").write_text('{"meta": {"app": "Tiled"}}')
    with pytest.raises(FileError, match=r"level\.json is there already"):
        write_sheet(tmp_path / "level.png", [sprite(1)], SheetOptions())
    picture_file = tmp_path / "hero.png"
    picture_file.write_bytes(b"art")
    with pytest.raises(FileError, match=r"hero\.png is there already"):
        write_sheet(tmp_path / "hero.json", [sprite(1)], SheetOptions())
    assert picture_file.read_bytes() == b"art"
    assert not (tmp_path / "hero.json").exists()


def test_a_sheet_is_written_again_and_a_failure_keeps_the_old_one(tmp_path: Path) -> None:
    written(tmp_path, SheetOptions())
    before = [(tmp_path / name).read_bytes() for name in ("cats.png", "cats.json")]

    def fail() -> Pixels:
        raise FileError("The layer is gone.")

    with pytest.raises(FileError, match="gone"):
        write_sheet(tmp_path / "cats.png", [sprite(1), sprite(2, fail)], SheetOptions())
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_sheet(tmp_path / "cats.png", [sprite(1)], SheetOptions(), cancel=token)
    assert [(tmp_path / name).read_bytes() for name in ("cats.png", "cats.json")] == before
    assert len(list(tmp_path.iterdir())) == 2
    sheet, _ = written(tmp_path, SheetOptions(columns=1), count=2)
    assert sheet.shape[1] == WIDTH


def test_a_name_that_is_no_text_is_told_as_json_writes_it(tmp_path: Path) -> None:
    name = "cat \udcff"  # as Python has the byte 255 of a file's name
    write_sheet(tmp_path / "a.png", [Sprite(name, (WIDTH, HEIGHT), lambda: picture(1))], SheetOptions())
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["frames"][0]["filename"] == f"{name}.png"


def test_names_become_unique() -> None:
    assert unique(["a.png", "a.png", "a 2.png", "a.png"]) == ["a.png", "a 2.png", "a 2 2.png", "a 3.png"]


def test_progress_counts_every_drawing(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    options = SheetOptions(trim="each")
    write_sheet(
        tmp_path / "a.png",
        [sprite(number) for number in range(3)],
        options,
        report=lambda progress: told.append((progress.step, progress.total_steps)),
    )
    assert told == [(step, 6) for step in range(1, 7)]
