"""What tells files apart: a table with a row for each kind and family, of which the first that applies holds.

A mark is a part of a tensor's name, ``^`` its beginning and ``$`` its end; see `Subject.says`. Rows that tell more
stand above those that tell less. A new family is a row here and a name in ``families.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.families import Kind
from studio.engine.models.identity.subject import Subject


@dataclass(frozen=True)
class Rule:
    """A file is of this kind and family if all of ``marks`` are in it, none of ``lacks``, and sides of tensors fit.

    ``sides`` are (name, axis, length); ``what`` says more of it than its family does.
    """

    kind: Kind
    family: str
    what: str
    marks: tuple[str, ...]
    sides: tuple[tuple[str, int, int], ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """``what`` where nothing stands before it."""
        return self.what[:1].upper() + self.what[1:]

    def applies(self, subject: Subject) -> bool:
        """Whether a file is of this kind."""
        return (
            all(subject.says(mark) for mark in self.marks)
            and not any(subject.says(mark) for mark in self.lacks)
            and all(_side(subject.shape(name), axis) == length for name, axis, length in self.sides)
        )


def _side(shape: tuple[int, ...], axis: int) -> int:
    return shape[axis] if axis < len(shape) else 0


NETWORKS: Final = (
    Rule("control", "sdxl", "ControlNet Union", ("^task_embedding$", "^control_add_embedding.")),
    Rule("control", "sd", "Control-LoRA", ("^lora_controlnet$",)),
    Rule("control", "sd", "ControlNet", ("^control_model.",)),
    Rule("control", "sd", "ControlNet", ("^input_hint_block.0.weight$",)),
    Rule("control", "sd", "ControlNet", ("^controlnet_cond_embedding.",)),
    Rule("control", "sd", "ControlNet LLLite", ("^lllite_unet",)),
    Rule("control", "flux1", "ControlNet", ("^controlnet_x_embedder.",)),
    Rule("control", "flux1", "ControlNet", ("^controlnet_blocks.", "^img_in.")),
    Rule("control", "sd3", "ControlNet", ("^controlnet_blocks.", "^pos_embed_input.")),
    Rule("control", "z-image", "ControlNet", ("^control_layers.0.",)),
    Rule("control", "sd", "T2I-Adapter", ("^adapter.body.",)),
    Rule("control", "sd", "T2I-Adapter", ("^body.0.block1.weight$",)),
    Rule("control", "sd", "T2I-Adapter", ("^body.0.resnets.0.block1.weight$",)),
    Rule("control", "sd", "T2I-Adapter", ("^body.0.body.0.block1.weight$",)),
    Rule("reference", "sd", "IP-Adapter", ("^ip_adapter.", ".to_k_ip.weight$")),
    Rule("reference", "sd", "IP-Adapter", ("^image_proj.",)),
    Rule("reference", "flux1", "IP-Adapter", ("double_blocks.0.processor.ip_adapter",)),
    Rule("reference", "sdxl", "PhotoMaker", ("^id_encoder.",)),
    Rule("motion adapter", "sd", "motion adapter", ("motion_modules.",), lacks=("^time_embed.", "^time_embedding.")),
    Rule("model", "svd", "", (".time_stack.",)),
    Rule("model", "svd", "", (".temporal_transformer_blocks.",)),
    Rule("model", "flux2", "", ("^double_stream_modulation_img.lin.weight$",)),
    Rule("model", "flux2", "", ("^double_stream_modulation_img.linear.weight$",)),
    Rule("model", "chroma", "", ("^distilled_guidance_layer.",)),
    Rule("model", "hunyuan-video", "", ("^txt_in.individual_token_refiner.",)),
    Rule("model", "hunyuan-video", "", ("^context_embedder.token_refiner.",)),
    Rule("model", "flux1", "dev", ("^double_blocks.0.img_attn.", "^guidance_in.")),
    Rule("model", "flux1", "schnell", ("^double_blocks.0.img_attn.",)),
    Rule("model", "z-image", "", ("^noise_refiner.0.attention.",), (("cap_embedder.1.weight", 0, 3840),)),
    Rule("model", "z-image", "", ("^noise_refiner.0.attention.", "^cap_pad_token$")),
    Rule("model", "lumina2", "", ("^cap_embedder.1.weight$", "^noise_refiner.0.")),
    Rule("model", "qwen-image", "", ("^txt_norm.weight$",)),
    Rule("model", "sd3", "", ("^joint_blocks.0.",)),
    Rule("model", "sd3", "", ("^transformer_blocks.0.attn.add_q_proj.weight$", "^pos_embed.proj.weight$")),
    Rule("model", "auraflow", "", ("^double_layers.0.attn.w1q.weight$",)),
    Rule("model", "auraflow", "", ("^joint_transformer_blocks.0.",)),
    Rule("model", "hidream", "", ("^caption_projection.0.linear.weight$",)),
    Rule("model", "hunyuan-dit", "", ("^mlp_t5.0.weight$",)),
    Rule("model", "wan", "", ("^head.modulation$",)),
    Rule("model", "wan", "", ("^condition_embedder.time_embedder.linear_1.weight$",)),
    Rule("model", "anima", "", ("^llm_adapter.",)),
    Rule("model", "cosmos", "", ("^blocks.0.adaln_modulation_cross_attn.1.weight$",)),
    Rule("model", "cosmos", "", ("^blocks.block0.",)),
    Rule("model", "mochi", "", ("^t5_yproj.weight$",)),
    Rule("model", "pixart", "", ("^t_block.1.weight$", "^y_embedder.")),
    Rule("model", "pixart", "", ("^adaln_single.", "^pos_embed.proj.weight$")),
    Rule("model", "ltx-video", "", ("^adaln_single.", "^patchify_proj.weight$")),
    Rule("model", "ltx-video", "", ("^adaln_single.", "^proj_in.weight$")),
    Rule("model", "cascade", "stage C", ("^clip_txt_mapper.weight$",)),
    Rule("model", "cascade", "stage B", ("^clip_mapper.weight$", ".channelwise.")),
    Rule("model", "flux1", "", ("^transformer_blocks.0.attn.", "^x_embedder.weight$"), (("x_embedder.weight", 1, 64),)),
    Rule("model", "kolors", "", ("^encoder_hid_proj.weight$",)),
    Rule("model", "sdxl-refiner", "", ("^label_emb.0.0.weight$",), (("label_emb.0.0.weight", 1, 2560),)),
    Rule("model", "sdxl-refiner", "", ("^add_embedding.",), (("add_embedding.linear_1.weight", 1, 2560),)),
    Rule("model", "sd", "", ("^input_blocks.0.0.weight$",)),
    Rule("model", "sd", "", ("^down_blocks.0.resnets.0.", "^time_embedding.linear_1.weight$")),
    Rule("model", "sd", "", ("^unet.conv_in.weight$", "^unet.time_embedding.")),
)
"""Networks that draw, or that steer one. The family "sd" stands for the one of Stable Diffusion 1, 2 and XL that the
width of the text tells."""


def networks() -> tuple[Rule, ...]:
    """`NETWORKS`, and below them those of plugins: none can take the files of a family that is known here."""
    brought = (Rule("model", spec.id, "", spec.marks) for spec in FAMILIES.plugged.values() if spec.marks)
    return (*NETWORKS, *brought)


OTHERS: Final = (
    Rule("upscaler", "", "ESRGAN upscaler", ("^model.0.weight$", "^model.1.sub.")),
    Rule("upscaler", "", "Real-ESRGAN upscaler", ("^conv_first.weight$", "^body.0.rdb1.")),
    Rule("upscaler", "", "Real-ESRGAN upscaler", ("^RRDB_trunk.0.",)),
    Rule("upscaler", "", "upscaler", ("^conv_first.weight$", "^conv_last.weight$")),
    Rule("upscaler", "", "upscaler", ("^conv_first.weight$", "^layers.0.")),
    Rule("upscaler", "", "compact upscaler", ("^body.0.weight$", "^body.1.weight$"), (("body.0.weight", 1, 3),)),
    Rule("upscaler", "", "upscaler", ("^relative_position_index_SA$",)),
    Rule("upscaler", "", "SPAN upscaler", ("^conv_1.sk.weight$",)),
    Rule("upscaler", "", "PLKSR upscaler", ("^feats.0.weight$", "^feats.1.")),
    Rule("upscaler", "", "OmniSR upscaler", ("^residual_layer.0.",)),
    Rule("vae", "wan", "VAE", ("decoder.middle.0.residual.0.gamma$",)),
    Rule("vae", "wan", "VAE", ("decoder.mid_block.attentions.0.norm.gamma$",)),
    Rule("vae", "flux2", "VAE", ("^bn.running_mean$", "^decoder.conv_in.weight$")),
    Rule("vae", "sd", "VAE", ("^first_stage_model.decoder.conv_in.weight$",)),
    Rule("vae", "sd", "VAE", ("^decoder.conv_in.weight$", "^decoder.conv_out.weight$")),
    Rule("part", "sd", "preview decoder", ("^taesd_decoder.1.weight$",)),
    Rule("part", "sd", "preview decoder", ("^decoder.layers.0.weight$",)),
    Rule("part", "sd", "preview decoder", ("^decoder.1.weight$", "^decoder.3.conv.0.weight$")),
    Rule("part", "sd", "preview decoder", ("^1.weight$", "^3.conv.0.weight$")),
    Rule("part", "sd", "preview decoder", ("^layers.0.weight$", "^layers.2.conv.0.weight$")),
    Rule("part", "sd", "preview encoder", ("^0.weight$", "^1.conv.0.weight$")),
    Rule("part", "", "CLIP image encoder", ("^vision_model.embeddings.class_embedding$",)),
    Rule("part", "", "CLIP image encoder", ("^visual.class_embedding$",)),
    Rule("part", "", "picture encoder", ("^vision_model.embeddings.",)),
    Rule("part", "", "picture encoder", ("^visual.",)),
    Rule("part", "", "T5 text encoder", ("encoder.block.0.layer.0.SelfAttention.",)),
    Rule("part", "", "text encoder and language model", ("layers.0.self_attn.q_proj.weight$", "embed_tokens.weight$")),
    Rule("part", "", "CLIP text encoder", ("encoder.layers.0.self_attn.q_proj.weight$",)),
    Rule("part", "", "CLIP text encoder", ("transformer.resblocks.0.attn.in_proj_weight$",)),
)
"""What is no network that draws."""


def first_rule(subject: Subject, rules: tuple[Rule, ...]) -> Rule | None:
    """The first that applies."""
    return next((rule for rule in rules if rule.applies(subject)), None)


_MOST_PREFIXES: Final = 64


def foreign_subject(subject: Subject, rules: tuple[Rule, ...]) -> Subject | None:
    """The file as one whose names begin with what no program known here writes, if a rule applies to it then."""
    anchors = (mark for rule in rules for mark in rule.marks if mark.startswith("^"))
    prefixes = dict.fromkeys(prefix for mark in anchors for prefix in subject.before(mark))
    tried = (replace(subject, foreign=prefix) for prefix in islice(prefixes, _MOST_PREFIXES))
    return next((each for each in tried if first_rule(each, rules)), None)


def sd_family(subject: Subject) -> str:
    """Which Stable Diffusion a network is made for, by the width of the text that it looks at; "" if nothing tells."""
    text = subject.last_side("attn2.to_k.weight") or subject.last_side("to_k_ip.weight")
    if text in _TEXT_WIDTHS:
        return _TEXT_WIDTHS[text]
    if subject.says("label_emb.0.0.weight$") or subject.says("add_embedding.linear_1.weight$"):
        return "sdxl"
    return next((family for mark, family in _ENCODERS if subject.says(mark)), "")


_TEXT_WIDTHS: Final = {768: "sd1", 1024: "sd2", 2048: "sdxl", 1280: "sdxl-refiner"}
_ENCODERS: Final = (
    ("^conditioner.embedders.1.", "sdxl"),
    ("^cond_stage_model.model.", "sd2"),
    ("^cond_stage_model.transformer.", "sd1"),
)
