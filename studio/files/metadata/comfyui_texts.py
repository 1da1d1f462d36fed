"""The texts and numbers of ComfyUI's node graphs: what reaches a sampler's conditionings, and what nodes hold."""

from __future__ import annotations

from typing import Any, Final

from studio.files.metadata.comfyui_graph import Graph, Node, linked

_SIDES: Final = ("positive", "negative")
_OUTPUTS: Final = {
    "ApplyInstantID": ("", "positive", "negative"),
    "ApplyInstantIDAdvanced": ("", "positive", "negative"),
    "Efficient Loader": ("", "positive", "negative"),
    "Eff. Loader SDXL": ("", "positive", "negative"),
}
"""Which input shows at which output of nodes with two conditionings; of others at 0 the positive, at 1 the negative."""
_JOINED: Final = {
    "ConditioningCombine": ("conditioning_1", "conditioning_2"),
    "ConditioningConcat": ("conditioning_to", "conditioning_from"),
    "ConditioningSetDefaultCombine": ("cond", "cond_DEFAULT"),
}
_TEXTS: Final = (
    "populated_text",
    "text",
    "text_g",
    "t5xxl",
    "prompt",
    "string",
    "value",
    "text_l",
    "clip_l",
    "Text",
    "String",
    "wildcard_text",
)
"""Inputs that hold a text, the best first."""
_STYLED: Final = ("text_positive", "text_negative")
_PARTS: Final = ("string_a", "string_b", "string_c", "text_a", "text_b", "text_c", "text_d", "text1", "text2", "text3")
"""Inputs of nodes that put texts together, in their order."""
_BETWEEN: Final = ("delimiter", "separator")
_CHOICES: Final = ("select", "Input", "index")
_NUMBERS: Final = ("value", "seed", "noise_seed", "int", "float", "number", "INT", "")
_DEEPEST: Final = 100
_LONGEST: Final = 100_000


def conditioning_text(graph: Graph, link: Any, side: str) -> str | None:
    """The text that reaches a sampler by ``link``; ``side`` is "positive" or "negative", for nodes that do not tell.

    "" where a conditioning is empty on purpose, ``None`` if nothing is known.
    """
    return _Texts(graph).conditioning(link, side, 0)


def plain(graph: Graph, value: Any) -> Any:
    """A number, text or switch: the value, or what the linked nodes hold."""
    for _ in range(8):
        target = linked(value)
        if target is None:
            return value
        inputs = graph[target[0]].inputs if target[0] in graph else {}
        value = next((inputs[key] for key in (*_NUMBERS, *_TEXTS) if key in inputs), None)
    return None


class _Texts:
    """Follows links to texts; every node is gone through once, so that a hostile graph costs little."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._seen: set[tuple[str, int]] = set()

    def conditioning(self, link: Any, side: str, depth: int) -> str | None:
        target = linked(link)
        if target is None or target in self._seen or target[0] not in self._graph or depth > _DEEPEST:
            return None
        self._seen.add(target)
        node = self._graph[target[0]]
        if "ZeroOut" in node.kind:
            return ""
        if node.kind in _JOINED:
            parts = [self.conditioning(node.inputs.get(name), side, depth + 1) for name in _JOINED[node.kind]]
            return _joined(parts, ", ")
        if node.kind == "ConditioningAverage":
            weight = plain(self._graph, node.inputs.get("conditioning_to_strength"))
            name = "conditioning_from" if isinstance(weight, int | float) and weight < 0.5 else "conditioning_to"
            return self.conditioning(node.inputs.get(name), side, depth + 1)
        shown = _input_shown(node, target[1], side)
        if shown is not None:
            return self._of_either(node.inputs.get(shown), shown, depth)
        return self._beyond(node, target[1], side, depth)

    def _of_either(self, value: Any, side: str, depth: int) -> str | None:
        """Of a conditioning, or of a text, as loaders have it that encode themselves."""
        return value if isinstance(value, str) else self.conditioning(value, side, depth + 1)

    def _beyond(self, node: Node, output: int, side: str, depth: int) -> str | None:
        """The text in a node, or that of the conditionings it depends on."""
        text = self._string(node, output, depth)
        if text is not None:
            return text
        named = [name for name in node.inputs if "cond" in name.lower() or name == ""]
        others = [name for name in node.inputs if name not in named and name not in _SIDES]
        chosen = self._chosen(node)
        for name in (chosen,) if chosen else (*named, *others):
            found = self.conditioning(node.inputs.get(name), side, depth + 1)
            if found is not None:
                return found
        return None

    def _text(self, value: Any, depth: int) -> str | None:
        if isinstance(value, str):
            return value
        target = linked(value)
        if target is None or target in self._seen or target[0] not in self._graph or depth > _DEEPEST:
            return None
        self._seen.add(target)
        node = self._graph[target[0]]
        text = self._string(node, target[1], depth)
        if text is not None:
            return text
        links = [entry for entry in node.inputs.values() if linked(entry)]
        return self._text(links[0], depth + 1) if len(links) == 1 else None

    def _string(self, node: Node, output: int, depth: int) -> str | None:
        """The text that a node holds or puts together; ``None`` if it has none."""
        inputs = node.inputs
        if set(_STYLED) <= inputs.keys():
            return self._text(inputs[_STYLED[min(output, 1)]], depth + 1)
        chosen = self._chosen(node)
        if chosen is not None:
            return self._text(inputs[chosen], depth + 1)
        parts = [name for name in _PARTS if name in inputs]
        if parts:
            between = next((inputs[name] for name in _BETWEEN if isinstance(inputs.get(name), str)), "")
            return _joined([self._text(inputs[name], depth + 1) for name in parts], between)
        texts = (self._text(inputs[name], depth + 1) for name in _TEXTS if name in inputs)
        found = [text for text in texts if text is not None]
        return next((text for text in found if text.strip()), found[0] if found else None)

    def _chosen(self, node: Node) -> str | None:
        """The input that a switch lets through: that whose name ends with its number."""
        number = next((node.inputs[name] for name in _CHOICES if isinstance(node.inputs.get(name), int)), None)
        if number is None:
            return None
        return next((name for name in node.inputs if name.endswith(str(number)) and name not in _CHOICES), None)


def _input_shown(node: Node, output: int, side: str) -> str | None:
    """Which of a node's two conditionings shows at an output; ``None`` for a node that has not both."""
    if not set(_SIDES) <= node.inputs.keys():
        return None
    outputs = _OUTPUTS.get(node.kind, _SIDES)
    return (outputs[output] if output < len(outputs) else "") or side


def _joined(parts: list[str | None], between: str) -> str | None:
    known = [part for part in parts if part]
    if not known:
        return "" if "" in parts else None
    return between.join(known)[:_LONGEST]
