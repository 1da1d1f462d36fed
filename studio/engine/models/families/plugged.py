"""A family that a plugin brings, as those that are known here are described. Needs no torch."""

from __future__ import annotations

from typing import Any, Final

from studio.api.families import FamilySpec
from studio.engine.models.families.family import Config, Family, Part, Preset
from studio.engine.models.layouts.slots import Place, Slot


def plugged_family(spec: FamilySpec, like: Family) -> Family:
    """What a plugin says of a family, with the text encoders and the VAE of another one."""
    own = _network(spec)
    parts = tuple(own if part == like.denoiser else part for part in like.parts)
    preset = Preset(scheduler=spec.scheduler, steps=spec.steps, guidance_scale=spec.guidance_scale)
    return Family(
        id=spec.id,
        title=spec.name,
        parts=parts,
        pipelines=spec.pipelines,
        side=spec.side,
        smallest=spec.smallest,
        largest=spec.largest,
        multiple=spec.multiple,
        is_flow=spec.is_flow,
        is_inpainting=lambda _config: spec.is_inpainting,
        preset=lambda _words, _is_guided: preset,
        schedule=lambda _config: spec.schedule,
        empty_is_zero=like.empty_is_zero,
        like=like.id,
        plugged=spec,
    )


def _network(spec: FamilySpec) -> Part:
    network = spec.network
    anchor = next(iter(network.tensors(network.config)), None)
    return Part(
        name=network.folder,
        called=network.folder,
        make=f"{network.folder} of {spec.id}",
        classes=(_ANY_CLASS,),
        slots=lambda config: _slots(spec, config),
        places=tuple(Place(prefix, "diffusers") for prefix in network.prefixes),
        first=None if anchor is None else (anchor, anchor),
        build=network.build,
        config=network.config,
    )


_ANY_CLASS: Final = "plugin"
"""A network that is built by a plugin has a class of no library."""


def _slots(spec: FamilySpec, config: Config) -> tuple[Slot, ...]:
    tensors: Any = spec.network.tensors(config)
    return tuple(Slot(str(name), str(name), tuple(map(int, shape))) for name, shape in tensors.items())
