"""LoRAs and their kin, and embeddings: in which of the formats, and for which family."""

from __future__ import annotations

from typing import Final

from studio.engine.models.identity.families import drawn, family_name
from studio.engine.models.identity.subject import Subject
from studio.message import Message

_FORMATS: Final = (
    ("LoHa", (".hada_w1_a$",)),
    ("LoKr", (".lokr_w1$", ".lokr_w1_a$", ".lokr_w2$", ".lokr_w2_a$")),
    ("OFT", (".oft_blocks$", ".oft_diag$", ".oft_R")),
    ("GLoRA", (".a1.weight$",)),
    ("IA3", (".on_input$",)),
    ("diffusers", (".processor.to_q_lora.", "_lora.down.weight$", ".lora.down.weight$")),
    ("PEFT", (".lora_A.", ".lora_embedding_A")),
    ("kohya", (".lora_down.weight$", ".lora_up.weight$", ".lora_mid.weight$")),
    ("full difference", (".diff$", ".diff_b$")),
)
"""Formats and the ends of names that tell them; those that tell more stand first."""

_SHRINKING: Final = (".lora_down.weight", ".lora_A", ".lora.down.weight", "_lora.down.weight", ".hada_w1_b")
"""The halves whose last side is that of what comes in."""

_LAYERS: Final = (
    ("qwen-image", ("transformer_blocks_0_img_mlp", "transformer_blocks_0_img_mod")),
    ("flux2", ("attn_to_qkv_mlp_proj", "_ff_linear_in", "_ff_context_linear_", "double_stream_modulation_")),
    ("flux1", ("double_blocks_", "single_transformer_blocks_", "single_blocks_")),
    ("sd3", ("joint_blocks_", "transformer_blocks_0_attn_add_q_proj")),
    ("z-image", ("layers_0_attention_", "noise_refiner_")),
    ("wan", ("blocks_0_cross_attn_", "blocks_0_self_attn_")),
    ("cascade", ("lora_prior_unet_",)),
    ("ltx-video", ("transformer_transformer_blocks_0_attn1", "\ntransformer_blocks_0_attn1_")),
    (
        "sdxl",
        (
            "lora_te1_",
            "lora_te2_",
            "text_encoder_2_",
            "input_blocks_4_1_transformer_blocks_1_",
            "down_blocks_1_attentions_0_transformer_blocks_1_",
            "down_blocks_2_attentions_0_transformer_blocks_2_",
            "mid_block_attentions_0_transformer_blocks_1_",
            "middle_block_1_transformer_blocks_1_",
            "output_blocks_0_1_transformer_blocks_",
            "up_blocks_0_attentions_",
        ),
    ),
    (
        "sd1",
        (
            "down_blocks_0_attentions_",
            "up_blocks_3_attentions_",
            "input_blocks_1_1_",
            "output_blocks_11_1_",
            "lora_te_text_model_",
            "text_encoder_",
        ),
    ),
)
"""Parts of names with underscores for points, by family; those that tell more stand first."""

_NOTED: Final = (
    ("refiner", "sdxl-refiner"),
    ("stable-diffusion-xl", "sdxl"),
    ("sdxl", "sdxl"),
    ("stable-diffusion-v1", "sd1"),
    ("sd_v1", "sd1"),
    ("sd_1.5", "sd1"),
    ("stable-diffusion-v2", "sd2"),
    ("sd_v2", "sd2"),
    ("stable-diffusion-3", "sd3"),
    ("sd3", "sd3"),
    ("flux-2", "flux2"),
    ("flux", "flux1"),
    ("z-image", "z-image"),
    ("qwen-image", "qwen-image"),
    ("chroma", "chroma"),
    ("wan", "wan"),
)
"""What training programs write of the model that they trained for."""

_NOTES: Final = ("modelspec.architecture", "ss_base_model_version")
_WIDTHS: Final = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
_VECTORS: Final = {768: "sd1", 1024: "sd2", 1280: "sdxl"}
_MOST_VECTORS: Final = 256


def lora_format(subject: Subject) -> str:
    """The format of a LoRA or one of its kin; "" for what is none."""
    return next((name for name, ends in _FORMATS if any(subject.says(end) for end in ends)), "")


def lora_family(subject: Subject) -> str:
    """The family that a LoRA was made for: by the width of the text that it looks at, by its layers, and by what was
    noted in it. "" where nothing tells."""
    for attention in ("attn2_to_k", "attn2.to_k", "attn2.processor.to_k"):
        for half in _SHRINKING:
            if (width := subject.last_side(attention, half)) in _WIDTHS:
                return _WIDTHS[width]
    by_layers = next((family for family, marks in _LAYERS if any(mark in subject.flat_names for mark in marks)), "")
    by_layers = "flux2" if by_layers == "flux1" and _is_of_flux2(subject) else by_layers
    noted = noted_family(subject)
    return noted if noted and (not by_layers or (noted == "sd2" and by_layers == "sd1")) else by_layers


_WIDENING: Final = (("linear1", 9), ("img_mlp_0", 6), ("img_mlp.0", 6), ("txt_mlp_0", 6), ("txt_mlp.0", 6))
"""Layers of Flux, and how many times as much comes out of them as goes in in its second release."""
_GROWING: Final = (".lora_up.weight", ".lora_B")


def _is_of_flux2(subject: Subject) -> bool:
    """Whether layers that both releases of Flux name alike have the sides of the second."""
    for layer, times in _WIDENING:
        given = max(subject.last_side(layer, half) for half in _SHRINKING)
        out = max(subject.first_side(layer, half) for half in _GROWING)
        if given and out:
            return out == times * given
    return False


def noted_family(subject: Subject) -> str:
    """The family that the file says it belongs to; "" where it says none."""
    notes = " ".join(subject.header.metadata.get(note, "") for note in _NOTES).lower()
    return next((family for mark, family in _NOTED if mark in notes), "")


def lora_name(subject: Subject, family: str) -> str:
    """What a LoRA is, for a person."""
    return Message("{what} ({format})", what=_with_warning(Message("LoRA"), family), format=lora_format(subject))


def embedding_family(subject: Subject) -> str | None:
    """The family of an embedding (textual inversion); ``None`` for what is none."""
    tensors = subject.header.tensors
    if not 1 <= len(tensors) <= 4 or not all(_is_bare(name) for name in tensors):
        return None
    sides = [entry.shape[-1] if 1 <= len(entry.shape) <= 2 else 0 for entry in tensors.values()]
    rows = [entry.shape[0] if len(entry.shape) == 2 else 1 for entry in tensors.values()]
    if max(rows, default=0) > _MOST_VECTORS:
        return None
    if {"clip_l", "clip_g"} <= tensors.keys():
        return "sdxl"
    return _VECTORS.get(sides[0]) if len(set(sides)) == 1 else None


def _is_bare(name: str) -> bool:
    """Whether a name is one of no network: those have points in theirs."""
    return "." not in name.removeprefix("string_to_param.").removeprefix("bundle_emb.")


def embedding_name(family: str) -> str:
    """What an embedding is, for a person."""
    return _with_warning(Message("Embedding"), family)


def made_for(what: str, family: str) -> str:
    """``what`` and the name of its family, if that is known; for a person."""
    named = Message(what)
    return Message("{what} for {family}", what=named, family=family_name(family)) if family else named


def _with_warning(what: str, family: str) -> str:
    named = made_for(what, family)
    is_drawn = not family or family in drawn()
    return named if is_drawn else Message("{what}, which Shoreline does not draw with", what=named)
