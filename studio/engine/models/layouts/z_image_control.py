"""Control networks for Z-Image: what their tensors say of a config. In files they are named as in diffusers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.slots import count_of, side_of

Tensors: TypeAlias = Mapping[str, TensorEntry]

Z_IMAGE_REFINER: Final = "control_noise_refiner.0.before_proj.weight"
"""The tensor that is there, and not zero, where what refines noise is steered by layers of its own."""
_PICTURE: Final = "control_all_x_embedder.2-1.weight"
_PATCH: Final = 2 * 2
_SHARED: Final = ("n_heads", "n_kv_heads", "norm_eps", "qk_norm", "all_patch_size", "all_f_patch_size")
"""What a control network has as the transformer has it that it was made for."""
_PLACES: Final = ("control_layers_places", "control_refiner_layers_places", "add_control_noise_refiner")


def z_image_control_config(
    tensors: Tensors, transformer: Mapping[str, Any], own: Mapping[str, Any], *, is_taught: bool
) -> dict[str, Any]:
    """The config of a control network with these tensors for a transformer; ``own`` is the one beside it.

    ``is_taught`` says whether the tensor `Z_IMAGE_REFINER` does something. Layers steer those of the transformer at
    even distances. The first release is shown a picture alone, and refines it; later ones are also shown what is kept,
    and steer what refines noise too.
    """
    layers = max(1, count_of(tensors, "control_layers.{}.attention_norm1.weight"))
    refiners = count_of(tensors, "control_noise_refiner.{}.attention_norm1.weight")
    steered, seen = int(transformer["n_layers"]), side_of(tensors, _PICTURE, 1) // _PATCH
    is_first = seen == int(transformer["in_channels"])
    return {
        **{name: transformer[name] for name in _SHARED if name in transformer},
        "dim": side_of(tensors, _PICTURE, 0),
        "control_in_dim": seen,
        "n_refiner_layers": refiners or int(transformer["n_refiner_layers"]),
        "control_layers_places": list(range(0, steered, max(1, steered // layers)))[:layers],
        "control_refiner_layers_places": None if is_first else list(range(int(transformer["n_refiner_layers"]))),
        "add_control_noise_refiner": None if is_first else "control_noise_refiner" if is_taught else "control_layers",
        **{name: own[name] for name in _PLACES if name in own},
    }
