"""What a file is: its kind and family, what people call it, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from studio.engine.models.families.family import Family
from studio.engine.models.families.table import FAMILIES as DESCRIPTIONS
from studio.engine.models.gguf_headers import SUFFIX, read_gguf_header
from studio.engine.models.headers import read_header, refuse_pickle
from studio.engine.models.identity.adapters import (
    embedding_family,
    embedding_name,
    lora_family,
    lora_name,
    made_for,
    noted_family,
)
from studio.engine.models.identity.adapters import lora_format as adapter_format
from studio.engine.models.identity.checkpoints import find_networks, find_part
from studio.engine.models.identity.families import Kind, drawn, family_name
from studio.engine.models.identity.referring import (
    IMAGE_ENCODER,
    REFERENCE,
    REFERRED,
    Referring,
    Sight,
    referring,
    sight,
)
from studio.engine.models.identity.rules import NETWORKS, OTHERS, Rule, first_rule, foreign_subject, networks, sd_family
from studio.engine.models.identity.sampling import Taught, taught
from studio.engine.models.identity.steering import Steering, is_for_xl, steering
from studio.engine.models.identity.subject import Subject
from studio.engine.models.preview_decoders import PREVIEW_DECODER, found_decoder
from studio.message import Message

UNKNOWN: Final = Message("Unknown")
"""What a sound file is called that no tensor tells."""

_SHARD: Final = re.compile(r"-\d{5}-of-(\d{5})$")
_FORMATS: Final = {"F8_E4M3": "fp8", "F8_E5M2": "fp8", "F32": "float32"}
_BY_NAME: Final = (("xl", "sdxl"), ("sd15", "sd1"), ("sd1", "sd1"), ("v1-5", "sd1"), ("v15", "sd1"), ("sd2", "sd2"))
_GGUF_BY_NAME: Final = (
    ("flux2", "flux2"),
    ("flux-2", "flux2"),
    ("flux.2", "flux2"),
    ("flux", "flux1"),
    ("chroma", "chroma"),
    ("qwen-image", "qwen-image"),
    ("qwen_image", "qwen-image"),
    ("z-image", "z-image"),
    ("z_image", "z-image"),
    ("wan", "wan"),
    *_BY_NAME,
)
_ARCHITECTURES: Final = {
    "flux": "flux1",
    "sd1": "sd1",
    "sd3": "sd3",
    "sdxl": "sdxl",
    "qwen_image": "qwen-image",
    "lumina2": "lumina2",
    "wan": "wan",
    "hyvid": "hunyuan-video",
    "ltxv": "ltx-video",
    "hidream": "hidream",
    "cosmos": "cosmos",
    "aura": "auraflow",
}
"""What GGUF files call the families."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a file is.

    ``what`` says it for a person; ``parts`` are the networks that it holds, by the names of diffusers, and ``missing``
    those that must come from elsewhere. ``is_inpainting`` is for UNets with 9 channels, ``is_guided`` for those that
    are shown the guidance scale. ``steering``, ``referring`` and ``sight`` say what a control network, an IP-Adapter or
    an image encoder is like, ``None`` for what is not drawn with.
    ``problem`` says why it cannot be used, a sentence or two, or is ``None``.
    """

    kind: Kind
    what: str
    family: str = ""
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    taught: Taught | None = None
    is_inpainting: bool = False
    is_guided: bool = False
    steering: Steering | None = None
    referring: Referring | None = None
    sight: Sight | None = None
    problem: str | None = None


def identify(path: Path, configs: Path, *, family: str = "") -> Identity:
    """What a file in one of the formats of weights is. ``configs`` are the bundled configs; ``family`` that of a person
    who knows better, "" for none.

    Raises `ModelError` for what cannot be read or is damaged, `UnsafeModelError` for a pickle.
    """
    refuse_pickle(path)
    is_gguf = path.suffix.lower() == SUFFIX
    subject = Subject(path, read_gguf_header(path) if is_gguf else read_header(path))
    if is_gguf:
        return _gguf(subject, family, configs)
    found = _told(subject, configs, family)
    shards = _SHARD.search(path.stem)
    return found if shards is None else replace(found, kind="other", problem=_one_of(path, int(shards[1])))


def _one_of(path: Path, count: int) -> str:
    return Message(
        "{file} is one of the {count} pieces of a model. "
        "They are read from the folder of a whole model, beside its model_index.json.",
        file=path.name,
        count=count,
    )


def _told(subject: Subject, configs: Path, family: str) -> Identity:
    embedding = embedding_family(subject)
    if embedding is not None:
        return Identity(kind="embedding", family=family or embedding, what=embedding_name(family or embedding))
    rule = first_rule(subject, networks()) if not adapter_format(subject) else first_rule(subject, NETWORKS[:_STEERING])
    if rule is None and adapter_format(subject):
        taught_for = family or lora_family(subject)
        return Identity(kind="lora", family=taught_for, what=lora_name(subject, taught_for))
    elsewhere = foreign_subject(subject, networks()) if rule is None else None
    if elsewhere is not None:
        return _below_prefix(elsewhere, configs, family)
    rule = rule or first_rule(subject, OTHERS)
    if rule is None:
        return _unknown(subject)
    return _network(subject, rule, configs, family)


def _below_prefix(subject: Subject, configs: Path, family: str) -> Identity:
    """What a file is whose names begin with what no known program writes: models are drawn with all the same."""
    rule = first_rule(subject, networks())
    assert rule is not None
    found = _network(subject, rule, configs, family)
    if rule.kind == "model":
        return found
    reason = Message("the names of its tensors begin with {prefix}, which is not known", prefix=subject.foreign[:60])
    return replace(found, problem=_unusable(subject, found.what, reason))


_STEERING: Final = sum(rule.kind != "model" for rule in NETWORKS)
"""The rows for what steers a network; some of it has LoRAs in it."""


def _network(subject: Subject, rule: Rule, configs: Path, wanted: str) -> Identity:
    family = wanted or (_sd_family(subject, rule) if rule.family == "sd" else rule.family)
    if rule.kind == "model" and family in DESCRIPTIONS:
        return _checkpoint(subject, DESCRIPTIONS[family], rule.what, configs)
    name = family_name(family)
    if rule.kind == "model":
        what = _container(subject, " ".join(filter(None, (name, rule.what))))
        return Identity(kind=_model_kind(subject), family=family, what=what, problem=_not_drawn(subject, what))
    if rule.what == PREVIEW_DECODER:
        return _preview_decoder(subject, rule, wanted)
    if rule.what == REFERENCE and family in REFERRED:
        return _reference(subject, family)
    if rule.what == IMAGE_ENCODER:
        seen, wrong = sight(subject)
        problem = _unusable(subject, Message(rule.what), wrong)
        return Identity(kind=rule.kind, what=Message(rule.title), sight=seen, problem=problem)
    single = find_part(subject, family, configs) if rule.kind in ("vae", "part") else None
    family, part, wrong = single or (family, "", None)
    what = made_for(rule.what, family)
    misplaced = _MISPLACED.get(rule.kind)
    problem = Message(misplaced, file=subject.path.name, what=what) if misplaced is not None else None
    return Identity(
        kind=rule.kind,
        family=family,
        what=made_for(rule.title, family),
        parts=(part,) if part else (),
        steering=steering(subject, family, rule.what) if rule.kind == "control" else None,
        problem=_unusable(subject, what, wrong) or problem,
    )


def _reference(subject: Subject, family: str) -> Identity:
    found, wrong = referring(subject)
    what = made_for(REFERENCE if found is None else found.called, family)
    problem = _unusable(subject, what, wrong)
    return Identity(kind="reference", family=family, what=what, referring=found, problem=problem)


def _preview_decoder(subject: Subject, rule: Rule, wanted: str) -> Identity:
    found = found_decoder(subject.header.tensors)
    family = wanted or _OTHER_LATENTS.get(found.channels) or _named_family(subject) or "sd1"
    return Identity(
        kind="part",
        family=family,
        what=made_for(rule.title, family),
        parts=(PREVIEW_DECODER,),
        problem=_unusable(subject, made_for(rule.what, family), found.problem),
    )


_OTHER_LATENTS: Final = {16: "flux1", 32: "flux2"}


def _named_family(subject: Subject) -> str:
    """By the name of the file, or of its folder, in which files of diffusers have no names of their own."""
    names = (subject.path.stem.lower(), subject.path.parent.name.lower())
    return next((family for name in names for mark, family in _BY_NAME if mark in name), "")


_MISPLACED: Final = {
    "upscaler": Message(
        "{file} is a network that enlarges pictures ({what}) and draws none. It belongs in the upscalers folder, "
        "which `shoreline doctor` names."
    ),
    "motion adapter": Message(
        "{file} is a {what} in one file, which is not supported. Download one in the layout of diffusers: a folder "
        "with config.json and .safetensors."
    ),
}


def _checkpoint(subject: Subject, family: Family, of_it: str, configs: Path) -> Identity:
    found = find_networks(subject, family, configs)
    denoiser = family.denoiser
    if denoiser.name not in found.networks:
        return _torn(subject, family, of_it)
    missing = tuple(part.name for part in family.parts if part.name not in found.networks)
    config = found.networks[denoiser.name].config
    how = taught(subject, family.id)
    is_inpainting = family.is_inpainting(config)
    remarks = (
        Message("inpainting") if is_inpainting else "",
        Message("v-prediction") if how.prediction == "v_prediction" else "",
        _FORMATS.get(subject.dtype_of_most(), ""),
    )
    alone = len(found.networks) == 1
    name = " ".join(filter(None, (family_name(family.id), of_it)))
    whole = Message("{family} checkpoint", family=name)
    what = Message("{family} {network} alone", family=name, network=Message(denoiser.called)) if alone else whole
    return Identity(
        kind="part" if alone else "model",
        family=family.id,
        what=_with(what, *remarks),
        parts=tuple(found.networks),
        missing=missing,
        taught=how,
        is_inpainting=is_inpainting,
        is_guided=family.is_guided(config),
        problem=_unusable(subject, whole, found.problem),
    )


def _torn(subject: Subject, family: Family, of_it: str) -> Identity:
    """What has the names of a network, of which most is missing."""
    what = _container(subject, " ".join(filter(None, (family_name(family.id), of_it))))
    problem = _unusable(subject, what, Message("it holds no whole {network}", network=Message(family.denoiser.called)))
    return Identity(kind=_model_kind(subject), family=family.id, what=what, problem=problem)


def _unusable(subject: Subject, what: str, reason: str | None) -> str | None:
    if reason is None:
        return None
    return Message(
        "{file} is a {what} that cannot be used: {reason}. Choose another, or download it again.",
        file=subject.path.name,
        what=what,
        reason=reason,
    )


def _sd_family(subject: Subject, rule: Rule) -> str:
    """The family of a network of Stable Diffusion; where no tensor tells, what is noted in it or in its name."""
    if rule.kind in ("vae", "part"):
        first = subject.shape("decoder.conv_in.weight") or subject.shape("first_stage_model.decoder.conv_in.weight")
        if first[1:2] in _OTHER_VAES:
            return _OTHER_VAES[first[1:2]]
    if rule.what == "T2I-Adapter" and is_for_xl(subject):
        return "sdxl"
    stem = subject.path.stem.lower()
    named = next((family for mark, family in _BY_NAME if mark in stem), "")
    return sd_family(subject) or noted_family(subject) or named or "sd1"


_OTHER_VAES: Final[dict[tuple[int, ...], str]] = {(16,): "flux1", (32,): "flux2"}


def _model_kind(subject: Subject) -> Kind:
    """A transformer with a decoder or text encoders beside it is a model, alone a part of one."""
    beside = ("first_stage_model.", "vae.", "text_encoders.", "cond_stage_model.", "conditioner.")
    outer = subject.foreign.removesuffix("model.diffusion_model.")
    names = (name.removeprefix(outer) for name in subject.header.tensors)
    return "model" if any(name.startswith(beside) for name in names) else "part"


def _container(subject: Subject, name: str) -> str:
    is_model = _model_kind(subject) == "model"
    what = Message("{family} checkpoint", family=name) if is_model else Message("{name} transformer alone", name=name)
    return _with(what, _FORMATS.get(subject.dtype_of_most(), ""))


def _with(what: str, *remarks: str) -> str:
    for remark in filter(None, remarks):
        what = Message("{what}, {remark}", what=what, remark=remark)
    return what


def _not_drawn(subject: Subject, what: str) -> str:
    names = ", ".join(family_name(family) for family in drawn())
    return Message(
        "{file} is a {what}; Shoreline does not draw with its family. Supported are {names}.",
        file=subject.path.name,
        what=what,
        names=names,
    )


def _gguf(subject: Subject, wanted: str, configs: Path) -> Identity:
    """A file with packed weights: a network that draws, or a text encoder."""
    noted = subject.header.metadata.get("general.architecture", "")
    rule = first_rule(subject, networks())
    told = "" if rule is None else _sd_family(subject, rule) if rule.family == "sd" else rule.family
    named = next((family for mark, family in _GGUF_BY_NAME if mark in subject.path.stem.lower()), "")
    family = wanted or told or _ARCHITECTURES.get(noted, "") or named
    name = family_name(family) or noted
    what = Message("GGUF, {family}", family=name) if name else Message("GGUF, of an unknown family")
    if not subject.header.tensors:
        empty = Message("{file} is a GGUF file without a tensor. Download or copy it again.", file=subject.path.name)
        return Identity(kind="part", family=family, what=what, problem=empty)
    if rule is None and noted in _TEXT_ARCHITECTURES and (encoder := find_part(subject, wanted, configs)) is not None:
        family, part, wrong = encoder
        called = made_for(DESCRIPTIONS[family].part(part).called, family)
        what = Message("GGUF, {family}", family=called)
        problem = _unusable(subject, what, wrong)
        return Identity(kind="part", family=family, what=what, parts=(part,), problem=problem)
    if family not in DESCRIPTIONS:
        return Identity(kind="part", family=family, what=what, problem=_not_drawn(subject, what))
    found = _checkpoint(subject, DESCRIPTIONS[family], "", configs)
    return replace(found, what=_with(what, subject.dtype_of_bytes()) if found.problem is None else what)


_TEXT_ARCHITECTURES: Final = ("t5", "t5encoder", "qwen3")
"""What GGUF files call language models that read prompts."""


def _unknown(subject: Subject) -> Identity:
    count = len(subject.header.tensors)
    names = ", ".join(name[:60] for name in list(subject.header.tensors)[:2])
    held = Message("{count} tensors, such as {names}", count=count, names=names) if count else Message("no tensors")
    return Identity(
        kind="other",
        what=UNKNOWN,
        problem=Message(
            "{file} is of a kind that Shoreline does not know ({held}). "
            "If you know what it is, say so in the Models window.",
            file=subject.path.name,
            held=held,
        ),
    )
