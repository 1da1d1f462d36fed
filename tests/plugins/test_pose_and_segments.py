"""Poses and segments by tiny random models of the real classes, and what is drawn of what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import FilterSpec
from studio.api.testing import run_filter
from studio.document import Pixels
from studio.engine.models.library import ModelLibrary
from studio.engine.models.picture_models import picture_model_for
from studio.errors import Cancelled, MissingNetworkError, ModelError
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost
from tests.engine.checkpoint_files import CONFIGS

SHAPE = (96, 80, 4)
RED, ORANGE = (255, 0, 0), (255, 85, 0)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import (
        SegformerConfig,
        SegformerForSemanticSegmentation,
        SegformerImageProcessor,
        VitPoseBackboneConfig,
        VitPoseConfig,
        VitPoseForPoseEstimation,
        YolosConfig,
        YolosForObjectDetection,
        YolosImageProcessor,
    )

    torch.manual_seed(0)
    top = tmp_path_factory.mktemp("models")
    backbone = VitPoseBackboneConfig(
        image_size=[64, 48],
        patch_size=[16, 16],
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        out_indices=[2],
    )
    pose = VitPoseConfig(backbone_config=backbone, num_labels=17)
    VitPoseForPoseEstimation(pose).save_pretrained(top / "vitpose")
    segments = SegformerConfig(
        hidden_sizes=[8, 8, 8, 8], depths=[1, 1, 1, 1], num_attention_heads=[1, 1, 1, 1], decoder_hidden_size=8,
        num_labels=150,
    )  # fmt: skip
    SegformerForSemanticSegmentation(segments).save_pretrained(top / "segformer")
    SegformerImageProcessor(size={"height": 64, "width": 64}).save_pretrained(top / "segformer")
    people = YolosConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=[64, 64],
        num_detection_tokens=4, id2label={0: "person", 1: "dog"},
    )  # fmt: skip
    YolosForObjectDetection(people).save_pretrained(top / "yolos")
    YolosImageProcessor(size={"height": 64, "width": 64}).save_pretrained(top / "yolos")
    return top


Filters = Callable[..., dict[str, FilterSpec]]


@pytest.fixture
def filters(models: Path) -> Filters:
    """The filters where only these folders are there."""

    def among(*names: str, folder: Path = models) -> dict[str, FilterSpec]:
        def find(task: str) -> Path:
            return picture_model_for(task, ModelLibrary([folder / name for name in names]).scan(), CONFIGS)

        host = PluginHost(find_model=find)
        host.load_all([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
        return dict(host.specs(FilterSpec))

    return among


def part(filters: Filters, name: str) -> Any:
    """A file of the plugin."""
    import sys

    filters()
    return sys.modules[f"shoreline_plugin_depth.{name}"]


def photo() -> Pixels:
    pixels = np.full(SHAPE, 255, np.uint8)
    pixels[..., :3] = np.random.default_rng(0).integers(0, 256, (*SHAPE[:2], 3))
    return pixels


def test_the_models_are_told_by_their_configs(models: Path) -> None:
    found = {model.id: (model.kind, model.tells, model.problem) for model in ModelLibrary([models]).scan()}
    assert found == {
        "vitpose": ("part", "pose", None),
        "segformer": ("part", "segmentation", None),
        "yolos": ("part", "people", None),
    }


@pytest.mark.parametrize("there", [("vitpose",), ("vitpose", "yolos")])
@pytest.mark.parametrize("size", [SHAPE[:2], (3, 200), (1, 1)])
def test_a_pose_is_drawn_on_black_whatever_the_size(
    filters: Filters, there: tuple[str, ...], size: tuple[int, int]
) -> None:
    made = run_filter(filters(*there)["guide_pose"], np.full((*size, 4), 200, np.uint8))
    assert made.shape == (*size, 4)
    assert (made[..., 3] == 255).all()


def test_segments_have_the_colours_of_their_kinds(filters: Filters) -> None:
    made = run_filter(filters("segformer")["guide_segmentation"], photo())
    colours = part(filters, "segments")._COLOURS
    assert colours.shape == (150, 3)
    assert [tuple(colours[kind]) for kind in (0, 2, 12)] == [(120, 120, 120), (6, 230, 230), (150, 5, 61)]
    assert {tuple(colour) for colour in made[..., :3].reshape(-1, 3)} <= {tuple(colour) for colour in colours}


def test_points_come_back_from_where_the_person_stands(filters: Filters) -> None:
    """A model that sees the brightest spot of what it is shown says where that lies on the picture."""
    import torch

    pose = part(filters, "pose")

    class Brightest(torch.nn.Module):
        config = type("Config", (), {"backbone_config": type("Of", (), {"image_size": [64, 48], "num_experts": 1})})

        def forward(self, given: Any) -> Any:
            maps = torch.nn.functional.avg_pool2d(given.mean(1, keepdim=True), 4).repeat(1, 17, 1, 1)
            return type("Told", (), {"heatmaps": maps})

    picture = np.zeros((200, 300, 3), np.uint8)
    picture[118:123, 208:213] = 255
    for box in ((150.0, 50.0, 100.0, 120.0), (0.0, 0.0, 300.0, 200.0)):
        points = pose.points_of(picture, box, Path("nowhere"), Brightest(), CancelToken())
        assert points.shape == (17, 3)
        assert np.abs(points[:, :2] - (210.5, 120.5)).max() < 6


def test_a_figure_has_the_sticks_and_hues_of_openpose(filters: Filters) -> None:
    pose = part(filters, "pose")
    figure = np.zeros((17, 3), np.float32)
    figure[:, 2] = 0.0
    figure[5], figure[6] = (400, 100, 1), (100, 100, 1)  # shoulders, left and right as the person's own
    figure[8] = (100, 300, 1)  # the right elbow
    drawn = pose.sticks([figure], 512, 512)
    assert tuple(drawn[100, 250]) == ORANGE, "the neck, between the shoulders"
    assert tuple(drawn[100, 170]) == (153, 0, 0), "from the neck to the right shoulder"
    assert tuple(drawn[200, 100]) == (153, 102, 0), "the upper right arm"
    assert not drawn[400:].any(), "what it is not sure of is left out"
    assert pose._COLOURS[0] == RED


@pytest.mark.parametrize(
    ("task", "said"), [("pose", "Get ViTPose, base of usyd-community"), ("segmentation", "Put the folder")]
)
def test_without_a_model_it_says_what_to_do(tmp_path: Path, task: str, said: str) -> None:
    with pytest.raises(MissingNetworkError) as told:
        picture_model_for(task, ModelLibrary([tmp_path]).scan(), CONFIGS)
    assert said in told.value.whole


def test_other_points_and_kinds_are_refused(filters: Filters, models: Path, tmp_path: Path) -> None:
    from transformers import SegformerForSemanticSegmentation, VitPoseForPoseEstimation

    for name, kind in (("vitpose", VitPoseForPoseEstimation), ("segformer", SegformerForSemanticSegmentation)):
        config = kind.config_class.from_pretrained(models / name)
        config.num_labels = 5
        kind(config).save_pretrained(tmp_path / name)
    (tmp_path / "segformer" / "preprocessor_config.json").write_bytes(
        (models / "segformer" / "preprocessor_config.json").read_bytes()
    )
    there = filters("vitpose", "segformer", folder=tmp_path)
    with pytest.raises(ModelError, match="5 points of a person, not the 17"):
        run_filter(there["guide_pose"], photo())
    with pytest.raises(ModelError, match="5 kinds of things, not the 150"):
        run_filter(there["guide_segmentation"], photo())


@pytest.mark.parametrize("name", ["guide_pose", "guide_segmentation"])
def test_a_cancel_ends_it(filters: Filters, name: str) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        filters("vitpose", "segformer")[name].run(photo(), {}, cancel, lambda _fraction, _message: None)


def test_a_damaged_model_is_named(filters: Filters, models: Path, tmp_path: Path) -> None:
    (tmp_path / "vitpose").mkdir()
    for file in (models / "vitpose").iterdir():
        (tmp_path / "vitpose" / file.name).write_bytes(file.read_bytes())
    there = filters("vitpose", folder=tmp_path)
    (tmp_path / "vitpose" / "config.json").write_text("{}")
    with pytest.raises((ModelError, MissingNetworkError)):
        run_filter(there["guide_pose"], photo())
