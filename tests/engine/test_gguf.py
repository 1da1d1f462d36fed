"""GGUF files: told, judged before a load, and drawn with while their weights stay packed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import torch

from studio.engine.engine import DiffusionEngine
from studio.engine.models import loading
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.gguf_headers import BLOCKS, read_gguf_header
from studio.engine.models.library import ModelLibrary
from studio.engine.models.packed_layers import PackedLinear, unpacked
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken, LoraUse
from tests.engine.flow_files import networks, stored, write_configs, write_part
from tests.engine.test_flux_files import (
    ENCODERS,
    State,
    configs,
    family,
    flow,
    folder,
    job_for,
    load,
    of_part,
    original_of,
    pipeline,
    vae_of,
    write,
)
from tests.engine.test_loading import text_of, unet_of
from tests.engine.test_loading import vae_of as sd_vae_of
from tests.engine.tiny_model import generate, tiny_tokenizer

__all__ = ["configs", "family", "folder", "pipeline"]
KINDS = sorted(BLOCKS)
ARCHITECTURES = {"flux1": "flux", "chroma": "chroma"}


def write_gguf(path: Path, state: State, architecture: str, kind: str = "Q8_0") -> Path:
    """The weights packed where their rows are whole blocks, as people's tools do; the rest as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, architecture)
    wanted = gguf.GGMLQuantizationType[kind]
    for name, value in state.items():
        numbers = value.float().numpy()
        if is_packed(name, value):
            writer.add_tensor(name, gguf.quants.quantize(numbers, wanted), raw_dtype=wanted)
        else:
            writer.add_tensor(name, numbers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def is_packed(name: str, value: torch.Tensor) -> bool:
    return value.dim() == 2 and value.shape[1] % 32 == 0 and "rel_b" not in name


def rounded(state: State, kind: str = "Q8_0") -> State:
    """What the packed numbers are."""
    wanted = gguf.GGMLQuantizationType[kind]

    def of(value: torch.Tensor) -> torch.Tensor:
        packed = gguf.quants.quantize(value.float().numpy(), wanted)
        return torch.from_numpy(gguf.quants.dequantize(packed, wanted).reshape(value.shape))

    return {name: of(value) if is_packed(name, value) else value for name, value in state.items()}


def beside(models: Path, folder: Path, family: str) -> None:
    """The networks that a transformer alone borrows."""
    write(models / "text_encoders" / "t5xxl_fp16.safetensors", of_part(folder, ENCODERS[family][-1]))
    if family == "flux1":
        write(models / "text_encoders" / "clip_l.safetensors", of_part(folder, "text_encoder"))
    write(models / "vae" / "ae.safetensors", vae_of(folder))


def engine_of(library: ModelLibrary) -> DiffusionEngine:
    return DiffusionEngine(library, "cpu", None, flow(), precision="float32", torch_threads=1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_packed_is_unpacked_as_the_makers_of_the_format_do(kind: str) -> None:
    numbers, size = BLOCKS[kind]
    raw = np.random.default_rng(0).integers(0, 60, (3, 2 * size), dtype=np.uint8)
    expected = gguf.quants.dequantize(raw, gguf.GGMLQuantizationType[kind])
    found = unpacked(torch.from_numpy(raw).view(torch.int8), kind, torch.float32)
    assert found.shape == (3, 2 * numbers)
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-6, atol=1e-9)


def test_it_draws_as_the_same_numbers_unpacked(family: str, folder: Path, configs: Path, tmp_path: Path) -> None:
    kind = {"flux1": "Q4_0", "chroma": "Q8_0"}[family]
    models, own = tmp_path / "models", original_of(folder, family, "transformer")
    write_gguf(models / "unet" / "packed.gguf", own, ARCHITECTURES[family], kind)
    write(models / "unet" / "plain.safetensors", rounded(own, kind))
    beside(models, folder, family)
    engine = engine_of(ModelLibrary([models], configs=configs))
    packed, plain = (generate(engine, job_for(f"unet/{name}"))[0][0] for name in ("packed", "plain"))
    assert np.array_equal(packed, plain)
    model = engine.load("unet/packed", lambda _progress: None, CancelToken())
    layers = [layer for layer in model.denoiser.network.modules() if isinstance(layer, PackedLinear)]
    assert len(layers) > 10
    assert {layer.weight.dtype for layer in layers} == {torch.int8}
    assert f"GGUF, {'Flux.1' if family == 'flux1' else 'Chroma'}, {kind}" in model.info.what


def test_a_lora_is_added_to_packed_weights_and_off_is_as_before(
    family: str, folder: Path, configs: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    write_gguf(models / "unet" / "packed.gguf", original_of(folder, family, "transformer"), ARCHITECTURES[family])
    beside(models, folder, family)
    write(models / "loras" / "red.safetensors", fused_lora())
    engine = engine_of(ModelLibrary([models], configs=configs))
    draw = lambda *loras: generate(engine, job_for("unet/packed", loras=loras))[0][0]  # noqa: E731
    before, worn, after = draw(), draw(LoraUse("red", 1.0)), draw()
    assert not np.array_equal(before, worn)
    assert np.array_equal(before, after)


def fused_lora() -> State:
    """A change under the names of the first release, where queries, keys and values are one."""
    generator = torch.Generator().manual_seed(5)
    name = "lora_unet_double_blocks_0_img_attn_qkv"
    down, up = (torch.randn(shape, generator=generator) for shape in ((4, 32), (96, 4)))
    return {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up, f"{name}.alpha": torch.tensor(4.0)}


def test_the_text_encoder_may_be_packed_too(family: str, folder: Path, configs: Path, tmp_path: Path) -> None:
    models, part = tmp_path / "models", ENCODERS[family][-1]
    write(models / "unet" / "alone.safetensors", original_of(folder, family, "transformer"))
    beside(models, folder, family)
    (models / "text_encoders" / "t5xxl_fp16.safetensors").unlink()
    config = json.loads((folder / part / "config.json").read_text())
    own = of_part(folder, part)
    words = {slot.original: own[slot.name] for slot in FAMILIES[family].part(part).slots(config) or ()}
    write_gguf(models / "text_encoders" / "t5-v1_1-xxl-encoder-Q8_0.gguf", words, "t5encoder")
    library = ModelLibrary([models], configs=configs)
    assert library.get("text_encoders/t5-v1_1-xxl-encoder-Q8_0").what.startswith("GGUF, T5-XXL text encoder")
    encoder = load(library, "unet/alone").networks[part]
    expected = {slot.name: rounded(words)[slot.original] for slot in FAMILIES[family].part(part).slots(config) or ()}
    query = encoder.encoder.block[0].layer[0].SelfAttention.q
    assert isinstance(query, PackedLinear)
    assert torch.equal(query.unpacked(torch.float32), expected["encoder.block.0.layer.0.SelfAttention.q.weight"])
    assert torch.equal(encoder.shared.weight, expected["shared.weight"])
    (drawn,), _ = generate(engine_of(library), job_for("unet/alone"))
    assert drawn.std() > 0


def test_a_cancel_ends_a_load_within_a_file(family: str, folder: Path, configs: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    write_gguf(models / "unet" / "packed.gguf", original_of(folder, family, "transformer"), ARCHITECTURES[family])
    beside(models, folder, family)
    engine, cancel = engine_of(ModelLibrary([models], configs=configs)), CancelToken()

    def report(progress: Any) -> None:
        if progress.fraction:
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine.load("unet/packed", report, cancel)
    assert engine.loaded_model is None


def damaged(path: Path, how: str) -> None:
    raw = path.read_bytes()
    if how == "cut":
        path.write_bytes(raw[:-100])
    else:
        name = b"double_blocks.0.img_attn.qkv.weight"
        place = raw.index(name) + len(name) + 4 + 2 * 8
        path.write_bytes(raw[:place] + int(how).to_bytes(4, "little") + raw[place + 4 :])


@pytest.mark.parametrize(("how", "reason"), [("cut", "missing at its end"), ("16", "IQ2_XXS"), ("77", "GGUF 77")])
def test_what_cannot_be_read_is_named_before_the_load(
    folder: Path, configs: Path, tmp_path: Path, family: str, how: str, reason: str
) -> None:
    models = tmp_path / "models"
    path = write_gguf(models / "odd.gguf", original_of(folder, family, "transformer"), ARCHITECTURES[family])
    damaged(path, how)
    with pytest.raises(ModelError, match=reason):
        ModelLibrary([models], configs=configs).checked("odd")


def test_tensors_lie_where_the_header_says(tmp_path: Path) -> None:
    values = {"a.weight": torch.arange(64.0).reshape(2, 32), "b": torch.arange(5.0)}
    path = write_gguf(tmp_path / "a.gguf", values, "flux")
    entries = read_gguf_header(path).tensors
    raw = path.read_bytes()
    assert entries["a.weight"].shape == (2, 32)
    assert raw[entries["b"].start : entries["b"].end] == values["b"].numpy().tobytes()
    assert entries["a.weight"].end - entries["a.weight"].start == 2 * 34


def widen(part: Path, **changes: int) -> None:
    """Rows long enough for the blocks of the format."""
    config = json.loads((part / "config.json").read_text())
    (part / "config.json").write_text(json.dumps(config | changes))


def test_qwen3_and_z_image_draw_packed_too(tmp_path: Path) -> None:
    """The same door: a language model under the names of its GGUF files, and a transformer that reads it."""
    configs = write_configs(tmp_path / "configs")
    widen(configs / "z-image" / "text_encoder", hidden_size=32, intermediate_size=32)
    widen(configs / "z-image" / "transformer", cap_feat_dim=32)
    parts = networks(configs, "z-image")
    models = tmp_path / "models"
    for part, architecture in (("transformer", "lumina2"), ("text_encoder", "qwen3")):
        config = json.loads((configs / "z-image" / part / "config.json").read_text())
        slots = FAMILIES["z-image"].part(part).slots(config) or ()
        state = stored(parts[part].state_dict(), slots, "original")
        write_gguf(models / f"{part}.gguf", state, architecture)
    write_part(models / "vae.safetensors", configs, "z-image", "vae", parts["vae"])
    library = ModelLibrary([models], configs=configs)
    assert library.get("transformer").problem is None
    loaded = load(library, "transformer").networks
    packed = {
        name: sum(isinstance(layer, PackedLinear) for layer in network.modules()) for name, network in loaded.items()
    }
    assert min(packed["transformer"], packed["text_encoder"]) > 3
    (drawn,), _ = generate(engine_of(library), job_for("transformer"))
    assert drawn.std() > 0


def test_a_unet_of_stable_diffusion_draws_packed(models_folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    tiny, copied = models_folder / "tiny", tmp_path / "configs"
    shutil.copytree(tiny, copied / "sd1", ignore=shutil.ignore_patterns("*.safetensors"))
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    monkeypatch.setattr(loading, "BUNDLED", {"clip": lambda _configs, _filling: tokenizer})
    write_gguf(tmp_path / "models" / "sd15-Q8_0.gguf", unet_of(tiny, ""), "sd1")
    write(tmp_path / "models" / "vae.safetensors", sd_vae_of(tiny))
    write(tmp_path / "models" / "clip_l.safetensors", text_of(tiny, "text_model."))
    library = ModelLibrary([tmp_path / "models"], configs=copied)
    assert library.get("sd15-Q8_0").problem is None
    loaded = load(library, "sd15-Q8_0")
    assert any(isinstance(layer, PackedLinear) for layer in loaded.denoiser.modules())
