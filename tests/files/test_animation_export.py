"""Frames into every animated format and back, with their times, their transparency and their failures."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from studio.document import Pixels
from studio.errors import (
    Cancelled,
    CorruptFileError,
    FileError,
    FileTooLargeError,
    SettingError,
    UnsupportedFileError,
)
from studio.files.animation import video as animation_video
from studio.files.animation.export import export_frames
from studio.files.animation.formats import AnimationFormat, ExportOptions, parse_fps
from studio.files.animation.frames import MemoryFrames
from studio.files.animation.playback import is_opaque
from studio.files.animation.read import open_frames
from studio.files.pictures.images import Frame
from studio.generation import CancelToken, Progress

WIDTH, HEIGHT, COUNT = 66, 48, 6
ENDINGS = ("gif", "apng", "webp", "avif", "mp4", "webm")


def pictures(
    count: int = COUNT, *, transparent: bool = False, width: int = WIDTH, height: int = HEIGHT
) -> list[Pixels]:
    """A smooth ground with a red disc that moves to the right; above it a hole that grows."""
    y, x = np.mgrid[0:height, 0:width]
    made = []
    for index in range(count):
        pixels = np.full((height, width, 4), 255, np.uint8)
        pixels[..., 0] = x * 255 // width
        pixels[..., 1] = y * 255 // height
        pixels[..., 2] = 128
        pixels[(x - 12 - 7 * index) ** 2 + (y - 30) ** 2 < 80] = (230, 40, 30, 255)
        if transparent:
            pixels[(x - 50) ** 2 + (y - 12) ** 2 < 20 + 12 * index, 3] = 0
        made.append(pixels)
    return made


def source(*, fps: int = 10, **options: object) -> MemoryFrames:
    return MemoryFrames(pictures(**options), rate=Fraction(fps), name="disc")  # type: ignore[arg-type]


def difference(one: Pixels, other: Pixels) -> float:
    """Mean levels between two pictures, where transparent colours do not count."""
    shown = [pixels.astype(np.int32) * pixels[..., 3:] // 255 for pixels in (one, other)]
    return float(np.abs(shown[0] - shown[1]).mean())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("transparent", [False, True])
def test_every_format_comes_back_with_its_pictures_times_and_transparency(
    tmp_path: Path, ending: str, transparent: bool
) -> None:
    path = tmp_path / f"disc.{ending}"
    frames = source(transparent=transparent)
    options = ExportOptions(quality=92, background=(255, 255, 255) if ending == "mp4" else None)
    export_frames(frames, path, options=options)
    back = open_frames(path)
    read = list(back.frames())
    assert back.count == len(read) == COUNT
    assert back.size == (WIDTH, HEIGHT)
    assert [frame.duration for frame in read] == [100] * COUNT
    if ending == "mp4" and transparent:
        return
    for index, frame in enumerate(read):
        assert difference(frame.pixels, frames.frame(index).pixels) < (0.01 if ending == "apng" else 4.0)


def test_a_folder_of_png_files_comes_back_exactly(tmp_path: Path) -> None:
    frames = source(transparent=True)
    export_frames(frames, tmp_path / "disc")
    assert sorted(path.name for path in (tmp_path / "disc").iterdir())[0] == "disc_0001.png"
    back = list(open_frames(tmp_path / "disc").frames())
    assert all(np.array_equal(one.pixels, two.pixels) for one, two in zip(back, frames.frames(), strict=True))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "disc").mkdir()
    (tmp_path / "disc" / "mine.txt").write_text("keep")
    with pytest.raises(FileError, match="not empty"):
        export_frames(source(), tmp_path / "disc")
    assert [path.name for path in (tmp_path / "disc").iterdir()] == ["mine.txt"]


def test_a_sprite_sheet_names_the_place_of_every_frame(tmp_path: Path) -> None:
    frames = source(transparent=True)
    export_frames(frames, tmp_path / "disc.json", options=ExportOptions(columns=4))
    described = json.loads((tmp_path / "disc.json").read_text("utf-8"))
    assert described["meta"]["size"] == {"w": 4 * WIDTH, "h": 2 * HEIGHT}
    sheet = np.array(Image.open(tmp_path / described["meta"]["image"]))
    assert len(described["frames"]) == COUNT
    for entry, frame in zip(described["frames"].values(), frames.frames(), strict=True):
        x, y, w, h = (entry["frame"][key] for key in "xywh")
        assert np.array_equal(sheet[y : y + h, x : x + w], frame.pixels)
        assert entry["duration"] == 100


def test_a_sheet_larger_than_a_texture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError, match="16384"):
        export_frames(source(), tmp_path / "d.json", options=ExportOptions(size=(4000, 400), columns=6))
    assert list(tmp_path.iterdir()) == []


def test_range_speed_size_and_ping_pong(tmp_path: Path) -> None:
    options = ExportOptions(first=2, last=4, fps=Fraction(20), size=(32, 24), ping_pong=True)
    export_frames(source(), tmp_path / "a.apng", options=options)
    read = list(open_frames(tmp_path / "a.apng").frames())
    assert [frame.pixels.shape for frame in read] == [(24, 32, 4)] * 8
    assert np.array_equal(read[2].pixels, read[6].pixels)
    assert [frame.duration for frame in read] == [50] * 8


@pytest.mark.parametrize("ending", [*ENDINGS, "json", ""])
@pytest.mark.parametrize(("fps", "shown"), [(20, [0, 0, 1, 1, 2, 2, 3, 3]), (5, [0, 2])])
def test_another_rate_resamples_and_plays_as_long(tmp_path: Path, ending: str, fps: int, shown: list[int]) -> None:
    path = tmp_path / f"disc.{ending}".rstrip(".")
    frames = source(count=4)
    export_frames(frames, path, options=ExportOptions(fps=Fraction(fps), quality=92))
    if ending == "json":
        durations = [entry["duration"] for entry in json.loads(path.read_text("utf-8"))["frames"].values()]
        assert durations == [1000 // fps] * len(shown)
        return
    back = open_frames(path)
    assert back.count == len(shown)
    for frame, index in zip(back.frames(), shown, strict=True):
        assert difference(frame.pixels, frames.frame(index).pixels) < 4.0
        assert frame.duration == (1000 // fps if ending else 100)


def test_frames_without_times_of_their_own_are_played_at_the_rate_that_is_given(tmp_path: Path) -> None:
    export_frames(source(count=4), tmp_path / "folder")
    export_frames(open_frames(tmp_path / "folder"), tmp_path / "a.apng", options=ExportOptions(fps=Fraction(5)))
    assert [frame.duration for frame in open_frames(tmp_path / "a.apng").frames()] == [200] * 4


def uneven(tmp_path: Path) -> Path:
    """A GIF whose frames are shown for 100, 900, 50 and 2000 milliseconds."""
    images = [Image.fromarray(pixels[..., :3]) for pixels in pictures(4)]
    durations = [100, 900, 50, 2000]
    images[0].save(tmp_path / "uneven.gif", save_all=True, append_images=images[1:], duration=durations, loop=0)
    return tmp_path / "uneven.gif"


@pytest.mark.parametrize("ending", [*ENDINGS, "json"])
def test_uneven_times_survive_every_format(tmp_path: Path, ending: str) -> None:
    export_frames(open_frames(uneven(tmp_path)), tmp_path / f"a.{ending}")
    if ending == "json":
        described = json.loads((tmp_path / "a.json").read_text("utf-8"))
        assert [entry["duration"] for entry in described["frames"].values()] == [100, 900, 50, 2000]
        return
    assert [frame.duration for frame in open_frames(tmp_path / f"a.{ending}").frames()] == [100, 900, 50, 2000]


@pytest.mark.parametrize("ending", ["mp4", "json"])
def test_uneven_times_can_be_made_even(tmp_path: Path, ending: str) -> None:
    frames = open_frames(uneven(tmp_path))
    export_frames(frames, tmp_path / f"a.{ending}", options=ExportOptions(fps=Fraction(20)))
    if ending == "json":
        described = json.loads((tmp_path / "a.json").read_text("utf-8"))
        assert len(described["frames"]) == 61
        return
    back = open_frames(tmp_path / "a.mp4")
    assert (back.rate, back.count) == (20, 61)
    originals = list(frames.frames())
    shown = [
        min(range(4), key=lambda index: difference(frame.pixels, originals[index].pixels)) for frame in back.frames()
    ]
    assert shown == [0] * 2 + [1] * 18 + [2] + [3] * 40


def test_a_gif_keeps_the_average_speed_though_it_counts_hundredths(tmp_path: Path) -> None:
    export_frames(source(count=24, fps=24), tmp_path / "a.gif")
    assert sum(frame.duration for frame in open_frames(tmp_path / "a.gif").frames()) == 1000


@pytest.mark.parametrize(("loops", "told"), [(0, 0), (1, None), (3, 2)])
def test_how_often_a_gif_plays(tmp_path: Path, loops: int, told: int | None) -> None:
    """The format counts the times that it plays again."""
    export_frames(source(), tmp_path / "a.gif", options=ExportOptions(loops=loops))
    with Image.open(tmp_path / "a.gif") as image:
        assert image.info.get("loop") == told


@pytest.mark.parametrize("ending", ["apng", "webp"])
def test_how_often_others_play(tmp_path: Path, ending: str) -> None:
    export_frames(source(), tmp_path / f"a.{ending}", options=ExportOptions(loops=3))
    with Image.open(tmp_path / f"a.{ending}") as image:
        assert image.info["loop"] == 3


def test_webp_at_full_quality_is_lossless(tmp_path: Path) -> None:
    frames = source(transparent=True)
    export_frames(frames, tmp_path / "a.webp", options=ExportOptions(quality=100))
    for one, two in zip(open_frames(tmp_path / "a.webp").frames(), frames.frames(), strict=True):
        assert np.array_equal(one.pixels[one.pixels[..., 3] > 0], two.pixels[two.pixels[..., 3] > 0])


def test_dithering_brings_a_gif_nearer_on_the_whole(tmp_path: Path) -> None:
    """Blurred a little, as eyes do, a dithered ramp is nearer to the true one than a banded one."""
    means = {}
    for dither in ("floyd_steinberg", "ordered", "none"):
        path = tmp_path / f"{dither}.gif"
        export_frames(source(), path, options=ExportOptions(dither=dither))  # type: ignore[arg-type]
        first = next(open_frames(path).frames()).pixels[:48, :64, :3].astype(float)
        true = pictures()[0][:48, :64, :3].astype(float)
        blocks = [pixels.reshape(6, 8, 8, 8, 3).mean(axis=(1, 3)) for pixels in (first, true)]
        means[dither] = np.abs(blocks[0] - blocks[1]).mean()
    assert means["floyd_steinberg"] < means["none"]
    assert means["ordered"] < means["none"] + 1.0


def test_transparency_on_white_is_noted_for_mp4(tmp_path: Path) -> None:
    notes = export_frames(source(transparent=True), tmp_path / "a.mp4")
    assert notes == ("MP4 has no transparency: transparent parts lie on white.",)
    last = list(open_frames(tmp_path / "a.mp4").frames())[-1]
    assert last.pixels[12, 50, :3].min() > 240
    assert export_frames(source(), tmp_path / "b.mp4") == ()


def test_an_mp4_keeps_its_colours_and_says_how_they_are_coded(tmp_path: Path) -> None:
    corners = np.array(list(itertools.product((0, 128, 255), repeat=3)), np.uint8).reshape(3, 9, 3)
    patches = np.full((48, 144, 4), 255, np.uint8)
    patches[..., :3] = np.kron(corners, np.ones((16, 16, 1), np.uint8))
    turned = patches[::-1, ::-1]  # a view with strides of its own
    film = tmp_path / "a.mp4"
    export_frames(MemoryFrames([patches, turned], rate=Fraction(10)), film, options=ExportOptions(quality=100))
    with av.open(film) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
    read = [frame.pixels.astype(int) for frame in open_frames(film).frames()]
    middle = (slice(8, None, 16), slice(8, None, 16))  # chroma of half the size blurs the edges between patches
    for frame, given in zip(read, (patches, turned), strict=True):
        assert np.abs(frame[middle] - given[middle]).max() <= 5


@pytest.mark.parametrize("place", [(0, 0), (20, 31), (47, 65)])
def test_one_pixel_that_is_almost_opaque_is_seen(place: tuple[int, int]) -> None:
    (pixels,) = pictures(1)
    assert is_opaque(pixels)
    assert is_opaque(pixels[:, ::-2])
    pixels[(*place, 3)] = 254
    assert not is_opaque(pixels)


def test_odd_sides_are_refused_for_h264_or_padded(tmp_path: Path) -> None:
    odd = source(width=65, height=47)
    with pytest.raises(SettingError, match="even sides, but the frames are 65x47"):
        export_frames(odd, tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []
    export_frames(odd, tmp_path / "a.mp4", options=ExportOptions(pad=True))
    assert open_frames(tmp_path / "a.mp4").size == (66, 48)
    export_frames(odd, tmp_path / "a.webm")
    assert open_frames(tmp_path / "a.webm").size == (65, 47)


def test_a_missing_encoder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(animation_video.ENCODERS, AnimationFormat.MP4, ("libnone",))
    with pytest.raises(UnsupportedFileError, match=r"no H\.264 encoder") as caught:
        export_frames(source(), tmp_path / "a.mp4")
    assert "WebP" in caught.value.advice
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["0", "-5", "1001", "1/0", "fast", ""])
def test_fps_that_cannot_be(text: str) -> None:
    with pytest.raises(SettingError):
        parse_fps(text)


@pytest.mark.parametrize(
    "options",
    [
        ExportOptions(fps=Fraction(0)),
        ExportOptions(fps=Fraction(60)),
        ExportOptions(first=3, last=2),
        ExportOptions(last=COUNT + 1),
        ExportOptions(size=(0, 10)),
        ExportOptions(quality=0),
        ExportOptions(loops=-1),
    ],
)
def test_options_that_cannot_be_leave_the_old_file(tmp_path: Path, options: ExportOptions) -> None:
    old = tmp_path / "a.gif"
    old.write_bytes(b"old")
    with pytest.raises(SettingError):
        export_frames(source(), old, options=options)
    assert old.read_bytes() == b"old"


class Failing(MemoryFrames):
    """Frames of which the fourth cannot be read."""

    def frames(self, start: int = 0) -> Iterator[Frame]:
        yield from list(super().frames(start))[:3]
        raise CorruptFileError("disc is damaged.")

    random_access = False  # type: ignore[misc]


@pytest.mark.parametrize("name", [*(f"a.{ending}" for ending in ENDINGS), "a.json", "folder"])
def test_a_failure_or_a_cancel_in_the_middle_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorruptFileError):
        export_frames(Failing(pictures(), rate=Fraction(10)), tmp_path / name)
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.step == 3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        export_frames(source(), tmp_path / name, cancel=cancel, report=stop)
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from studio.errors import FileError
from studio.files.animation.export import export_frames
from studio.files.animation.frames import MemoryFrames
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
noise = np.random.default_rng(0).integers(0, 256, (10, 96, 128, 4)).astype(np.uint8)
noise[..., 3] = 255
folder = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
for name in ("a.gif", "a.apng", "a.webp", "a.avif", "a.mp4", "a.webm", "a.json", "folder"):
    try:
        export_frames(MemoryFrames(noise), folder / name)
    except FileError as error:
        assert "File too large" in error.message, error
        assert "save elsewhere" in error.advice, error
    else:
        raise AssertionError(name)
assert list(folder.iterdir()) == [], list(folder.iterdir())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of the system on file sizes")
def test_a_disk_that_fills_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    seen: list[Progress] = []
    export_frames(source(), tmp_path / "a.webp", report=seen.append)
    assert [progress.step for progress in seen] == [1, 2, 3, 4, 5, 6]
    assert {progress.total_steps for progress in seen} == {COUNT}
    assert seen[-1].seconds_left == 0


def test_frames_of_different_sizes_need_a_size(tmp_path: Path) -> None:
    mixed = MemoryFrames([*pictures(2), *pictures(1, width=40)])
    with pytest.raises(UnsupportedFileError, match="66x48 and of 40x48"):
        export_frames(mixed, tmp_path / "a.gif")
    export_frames(mixed, tmp_path / "a.gif", options=ExportOptions(size=(40, 40)))
    assert open_frames(tmp_path / "a.gif").size == (40, 40)
