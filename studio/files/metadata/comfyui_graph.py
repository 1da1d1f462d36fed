"""ComfyUI's two ways to write a node graph down, as one: ``prompt``, what ran, and ``workflow``, what was edited.

In a graph, an input is a value or a link, which is a list of a node's id and the number of one of its outputs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_WIDGETS: Final = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("add_noise", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "SamplerCustom": ("add_noise", "noise_seed", "", "cfg"),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps", "denoise"),
    "KarrasScheduler": ("steps",),
    "ExponentialScheduler": ("steps",),
    "PolyexponentialScheduler": ("steps",),
    "SDTurboScheduler": ("steps", "denoise"),
    "AlignYourStepsScheduler": ("model_type", "steps", "denoise"),
    "CFGGuider": ("cfg",),
    "CLIPTextEncode": ("text",),
    "CLIPTextEncodeFlux": ("clip_l", "t5xxl", "guidance"),
    "ConditioningAverage": ("conditioning_to_strength",),
    "EmptyLatentImage": ("width", "height", "batch_size"),
    "EmptySD3LatentImage": ("width", "height", "batch_size"),
    "LatentUpscale": ("upscale_method", "width", "height"),
    "LatentUpscaleBy": ("upscale_method", "scale_by"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "PrimitiveNode": ("value",),
    "PrimitiveInt": ("value",),
    "PrimitiveFloat": ("value",),
    "PrimitiveString": ("value",),
    "PrimitiveStringMultiline": ("value",),
    "StringConcatenate": ("string_a", "string_b", "delimiter"),
}
"""Which input each value of ``widgets_values`` belongs to in a workflow; "" is skipped."""

_SEEDS: Final = ("seed", "noise_seed")
_NEVER, _BYPASSED = 2, 4
"""What a node's ``mode`` says of one that is switched off, and of one that hands on what it gets."""


@dataclass(frozen=True)
class Node:
    """``kind`` is ComfyUI's class of the node; ``inputs`` are values and links by name."""

    kind: str
    inputs: dict[str, Any]


Graph = dict[str, Node]


def linked(value: Any) -> tuple[str, int] | None:
    """The node and the number of its output that an input is linked to; ``None`` for a value."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], int) and not isinstance(value[0], list):
        return str(value[0]), value[1]
    return None


def upstream(graph: Graph, link: Any) -> Iterator[Node]:
    """The linked node and those that it depends on, nearest first, each once."""
    waiting: deque[Any] = deque([link])
    seen: set[str] = set()
    while waiting:
        target = linked(waiting.popleft())
        if target is None or target[0] in seen or target[0] not in graph:
            continue
        seen.add(target[0])
        node = graph[target[0]]
        yield node
        waiting.extend(node.inputs.values())


def from_prompt(prompt: dict[str, Any]) -> Graph:
    """The graph of a decoded ``prompt``. Raises ``ValueError`` or ``TypeError`` if it is of another shape."""
    return {
        str(key): Node(str(node.get("class_type", "")), dict(node.get("inputs", {})))
        for key, node in prompt.items()
        if isinstance(node, dict)
    }


def from_workflow(workflow: dict[str, Any]) -> Graph:
    """The graph of a decoded ``workflow``, without what is switched off. Raises as `from_prompt` does, and
    ``LookupError`` and ``AttributeError``."""
    nodes = {str(node["id"]): node for node in workflow["nodes"]}
    links = {link[0]: link for link in workflow.get("links", []) if isinstance(link, list) and len(link) > 2}
    graph: Graph = {}
    for node_id, node in nodes.items():
        if node.get("mode") in (_NEVER, _BYPASSED):
            continue
        inputs = _widget_values(node)
        for slot in node.get("inputs") or []:
            source = _source(slot.get("link"), nodes, links)
            if source is not None:
                inputs[slot["name"]] = source
            elif slot.get("link") is not None:
                inputs.setdefault(slot["name"], None)
        graph[node_id] = Node(str(node.get("type", "")), inputs)
    return graph


def _source(link_id: Any, nodes: dict[str, Any], links: dict[Any, Any]) -> list[Any] | None:
    """The node and output that a link comes from; through bypassed nodes, to nothing at nodes that are off."""
    for _ in range(len(nodes) + 1):
        if link_id not in links:
            return None
        link = links[link_id]
        node_id, output = str(link[1]), int(link[2])
        node = nodes.get(node_id, {})
        if node.get("mode") == _NEVER:
            return None
        if node.get("mode") != _BYPASSED:
            return [node_id, output]
        link_id = _handed_on(node, output, link[5] if len(link) > 5 else None)
    return None


def _handed_on(node: dict[str, Any], output: int, kind: Any) -> Any:
    """The link that a bypassed node hands on at an output: that of its input of the same type, the same place first."""
    slots = node.get("inputs") or []
    same = [slot for slot in slots if slot.get("type") == kind]
    if output < len(slots) and slots[output] in same:
        same.insert(0, slots[output])
    return same[0].get("link") if same else None


def _widget_values(node: dict[str, Any]) -> dict[str, Any]:
    values = node.get("widgets_values") or []
    if isinstance(values, dict):
        return dict(values)
    names = _WIDGETS.get(str(node.get("type"))) or _widget_names(node)
    return {name: value for name, value in zip(names, values, strict=False) if name}


def _widget_names(node: dict[str, Any]) -> tuple[str, ...]:
    """The names that newer editors write beside a node's inputs; a seed has what becomes of it after it."""
    names: list[str] = []
    for slot in node.get("inputs") or []:
        if isinstance(slot.get("widget"), dict):
            names.append(str(slot["widget"].get("name", "")))
            names += [""] if names[-1] in _SEEDS else []
    return tuple(names)
