"""Films as their players show them: upright, in their shape, each frame for its own time, and no cover instead."""

from __future__ import annotations

import struct
import wave
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from studio.document import Pixels
from studio.errors import UnsupportedFileError
from studio.files.animation.read import open_frames

WIDTH, HEIGHT = 64, 48
CORNERS = {"top left": (0, 220, 0), "top right": (220, 0, 0), "bottom left": (0, 0, 220), "bottom right": (220, 220, 0)}


def picture(shade: int = 0) -> Pixels:
    """Four quarters of different colours; ``shade`` 0..3 makes the middle lighter."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for (vertical, horizontal), colour in zip(np.ndindex(2, 2), CORNERS.values(), strict=True):
        half = HEIGHT // 2, WIDTH // 2
        rows = slice(vertical * half[0], (vertical + 1) * half[0])
        pixels[rows, horizontal * half[1] : (horizontal + 1) * half[1]] = colour
    pixels[16:32, 24:40] = shade * 80
    return pixels


def film(
    path: Path,
    times: list[int],
    last: int = 100,
    *,
    base: Fraction = Fraction(1, 1000),
    matrix: tuple[int, ...] | None = None,
    aspect: Fraction | None = None,
    codec: str = "libx264",
) -> Path:
    """A film whose frames come at ``times`` of ``base`` seconds each; the last one stays for ``last``."""
    with av.open(path, "w") as container:
        stream: Any = container.add_stream(
            codec, rate=10, options={"bf": "0", "crf": "10"} if codec == "libx264" else {}
        )
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.time_base = base
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        durations = dict(zip(times, [*np.diff(times).tolist(), last], strict=True))
        packets = []
        for number, pts in enumerate(times):
            frame = av.VideoFrame.from_ndarray(picture(number % 4), format="rgb24")
            frame.pts, frame.time_base = pts, base
            packets += stream.encode(frame)
        for packet in [*packets, *stream.encode(None)]:
            packet.duration = durations[packet.pts]
            container.mux(packet)
    if matrix is not None:
        data = path.read_bytes()
        place = data.rindex(_matrix(1, 0, 0, 1))  # that of the track comes after that of the film
        path.write_bytes(data[:place] + _matrix(*matrix) + data[place + 36 :])
    return path


def _matrix(a: int, b: int, c: int, d: int) -> bytes:
    """As MP4 holds it: numbers of 16.16 bits, in the last column of 2.30."""
    return struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)


def corners(pixels: Pixels) -> list[str]:
    """Names of the colours at the top left, top right, bottom left and bottom right."""
    found = []
    for row, column in ((4, 4), (4, -5), (-5, 4), (-5, -5)):
        apart = {name: int(np.abs(pixels[row, column, :3].astype(int) - rgb).sum()) for name, rgb in CORNERS.items()}
        found.append(min(apart, key=lambda name: apart[name]))
    return found


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov"])
def test_every_frame_has_its_own_time(tmp_path: Path, ending: str) -> None:
    path = film(tmp_path / f"a.{ending}", [0, 100, 1000, 1033], last=2000)
    frames = open_frames(path)
    assert (frames.rate, frames.count) == (None, 4)
    assert [frame.duration for frame in frames.frames()] == [100, 900, 33, 2000]


def test_an_avi_in_which_pictures_stay_is_whole(tmp_path: Path) -> None:
    frames = open_frames(film(tmp_path / "a.avi", [0, 100, 400, 500], codec="mpeg4", base=Fraction(1, 1000)))
    assert frames.count == 4
    assert [frame.duration for frame in frames.frames()] == [100, 300, 100, 100]


def test_a_late_beginning_is_not_shown_as_time(tmp_path: Path) -> None:
    frames = open_frames(film(tmp_path / "a.mkv", [500, 600, 1000]))
    assert [frame.duration for frame in frames.frames()][:2] == [100, 400]


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi"])
@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(60)])
def test_a_steady_film_has_its_rate(tmp_path: Path, ending: str, rate: Fraction) -> None:
    path = film(tmp_path / f"a.{ending}", list(range(40)), last=1, base=1 / rate)
    assert float(open_frames(path).rate or 0) == pytest.approx(float(rate), rel=1e-3)


def test_a_steady_film_whose_last_frame_stays_keeps_that(tmp_path: Path) -> None:
    frames = open_frames(film(tmp_path / "a.mp4", [0, 100, 200], last=1500))
    assert [frame.duration for frame in frames.frames()] == [100, 100, 1500]


TURNS = {
    "upright": ((1, 0, 0, 1), ["top left", "top right", "bottom left", "bottom right"]),
    "mirrored": ((-1, 0, 0, 1), ["top right", "top left", "bottom right", "bottom left"]),
    "half": ((-1, 0, 0, -1), ["bottom right", "bottom left", "top right", "top left"]),
    "flipped": ((1, 0, 0, -1), ["bottom left", "bottom right", "top left", "top right"]),
    "right": ((0, 1, -1, 0), ["bottom left", "top left", "bottom right", "top right"]),
    "left": ((0, -1, 1, 0), ["top right", "bottom right", "top left", "bottom left"]),
    "transposed": ((0, 1, 1, 0), ["top left", "bottom left", "top right", "bottom right"]),
    "transversed": ((0, -1, -1, 0), ["bottom right", "top right", "bottom left", "top left"]),
}


@pytest.mark.parametrize("turn", TURNS)
def test_films_are_turned_and_mirrored_as_they_say(tmp_path: Path, turn: str) -> None:
    """A display matrix (a b, c d) sends the point (x, y), y down, to (a x + c y, b x + d y)."""
    matrix, wanted = TURNS[turn]
    frames = open_frames(film(tmp_path / "a.mp4", [0, 100], matrix=matrix))
    shown = frames.frame(0).pixels
    assert corners(shown) == wanted
    assert frames.size == shown.shape[1::-1] == ((HEIGHT, WIDTH) if matrix[0] == 0 else (WIDTH, HEIGHT))


@pytest.mark.parametrize(
    ("aspect", "size"), [(Fraction(2), (128, 48)), (Fraction(1, 2), (64, 96)), (Fraction(16, 15), (68, 48))]
)
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_pixels_that_are_not_square_are_shown_in_their_shape(
    tmp_path: Path, aspect: Fraction, size: tuple[int, int], ending: str
) -> None:
    frames = open_frames(film(tmp_path / f"a.{ending}", [0, 100], aspect=aspect))
    assert frames.size == size
    assert frames.frame(1).pixels.shape == (size[1], size[0], 4)
    assert corners(frames.frame(0).pixels) == list(CORNERS)


def test_the_shape_comes_before_the_turn(tmp_path: Path) -> None:
    frames = open_frames(film(tmp_path / "a.mp4", [0, 100], aspect=Fraction(2), matrix=(0, 1, -1, 0)))
    assert frames.size == (48, 128)


def test_a_shape_that_cannot_be_is_left_out(tmp_path: Path) -> None:
    assert open_frames(film(tmp_path / "a.mp4", [0, 100], aspect=Fraction(100))).size == (64, 48)


def with_cover(path: Path, *, film_too: bool) -> Path:
    """An MP4 with a cover picture of 32x32, and a film or a sound."""
    from av.stream import Disposition

    with av.open(path, "w") as container:
        cover: Any = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 32, 32, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        other: Any = container.add_stream("libx264" if film_too else "aac", rate=10 if film_too else 44100)
        if film_too:
            other.width, other.height, other.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        container.mux(cover.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")))
        container.mux(cover.encode(None))
        for number in range(5):
            if film_too:
                frame: Any = av.VideoFrame.from_ndarray(picture(number % 4), format="rgb24")
            else:
                frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
                frame.sample_rate = 44100
            container.mux(other.encode(frame))
        container.mux(other.encode(None))
    return path


def test_the_film_is_read_and_not_its_cover(tmp_path: Path) -> None:
    frames = open_frames(with_cover(tmp_path / "a.mp4", film_too=True))
    assert (frames.size, frames.count) == ((WIDTH, HEIGHT), 5)


@pytest.mark.parametrize("name", ["a.wav", "a.mp4", "a.mp3", "a.flac", "a.m4a", "a.mka"])
def test_sound_is_refused_as_such(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.mp4":
        with_cover(path, film_too=False)
    elif name == "a.wav":
        with wave.open(str(path), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(struct.pack("<100h", *range(100)))
    elif name == "a.mp3":
        path.write_bytes(b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + bytes(413))
    else:
        codec = {"a.flac": "flac", "a.m4a": "aac", "a.mka": "flac"}[name]
        with av.open(path, "w") as container:
            stream: Any = container.add_stream(codec, rate=44100)
            kind = "s16" if codec == "flac" else "fltp"
            samples = np.zeros((1, 4096), np.int16 if codec == "flac" else np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format=kind, layout="mono")
            frame.sample_rate = 44100
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    with pytest.raises(UnsupportedFileError, match=rf"{name} holds sound only, and no film"):
        open_frames(path)
