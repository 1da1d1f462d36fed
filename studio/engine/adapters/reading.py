"""Adapters from files: kohya's, PEFT's and diffusers' LoRAs, LoHa, LoKr, full differences; each also as DoRA."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import Any, Final, cast

import torch
from torch.nn import Module

from studio.engine.adapters.deltas import Decomposed, Delta, Hadamard, Kronecker, LowRank, Rebuilt, Whole, shape_of
from studio.engine.adapters.names import LayerNames, Target
from studio.engine.models.headers import damaged
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.system.parts import engine_part
from studio.text.untrusted import parse_json

Layers = Mapping[tuple[str, str], Delta]
"""Changes by (network, layer)."""

_PARTS: Final = (
    ("down", r"\.lora_down\.weight|\.lora_A(?:\.[\w-]+)?\.weight|(?:[._]lora|\.lora_linear_layer)\.down\.weight"),
    ("up", r"\.lora_up\.weight|\.lora_B(?:\.[\w-]+)?\.weight|(?:[._]lora|\.lora_linear_layer)\.up\.weight"),
    ("mid", r"\.lora_mid\.weight"),
    ("lengths", r"\.dora_scale"),
    ("row_lengths", r"\.lora_magnitude_vector(?:\.[\w-]+)?(?:\.weight)?"),
    ("alpha", r"(?:_lora)?\.alpha"),
    ("change", r"\.diff"),
    ("bias", r"\.diff_b"),
    *((name, rf"\.{name}(?:\.[\w-]+)?") for name in ("hada_w1_a", "hada_w1_b", "hada_w2_a", "hada_w2_b")),
    *((name, rf"\.{name}(?:\.[\w-]+)?") for name in ("hada_t1", "hada_t2", "lokr_t2")),
    *((f"lokr_w{n}{half}", rf"\.lokr_w{n}{half}(?:\.[\w-]+)?") for n in (1, 2) for half in ("_a", "_b", "")),
)
"""What the ends of names mean."""

_PART: Final = re.compile("(.+?)(?:" + "|".join(f"(?P<{name}>{end})" for name, end in _PARTS) + ")")
_NOTED: Final = "lora_adapter_metadata"
_CONFIG: Final = "adapter_config.json"


@dataclass(frozen=True, eq=False)
class Adapter:
    """What a file changes in a model. ``unmatched`` are the tensors of layers that the model has not, or not so."""

    layers: Layers
    unmatched: tuple[str, ...]


def read_adapter(path: Path, names: LayerNames, check: Callable[[], object]) -> Adapter:
    """The changes in a file, each on the device and in the number format of its layer at work.

    ``check`` is called between them. Raises `ModelError` for a file that is damaged or changes nothing of the model;
    memory errors pass.
    """
    safetensors = engine_part("safetensors")
    try:
        with safetensors.safe_open(path, framework="pt", device="cpu") as file:
            adapter = _read(path, file, names, check)
    except (OSError, safetensors.SafetensorError) as error:
        raise damaged(path, str(error)[:200]) from error
    if not adapter.layers:
        raise ModelError(
            "{file} changes no layer that this model has; its tensors are named as {example}."
            if adapter.unmatched
            else "{file} holds no tensors.",
            "Take it out of the list; it was made for another model, or in a way that is not known.",
            file=path.name,
            example=adapter.unmatched[0][:80] if adapter.unmatched else "",
        )
    return adapter


def _read(path: Path, file: Any, names: LayerNames, check: Callable[[], object]) -> Adapter:
    stems, unmatched = _by_stem(file.keys())
    scales = _Scales(path, file.metadata() or {})
    layers: dict[tuple[str, str], Delta] = {}
    for stem, keys in stems.items():
        check()
        targets = names.find(stem)
        delta = _delta(stem, {part: file.get_tensor(keys[part]) for part in keys}, scales) if targets else None
        found = {} if delta is None else _changes(path, delta, targets, names)
        if not found:
            unmatched.extend(keys.values())
        layers |= found
    return Adapter(layers, tuple(unmatched))


def _changes(path: Path, delta: Delta, targets: tuple[Target, ...], names: LayerNames) -> dict[tuple[str, str], Delta]:
    """A change for each of the layers that it is for; none where it does not fit one of them."""
    found: dict[tuple[str, str], Delta] = {}
    for target in targets:
        layer = names.layer(target.network, target.layer)
        own = delta.rows(target.start, target.count) if target.count else delta
        if own is None or not _fits(own, layer):
            return {}
        found[target.network, target.layer] = _placed(path, own, layer, names.home(target.network))
    return found


def _by_stem(keys: list[str]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The names of each layer's tensors by part, and the names that say no part."""
    stems: dict[str, dict[str, str]] = {}
    strangers: list[str] = []
    for key in keys:
        match = _PART.fullmatch(key)
        if match is None or match.lastgroup is None:
            strangers.append(key)
        else:
            stems.setdefault(match[1], {})[match.lastgroup] = key
    return stems, strangers


class _Scales:
    """How strong the changes of a file are where no tensor beside them says so: PEFT notes it elsewhere."""

    def __init__(self, path: Path, metadata: Mapping[str, str]) -> None:
        self._noted = dict(_noted(path, metadata))

    def alpha(self, stem: str) -> float | None:
        """The alpha of a layer, if it is noted."""
        for prefix, values in self._noted.items():
            if stem.startswith(prefix):
                patterns = values.get("alpha_pattern")
                named = patterns if isinstance(patterns, dict) else {}
                own = next((named[name] for name in named if stem.endswith(name)), None)
                value = values.get("lora_alpha", values.get("alpha")) if own is None else own
                return float(value) if isinstance(value, int | float) else None
        return None


def _noted(path: Path, metadata: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is noted of the layers whose names begin in some way."""
    try:
        noted = parse_json(metadata.get(_NOTED, "{}"))
        beside = path.with_name(_CONFIG)
        config = read_json(beside) if beside.is_file() else {}
    except (ValueError, OSError, ModelError):
        return
    if isinstance(noted, dict):
        for network in {key.partition(".")[0] for key in noted}:
            own = {key.partition(".")[2]: value for key, value in noted.items() if key.startswith(f"{network}.")}
            yield f"{network}.", own
    if config:
        yield "", config


def _delta(stem: str, parts: Mapping[str, torch.Tensor], scales: _Scales) -> Delta | None:
    """The change that tensors stand for; ``None`` where some of them are missing or do not go together."""
    noted = parts.get("alpha")
    alpha = float(noted.float().flatten()[0]) if noted is not None and noted.numel() else scales.alpha(stem)
    try:
        found = _low_rank(parts, alpha) or _hadamard(parts, alpha) or _kronecker(parts, alpha) or _whole(parts)
    except (KeyError, IndexError):
        return None
    lengths = parts.get("row_lengths", parts.get("lengths"))
    if found is None or lengths is None:
        return found
    by_column = "row_lengths" not in parts and lengths.dim() > 1 and lengths.shape[0] == 1
    return Decomposed(1.0, found, lengths if by_column else lengths.reshape(-1, 1))


def _low_rank(parts: Mapping[str, torch.Tensor], alpha: float | None) -> Delta | None:
    if "down" not in parts:
        return None
    down, up = parts["down"], parts["up"]
    return LowRank(_scale(alpha, up.shape[1]), down, up, parts.get("mid"))


def _hadamard(parts: Mapping[str, torch.Tensor], alpha: float | None) -> Delta | None:
    if "hada_w1_a" not in parts:
        return None
    left_1, right_1, left_2, right_2 = (parts[f"hada_w{n}_{half}"] for n in (1, 2) for half in ("a", "b"))
    scale = _scale(alpha, right_1.shape[0])
    return Hadamard(scale, left_1, right_1, left_2, right_2, parts.get("hada_t1"), parts.get("hada_t2"))


def _kronecker(parts: Mapping[str, torch.Tensor], alpha: float | None) -> Delta | None:
    if not any(name.startswith("lokr_w") for name in parts):
        return None
    first, second = (_whole_or_halves(parts, f"lokr_w{n}") for n in (1, 2))
    ranks = [each[1].shape[0] for each in (second, first) if isinstance(each, tuple)]
    # Two whole matrices have no rank; they are as strong as they are.
    return Kronecker(_scale(alpha, ranks[0]) if ranks else 1.0, first, second, parts.get("lokr_t2"))


def _whole_or_halves(parts: Mapping[str, torch.Tensor], name: str) -> torch.Tensor | tuple[torch.Tensor, torch.Tensor]:
    return parts[name] if name in parts else (parts[f"{name}_a"], parts[f"{name}_b"])


def _whole(parts: Mapping[str, torch.Tensor]) -> Delta | None:
    return Whole(1.0, parts["change"], parts.get("bias")) if "change" in parts else None


def _scale(alpha: float | None, rank: int) -> float:
    return 1.0 if alpha is None else alpha / max(rank, 1)


def _fits(delta: Delta, layer: Module) -> bool:
    """Whether a change has the layer's shape, told without making it whole."""
    width, given, *kernel = shape_of(layer)
    if isinstance(delta, Decomposed):
        return delta.lengths.numel() in (width, given) and _fits(delta.change, layer)
    if isinstance(delta, LowRank):
        core = delta.down if delta.mid is None else delta.mid
        return (
            delta.up.numel() == width * delta.up.shape[1]
            and delta.down.shape[1] == given
            and (delta.mid is not None or delta.down.shape[0] == delta.up.shape[1])
            and _wider(core.shape[2:]) == _wider(kernel)
        )
    return _numel(delta.to(torch.device("meta"), torch.float32), layer) == prod(shape_of(layer))


def _wider(kernel: Iterable[int]) -> list[int]:
    """The sides of a kernel; none for a pointwise one."""
    return [side for side in kernel if side != 1]


def _numel(delta: Delta, layer: Module) -> int:
    """The numbers of a change on the device "meta", where nothing is computed; 0 where its parts do not fit."""
    try:
        return delta.weight(layer).numel() if isinstance(delta, Rebuilt) else 0
    except (RuntimeError, IndexError, ValueError):
        return 0


def _placed(path: Path, delta: Delta, layer: Module, home: torch.device | None) -> Delta:
    if not delta.is_finite:
        raise damaged(path, "it holds numbers that are none")
    weight = cast(torch.Tensor, layer.weight)
    if isinstance(delta, LowRank):
        sides = len(shape_of(layer))
        delta = replace(delta, down=_like(delta.down, sides), up=_like(delta.up, sides))
    # Weights that are stored in 8 bits are raised to compute with; so is what is added.
    return delta.to(home or weight.device, weight.dtype if weight.element_size() > 1 else torch.bfloat16)


def _like(factor: torch.Tensor, sides: int) -> torch.Tensor:
    """A factor of low rank with as many sides as the layer's weight: files have pointwise convolutions for matrices and
    the other way round."""
    if factor.dim() == sides:
        return factor
    return factor.flatten(1) if sides == 2 else factor.reshape(*factor.shape[:2], 1, 1)
