"""Adapters in every format that people own, written by the tests, with what each of them adds to a layer's weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import torch

RANK = 3
ALPHA = 1.5


@dataclass(frozen=True)
class Format:
    """``tensors`` makes what a file holds of a layer with this weight: (tensors by the end of their names, change of
    the weight)."""

    tensors: Callable[[torch.Tensor], tuple[dict[str, torch.Tensor], torch.Tensor]]
    for_convolutions: bool = True
    for_matrices: bool = True


def small(*shape: int) -> torch.Tensor:
    return 0.3 * torch.randn(*shape)


def lora(down: str, up: str, alpha: str | None = "alpha") -> Format:
    def tensors(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        width, given, *kernel = weight.shape
        a, b = small(RANK, given, *kernel), small(width, RANK, *[1] * len(kernel))
        found = {down: a, up: b}
        scale = 1.0
        if alpha is not None:
            found[alpha], scale = torch.tensor(ALPHA), ALPHA / RANK
        return found, scale * (b.flatten(1) @ a.flatten(1)).reshape(weight.shape)

    return Format(tensors)


def lora_with_core(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    width, given, *kernel = weight.shape
    down, core, up = small(RANK, given, 1, 1), small(RANK, RANK, *kernel), small(width, RANK, 1, 1)
    change = torch.zeros_like(weight)
    for row in range(RANK):
        for column in range(RANK):
            outer = up[:, row].reshape(-1, 1, 1, 1) * down[column].reshape(1, -1, 1, 1)
            change += outer * core[row, column]
    found = {"lora_down.weight": down, "lora_mid.weight": core, "lora_up.weight": up, "alpha": torch.tensor(ALPHA)}
    return found, change * ALPHA / RANK


def loha(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    width, given = weight.shape[0], prod(weight.shape[1:])
    a1, b1, a2, b2 = small(width, RANK), small(RANK, given), small(width, RANK), small(RANK, given)
    found = {"hada_w1_a": a1, "hada_w1_b": b1, "hada_w2_a": a2, "hada_w2_b": b2, "alpha": torch.tensor(ALPHA)}
    return found, ((a1 @ b1) * (a2 @ b2) * ALPHA / RANK).reshape(weight.shape)


def lokr(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    width, given, *kernel = weight.shape
    first = small(4, 4)
    a, b = small(width // 4, RANK), small(RANK, given // 4 * prod(kernel))
    found = {"lokr_w1": first, "lokr_w2_a": a, "lokr_w2_b": b, "alpha": torch.tensor(ALPHA)}
    second = (a @ b).reshape(width // 4, given // 4, *kernel)
    blocks = [torch.cat([first[row, column] * second for column in range(4)], dim=1) for row in range(4)]
    return found, torch.cat(blocks) * ALPHA / RANK


def whole_lokr(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """Two whole matrices, of which an alpha says nothing."""
    width, given = weight.shape
    first, second = small(4, 4), small(width // 4, given // 4)
    return {"lokr_w1": first, "lokr_w2": second, "alpha": torch.tensor(1e9)}, torch.kron(first, second)


def difference(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    change = small(*weight.shape)
    return {"diff": change}, change


def dora(lengths: str, *, rows: bool) -> Format:
    def tensors(weight: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        found, change = lora("lora_down.weight", "lora_up.weight").tensors(weight)
        changed = weight + change
        kept = 0 if rows else 1
        sides = [side for side in range(weight.dim()) if side != kept]
        norms = torch.linalg.vector_norm(changed, dim=sides, keepdim=True)
        wanted = norms * (1.0 + 0.2 * torch.rand_like(norms))
        found[lengths] = wanted
        return found, changed * (wanted / norms) - weight

    return Format(tensors)


FORMATS: Mapping[str, Format] = {
    "kohya": lora("lora_down.weight", "lora_up.weight"),
    "PEFT": lora("lora_A.weight", "lora_B.weight", None),
    "PEFT, named": lora("lora_A.default.weight", "lora_B.default.weight", None),
    "diffusers": lora("lora.down.weight", "lora.up.weight", None),
    "diffusers, text": lora("lora_linear_layer.down.weight", "lora_linear_layer.up.weight", None),
    "kohya with core": Format(lora_with_core, for_matrices=False),
    "LoHa": Format(loha),
    "LoKr": Format(lokr),
    "LoKr, whole": Format(whole_lokr, for_convolutions=False),
    "difference": Format(difference),
    "DoRA, rows": dora("dora_scale", rows=True),
    "DoRA, columns": dora("dora_scale", rows=False),
}


def write(path: Path, tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str] | None = None) -> Path:
    from safetensors.torch import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path, dict(metadata or {}))
    return path


def adapter_file(
    path: Path, stems: Mapping[str, Any], kind: str = "kohya", metadata: Mapping[str, str] | None = None
) -> dict[str, torch.Tensor]:
    """Write an adapter of layers by the names that they have in it, and tell the change of each one's weight."""
    tensors: dict[str, torch.Tensor] = {}
    changes = {}
    for stem, layer in stems.items():
        own, changes[stem] = FORMATS[kind].tensors(layer.weight.detach())
        tensors |= {f"{stem}.{end}": tensor for end, tensor in own.items()}
    write(path, tensors, metadata)
    return changes
