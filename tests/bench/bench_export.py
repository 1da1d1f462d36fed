"""Exporting animations: speed against Pillow and a bare PyAV loop, and whether memory grows with the frames."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from studio.document import Pixels
from studio.files.animation.export import export_frames
from studio.files.animation.frames import MemoryFrames
from tests.bench.measurement import Measurement, taking_turns

SIDE = 256
FRAMES = 96
RUNS = 21
"""Pairs of exports: the median of their ratios settles to about 0.02 on a machine with other work."""
FPS = 12
MEMORY_FORMATS = ("gif", "mp4", "webp", "apng")
FEW, MANY = 100, 1000


def run() -> list[Measurement]:
    pictures = [moving_scene(index) for index in range(FRAMES)]
    with tempfile.TemporaryDirectory() as folder:
        speeds = [_gif(pictures, Path(folder)), _mp4(pictures, Path(folder))]
        return [*speeds, *(_memory(ending, Path(folder)) for ending in MEMORY_FORMATS)]


def moving_scene(index: int, side: int = SIDE) -> Pixels:
    """A sky, a grainy ground and a disc that moves, as straight RGBA: about as hard as a drawn frame."""
    y, x = np.mgrid[0:side, 0:side]
    grain = np.random.default_rng(1).integers(0, 24, (side, side))
    pixels = np.full((side, side, 4), 255, np.uint8)
    pixels[..., 0] = x * 200 // side + grain
    pixels[..., 1] = y * 200 // side + grain
    pixels[..., 2] = 120
    pixels[(x - 5 * (index % 50)) ** 2 + (y - side // 2) ** 2 < (side // 8) ** 2] = (230, 60, 40, 255)
    return pixels


def _gif(pictures: list[Pixels], folder: Path) -> Measurement:
    source = MemoryFrames(pictures, rate=Fraction(FPS))
    images = [Image.fromarray(np.ascontiguousarray(pixels[..., :3])) for pixels in pictures]

    def pillow() -> None:
        first, *others = images
        first.save(folder / "pillow.gif", save_all=True, append_images=others, duration=1000 // FPS, loop=0)

    return _ratio("GIF", lambda: export_frames(source, folder / "ours.gif"), pillow, "Pillow", None)


def _mp4(pictures: list[Pixels], folder: Path) -> Measurement:
    source = MemoryFrames(pictures, rate=Fraction(FPS))
    rgb = [np.ascontiguousarray(pixels[..., :3]) for pixels in pictures]

    def bare() -> None:
        with av.open(folder / "bare.mp4", "w") as container:
            stream = container.add_stream("libx264", rate=FPS, options={"crf": "18", "preset": "medium"})
            stream.width = stream.height = SIDE
            stream.pix_fmt = "yuv420p"
            for pixels in rgb:
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            container.mux(stream.encode(None))

    return _ratio("MP4", lambda: export_frames(source, folder / "ours.mp4"), bare, "a bare PyAV loop", 0.95)


def _ratio(
    name: str, ours: Callable[[], object], peer: Callable[[], object], peer_name: str, goal: float | None
) -> Measurement:
    pairs = taking_turns(ours, peer, RUNS)
    own, other = (float(np.median(times)) for times in zip(*pairs, strict=True))
    ratios = [there / here for here, there in pairs]
    low, high = np.percentile(ratios, (25, 75))
    return Measurement(
        name=f"{name} export: frames a second against {peer_name}",
        value=float(np.median(ratios)),
        unit="x",
        goal=goal,
        better="higher",
        ours=f"{FRAMES / own:.0f} frames/s",
        peer=f"{FRAMES / other:.0f} frames/s",
        note=f"{FRAMES} frames of {SIDE}x{SIDE}; {RUNS} pairs, half of them between {low:.2f} and {high:.2f}",
    )


PEAK = """
import resource, sys
from fractions import Fraction
from pathlib import Path
from studio.files.animation.export import export_frames
from studio.files.pictures.images import DEFAULT_DURATION, Frame
from tests.bench.bench_export import moving_scene

class Scenes:
    name, size, rate, timed, has_alpha, random_access = "scenes", (128, 128), Fraction(12), True, False, True
    count = int(sys.argv[1])
    def frame(self, index):
        return Frame(moving_scene(index, 128), DEFAULT_DURATION)
    def frames(self, start=0):
        return (self.frame(index) for index in range(start, self.count))

export_frames(Scenes(), Path(sys.argv[2]))
status = Path("/proc/self/status")
if status.exists():  # Linux hands the figure of getrusage down from the process that started this one
    print(next(line.split()[1] for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _memory(ending: str, folder: Path) -> Measurement:
    """Peak memory of a process that exports many frames against one that exports few."""
    few, many = (_peak(count, folder / f"{count}.{ending}") for count in (FEW, MANY))
    return Measurement(
        name=f"{ending.upper()} export: peak memory of {MANY} frames against {FEW}",
        value=many / few,
        unit="x",
        goal=1.1,
        ours=f"{many / 1024:.0f} MiB",
        peer=f"{few / 1024:.0f} MiB",
        note="the whole process, frames of 128x128",
    )


def _peak(count: int, path: Path) -> int:
    command = [sys.executable, "-c", PEAK, str(count), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)
