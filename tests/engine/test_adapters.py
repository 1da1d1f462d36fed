"""LoRAs and their kin on tiny random networks: the same as with weights that were changed by hand, and gone without."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.adapters.adapters import Adapters
from studio.engine.adapters.names import DENOISER
from studio.engine.models.layouts.text_encoders import clip_slots
from studio.engine.models.layouts.unet import unet_slots
from studio.engine.models.loras import WantedLora
from studio.engine.models.model_info import ModelInfo
from studio.errors import Cancelled, ModelError
from tests.engine.adapter_files import FORMATS, adapter_file, lora, small, write
from tests.engine.tiny_model import tiny_text_encoder, tiny_unet

SLOTS = {DENOISER: unet_slots, "text_encoder": clip_slots}


MATRIX = "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k"
POINTWISE = "down_blocks.1.attentions.0.proj_in"
KERNEL = "down_blocks.1.resnets.0.conv1"
STRIDED = "down_blocks.0.downsamplers.0.conv"
ORIGINALS = {
    MATRIX: "input_blocks.3.1.transformer_blocks.0.attn2.to_k",
    POINTWISE: "input_blocks.3.1.proj_in",
    KERNEL: "input_blocks.3.0.in_layers.2",
    STRIDED: "input_blocks.2.0.op",
}


@pytest.fixture
def unet() -> Any:
    torch.manual_seed(0)
    return tiny_unet(4).eval().requires_grad_(False)


@pytest.fixture
def encoder() -> Any:
    torch.manual_seed(1)
    return tiny_text_encoder().eval().requires_grad_(False)


@torch.no_grad()
def drawn(unet: Any) -> torch.Tensor:
    generator = torch.Generator().manual_seed(3)
    sample, words = torch.randn(2, 4, 8, 8, generator=generator), torch.randn(2, 7, 32, generator=generator)
    output: torch.Tensor = unet(sample, torch.tensor(500), words, return_dict=False)[0]
    return output


def changed(network: Any, changes: dict[str, torch.Tensor], weight: float = 1.0) -> Any:
    """A copy with weights that were changed by hand, by the names of its layers."""
    other = copy.deepcopy(network)
    for layer in other.modules():
        layer._forward_hooks.clear()  # what was worn already
    for name, change in changes.items():
        other.get_submodule(name).weight.data += weight * change
    return other


def wanted(path: Path, weight: float = 1.0, text_weight: float | None = None) -> WantedLora:
    info = ModelInfo(id=path.stem, name=path.stem, path=path, family="sd1", format="single_file", size=0, kind="lora")
    return WantedLora(info, weight, weight if text_weight is None else text_weight)


def nothing() -> None:
    return None


def layers_for(kind: str) -> tuple[str, ...]:
    matrices = (MATRIX,) if FORMATS[kind].for_matrices else ()
    return (*matrices, *((KERNEL, STRIDED) if FORMATS[kind].for_convolutions else ()))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("weight", [1.0, -0.7])
def test_every_format_draws_as_with_weights_changed_by_hand(
    unet: Any, kind: str, weight: float, tmp_path: Path
) -> None:
    torch.manual_seed(5)
    stems = {f"lora_unet_{name.replace('.', '_')}": name for name in layers_for(kind)}
    changes = adapter_file(
        tmp_path / "a.safetensors", {stem: unet.get_submodule(name) for stem, name in stems.items()}, kind
    )
    plain = drawn(unet)
    expected = drawn(changed(unet, {stems[stem]: change for stem, change in changes.items()}, weight))
    adapters = Adapters({DENOISER: unet}, SLOTS)
    assert adapters.wear([wanted(tmp_path / "a.safetensors", weight)], nothing) == ()
    assert torch.allclose(drawn(unet), expected, atol=1e-5)
    assert not torch.allclose(plain, expected, atol=1e-2), "the change can be seen"
    adapters.wear([], nothing)
    assert torch.equal(drawn(unet), plain), "without it the network is what it was"


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("lora_unet_{flat}", "kohya"),
        ("lora_unet_{original}", "kohya"),
        ("lycoris_{flat}", "kohya"),
        ("unet.{name}", "PEFT"),
        ("{name}", "PEFT"),
        ("base_model.model.unet.{name}", "PEFT"),
        ("unet.{name}", "diffusers"),
        ("diffusion_model.{dotted}", "PEFT"),
        ("model.diffusion_model.{dotted}", "kohya"),
    ],
)
def test_layers_are_found_by_every_name_they_have(unet: Any, stem: str, kind: str, tmp_path: Path) -> None:
    def named(name: str) -> str:
        dotted = ORIGINALS[name]
        flat, original = name.replace(".", "_"), dotted.replace(".", "_")
        return stem.format(name=name, flat=flat, original=original, dotted=dotted)

    names = {named(name): name for name in ORIGINALS}
    changes = adapter_file(tmp_path / "a.safetensors", {s: unet.get_submodule(n) for s, n in names.items()}, kind)
    expected = drawn(changed(unet, {names[s]: change for s, change in changes.items()}))
    assert Adapters({DENOISER: unet}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing) == ()
    assert torch.allclose(drawn(unet), expected, atol=1e-5)


def test_old_names_of_attention_processors_are_known(unet: Any, tmp_path: Path) -> None:
    attention = MATRIX.removesuffix(".to_k")
    out = f"{attention}.to_out.0"
    found, changes = {}, {}
    for old, layer in (("to_k", MATRIX), ("to_out", out)):
        own, changes[layer] = lora("_lora.down.weight", "_lora.up.weight", None).tensors(
            unet.get_submodule(layer).weight
        )
        found |= {f"unet.{attention}.processor.{old}{end}": tensor for end, tensor in own.items()}
    write(tmp_path / "a.safetensors", found)
    assert Adapters({DENOISER: unet}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing) == ()
    assert torch.allclose(drawn(unet), drawn(changed(unet, changes)), atol=1e-5)


def test_matrices_stored_as_pointwise_convolutions_fit_and_the_other_way_round(unet: Any, tmp_path: Path) -> None:
    a, b, c, d = small(3, 32, 1, 1), small(24, 3, 1, 1), small(3, 24), small(24, 3)
    matrix, pointwise = (f"lora_unet_{name.replace('.', '_')}" for name in (MATRIX, POINTWISE))
    write(
        tmp_path / "a.safetensors",
        {
            f"{matrix}.lora_down.weight": a,
            f"{matrix}.lora_up.weight": b,
            f"{pointwise}.lora_down.weight": c,
            f"{pointwise}.lora_up.weight": d,
        },
    )
    expected = changed(unet, {MATRIX: b.flatten(1) @ a.flatten(1), POINTWISE: (d @ c)[:, :, None, None]})
    assert Adapters({DENOISER: unet}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing) == ()
    assert torch.allclose(drawn(unet), drawn(expected), atol=1e-5)


@pytest.mark.parametrize("kind", ["LoRA", "DoRA", "LoHa", "LoKr"])
def test_what_peft_makes_is_read_as_peft_reads_it(unet: Any, kind: str, tmp_path: Path) -> None:
    import peft

    plain = copy.deepcopy(unet)
    targets = [MATRIX, KERNEL]
    config: Any = {
        "LoRA": lambda: peft.LoraConfig(r=4, lora_alpha=6, target_modules=targets, init_lora_weights=False),
        "DoRA": lambda: peft.LoraConfig(
            r=4, lora_alpha=6, target_modules=targets, init_lora_weights=False, use_dora=True
        ),
        "LoHa": lambda: peft.LoHaConfig(r=4, alpha=6, target_modules=targets, init_weights=False),
        "LoKr": lambda: peft.LoKrConfig(
            r=2, alpha=6, target_modules=targets, init_weights=False, use_effective_conv2d=True
        ),
    }[kind]()
    model = peft.get_peft_model(unet, config)
    model.save_pretrained(tmp_path / "made")
    file = next((tmp_path / "made").glob("*.safetensors"))
    assert Adapters({DENOISER: plain}, SLOTS).wear([wanted(file)], nothing) == ()
    assert torch.allclose(drawn(plain), drawn(model), atol=2e-4)


def test_the_alpha_that_diffusers_notes_counts(unet: Any, tmp_path: Path) -> None:
    own, change = lora("lora_A.weight", "lora_B.weight", None).tensors(unet.get_submodule(MATRIX).weight)
    write(
        tmp_path / "a.safetensors",
        {f"unet.{MATRIX}.{end}": tensor for end, tensor in own.items()},
        {"lora_adapter_metadata": '{"unet.r": 3, "unet.lora_alpha": 6}'},
    )
    Adapters({DENOISER: unet}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing)
    assert torch.allclose(drawn(unet), drawn(changed(unet, {MATRIX: 2.0 * change})), atol=1e-5)


def test_several_add_up_and_text_encoders_have_weights_of_their_own(unet: Any, encoder: Any, tmp_path: Path) -> None:
    plain = copy.deepcopy(encoder)
    query = next(name for name, _ in encoder.named_modules() if name.endswith("layers.1.self_attn.q_proj"))
    te = "lora_te_text_model_" + query.removeprefix("text_model.").replace(".", "_")
    first = adapter_file(
        tmp_path / "1.safetensors",
        {f"unet.{MATRIX}": unet.get_submodule(MATRIX), te: encoder.get_submodule(query)},
    )
    second = adapter_file(tmp_path / "2.safetensors", {f"unet.{MATRIX}": unet.get_submodule(MATRIX)}, "LoHa")
    expected = changed(unet, {MATRIX: 0.5 * first[f"unet.{MATRIX}"] - 2.0 * second[f"unet.{MATRIX}"]})
    adapters = Adapters({DENOISER: unet, "text_encoder": encoder}, SLOTS)
    mark = adapters.text_mark
    adapters.wear([wanted(tmp_path / "1.safetensors", 0.5, 0.25), wanted(tmp_path / "2.safetensors", -2.0)], nothing)
    assert torch.allclose(drawn(unet), drawn(expected), atol=1e-5)
    ids = torch.arange(1, 8)[None]
    by_hand = changed(plain, {query: 0.25 * first[te]})
    assert torch.allclose(encoder(ids)[0], by_hand(ids)[0], atol=1e-5)
    assert adapters.text_mark != mark
    adapters.wear([wanted(tmp_path / "2.safetensors", -2.0)], nothing)
    assert adapters.text_mark == mark, "this one leaves the words alone"
    assert torch.equal(encoder(ids)[0], plain(ids)[0])


def test_another_weight_reads_nothing_again_and_a_changed_file_does(
    unet: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.adapters import adapters as module

    read: list[Path] = []
    real = module.read_adapter

    def watched(path: Path, *rest: Any) -> Any:
        read.append(path)
        return real(path, *rest)

    monkeypatch.setattr(module, "read_adapter", watched)
    file = tmp_path / "a.safetensors"
    stem = f"unet.{MATRIX}"
    adapter_file(file, {stem: unet.get_submodule(MATRIX)})
    adapters = Adapters({DENOISER: unet}, SLOTS)
    pictures = []
    for weight in (1.0, 0.3, 0.0, 1.0):
        adapters.wear([wanted(file, weight)] if weight else [], nothing)
        pictures.append(drawn(unet))
    assert read == [file]
    assert torch.equal(pictures[0], pictures[3])
    assert not torch.allclose(pictures[0], pictures[1], atol=1e-3)
    changes = adapter_file(
        file,
        {stem: unet.get_submodule(MATRIX), "unet.mid_block.attentions.0.proj_in": unet.mid_block.attentions[0].proj_in},
    )
    adapters.wear([wanted(file)], nothing)
    assert read == [file, file]
    expected = changed(unet, {name.removeprefix("unet."): change for name, change in changes.items()})
    assert torch.allclose(drawn(unet), drawn(expected), atol=1e-5)


def test_what_fits_nowhere_is_told_and_what_fits_is_used(unet: Any, tmp_path: Path) -> None:
    own, change = lora("lora_down.weight", "lora_up.weight").tensors(unet.get_submodule(MATRIX).weight)
    wrong, _ = lora("lora_down.weight", "lora_up.weight").tensors(torch.zeros(7, 9))
    write(
        tmp_path / "a.safetensors",
        {
            **{f"lora_unet_{MATRIX.replace('.', '_')}.{end}": tensor for end, tensor in own.items()},
            **{f"lora_unet_{KERNEL.replace('.', '_')}.{end}": tensor for end, tensor in wrong.items()},
            "lora_unet_nowhere.lora_down.weight": small(3, 3),
            "something.else": small(2),
        },
    )
    (note,) = Adapters({DENOISER: unet}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing)
    assert note.startswith("5 tensors of the LoRA a fit no layer")
    assert torch.allclose(drawn(unet), drawn(changed(unet, {MATRIX: change})), atol=1e-5)


@pytest.mark.parametrize("fault", ["nothing fits", "not finite", "truncated", "gone", "cancelled"])
def test_a_load_that_fails_leaves_the_model_as_it_was(unet: Any, fault: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.safetensors", tmp_path / "bad.safetensors"
    layer = unet.get_submodule(MATRIX)
    adapter_file(good, {f"unet.{MATRIX}": layer})
    adapters = Adapters({DENOISER: unet}, SLOTS)
    adapters.wear([wanted(good)], nothing)
    before = drawn(unet)
    if fault == "nothing fits":
        write(bad, {"lora_unet_nowhere.lora_down.weight": small(3, 3), "lora_unet_nowhere.lora_up.weight": small(3, 3)})
    elif fault == "not finite":
        write(bad, {f"unet.{MATRIX}.diff": torch.full_like(layer.weight, float("nan"))})
    elif fault != "gone":
        adapter_file(bad, {f"unet.{MATRIX}": layer})
    if fault == "truncated":
        bad.write_bytes(bad.read_bytes()[:-40])

    def check() -> None:
        if fault == "cancelled":
            raise Cancelled

    with pytest.raises(Cancelled if fault == "cancelled" else ModelError) as caught:
        adapters.wear([wanted(good, 0.1), wanted(bad)], check)
    assert fault == "cancelled" or "bad" in str(caught.value)
    assert torch.equal(drawn(unet), before)


def test_half_precision_networks_are_added_to_in_their_own_format(unet: Any, tmp_path: Path) -> None:
    changes = adapter_file(tmp_path / "a.safetensors", {f"unet.{MATRIX}": unet.get_submodule(MATRIX)}, "LoKr")
    exact = drawn(changed(unet, {MATRIX: changes[f"unet.{MATRIX}"]}))
    half = copy.deepcopy(unet).to(torch.bfloat16)
    Adapters({DENOISER: half}, SLOTS).wear([wanted(tmp_path / "a.safetensors")], nothing)
    generator = torch.Generator().manual_seed(3)
    sample, words = torch.randn(2, 4, 8, 8, generator=generator), torch.randn(2, 7, 32, generator=generator)
    with torch.no_grad():
        rough = half(sample.bfloat16(), torch.tensor(500), words.bfloat16(), return_dict=False)[0]
    assert rough.dtype == torch.bfloat16
    assert float((rough.float() - exact).abs().mean() / exact.std()) < 0.05
