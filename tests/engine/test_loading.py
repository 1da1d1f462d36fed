"""Models from disk: in whatever form people have them, without a network, and let go of after a failure."""

from __future__ import annotations

import json
import shutil
import socket
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.engine.device.devices import Device
from studio.engine.engine import DiffusionEngine
from studio.engine.models import headers, loading
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.engine.models.loading import Components, load_components
from studio.engine.models.number_formats import in_format
from studio.engine.models.overrides import Override, write_override
from studio.engine.models.tensor_files import TensorReader
from studio.engine.models.tokenizers import clip_tokenizer
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken
from tests.engine.checkpoint_files import CONFIGS
from tests.engine.test_single_file import original_unet_key, original_vae_key, unet_names
from tests.engine.tiny_model import generate, make_job, tiny_tokenizer, write_tiny_sdxl

CPU = Device(kind="cpu", index=0, name="cpu", memory=0)
State = dict[str, torch.Tensor]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("a network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def configs(models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model's configs as those of its family, and its tokenizer as CLIP's."""
    copied = tmp_path / "configs"
    shutil.copytree(models_folder / "tiny", copied / "sd1", ignore=shutil.ignore_patterns("*.safetensors"))
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    monkeypatch.setattr(loading, "BUNDLED", {"clip": lambda _configs, _padding: tokenizer})
    return copied


def weights(folder: Path, part: str) -> State:
    (path,) = (folder / part).glob("*.safetensors")
    return load_file(path)


def unet_of(folder: Path, prefix: str = "model.diffusion_model.") -> State:
    names = unet_names(layers=1, blocks=2)
    return {
        prefix + original_unet_key(name, names).removeprefix("model.diffusion_model."): value
        for name, value in weights(folder, "unet").items()
    }


def vae_of(folder: Path) -> State:
    return {original_vae_key(name): value for name, value in weights(folder, "vae").items()}


def text_of(folder: Path, prefix: str = "cond_stage_model.transformer.text_model.") -> State:
    return {prefix + name.removeprefix("text_model."): value for name, value in weights(folder, "text_encoder").items()}


def open_clip_of(folder: Path, prefix: str = "conditioner.embedders.1.model.") -> State:
    """The second text encoder under OpenCLIP's names: queries, keys and values in one, the projection turned."""
    theirs = {
        "self_attn.out_proj": "attn.out_proj",
        "layer_norm1": "ln_1",
        "layer_norm2": "ln_2",
        "mlp.fc1": "mlp.c_fc",
        "mlp.fc2": "mlp.c_proj",
        "encoder.layers": "transformer.resblocks",
        "final_layer_norm": "ln_final",
        "embeddings.token_embedding": "token_embedding",
        "embeddings.position_embedding.weight": "positional_embedding",
    }
    found = {name.removeprefix("text_model."): value for name, value in weights(folder, "text_encoder_2").items()}
    state: State = {}
    for name, value in found.items():
        if ".q_proj." in name:
            joined = torch.cat([found[name.replace("q_proj", part)] for part in ("q_proj", "k_proj", "v_proj")])
            state[prefix + renamed(name.replace("self_attn.q_proj.", "attn.in_proj_"), theirs)] = joined
        elif name == "text_projection.weight":
            state[f"{prefix}text_projection"] = value.t()
        elif ".k_proj." not in name and ".v_proj." not in name:
            state[prefix + renamed(name, theirs)] = value
    return state


def renamed(name: str, theirs: dict[str, str]) -> str:
    for ours, other in theirs.items():
        name = name.replace(ours, other)
    return name


def write(path: Path, *states: State, dtype: torch.dtype | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {name: value for state in states for name, value in state.items()}
    save_file({name: (value if dtype is None else value.to(dtype)).contiguous() for name, value in whole.items()}, path)
    return path


def load(library: ModelLibrary, model_id: str, device: Device = CPU) -> Components:
    return load_components(library.checked(model_id), library.configs, device, lambda _share: None, CancelToken())


def assert_same(components: Components, folder: Path, part: str, network: Any) -> None:
    expected = {name.removeprefix("text_model."): value for name, value in weights(folder, part).items()}
    found = {name.removeprefix("text_model."): value for name, value in network.state_dict().items()}
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert torch.equal(found[name].float(), value.float()), name


FORMS: dict[str, Callable[[Path], tuple[State, ...]]] = {
    "first": lambda tiny: (unet_of(tiny), vae_of(tiny), text_of(tiny)),
    "old prefix": lambda tiny: (unet_of(tiny), vae_of(tiny), text_of(tiny, "cond_stage_model.transformer.")),
    "no prefix": lambda tiny: (unet_of(tiny, ""), vae_of(tiny), text_of(tiny)),
    "more": lambda tiny: (unet_of(tiny), vae_of(tiny), text_of(tiny), {"model_ema.decay": torch.tensor(0.9)}),
    "positions": lambda tiny: (
        unet_of(tiny),
        vae_of(tiny),
        text_of(tiny),
        {"cond_stage_model.transformer.text_model.embeddings.position_ids": torch.arange(77)[None].half()},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_checkpoints_in_several_forms_are_the_same_model(
    models_folder: Path, tmp_path: Path, configs: Path, form: str
) -> None:
    tiny = models_folder / "tiny"
    write(tmp_path / "models" / "one.safetensors", *FORMS[form](tiny))
    components = load(ModelLibrary([tmp_path / "models"], configs=configs), "one")
    assert_same(components, tiny, "unet", components.denoiser)
    assert_same(components, tiny, "vae", components.vae)
    assert_same(components, tiny, "text_encoder", components.encoders[0][1])


def test_both_text_encoders_of_xl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "whole" / "tiny"
    write_tiny_sdxl(folder)
    shutil.copytree(folder, tmp_path / "configs" / "sdxl", ignore=shutil.ignore_patterns("*.safetensors"))
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    padded: list[str] = []
    monkeypatch.setattr(loading, "BUNDLED", {"clip": lambda _configs, padding: padded.append(padding) or tokenizer})
    added = {"add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2"}
    names = unet_names(layers=1, blocks=2) | added
    unet = {original_unet_key(name, names): value for name, value in weights(folder, "unet").items()}
    first = text_of(folder, "conditioner.embedders.0.transformer.text_model.")
    write(tmp_path / "models" / "one.safetensors", unet, vae_of(folder), first, open_clip_of(folder))
    components = load(ModelLibrary([tmp_path / "models"], configs=tmp_path / "configs"), "one")
    assert_same(components, folder, "text_encoder", components.encoders[0][1])
    assert_same(components, folder, "text_encoder_2", components.encoders[1][1])
    assert padded == ["<|endoftext|>", "!"]


def test_a_unet_alone_takes_the_rest_from_others(models_folder: Path, tmp_path: Path, configs: Path) -> None:
    tiny = models_folder / "tiny"
    path = write(tmp_path / "models" / "alone.safetensors", weights(tiny, "unet"))
    write(tmp_path / "models" / "text.safetensors", text_of(tiny, "text_model."))
    write(tmp_path / "elsewhere" / "vae.safetensors", vae_of(tiny))
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    with pytest.raises(ModelError, match=r"alone\.safetensors holds no VAE"):
        library.checked("alone")
    write_override(path, Override(vae="../elsewhere/vae.safetensors", family="sd1"))
    components = load(library, "alone")
    assert_same(components, tiny, "unet", components.denoiser)
    assert_same(components, tiny, "vae", components.vae)


def test_weights_in_eight_bits_are_taken_as_they_are(models_folder: Path, tmp_path: Path, configs: Path) -> None:
    tiny = models_folder / "tiny"
    write(tmp_path / "models" / "one.safetensors", *FORMS["first"](tiny), dtype=torch.float8_e4m3fn)
    components = load(ModelLibrary([tmp_path / "models"], configs=configs), "one")
    weight = weights(tiny, "unet")["conv_in.weight"]
    assert torch.equal(components.denoiser.conv_in.weight, weight.to(torch.float8_e4m3fn).float())


def variant(folder: Path) -> None:
    """Rename the weights of all parts as diffusers names those in half precision."""
    for path in folder.glob("*/*.safetensors"):
        save_file({name: value.half() for name, value in load_file(path).items()}, path)
        path.rename(path.with_name(path.name.replace(".safetensors", ".fp16.safetensors")))


def shards(folder: Path) -> None:
    """Cut the UNet's weights in two, with an index."""
    (path,) = (folder / "unet").glob("*.safetensors")
    state = load_file(path)
    path.unlink()
    names = list(state)
    index: dict[str, str] = {}
    for number, part in enumerate((names[::2], names[1::2]), 1):
        file = f"diffusion_pytorch_model-{number:05d}-of-00002.safetensors"
        save_file({name: state[name] for name in part}, folder / "unet" / file)
        index |= dict.fromkeys(part, file)
    (folder / "unet" / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps({"weight_map": index}))


@pytest.mark.parametrize("change", [variant, shards])
def test_folders_in_several_forms(models_folder: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "tiny")
    change(tmp_path / "models" / "tiny")
    unet = load(ModelLibrary([tmp_path / "models"]), "tiny").denoiser
    expected = weights(models_folder / "tiny", "unet")
    assert all(torch.allclose(value, expected[name], atol=1e-3) for name, value in unet.state_dict().items())


def test_a_missing_piece_and_other_shapes_are_said_before_a_load(models_folder: Path, tmp_path: Path) -> None:
    for name in ("pieces", "other"):
        shutil.copytree(models_folder / "tiny", tmp_path / "models" / name)
    shards(tmp_path / "models" / "pieces")
    next((tmp_path / "models" / "pieces" / "unet").glob("*-00002-of*")).unlink()
    config = tmp_path / "models" / "other" / "unet" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"cross_attention_dim": 64}))
    problems = {model.id: str(model.problem) for model in ModelLibrary([tmp_path / "models"]).scan()}
    assert "of the 2 pieces of its weights 1 are missing" in problems["pieces"]
    assert "attn2.to_k.weight has the shape" in problems["other"]


def test_a_folder_without_a_tokenizer_reads_clips_words_or_says_so(models_folder: Path, tmp_path: Path) -> None:
    tiny = tmp_path / "models" / "tiny"
    shutil.copytree(models_folder / "tiny", tiny)
    for path in (tiny / "tokenizer").iterdir():
        path.unlink()
    library = ModelLibrary([tmp_path / "models"])
    with pytest.raises(ModelError, match="tokenizer holds no tokenizer"):
        library.checked("tiny")
    config = tiny / "text_encoder" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"vocab_size": 49408}))
    (path,) = (tiny / "text_encoder").glob("*.safetensors")
    state = load_file(path)
    words = next(name for name in state if name.endswith("token_embedding.weight"))
    save_file(state | {words: torch.zeros(49408, state[words].shape[1])}, path)
    assert len(load(library, "tiny").encoders[0][0]) == 49408


def test_numbers_that_are_none_in_a_folder_are_seen(models_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "tiny")
    (path,) = (tmp_path / "models" / "tiny" / "unet").glob("*.safetensors")
    save_file({name: torch.full_like(value, torch.nan) for name, value in load_file(path).items()}, path)
    (model,) = ModelLibrary([tmp_path / "models"]).scan()
    assert "numbers that are none" in str(model.problem)


def test_each_part_has_its_own_format(models_folder: Path) -> None:
    device = Device(kind="cpu", index=0, name="cpu", memory=0, dtype="bfloat16")
    components = load(ModelLibrary([models_folder]), "tiny", device)
    assert components.denoiser.dtype == torch.bfloat16
    assert components.vae.dtype == getattr(torch, device.vae_dtype)
    assert components.encoders[0][1].dtype == torch.float32


@pytest.fixture
def tiny(models_folder: Path) -> ModelInfo:
    return ModelLibrary([models_folder]).checked("tiny")


def test_progress_is_told_within_a_file(tiny: ModelInfo) -> None:
    shares: list[float] = []
    load_components(tiny, CONFIGS, CPU, shares.append, CancelToken())
    assert shares == sorted(shares)
    assert len(shares) > 100
    assert shares[-1] == pytest.approx(1.0)


def test_headers_are_read_once(
    models_folder: Path, tmp_path: Path, configs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the plan of memory, for every network in a file, and for the load."""
    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "tiny")
    write(tmp_path / "models" / "one.safetensors", *FORMS["first"](models_folder / "tiny"))
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    library.scan()
    read: list[str] = []
    real = headers._parsed

    def counted(path: Path, *rest: Any) -> Any:
        read.append(path.name)
        return real(path, *rest)

    monkeypatch.setattr(headers, "_parsed", counted)
    engine = DiffusionEngine(library, "cpu", tmp_path, {}, precision="float32")
    engine.load("one", lambda _progress: None, CancelToken())
    assert read == ["one.safetensors"]
    engine.load("tiny", lambda _progress: None, CancelToken())
    engine.close()
    assert len(read) == 4, "and each of the three networks of a folder"


def test_a_cancel_ends_a_load_within_a_file(tiny: ModelInfo) -> None:
    cancel, shares = CancelToken(), list[float]()

    def report(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            cancel.cancel()

    with pytest.raises(Cancelled):
        load_components(tiny, CONFIGS, CPU, report, cancel)
    assert shares[-2] <= 0.5 < shares[-1] < 1.0


def test_after_a_failure_nothing_is_held(tiny: ModelInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    real, read = TensorReader.read, list[Any]()

    def failing(self: TensorReader, stored: Any, **options: Any) -> torch.Tensor:
        if len(read) >= 150:
            raise RuntimeError("the cable fell out")
        tensor = real(self, stored, **options)
        read.append(weakref.ref(tensor))
        return tensor

    monkeypatch.setattr(TensorReader, "read", failing)
    with pytest.raises(ModelError, match=r"Tiny.*cannot be loaded: the cable fell out") as caught:
        load_components(tiny, CONFIGS, CPU, lambda _share: None, CancelToken())
    assert caught.value.__cause__ is not None
    assert len(read) >= 150
    assert [tensor for tensor in read if tensor() is not None] == []


def test_a_file_that_shrinks_meanwhile_is_named(models_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "tiny")
    model = ModelLibrary([tmp_path / "models"]).checked("tiny")
    (path,) = (tmp_path / "models" / "tiny" / "vae").glob("*.safetensors")

    def cut(share: float) -> None:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2)

    with pytest.raises(ModelError, match=r"diffusion_pytorch_model.*it ends too soon"):
        load_components(model, CONFIGS, CPU, cut, CancelToken())


def test_what_was_said_of_a_model_reaches_the_scheduler(models_folder: Path, tmp_path: Path, configs: Path) -> None:
    path = write(tmp_path / "models" / "one_lightning.safetensors", *FORMS["first"](models_folder / "tiny"))
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    assert load(library, "one_lightning").scheduler_config["timestep_spacing"] == "trailing"
    write_override(path, Override(prediction="v_prediction", zero_snr=True, sampling="usual"))
    config = load(library, "one_lightning").scheduler_config
    assert config["prediction_type"] == "v_prediction"
    assert config["rescale_betas_zero_snr"] is True
    write_override(path, Override(prediction="epsilon", sampling="usual"))
    assert load(library, "one_lightning").scheduler_config["prediction_type"] == "epsilon"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a photo of a cat", [49406, 320, 1125, 539, 320, 2368, 49407]),
        ("Hello, world!", [49406, 3306, 267, 1002, 256, 49407]),
        ("", [49406, 49407]),
    ],
)
def test_the_bundled_table_is_that_of_clip(text: str, tokens: list[int]) -> None:
    tokenizer = clip_tokenizer(CONFIGS, "!")
    assert tokenizer(text).input_ids == tokens
    padded = tokenizer(text, padding="max_length", max_length=77).input_ids
    assert (len(padded), padded[-1]) == (77, 0)
    assert len(tokenizer) == 49408


def test_an_inpainting_checkpoint_draws(models_folder: Path, tmp_path: Path, configs: Path, schedulers: Any) -> None:
    from tests.engine.tiny_model import picture, write_tiny_model

    folder = tmp_path / "nine" / "tiny"
    write_tiny_model(folder, unet_channels=9)
    write(tmp_path / "models" / "nine.safetensors", *FORMS["first"](folder))
    library = ModelLibrary([tmp_path / "models", tmp_path / "nine"], configs=configs)
    engine = DiffusionEngine(library, "cpu", None, schedulers, precision="float32", torch_threads=1)
    mask = np.zeros((64, 64), np.float32)
    mask[:32] = 1.0
    job = {"image": picture(), "mask": mask}
    (from_file,), _ = generate(engine, make_job(model="nine", **job))
    (from_folder,), _ = generate(engine, make_job(model="tiny", **job))
    engine.close()
    assert np.abs(from_file.astype(int) - from_folder).max() <= 1


@pytest.mark.parametrize("shape", [(7,), (300, 251), (5, 4, 3, 3)])
def test_half_precision_becomes_the_other_as_by_torch(shape: tuple[int, ...]) -> None:
    """Faster, to the bit: also beyond the range, at zeros with a sign, and for more than is done at once."""
    tensor = (torch.randn(shape, generator=torch.Generator().manual_seed(1)) * 10.0).half()
    tensor.view(-1)[:5] = torch.tensor([float("inf"), float("-inf"), float("nan"), 6e-8, -0.0])
    for given in (tensor, tensor.transpose(0, -1)):
        made, expected = in_format(given, torch.bfloat16, torch.preserve_format), given.to(torch.bfloat16)
        assert made.shape == given.shape
        assert torch.equal(made.isnan(), given.isnan())  # there are several bits for that
        made[given.isnan()] = expected[given.isnan()] = 1.0
        assert torch.equal(made.contiguous().view(torch.int16), expected.contiguous().view(torch.int16))
