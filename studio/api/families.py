"""Model families: networks that draw and that Shoreline does not know by itself. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

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


@dataclass(frozen=True, kw_only=True, eq=False)
class FamilyInput:
    """One call of a network: tensors of torch.

    ``sample`` is ``(n, channels, height, width)`` in cells of the VAE, ``timestep`` without dimensions as the scheduler
    counts, ``words`` ``(n, length, width)`` as the text encoders of the family ``like`` say them. ``pooled`` ``(n,
    width)`` is all of a prompt in one vector, ``mask`` ``(n, length)`` which words count, or ``None``. ``extras`` are
    further arguments by name that influences give, such as the residuals of a control network. What is no ``timestep``
    or mask is in the number format of the network, which is the computer's choice.
    """

    sample: Any
    timestep: Any
    words: Any
    pooled: Any = None
    mask: Any = None
    guidance: float = 1.0
    extras: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True, eq=False)
class FamilyContext:
    """A model of a family that is loaded: its ``network`` as `FamilyNetwork.build` made it, with its numbers in."""

    network: Any


class FamilyDenoiser:
    """Asks a network of a family. Subclasses say how, and whether the guidance scale is an input of it."""

    takes_guidance = False
    """Whether it is told the guidance scale: then a negative prompt has no meaning."""

    def predict(self, given: FamilyInput) -> Any:
        """What the network says about a sample, of its shape: noise, or the flow where the family is one."""
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
    ``is_flow`` says that the network tells the flow from picture to noise. ``scheduler``, ``steps`` and
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
    scheduler: str = "euler"
    steps: int = 20
    guidance_scale: float = 5.0
    schedule: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
