"""Generation settings from ComfyUI's node graphs.

They are found by starting at the sampler that made the saved picture and following the links that it really uses:
to the texts, the noise, the model and the latent that gives the size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.files.metadata.comfyui_graph import Graph, Node, from_prompt, from_workflow, linked, upstream
from studio.files.metadata.comfyui_texts import conditioning_text, plain
from studio.files.metadata.found import FoundMetadata, validated_settings
from studio.files.metadata.samplers import from_comfy
from studio.message import Message

_MODELS: Final = ("ckpt_name", "unet_name", "base_ckpt_name")
_PICTURES: Final = (
    "samples",
    "latent_image",
    "latent",
    "samples1",
    "samples_to",
    "pixels",
    "images",
    "image",
    "image1",
    "",
)
"""Inputs along which a picture or its latent goes from node to node."""
_SAMPLER_NODES: Final = {
    "SamplerEuler": "euler",
    "SamplerEulerAncestral": "euler_ancestral",
    "SamplerDPMPP_2M_SDE": "dpmpp_2m_sde",
    "SamplerDPMPP_2S_Ancestral": "dpmpp_2s_ancestral",
    "SamplerDPMPP_SDE": "dpmpp_sde",
    "SamplerLCM": "lcm",
    "SamplerLMS": "lms",
}
_FULL_STRENGTH: Final = 0.999
_NO_GUIDANCE: Final = 1.0
_LONGEST_WAY: Final = 200


def parse_comfyui(prompt: Any, workflow: Any) -> FoundMetadata | None:
    """Settings from the decoded JSON of either; without any, and with a note, if there is no sampler in them."""
    graph = from_prompt(prompt) if isinstance(prompt, dict) else from_workflow(workflow)
    sampler = _sampler(graph)
    text = json.dumps(prompt or workflow, indent=2, ensure_ascii=False)
    if sampler is None:
        return FoundMetadata(
            text=text, source="ComfyUI", notes=(Message("No sampler was found in its ComfyUI workflow."),)
        )
    sampling = _sampling(graph, sampler)
    settings, notes = validated_settings(_values(graph, sampling), sampling.sampler)
    return FoundMetadata(settings, text, "ComfyUI", notes)


@dataclass(frozen=True)
class _Sampling:
    """What a sampler of any kind works with: links to the conditionings, the model and the latent, and values."""

    positive: Any
    negative: Any
    model: Any
    latent: Any
    seed: Any
    steps: Any
    guidance: Any
    sampler: Any
    scheduler: Any
    strength: Any


def _sampler(graph: Graph) -> Node | None:
    """The sampler that feeds what saves a picture, or else what shows one; of loose samplers the first."""
    ends = [node for node in graph.values() if "save" in node.kind.lower()]
    ends += [node for node in graph.values() if "preview" in node.kind.lower()]
    for end in ends:
        link = next((end.inputs[name] for name in _PICTURES if linked(end.inputs.get(name))), None)
        feeding = [*_along(graph, link, _PICTURES), *upstream(graph, link)]
        found = next((node for node in feeding if _is_sampler(node)), None)
        if found is not None:
            return found
    return next((node for node in graph.values() if _is_sampler(node)), None)


def _is_sampler(node: Node) -> bool:
    is_custom = {"guider", "sigmas"} <= node.inputs.keys()
    return is_custom or ("Sampler" in node.kind and {"positive", "negative"} <= node.inputs.keys())


def _sampling(graph: Graph, sampler: Node) -> _Sampling:
    given = sampler.inputs
    guider = _node(graph, given.get("guider")) or sampler
    schedule = _with_input(graph, given.get("sigmas"), "sigmas", "steps") or sampler
    method = _node(graph, given.get("sampler")) or sampler
    guides = "negative" in guider.inputs
    return _Sampling(
        positive=guider.inputs.get("positive", guider.inputs.get("conditioning", guider.inputs.get("cond1"))),
        negative=guider.inputs.get("negative"),
        model=guider.inputs.get("model", given.get("model")),
        latent=given.get("latent_image", given.get("latent")),
        seed=_seed(graph, sampler),
        steps=plain(graph, schedule.inputs.get("steps")),
        guidance=plain(graph, guider.inputs.get("cfg", guider.inputs.get("cfg_conds"))) if guides else _NO_GUIDANCE,
        sampler=_SAMPLER_NODES.get(method.kind) or plain(graph, method.inputs.get("sampler_name")),
        scheduler="karras" if schedule.kind.startswith("Karras") else plain(graph, schedule.inputs.get("scheduler")),
        strength=plain(graph, schedule.inputs.get("denoise")),
    )


def _seed(graph: Graph, sampler: Node) -> Any:
    """The seed of the noise; a sampler that adds none goes on with that of the one before."""
    for node in _chain_of_samplers(graph, sampler):
        noise = _node(graph, node.inputs.get("noise")) or node
        if noise.kind == "DisableNoise" or node.inputs.get("add_noise") in ("disable", False):
            continue
        return plain(graph, noise.inputs.get("noise_seed", noise.inputs.get("seed")))
    return plain(graph, sampler.inputs.get("noise_seed"))


def _chain_of_samplers(graph: Graph, sampler: Node) -> Iterator[Node]:
    """The sampler and those whose latents it goes on with, the last one first."""
    yield sampler
    for node in _along(graph, sampler.inputs.get("latent_image"), _PICTURES):
        if _is_sampler(node):
            yield node


def _values(graph: Graph, sampling: _Sampling) -> dict[str, Any]:
    values: dict[str, Any] = {
        "prompt": conditioning_text(graph, sampling.positive, "positive"),
        "negative_prompt": conditioning_text(graph, sampling.negative, "negative"),
        "seed": sampling.seed,
        "steps": sampling.steps,
        "guidance_scale": sampling.guidance,
        "model": _model(graph, sampling.model),
    }
    if isinstance(sampling.sampler, str):
        values["scheduler"] = from_comfy(sampling.sampler, str(sampling.scheduler))
    latents = list(_along(graph, sampling.latent, _PICTURES))
    values["width"], values["height"] = _size(graph, latents)
    strength = sampling.strength
    if any("Inpaint" in node.kind or node.kind == "SetLatentNoiseMask" for node in latents):
        values["tool"] = "inpaint"
        values["strength"] = strength if isinstance(strength, int | float) else None
    elif isinstance(strength, int | float) and strength < _FULL_STRENGTH:
        values["tool"], values["strength"] = "image_to_image", strength
    return values


def _model(graph: Graph, link: Any) -> str | None:
    """The file that the model was loaded from: along the models, else anywhere upstream."""
    along = [*_along(graph, link, ("model", "model1", "base_model", "")), *upstream(graph, link)]
    names = (plain(graph, node.inputs.get(key)) for node in along for key in _MODELS)
    return next((_stem(name) for name in names if isinstance(name, str)), None)


def _size(graph: Graph, latents: list[Node]) -> tuple[Any, Any]:
    """Width and height of what was drawn: those of the nearest node that has them, times what enlarged it since."""
    scale = 1.0
    for node in latents:
        sides = [plain(graph, node.inputs.get(side)) for side in ("width", "height")]
        if all(isinstance(side, int | float) and side > 0 for side in sides):
            width, height = (round(side * scale) for side in sides)
            return width, height
        by = plain(graph, node.inputs.get("scale_by"))
        scale *= by if isinstance(by, int | float) and by > 0 else 1.0
    return None, None


def _along(graph: Graph, link: Any, names: tuple[str, ...]) -> Iterator[Node]:
    """The linked node, and from node to node what the first linked input among ``names`` is linked to."""
    seen: set[str] = set()
    for _ in range(_LONGEST_WAY):
        target = linked(link)
        if target is None or target[0] in seen or target[0] not in graph:
            return
        seen.add(target[0])
        node = graph[target[0]]
        yield node
        link = next((node.inputs[name] for name in names if linked(node.inputs.get(name))), None)


def _with_input(graph: Graph, link: Any, along: str, wanted: str) -> Node | None:
    """The nearest node with the input ``wanted``, along the inputs ``along``."""
    return next((node for node in _along(graph, link, (along, "")) if wanted in node.inputs), None)


def _node(graph: Graph, link: Any) -> Node | None:
    """The linked node, beyond any that only hand it on."""
    return next((node for node in _along(graph, link, ("",)) if "" not in node.inputs), None)


def _stem(model: str) -> str:
    name = model.replace("\\", "/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")
