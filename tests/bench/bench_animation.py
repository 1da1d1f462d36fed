"""Whether frames belong together: what optical flow cannot explain between neighbours, against independent pictures."""

from __future__ import annotations

import os
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np

from studio.composition import build_services
from studio.files.animation.project import read_project
from studio.generation import CancelToken
from studio.generation.motion import warped_difference
from studio.jobs.animation import AnimationRunner
from studio.paths import default_paths
from tests.bench.measurement import Measurement

FRAMES = int(os.environ.get("SHORELINE_BENCH_FRAMES", "48"))
"""Of each run; on a busy machine fewer tell as much."""

HEAD = """
frames = {frames}
model = "starter/few_steps"
scheduler = "ddim"
steps = 4
guidance_scale = 1.0
"""
WALK = """
prompt = [{{ frame = 0, text = "a beach at noon" }}, {{ frame = {last}, text = "日落的海滩" }}]
seed = [{{ frame = 0, seed = 1 }}, {{ frame = {last}, seed = 2 }}]
"""
FEEDBACK = """
mode = "feedback"
prompt = "a beach at noon"
seed = 1
strength = 0.3
[keyframes]
zoom = 1.02
"""


def run() -> list[Measurement]:
    seeds = ", ".join(f'{{ frame = {index}, seed = {index}, interpolation = "step" }}' for index in range(FRAMES))
    independent = _mean_difference(f'prompt = "a beach at noon"\nseed = [{seeds}]\n')
    walk = _mean_difference(WALK.format(last=FRAMES - 1))
    feedback = _mean_difference(FEEDBACK)
    return [_measurement("latent walk", walk, independent), _measurement("feedback", feedback, independent)]


def _mean_difference(text: str) -> float:
    """Mean levels between neighbouring frames of a project after the first was warped to the second."""
    services = build_services(default_paths())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "project.toml"
        path.write_text(HEAD.format(frames=FRAMES) + text, "utf-8")
        runner = AnimationRunner(services.host, services.runner)
        done = runner.run(read_project(path), folder / "work", CancelToken(), lambda progress: None)
        pictures = (done.work.read(index)[..., :3] for index in range(FRAMES))
        mean = float(np.mean([warped_difference(one, two) for one, two in pairwise(pictures)]))
        done.work.release()
    return mean


def _measurement(name: str, ours: float, independent: float) -> Measurement:
    return Measurement(
        name=f"{name}: warped difference between neighbours against independent seeds",
        value=ours / independent,
        unit="x",
        goal=0.5,
        ours=f"{ours:.2f} levels",
        peer=f"{independent:.2f} levels",
        note=f"{FRAMES} frames, starter/few_steps, 256x256",
    )
