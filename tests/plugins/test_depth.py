"""Depth and normals by a tiny random model of the real class, in a models folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import FilterSpec
from studio.api.picture_models import picture_models
from studio.api.testing import run_filter
from studio.engine.models.library import ModelLibrary
from studio.engine.models.picture_models import picture_model_for
from studio.errors import Cancelled, MissingNetworkError, ModelError
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost
from tests.engine.checkpoint_files import CONFIGS

SHAPE = (48, 80, 4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Depth Anything, tiny, as its authors keep it."""
    import torch
    from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation, Dinov2Config, DPTImageProcessor

    torch.manual_seed(0)
    backbone = Dinov2Config(
        hidden_size=24, num_hidden_layers=4, num_attention_heads=2, image_size=56, patch_size=14,
        reshape_hidden_states=False, out_features=["stage1", "stage2", "stage3", "stage4"], apply_layernorm=True,
    )  # fmt: skip
    config = DepthAnythingConfig(
        backbone_config=backbone, reassemble_hidden_size=24, neck_hidden_sizes=[8, 8, 8, 8], fusion_hidden_size=8,
        head_hidden_size=4, patch_size=14, head_in_index=-1,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("models") / "depth-anything--small"
    DepthAnythingForDepthEstimation(config).save_pretrained(folder)
    processor = DPTImageProcessor(size={"height": 56, "width": 56}, ensure_multiple_of=14, keep_aspect_ratio=True)
    processor.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def filters(folder: Path) -> dict[str, FilterSpec]:
    def find(task: str) -> Path:
        return picture_model_for(task, ModelLibrary([folder.parent]).scan(), CONFIGS)

    host = PluginHost(find_model=find)
    host.load_all([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    return dict(host.specs(FilterSpec))


def photo() -> Any:
    pixels = np.zeros(SHAPE, np.uint8)
    pixels[..., :3] = np.random.default_rng(0).integers(0, 256, (*SHAPE[:2], 3))
    pixels[:, 10:, 3] = 255
    pixels[:, :10, :3] = 0
    return pixels


def test_the_model_is_told_by_its_config(folder: Path) -> None:
    (found,) = ModelLibrary([folder.parent]).scan()
    assert (found.kind, found.what, found.tells, found.problem) == ("part", "Depth model", "depth", None)


def test_depth_goes_from_black_to_white_as_the_model_says(filters: dict[str, FilterSpec], folder: Path) -> None:
    found = run_filter(filters["guide_depth"], photo())
    assert found.shape == SHAPE
    assert (found[..., 3] == 255).all()
    assert (found[..., 0] == found[..., 2]).all()
    assert (found[..., :3].min(), found[..., :3].max()) == (0, 255)


def test_normals_are_of_length_one_and_face_who_looks(filters: dict[str, FilterSpec]) -> None:
    found = run_filter(filters["guide_normals"], photo(), strength=0.5)
    facing = found[..., :3].astype(np.float32) / 127.5 - 1.0
    assert np.allclose(np.linalg.norm(facing, axis=2), 1.0, atol=0.02)
    assert (facing[..., 2] > 0.0).all()


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (400, 3)])
def test_pictures_of_any_size(filters: dict[str, FilterSpec], size: tuple[int, int]) -> None:
    assert run_filter(filters["guide_depth"], np.full((*size, 4), 255, np.uint8)).shape == (*size, 4)


def test_a_cancel_ends_it(filters: dict[str, FilterSpec]) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        filters["guide_depth"].run(photo(), {}, cancel, lambda _fraction, _message: None)


def test_without_a_model_it_says_which_to_get(tmp_path: Path) -> None:
    with pytest.raises(MissingNetworkError, match="Get Depth Anything 2, small of depth-anything") as told:
        picture_model_for("depth", ModelLibrary([tmp_path]).scan(), CONFIGS)
    assert told.value.known == "Depth Anything 2, small"


@pytest.mark.parametrize("damage", ["weights", "config", "no processor"])
def test_a_damaged_model_is_named(folder: Path, tmp_path: Path, damage: str) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    if damage == "weights":
        (tmp_path / "model.safetensors").write_bytes(b"{}")
        (found,) = ModelLibrary([tmp_path]).scan()
        assert found.problem is not None
        return
    if damage == "config":
        values = json.loads((tmp_path / "config.json").read_text())
        (tmp_path / "config.json").write_text(json.dumps(values | {"neck_hidden_sizes": "many"}))
    else:
        (tmp_path / "preprocessor_config.json").unlink()
    host = PluginHost(find_model=lambda _task: tmp_path)
    host.load_all([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    with pytest.raises(ModelError, match="cannot be loaded"):
        run_filter(host.specs(FilterSpec)["guide_depth"], photo())


def test_tests_of_plugins_may_say_where_models_are(folder: Path) -> None:
    from studio.api import picture_model

    with picture_models(lambda _task: folder):
        assert picture_model("depth") == folder
