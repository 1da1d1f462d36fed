"""The model library: what is there, and why something cannot be used. Needs no torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.engine.models.headers import read_header
from studio.engine.models.judging import judged
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.engine.models.verdicts import stamp_of
from studio.errors import ModelError, UnsafeModelError
from tests.engine.checkpoint_files import checkpoint, write_sparse


def write_safetensors(path: Path, shapes: dict[str, tuple[int, ...]], *, missing_bytes: int = 0) -> None:
    """A file of zeros in F16 with these tensors; ``missing_bytes`` are cut off its end."""
    header, end = {}, 0
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        header[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [end, end + size]}
        end += size
    raw = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((len(raw).to_bytes(8, "little") + raw + bytes(end))[: 8 + len(raw) + end - missing_bytes])


def write_folder_model(folder: Path, pipeline: str = "StableDiffusionPipeline", cross_attention: int = 768) -> None:
    parts = {
        "unet": {"sample_size": 64, "cross_attention_dim": cross_attention},
        "vae": {"block_out_channels": [1, 1, 1, 1]},
        "text_encoder": {},
    }
    for part, config in parts.items():
        write_safetensors(folder / part / "model.safetensors", {"weight": (2, 2)})
        (folder / part / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer").mkdir()
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text("{}")
    (folder / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))


def test_finds_folders_files_and_says_their_family(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    write_folder_model(tmp_path / "second", cross_attention=1024)
    write_sparse(tmp_path / "styles" / "ink.safetensors", checkpoint("sd1"))
    write_sparse(tmp_path / "large.sft", checkpoint("sdxl"))

    found = {model.id: (model.family, model.format, model.problem) for model in ModelLibrary([tmp_path]).scan()}

    assert found == {
        "painter": ("sd1", "folder", None),
        "second": ("sd2", "folder", None),
        "styles/ink": ("sd1", "single_file", None),
        "large": ("sdxl", "single_file", None),
    }


def test_sizes_come_from_the_model(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    limits = ModelLibrary([tmp_path]).limits("painter")
    assert (limits.native_side, limits.minimum_side, limits.maximum_side, limits.multiple) == (512, 512, 768, 8)


def test_a_model_says_whether_it_sees_what_is_kept(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    library = ModelLibrary([tmp_path])
    assert not library.limits("painter").sees_kept
    (tmp_path / "painter" / "sampling.json").write_text('{"known_cells": "clean"}')
    assert library.limits("painter").sees_kept
    unet = {"sample_size": 64, "cross_attention_dim": 768, "in_channels": 9}
    (tmp_path / "painter" / "unet" / "config.json").write_text(json.dumps(unet))
    assert not library.limits("painter").sees_kept, "an inpainting UNet is shown it in channels of its own"


def test_a_bad_value_of_how_it_draws_makes_a_model_unusable(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    (tmp_path / "painter" / "sampling.json").write_text('{"masked_guidance": "a lot"}')
    (model,) = ModelLibrary([tmp_path]).scan()
    assert model.problem is not None
    assert "masked_guidance" in model.problem


def test_a_second_model_of_the_same_name_stays_reachable(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "mine" / "painter")
    write_folder_model(tmp_path / "theirs" / "painter")
    library = ModelLibrary([tmp_path / "mine", tmp_path / "theirs"])
    assert [library.get(name).path.parent.name for name in ("painter", "painter~2")] == ["mine", "theirs"]


def test_unknown_model_lists_the_known_ones(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    with pytest.raises(ModelError, match="Known are: painter"):
        ModelLibrary([tmp_path]).get("sculptor")


def test_no_folder_at_all_is_an_empty_library(tmp_path: Path) -> None:
    assert ModelLibrary([tmp_path / "nowhere"]).scan() == ()


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".bin", ".pth"])
def test_pickles_are_refused_with_advice(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"old{suffix}").write_bytes(b"\x80\x04.")
    library = ModelLibrary([tmp_path])
    assert "safetensors" in str(library.scan()[0].problem)
    with pytest.raises(UnsafeModelError, match=f"old{suffix}.*convert"):
        library.checked("old")


def test_a_folder_with_only_pickled_weights_is_refused(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    (tmp_path / "painter" / "unet" / "model.safetensors").rename(tmp_path / "painter" / "unet" / "model.bin")
    with pytest.raises(UnsafeModelError, match=r"model\.bin"):
        ModelLibrary([tmp_path]).checked("painter")


def test_truncated_weights_name_the_file(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "painter")
    write_safetensors(tmp_path / "painter" / "unet" / "model.safetensors", {"weight": (8, 8)}, missing_bytes=5)
    with pytest.raises(ModelError, match=r"model\.safetensors is damaged: 5 bytes are missing"):
        ModelLibrary([tmp_path]).checked("painter")


@pytest.mark.parametrize(
    "content",
    [b"", b"123", b"\xff" * 64, (4).to_bytes(8, "little") + b"[1]]", (2).to_bytes(8, "little") + b"{]",
     (12).to_bytes(8, "little") + b'{"a":{"b":1}}'],
)  # fmt: skip
def test_garbage_is_damaged_not_a_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "garbage.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"garbage\.safetensors"):
        read_header(path)


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder", "tokenizer", "scheduler"])
def test_a_missing_component_is_named(tmp_path: Path, part: str) -> None:
    import shutil

    write_folder_model(tmp_path / "painter")
    shutil.rmtree(tmp_path / "painter" / part)
    with pytest.raises(ModelError, match=part):
        ModelLibrary([tmp_path]).checked("painter")


def test_empty_and_foreign_folders_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "photo.png").write_bytes(b"")
    problems = {model.id: str(model.problem) for model in ModelLibrary([tmp_path]).scan()}
    assert "is empty" in problems["empty"]
    assert "model_index.json is missing" in problems["holiday"]


def test_other_architectures_say_so(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "flux", pipeline="FluxFillPipeline")
    write_safetensors(tmp_path / "detail.safetensors", {"lora_unet_x.lora_down.weight": (2, 2)})
    problems = {model.id: str(model.problem) for model in ModelLibrary([tmp_path]).scan()}
    assert "FluxFillPipeline model, which is not supported" in problems["flux"]
    assert problems["detail"] == "None"
    with pytest.raises(ModelError, match="Detail is no model but a LoRA"):
        ModelLibrary([tmp_path]).checked("detail")


def test_another_kind_of_noise_is_named(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "playground", "StableDiffusionXLPipeline")
    for part in ("text_encoder", "tokenizer"):
        (tmp_path / "playground" / part).rename(tmp_path / "playground" / f"{part}_2")
    config = tmp_path / "playground" / "scheduler" / "scheduler_config.json"
    config.write_text('{"_class_name": "EDMDPMSolverMultistepScheduler"}')
    (model,) = ModelLibrary([tmp_path]).scan()
    assert "another kind of noise (EDM" in str(model.problem)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("num_train_timesteps", -4),
        ("num_train_timesteps", 999.5),
        ("beta_start", "NaN"),
        ("beta_end", 7),
        ("prediction_type", "nope"),
        ("prediction_type", ["epsilon"]),
        ("shift", "big"),
    ],
)
def test_a_schedule_that_cannot_be_is_named_in_the_list(tmp_path: Path, key: str, value: object) -> None:
    write_folder_model(tmp_path / "painter")
    config = tmp_path / "painter" / "scheduler" / "scheduler_config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), key: value}))
    problem = str(ModelLibrary([tmp_path]).get("painter").problem)
    assert f"{config}: {key} has a value that cannot be used" in problem


@pytest.mark.parametrize("index", ["{}", '{"_class_name": null}', '{"_class_name": 5}'])
def test_a_folder_that_does_not_say_what_it_is_is_called_so(tmp_path: Path, index: str) -> None:
    (tmp_path / "painter").mkdir()
    (tmp_path / "painter" / "model_index.json").write_text(index)
    assert "does not say what it is" in str(ModelLibrary([tmp_path]).get("painter").problem)


def test_nothing_in_a_folder_hides_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    write_sparse(folder / "good.safetensors", checkpoint("sd1"))
    (folder / "named.safetensors").mkdir()
    (folder / "gone.safetensors").symlink_to(tmp_path / "nowhere")
    (folder / "loop").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.safetensors")
    for name, content in {
        "empty.safetensors": b"",
        "page.safetensors": b"<!DOCTYPE html>" * 9,
        "deep.safetensors": (90_000).to_bytes(8, "little") + b"[" * 90_000,
        "half.safetensors.part": b"",
        "torn.gguf": b"GGUF\3",
        "pickle.pth": b"PK",
    }.items():
        (folder / name).write_bytes(content)
    found = {model.id: model for model in ModelLibrary([folder]).scan()}
    assert found["good"].problem is None
    others = [model for model in found.values() if model.id != "good"]
    assert {"gone", "empty", "page", "deep", "torn", "pickle"} <= {model.id for model in others}
    for model in others:
        assert model.kind == "other"
        assert model.path.name in str(model.problem)


def test_bundled_configs_are_not_models(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "configs" / "sd1")
    (tmp_path / "configs" / ".nomodels").touch()
    assert ModelLibrary([tmp_path]).scan() == ()


def test_listing_models_and_making_an_engine_leave_torch_alone(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from studio.engine.models.library import ModelLibrary\n"
        "from studio.engine.engine import DiffusionEngine\n"
        "import studio.engine.models.download\n"
        "library = ModelLibrary([pathlib.Path(sys.argv[1])])\n"
        "library.scan()\n"
        "DiffusionEngine(library, 'auto', None, {})\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'diffusers', 'transformers')))\n"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=False).returncode == 0


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Act as the system does for a folder that may not be entered; not by permissions, which root does not heed."""

    def guarded(name: str) -> None:
        real = getattr(Path, name)

        def method(path: Path, *arguments: object, **options: object) -> object:
            if folder in path.parents or (path == folder and name == "iterdir"):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **options)

        monkeypatch.setattr(Path, name, method)

    for name in ("stat", "iterdir"):
        guarded(name)


def test_a_folder_that_may_not_be_entered_hides_no_other_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder_model(tmp_path / "good")
    (tmp_path / "lost+found").mkdir()
    forbid(monkeypatch, tmp_path / "lost+found")
    models = {model.id: model for model in ModelLibrary([tmp_path]).scan()}
    assert models["good"].problem is None
    assert "Permission denied" in (models["lost+found"].problem or "")
    with pytest.raises(ModelError, match="Permission denied"):
        ModelLibrary([tmp_path]).checked("lost+found")


def test_a_folder_that_tells_only_the_names_in_it_hides_no_other_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder_model(tmp_path / "good")
    write_folder_model(tmp_path / "closed" / "model")
    (tmp_path / "closed" / "ink.safetensors").write_bytes(b"ink")
    listed = list((tmp_path / "closed").iterdir())
    forbid(monkeypatch, tmp_path / "closed")
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: iter(listed) if path == tmp_path / "closed" else real(path))
    problems = {model.id: str(model.problem) for model in ModelLibrary([tmp_path]).scan()}
    assert problems.pop("good") == "None"
    assert all("Permission denied" in problem for problem in problems.values())
    assert "closed/ink" in problems


def test_a_library_that_lies_where_one_may_not_enter_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder_model(tmp_path / "models" / "good")
    write_folder_model(tmp_path / "other person" / "models")
    forbid(monkeypatch, tmp_path / "other person")
    library = ModelLibrary([tmp_path / "other person" / "models", tmp_path / "models"])
    problems = {model.id: str(model.problem) for model in library.scan()}
    assert problems["good"] == "None"
    assert "Permission denied" in problems["models"]


@pytest.mark.parametrize("name", ["nul\0", "long" * 1250, "half \ud800"])
def test_a_library_that_can_be_no_folder_hides_no_other(tmp_path: Path, name: str) -> None:
    write_folder_model(tmp_path / "models" / "good")
    models = {model.id: model for model in ModelLibrary([tmp_path / name, tmp_path / "models"]).scan()}
    assert models["good"].problem is None


def test_a_link_back_up_does_not_list_models_again(tmp_path: Path) -> None:
    write_folder_model(tmp_path / "models" / "good")
    (tmp_path / "models" / "again").symlink_to(tmp_path / "models", target_is_directory=True)
    assert [model.id for model in ModelLibrary([tmp_path / "models"]).scan()] == ["good"]


@pytest.mark.parametrize(
    ("part", "config"),
    [
        ("unet", {"sample_size": 10**9}),
        ("unet", {"sample_size": "large"}),
        ("unet", {"sample_size": []}),
        ("vae", {"block_out_channels": 4}),
        ("vae", {"block_out_channels": []}),
    ],
)
def test_sizes_that_cannot_be_name_the_file(tmp_path: Path, part: str, config: dict[str, object]) -> None:
    write_folder_model(tmp_path / "odd")
    (tmp_path / "odd" / part / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match=f"{part}.config.json: {next(iter(config))}"):
        ModelLibrary([tmp_path]).limits("odd")


@pytest.fixture
def inspected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is judged, as it is."""
    names: list[str] = []

    def watched(path: Path, configs: Path) -> tuple[ModelInfo, ...]:
        names.append(path.name)
        return judged(path, configs)

    monkeypatch.setattr("studio.engine.models.library.judged", watched)
    return names


def test_a_model_is_read_once_until_one_of_its_files_changes(tmp_path: Path, inspected: list[str]) -> None:
    write_folder_model(tmp_path / "painter")
    write_folder_model(tmp_path / "other")
    library = ModelLibrary([tmp_path])
    before = library.scan()
    assert library.scan() == before
    assert ModelLibrary([tmp_path], library.verdicts).checked("painter") in before
    assert inspected == ["other", "painter"]
    (tmp_path / "painter" / "scheduler" / "scheduler_config.json").write_text("{")
    assert [model.problem is None for model in library.scan()] == [True, False]
    assert inspected == ["other", "painter", "painter"]


def test_what_cannot_be_read_just_now_is_looked_at_anew(tmp_path: Path, inspected: list[str]) -> None:
    (tmp_path / "torn.safetensors").write_bytes(b"torn")
    (tmp_path / "gone.safetensors").symlink_to(tmp_path / "elsewhere")
    library = ModelLibrary([tmp_path])
    assert all(model.problem for model in library.scan())
    assert all(model.problem for model in library.scan())
    assert inspected == ["gone.safetensors", "torn.safetensors", "gone.safetensors"]


def test_a_model_that_comes_and_goes_is_seen(tmp_path: Path) -> None:
    library = ModelLibrary([tmp_path])
    write_folder_model(tmp_path / "painter")
    assert [model.id for model in library.scan()] == ["painter"]
    (tmp_path / "painter").rename(tmp_path / "drawer")
    assert [model.id for model in library.scan()] == ["drawer"]


def test_a_stamp_follows_links_and_ends_at_a_circle(tmp_path: Path) -> None:
    weights = tmp_path / "elsewhere" / "weights.bin"
    weights.parent.mkdir()
    weights.write_bytes(b"1")
    model = tmp_path / "model"
    model.mkdir()
    (model / "unet").symlink_to(weights.parent)
    (model / "loop").symlink_to(model)
    before = stamp_of(model)
    assert stamp_of(model) == before
    weights.write_bytes(b"12")
    assert stamp_of(model) != before


def test_a_name_that_would_break_the_lines_of_a_list_does_not(tmp_path: Path) -> None:
    write_safetensors(tmp_path / "two\nlines\u2028of_ink.safetensors", {"lora_unet_x.lora_down.weight": (2, 2)})
    (model,) = ModelLibrary([tmp_path]).scan()
    assert model.name == "Two lines of ink"
    assert model.id == "two\nlines\u2028of_ink"
