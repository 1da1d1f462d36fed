"""ComfyUI's node graphs: ``prompt`` (what ran) and ``workflow`` (what the editor showed).

Settings are found by starting at a sampler node and following its links to the texts, the model and
the empty latent that gives the size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.files.metadata.found import FoundMetadata, validated_settings
from studio.files.metadata.samplers import from_comfy

_WIDGETS: Final = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "CLIPTextEncode": ("text",),
    "EmptyLatentImage": ("width", "height", "batch_size"),
    "EmptySD3LatentImage": ("width", "height", "batch_size"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "PrimitiveNode": ("value",),
}
"""Which input each value of ``widgets_values`` belongs to in a workflow; "" is skipped."""

_TEXTS: Final = ("text", "text_g", "prompt", "string", "value", "text_l")
_MODELS: Final = ("ckpt_name", "unet_name")
_FULL_STRENGTH: Final = 0.999


@dataclass(frozen=True)
class _Node:
    kind: str
    inputs: dict[str, Any]


_Graph = dict[str, _Node]


def parse_comfyui(prompt: Any, workflow: Any) -> FoundMetadata | None:
    """Settings from the decoded JSON of either; ``None`` if there is no sampler in them."""
    graph = _from_prompt(prompt) if isinstance(prompt, dict) else _from_workflow(workflow)
    sampler = next((node for node in graph.values() if _is_sampler(node)), None)
    text = json.dumps(prompt or workflow, indent=2, ensure_ascii=False)
    if sampler is None:
        return FoundMetadata(text=text, source="ComfyUI", notes=("No sampler was found in its ComfyUI workflow.",))
    settings, notes = validated_settings(_values(graph, sampler), _plain(graph, sampler.inputs.get("sampler_name")))
    return FoundMetadata(settings, text, "ComfyUI", notes)


def _is_sampler(node: _Node) -> bool:
    return "Sampler" in node.kind and {"positive", "negative"} <= node.inputs.keys()


def _values(graph: _Graph, sampler: _Node) -> dict[str, Any]:
    values: dict[str, Any] = {
        "prompt": _text(graph, sampler.inputs.get("positive")),
        "negative_prompt": _text(graph, sampler.inputs.get("negative")),
        "seed": _plain(graph, sampler.inputs.get("seed", sampler.inputs.get("noise_seed"))),
        "steps": _plain(graph, sampler.inputs.get("steps")),
        "guidance_scale": _plain(graph, sampler.inputs.get("cfg")),
    }
    name = _plain(graph, sampler.inputs.get("sampler_name"))
    if isinstance(name, str):
        values["scheduler"] = from_comfy(name, str(_plain(graph, sampler.inputs.get("scheduler"))))
    denoise = _plain(graph, sampler.inputs.get("denoise"))
    if isinstance(denoise, int | float) and denoise < _FULL_STRENGTH:
        values["strength"], values["tool"] = denoise, "image_to_image"
    for node in _upstream(graph, sampler.inputs.get("latent_image")):
        if {"width", "height"} <= node.inputs.keys():
            values["width"], values["height"] = (_plain(graph, node.inputs[side]) for side in ("width", "height"))
            break
    models = (
        _plain(graph, node.inputs.get(key)) for node in _upstream(graph, sampler.inputs.get("model")) for key in _MODELS
    )
    values["model"] = next((_stem(model) for model in models if isinstance(model, str)), None)
    return values


def _text(graph: _Graph, link: Any) -> str | None:
    """The texts of the nearest text nodes upstream of a conditioning."""
    for node in _upstream(graph, link):
        for key in _TEXTS:
            text = _plain(graph, node.inputs.get(key))
            if isinstance(text, str) and text.strip():
                return text
    return None


def _upstream(graph: _Graph, link: Any) -> Iterator[_Node]:
    """The linked node and those that it depends on, nearest first, each once."""
    waiting, seen = [link], set()
    while waiting:
        node_id = _linked(waiting.pop(0))
        if node_id is None or node_id in seen or node_id not in graph:
            continue
        seen.add(node_id)
        node = graph[node_id]
        yield node
        waiting.extend(node.inputs.values())


def _plain(graph: _Graph, value: Any) -> Any:
    """A value, or what a linked primitive node holds."""
    for _ in range(8):
        node_id = _linked(value)
        if node_id is None:
            return value
        inputs = graph[node_id].inputs if node_id in graph else {}
        value = next((inputs[key] for key in ("value", "seed", "noise_seed", *_TEXTS) if key in inputs), None)
    return None


def _linked(value: Any) -> str | None:
    return str(value[0]) if isinstance(value, list) and len(value) == 2 and isinstance(value[1], int) else None


def _stem(model: str) -> str:
    name = model.replace("\\", "/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")


def _from_prompt(prompt: dict[str, Any]) -> _Graph:
    return {
        str(key): _Node(str(node.get("class_type", "")), dict(node.get("inputs", {})))
        for key, node in prompt.items()
        if isinstance(node, dict)
    }


def _from_workflow(workflow: dict[str, Any]) -> _Graph:
    sources = {link[0]: [str(link[1]), int(link[2])] for link in workflow.get("links", []) if isinstance(link, list)}
    graph: _Graph = {}
    for node in workflow["nodes"]:
        widgets = node.get("widgets_values") or []
        names = _WIDGETS.get(str(node.get("type")), ())
        inputs = (
            {name: value for name, value in zip(names, widgets, strict=False) if name}
            if isinstance(widgets, list)
            else dict(widgets)
        )
        for slot in node.get("inputs") or []:
            if slot.get("link") in sources:
                inputs[slot["name"]] = sources[slot["link"]]
        graph[str(node["id"])] = _Node(str(node.get("type", "")), inputs)
    return graph
