"""Films, animations and folders of frames as they come in, whole and damaged."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import Document, PaintLayer, Raster, make_timeline, set_hold
from studio.errors import CorruptFileError, FileError, UnsupportedFileError
from studio.files.animation.export import export_frames
from studio.files.animation.formats import ExportOptions
from studio.files.animation.frames import MemoryFrames
from studio.files.animation.read import open_frames
from studio.files.documents import read_picture, save_document


def film(path: Path, count: int = 40) -> Path:
    noise = np.random.default_rng(0).integers(0, 256, (count, 64, 64, 4)).astype(np.uint8)
    noise[..., 3] = 255
    export_frames(MemoryFrames(noise, rate=Fraction(25)), path, options=ExportOptions(quality=60))
    return path


@pytest.mark.parametrize(
    ("name", "durations", "references"),
    [
        ("pil_anim.gif", [80, 120, 100, 60, 300], {0: "pil_anim_gif.frame0", 4: "pil_anim_gif.frame4"}),
        ("gimp_anim.webp", None, {0: "gimp_anim_webp.frame0", 3: "gimp_anim_webp.frame3"}),
    ],
)
def test_animations_of_other_programs(
    samples: Path, name: str, durations: list[int] | None, references: dict[int, str]
) -> None:
    frames = list(open_frames(samples / name).frames())
    if durations is not None:
        assert [frame.duration for frame in frames] == durations
    for index, reference in references.items():
        wanted = read_picture(samples / f"{reference}.ref.png").astype(int)
        found = frames[index].pixels.astype(int)
        assert np.abs(found * found[..., 3:] // 255 - wanted * wanted[..., 3:] // 255).max() <= 1


@pytest.mark.parametrize("name", ["pil_anim.gif", "gimp_anim.webp"])
def test_an_animation_converted_to_apng_is_the_same(samples: Path, tmp_path: Path, name: str) -> None:
    export_frames(open_frames(samples / name), tmp_path / "a.png")
    before, after = (list(open_frames(path).frames()) for path in (samples / name, tmp_path / "a.png"))
    assert [frame.duration for frame in before] == [frame.duration for frame in after]
    assert all(np.array_equal(one.pixels, two.pixels) for one, two in zip(before, after, strict=True))


def test_frames_can_begin_in_the_middle(tmp_path: Path) -> None:
    frames = open_frames(film(tmp_path / "a.webm", 8))
    whole = list(frames.frames())
    assert np.array_equal(frames.frame(5).pixels, whole[5].pixels)
    assert len(list(frames.frames(6))) == 2
    with pytest.raises(IndexError):
        frames.frame(8)


def test_a_folder_goes_by_number(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        Image.new("RGB", (4, 4), (number, 0, 0)).save(tmp_path / f"f{number}.png")
    (tmp_path / "notes.txt").write_text("not a frame")
    assert [int(frame.pixels[0, 0, 0]) for frame in open_frames(tmp_path).frames()] == [1, 9, 10]


def test_what_has_no_frames_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="holds no frames"):
        open_frames(tmp_path)
    with pytest.raises(FileError, match="does not exist"):
        open_frames(tmp_path / "none.mp4")
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(CorruptFileError, match=r"empty\.mp4 is empty"):
        open_frames(tmp_path / "empty.mp4")


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_a_film_cut_short_is_reported_and_leaves_no_output(tmp_path: Path, ending: str) -> None:
    path = film(tmp_path / f"a.{ending}")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    if ending == "webm":  # its frames stand one behind the other, and those that are there are sound
        assert 0 < len(list(open_frames(path).frames())) < 40
        return
    with pytest.raises(CorruptFileError, match=r"a\.mp4"):
        export_frames(open_frames(path), tmp_path / "out.gif")
    assert not (tmp_path / "out.gif").exists()


def test_a_film_with_noise_in_it_never_crashes(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    data = bytearray(path.read_bytes())
    middle = len(data) // 3
    data[middle : middle + 4000] = np.random.default_rng(1).integers(0, 256, 4000).astype(np.uint8).tobytes()
    path.write_bytes(bytes(data))
    with suppress(CorruptFileError):
        assert len(list(open_frames(path).frames())) <= 40


@pytest.mark.parametrize("content", [b"no film at all " * 50, b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n", b"\0" * 4096])
def test_what_is_no_film_is_refused_and_no_playlist_is_followed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(CorruptFileError, match=r"a\.mp4"):
        open_frames(path)


def test_a_layered_picture_is_no_animation(samples: Path) -> None:
    with pytest.raises(UnsupportedFileError, match="layered"):
        open_frames(samples / "krita_groups.ora")


def test_a_timeline_is_read_as_it_is_played(tmp_path: Path) -> None:
    shades = (40, 120, 200)
    pictures = [np.full((20, 30, 4), (shade, 0, 0, 255), np.uint8) for shade in shades]
    layers = tuple(
        PaintLayer(name=str(shade), raster=Raster.from_array(p)) for shade, p in zip(shades, pictures, strict=True)
    )
    document = Document(width=30, height=20, layers=layers)
    ids = tuple(layer.id for layer in layers)
    document = set_hold(make_timeline(document, ids, name="Frames", frame_name="Frame", fps=8), ids[1:2], 3)
    save_document(document, tmp_path / "walk.ora")
    opened = open_frames(tmp_path / "walk.ora")
    assert (opened.size, opened.count, opened.rate) == ((30, 20), 5, Fraction(8))
    played = [40, 120, 120, 120, 200]
    assert [frame.pixels[0, 0].tolist() for frame in opened.frames()] == [[shade, 0, 0, 255] for shade in played]
    export_frames(opened, tmp_path / "walk.gif")
    assert [frame.pixels[5, 5, 0] for frame in open_frames(tmp_path / "walk.gif").frames()] == played
