"""Model families: networks that draw and that Shoreline does not know by itself. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from studio.api.network_input import NetworkInput

Like = Literal["sd1", "sd2", "sdxl", "flux1", "chroma", "z-image", "flux2"]
"""The families that Shoreline knows by itself."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FamilyNetwork:
    """The network that draws.

    ``folder`` is that of its ``config.json`` and weights in a folder of a model. ``config`` is what a file alone is
    built by. ``tensors`` says which tensors a network with a config has, by name with their shapes. ``build`` makes it,
    a module of torch, of its config; its numbers come from the file. ``prefixes`` may stand before the names in files.
    """

    build: Callable[[Mapping[str, Any]], Any]
    tensors: Callable[[Mapping[str, Any]], Mapping[str, tuple[int, ...]]]
    config: Mapping[str, Any]
    folder: Literal["unet", "transformer"] = "transformer"
    prefixes: tuple[str, ...] = ("", "model.diffusion_model.")


FamilyInput: TypeAlias = NetworkInput
"""What a family is asked, by the name that it had first."""


@dataclass(frozen=True, kw_only=True)
class JointSequence:
    """How a transformer that reads words and picture as one sequence lays them out.

    ``patch`` are the cells along one side of what is one token of the picture. Words come first, or else the picture;
    each is filled up to whole multiples of ``multiple`` tokens. In layers whose names begin with ``picture_alone``
    there are no words. Where only tokens that count are read, ``skips_filling``.
    """

    patch: int
    words_first: bool = True
    multiple: int = 1
    picture_alone: str | None = None
    skips_filling: bool = False

    def filled(self, tokens: int) -> int:
        """How many tokens so many take."""
        return -(-tokens // self.multiple) * self.multiple


@dataclass(frozen=True, kw_only=True, eq=False)
class FamilyContext:
    """A model of a family that is loaded: its ``network`` with its numbers in, for a plugin's as `FamilyNetwork.build`
    made it, and the pixels along one side of a cell of its latents, ``factor``."""

    network: Any
    factor: int = 8


class FamilyDenoiser:
    """Asks a network of a family. Subclasses say how; those that ship are such subclasses too.

    One whose network reads words and picture as one sequence may have a `JointSequence` called ``sequence``: then it
    can draw in regions.
    """

    takes_guidance: bool = False
    """Whether it is told the guidance scale: then a negative prompt has no meaning."""
    takes_pairs: bool = True
    """Whether both sides of guidance go through the network in one call, with prompts of one length."""
    takes_masked_image: bool = False
    """Whether the network is an inpainting one: behind the latents it is given the mask, 1 where to draw, and the
    latents of the picture with grey there, as more channels of the sample."""

    def predict(self, given: NetworkInput) -> Any:
        """What the network says about a sample, of the shape of the latents: noise, or the flow where it is one."""
        raise NotImplementedError

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """More arguments of the scheduler's ``set_timesteps``, such as the sigmas of a flow."""
        del scheduler, steps, shape
        return {}


@dataclass(frozen=True, kw_only=True, eq=False)
class FamilySpec:
    """A family of models that Shoreline draws with.

    Files are told by their tensors: one that has all ``marks`` in names of its tensors (``^`` the beginning of a name,
    ``$`` its end), and is of none of the families that Shoreline knows. Folders are told by ``pipelines``, what
    ``_class_name`` in their ``model_index.json`` says.

    Prompts are read, and latents turned into pictures, by the text encoders and the VAE of the family ``like``, which a
    file may hold or lack: then those of another model are borrowed. The scheduler's config is its too; ``schedule``
    changes that of a flow. ``run(context)`` is called when a model is loaded, on the worker's thread.

    Models were taught at ``side`` pixels, and draw from ``smallest`` to ``largest`` of it in multiples of ``multiple``.
    ``is_flow`` says that the network tells the flow from picture to noise, ``is_inpainting`` that it is shown the mask
    and what is kept. ``scheduler``, ``steps`` and
    ``guidance_scale`` are how it is drawn with at first.
    """

    id: str
    name: str
    network: FamilyNetwork
    run: Callable[[FamilyContext], FamilyDenoiser]
    like: Like = "sd1"
    description: str = ""
    marks: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    side: int = 512
    smallest: float = 1.0
    largest: float = 1.5
    multiple: int = 8
    is_flow: bool = False
    is_inpainting: bool = False
    scheduler: str = "euler"
    steps: int = 20
    guidance_scale: float = 5.0
    schedule: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
