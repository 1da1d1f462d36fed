"""What one plugin adds: its specs, checked, and guarded so that a failure stays the plugin's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, ParamSpec, TypeAlias, TypeVar

import numpy as np
import pluggy

from studio.api import AnimationSpec, GeneratedImage, SchedulerSpec, ToolSpec, UpscalerSpec
from studio.api.parameters import Parameter, ParameterBase, validated_parameters
from studio.errors import Cancelled, OutOfMemoryError, PluginError, ShorelineError
from studio.plugin_host.loading import describe

Spec: TypeAlias = SchedulerSpec | ToolSpec | UpscalerSpec | AnimationSpec
Kind = Literal["scheduler", "tool", "upscaler", "animation"]

_HOOKS: tuple[tuple[Kind, str, type[Any], str], ...] = (
    ("scheduler", "shoreline_schedulers", SchedulerSpec, "factory"),
    ("tool", "shoreline_tools", ToolSpec, "run"),
    ("upscaler", "shoreline_upscalers", UpscalerSpec, "run"),
    ("animation", "shoreline_animations", AnimationSpec, "settings_at"),
)
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Contribution:
    """One spec of one plugin."""

    kind: Kind
    spec: Spec

    @property
    def key(self) -> tuple[Kind, str]:
        return self.kind, self.spec.id

    @property
    def label(self) -> str:
        return f"{self.kind} {self.spec.id}"


class HookError(PluginError):
    """A declaring hook raised; the original is its ``__cause__``."""


def collect(manager: pluggy.PluginManager) -> tuple[Contribution, ...]:
    """Call the declaring hooks of one plugin's manager and check what they return.

    Raises `HookError` when a hook raises and `PluginError` when it returns something else than it should.
    """
    found: list[Contribution] = []
    for kind, hook, spec_type, callback in _HOOKS:
        for returned in _called(manager, hook):
            found.extend(_checked(kind, hook, spec_type, callback, returned))
    seen: set[tuple[Kind, str]] = set()
    for contribution in found:
        if contribution.key in seen:
            raise PluginError(f"It adds the {contribution.label} twice.", "Give each an id of its own.")
        seen.add(contribution.key)
    return tuple(found)


@dataclass(frozen=True)
class Guard:
    """Runs a plugin's callables: `Cancelled` and `ShorelineError` pass, anything else becomes a `PluginError`.

    ``failed(what, error)`` and ``succeeded(what)`` are told how each call ended.
    """

    plugin_name: str
    failed: Callable[[str, BaseException], None]
    succeeded: Callable[[str], None]

    def call(self, what: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            returned = function(*args, **kwargs)
        except (Cancelled, ShorelineError):
            raise
        except MemoryError as error:
            raise OutOfMemoryError(
                f"There is not enough memory for the {what}.", "Choose a smaller picture or close other programs."
            ) from error
        except (Exception, SystemExit) as error:
            self.failed(what, error)
            raise PluginError(
                f"The plugin {self.plugin_name} failed in the {what}: {describe(error)}",
                "The list of plugins has the details; the plugin can be switched off there.",
            ) from error
        self.succeeded(what)
        return returned


def guarded(contribution: Contribution, guard: Guard) -> Spec:
    """The same spec with its callable run through ``guard``; a tool's pictures are checked too."""
    spec, label = contribution.spec, contribution.label
    if isinstance(spec, ToolSpec):
        run = _with_checked_pictures(spec.run)
        return replace(spec, run=lambda context: guard.call(label, run, context))
    if isinstance(spec, SchedulerSpec):
        factory = spec.factory
        return replace(spec, factory=lambda config: guard.call(label, factory, config))
    if isinstance(spec, UpscalerSpec):
        upscale = spec.run
        return replace(spec, run=lambda *arguments: guard.call(label, upscale, *arguments))
    settings_at = spec.settings_at
    return replace(spec, settings_at=lambda *arguments: guard.call(label, settings_at, *arguments))


def _called(manager: pluggy.PluginManager, hook: str) -> list[object]:
    caller = getattr(manager.hook, hook)
    try:
        # Called one by one and not through the manager, which drops a None that should be refused.
        return [implementation.function() for implementation in caller.get_hookimpls()]
    except (Exception, SystemExit) as error:
        raise HookError(f"{hook} raised {describe(error)}") from error


def _checked(kind: Kind, hook: str, spec_type: type[Any], callback: str, returned: object) -> list[Contribution]:
    if not isinstance(returned, Sequence) or isinstance(returned, str | bytes):
        raise PluginError(f"{hook} must return a list of {spec_type.__name__}, not {type(returned).__name__}.")
    for spec in returned:
        if not isinstance(spec, spec_type):
            raise PluginError(f"{hook} must return a list of {spec_type.__name__}, but has a {type(spec).__name__}.")
        _check_spec(kind, spec, callback)
    return [Contribution(kind, spec) for spec in returned]


def _check_spec(kind: Kind, spec: Any, callback: str) -> None:
    if not isinstance(spec.id, str) or not _ID.fullmatch(spec.id):
        raise PluginError(f"The {kind} id {spec.id!r} must be small letters, digits and _, beginning with a letter.")
    if not isinstance(spec.name, str) or not spec.name.strip():
        raise PluginError(f"The {kind} {spec.id} needs a name.")
    if not callable(getattr(spec, callback)):
        raise PluginError(f"The {callback} of the {kind} {spec.id} must be a function.")
    if isinstance(spec, UpscalerSpec):
        _check_file_types(spec)
    if isinstance(spec, ToolSpec) and not 0.0 <= spec.default_strength <= 1.0:
        raise PluginError(f"The default_strength of the tool {spec.id} must be from 0 to 1.")
    _check_parameters(f"{kind} {spec.id}", getattr(spec, "parameters", ()))


def _check_file_types(spec: UpscalerSpec) -> None:
    types = spec.file_types
    if not isinstance(types, tuple) or not all(isinstance(each, str) and each[:1] == "." for each in types):
        raise PluginError(f'The file_types of the upscaler {spec.id} must be a tuple of endings like ".safetensors".')


def _check_parameters(owner: str, parameters: object) -> None:
    if not isinstance(parameters, tuple):
        raise PluginError(f"The parameters of the {owner} must be a tuple.")
    seen: set[str] = set()
    for parameter in parameters:
        if not isinstance(parameter, ParameterBase):
            raise PluginError(f"The {owner} has a {type(parameter).__name__} among its parameters.")
        if parameter.id in seen:
            raise PluginError(f"The {owner} has two parameters {parameter.id!r}.")
        seen.add(parameter.id)
    _check_defaults(owner, parameters)


def _check_defaults(owner: str, parameters: tuple[Parameter, ...]) -> None:
    try:
        validated_parameters(parameters, {})
    except (ShorelineError, TypeError) as error:
        raise PluginError(f"A default of the {owner} does not fit: {error}") from error


def _with_checked_pictures(run: Callable[[Any], Any]) -> Callable[[Any], tuple[GeneratedImage, ...]]:
    def checked(context: Any) -> tuple[GeneratedImage, ...]:
        images = run(context)
        if not isinstance(images, Sequence) or not all(isinstance(image, GeneratedImage) for image in images):
            raise TypeError("run must return a tuple of GeneratedImage")
        for image in images:
            _check_picture(image)
        return tuple(images)

    return checked


def _check_picture(image: GeneratedImage) -> None:
    pixels, mask = image.pixels, image.mask
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 4 or not pixels.size:
        raise TypeError(f"pixels must be uint8 (height, width, 4), not {pixels.dtype} {pixels.shape}")
    if mask is not None and (mask.dtype != np.uint8 or mask.shape != pixels.shape[:2]):
        raise TypeError(f"mask must be uint8 {pixels.shape[:2]}, not {mask.dtype} {mask.shape}")


def unique(specs: Mapping[tuple[Kind, str], str], contributions: Sequence[Contribution]) -> None:
    """`PluginError` when one of ``contributions`` has a key that ``specs`` (key to plugin name) holds."""
    for contribution in contributions:
        owner = specs.get(contribution.key)
        if owner is not None:
            raise PluginError(
                f"It adds the {contribution.label}, which the plugin {owner} adds already.",
                "Switch one of the two off, or give it another id.",
            )
