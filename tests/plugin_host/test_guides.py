"""Guides of plugins: those that ship name filters that are there, and those that break a rule are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from studio.api import FilterSpec, GuideSpec
from studio.api.testing import run_filter
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost

HEAD = "from studio.api import GuideSpec, hookimpl\n\n@hookimpl\ndef shoreline_guides():\n    return "


@pytest.fixture(scope="module")
def host() -> PluginHost:
    return PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)


def test_the_preprocessors_of_guides_that_ship_are_filters(host: PluginHost) -> None:
    guides, filters = host.specs(GuideSpec), host.specs(FilterSpec)
    assert {"canny", "scribble", "lineart", "softedge", "depth", "pose", "tile", "unblur", "stencil"} <= guides.keys()
    named = {guide.preprocessor for guide in guides.values()} - {""}
    assert named <= filters.keys()
    assert {"guide_pose", "guide_segmentation"} <= named
    assert len(named) == 9


@pytest.mark.parametrize("name", ["guide_canny", "guide_scribble", "guide_soft_lines"])
def test_lines_lie_at_the_edges_of_a_picture(host: PluginHost, name: str) -> None:
    pixels = np.zeros((64, 96, 4), np.uint8)
    pixels[:, 48:] = (200, 220, 240, 255)  # beside it is nothing, which is white
    pixels[:, :24] = (10, 10, 10, 255)
    lines = run_filter(host.specs(FilterSpec)[name], pixels)
    assert (lines[..., 3] == 255).all()
    assert lines[32, 20:28, 0].max() > 200
    assert lines[32, :8, :3].max() < 40


@pytest.mark.parametrize("name", ["guide_blur", "guide_tile"])
def test_broad_pictures_keep_their_colours(host: PluginHost, name: str) -> None:
    pixels = np.full((64, 64, 4), (200, 100, 50, 255), np.uint8)
    pixels[::2, ::2, :3] += 20
    after = run_filter(host.specs(FilterSpec)[name], pixels)
    assert after[32, 32, :3].astype(int) == pytest.approx([205, 105, 55], abs=3)
    assert after[16:48, 16:48, 0].std() < pixels[..., 0].std() / 4


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ('[GuideSpec(id="g", name="G", reads=())]', "tuple of kinds of networks"),
        ('[GuideSpec(id="g", name="G", reads=("magic",))]', "tuple of kinds of networks"),
        ('[GuideSpec(id="g", name="G", reads="canny")]', "tuple of kinds of networks"),
        ('[GuideSpec(id="g", name="G", reads=(["canny"],))]', "tuple of kinds of networks"),
        ('[GuideSpec(id="g", name="G", reads=("canny",), ground="white")]', "must be a colour"),
        ('[GuideSpec(id="g", name="G", influence="i", reads=("magic",))]', "tuple of kinds of networks"),
        ('[GuideSpec(id="g", name="G", reference="mood")]', "what of a picture is looked at"),
        ('[GuideSpec(id="g", name="G", reference="style", reads=("canny",))]', "no control network reads it"),
    ],
)
def test_a_guide_that_breaks_a_rule_is_refused(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], spec: str, problem: str
) -> None:
    make_plugin("odd", HEAD + spec + "\n")
    state = load().state("odd")
    assert state.status == "refused"
    assert problem in state.problem
