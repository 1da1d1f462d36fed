"""What one plugin adds: its specs, checked, and guarded so that a failure stays the plugin's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np
import pluggy

from studio.api import (
    AnimationFrame,
    AnimationSpec,
    CancelToken,
    ExporterSpec,
    FilterSpec,
    FrameContext,
    GeneratedImage,
    ImporterSpec,
    PanelAction,
    PanelContext,
    PanelResult,
    PanelSpec,
    Pixels,
    SchedulerSpec,
    SettingsPageSpec,
    ToolContext,
    ToolSpec,
    UpscaleContext,
    UpscalerSpec,
)
from studio.api.parameters import Parameter, ParameterBase, validated_parameters
from studio.api.settings_pages import stored_settings
from studio.errors import Cancelled, OutOfMemoryError, PluginError, SettingError, ShorelineError
from studio.plugin_host.loading import PluginImportError, describe
from studio.plugin_host.watch import Hung, Patience, RelayedEngine, Watch

Spec: TypeAlias = (
    SchedulerSpec
    | ToolSpec
    | FilterSpec
    | ImporterSpec
    | ExporterSpec
    | UpscalerSpec
    | AnimationSpec
    | SettingsPageSpec
    | PanelSpec
)
Kind = Literal["scheduler", "tool", "filter", "importer", "exporter", "upscaler", "animation", "settings_page", "panel"]

_HOOKS: tuple[tuple[Kind, str, type[Any], str], ...] = (
    ("scheduler", "shoreline_schedulers", SchedulerSpec, "factory"),
    ("tool", "shoreline_tools", ToolSpec, "run"),
    ("filter", "shoreline_filters", FilterSpec, "run"),
    ("importer", "shoreline_importers", ImporterSpec, "decode"),
    ("exporter", "shoreline_exporters", ExporterSpec, "encode"),
    ("upscaler", "shoreline_upscalers", UpscalerSpec, "run"),
    ("animation", "shoreline_animations", AnimationSpec, "frame"),
    ("settings_page", "shoreline_settings_pages", SettingsPageSpec, ""),
    ("panel", "shoreline_panels", PanelSpec, ""),
)
"""Kind, hook, type, and the name of the callable; a panel has one in each action."""
_CALLBACKS: dict[Kind, str] = {kind: callback for kind, _, _, callback in _HOOKS}
_SUFFIX = re.compile(r"[a-z0-9]{1,16}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")

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


def collect(manager: pluggy.PluginManager) -> tuple[Contribution, ...]:
    """Call the declaring hooks of one plugin's manager and check what they return.

    Raises `PluginImportError` when a hook raises and `PluginError` when it returns something else than it should.
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

    Each call runs on a thread of its own and is given up when it does not come back (see `Watch`).
    ``failed(what, error)``, ``succeeded(what)`` and ``hung(what, error)`` are told how each call ended. ``settings``
    is what is stored for the plugin's pages at this moment.
    """

    plugin_name: str
    patience: Patience
    failed: Callable[[str, BaseException], None]
    succeeded: Callable[[str], None]
    hung: Callable[[str, Hung], None]
    settings: Callable[[], Mapping[str, Any]]

    def call(self, what: str, function: Callable[[Watch], R], cancel: CancelToken | None = None) -> R:
        """What ``function`` returns; it gets the watch over it. ``cancel`` is the token that it looks at."""
        watch = Watch(what, self._seconds(what, cancel), cancel)
        try:
            returned = watch.run(with_settings(self.settings(), lambda: function(watch)))
        except (Cancelled, ShorelineError):
            raise
        except MemoryError as error:
            raise OutOfMemoryError(
                f"There is not enough memory for the {what}.", "Choose a smaller picture or close other programs."
            ) from error
        except Hung as error:
            self.hung(what, error)
            raise PluginError(
                f"The plugin {self.plugin_name} hangs in the {what}: {error}.",
                "It was switched off. What it was doing may go on until Shoreline is closed.",
            ) from error
        except (Exception, SystemExit) as error:
            self.failed(what, error)
            raise PluginError(
                f"The plugin {self.plugin_name} failed in the {what}: {describe(error)}",
                "The list of plugins has the details; the plugin can be switched off there.",
            ) from error
        self.succeeded(what)
        return returned

    def _seconds(self, what: str, cancel: CancelToken | None) -> float:
        if cancel is not None:
            return self.patience.after_cancel
        return self.patience.factory if what.startswith("scheduler ") else self.patience.without_cancel


def with_settings(settings: Mapping[str, Any], function: Callable[[], R]) -> Callable[[], R]:
    """The function as the plugin's thread runs it: `studio.api.settings_of` sees these settings."""

    def run() -> R:
        with stored_settings(settings):
            return function()

    return run


def guarded(contribution: Contribution, guard: Guard) -> Spec:
    """The same spec with its callable run through ``guard``; the pictures of tools and filters are checked too."""
    spec, callback = contribution.spec, _CALLBACKS[contribution.kind]
    if isinstance(spec, SettingsPageSpec):
        return spec
    if isinstance(spec, PanelSpec):
        return replace(spec, actions=tuple(_guarded_action(spec, action, guard) for action in spec.actions))
    function: Callable[..., Any] = getattr(spec, callback)
    if isinstance(spec, ToolSpec):
        function = _with_checked_pictures(function)
    elif isinstance(spec, FilterSpec):
        function = _with_same_shape(function)
    elif isinstance(spec, ImporterSpec):
        function = _with_checked_pixels(function)
    elif isinstance(spec, ExporterSpec):
        function = _with_checked_bytes(function)
    elif isinstance(spec, AnimationSpec):
        function = _with_checked_frame(function)

    changes: dict[str, Any] = {callback: _under_guard(contribution.label, function, guard)}
    return replace(spec, **changes)


def _guarded_action(panel: PanelSpec, action: PanelAction, guard: Guard) -> PanelAction:
    checked = _with_checked_result(panel, action.run)
    return replace(action, run=_under_guard(f"panel {panel.id} ({action.id})", checked, guard))


def _under_guard(label: str, function: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        return guard.call(
            label,
            lambda watch: function(*(_relayed(argument, watch) for argument in arguments)),
            _token_among(arguments),
        )

    return run


def _relayed(argument: Any, watch: Watch) -> Any:
    """A context with an engine that works on the waiting thread; anything else as it is."""
    if isinstance(argument, FrameContext):
        at, engine = argument.at, RelayedEngine(argument.engine, watch)
        return replace(argument, engine=engine, at=lambda index: _relayed(at(index), watch))
    if isinstance(argument, ToolContext | UpscaleContext):
        return replace(argument, engine=RelayedEngine(argument.engine, watch))
    return argument


def _token_among(arguments: Sequence[Any]) -> CancelToken | None:
    tokens = (getattr(argument, "cancel", argument) for argument in arguments)
    return next((token for token in tokens if isinstance(token, CancelToken)), None)


def _called(manager: pluggy.PluginManager, hook: str) -> list[object]:
    caller = getattr(manager.hook, hook)
    try:
        # Called one by one and not through the manager, which drops a None that should be refused.
        return [implementation.function() for implementation in caller.get_hookimpls()]
    except (Exception, SystemExit) as error:
        raise PluginImportError(f"{hook} raised {describe(error)}") from error


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
    if callback and not callable(getattr(spec, callback)):
        raise PluginError(f"The {callback} of the {kind} {spec.id} must be a function.")
    if isinstance(spec, UpscalerSpec):
        _check_file_types(spec)
    if isinstance(spec, ImporterSpec | ExporterSpec):
        _check_suffixes(f"{kind} {spec.id}", spec.suffixes)
    if isinstance(spec, ToolSpec) and not 0.0 <= spec.default_strength <= 1.0:
        raise PluginError(f"The default_strength of the tool {spec.id} must be from 0 to 1.")
    _check_parameters(f"{kind} {spec.id}", getattr(spec, "parameters", ()))
    if isinstance(spec, AnimationSpec):
        _check_parameters(f"{kind} {spec.id}", spec.keyframed)
    if isinstance(spec, SettingsPageSpec) and not spec.parameters:
        raise PluginError(f"The settings_page {spec.id} has no parameters.", "A page without any shows nothing.")
    if isinstance(spec, PanelSpec):
        _check_actions(spec)


def _check_actions(spec: PanelSpec) -> None:
    actions: object = spec.actions
    if not isinstance(actions, tuple) or not actions or not all(isinstance(item, PanelAction) for item in actions):
        raise PluginError(f"The actions of the panel {spec.id} must be a tuple of PanelAction, at least one.")
    ids = [action.id for action in spec.actions]
    for action in spec.actions:
        if not isinstance(action.id, str) or not _ID.fullmatch(action.id) or ids.count(action.id) > 1:
            raise PluginError(f"The panel {spec.id} needs an id of its own for each action, not {action.id!r}.")
        if not isinstance(action.name, str) or not action.name.strip() or not callable(action.run):
            raise PluginError(f"The action {action.id} of the panel {spec.id} needs a name and a function to run.")


def _check_suffixes(owner: str, suffixes: object) -> None:
    is_tuple = isinstance(suffixes, tuple) and bool(suffixes)
    if not is_tuple or not all(isinstance(s, str) and _SUFFIX.fullmatch(s) for s in suffixes):  # type: ignore[attr-defined]
        raise PluginError(
            f"The suffixes of the {owner} must be a tuple of small letters and digits, without dots.",
            'Write it like suffixes=("tif", "tiff").',
        )


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


def _with_same_shape(run: Callable[..., Pixels]) -> Callable[..., Pixels]:
    def checked(pixels: Pixels, *rest: Any) -> Pixels:
        after = run(pixels, *rest)
        if not isinstance(after, np.ndarray) or after.dtype != np.uint8 or after.shape != pixels.shape:
            given = f"{after.dtype} {after.shape}" if isinstance(after, np.ndarray) else type(after).__name__
            raise TypeError(f"run must return uint8 {pixels.shape}, not {given}")
        return after

    return checked


def _with_checked_pixels(decode: Callable[[bytes], Pixels]) -> Callable[[bytes], Pixels]:
    def checked(data: bytes) -> Pixels:
        pixels = decode(data)
        if not isinstance(pixels, np.ndarray):
            raise TypeError(f"decode must return an array, not {type(pixels).__name__}")
        if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 4 or not pixels.size:
            raise TypeError(f"decode must return uint8 (height, width, 4), not {pixels.dtype} {pixels.shape}")
        return pixels

    return checked


def _with_checked_bytes(encode: Callable[[Pixels], bytes]) -> Callable[[Pixels], bytes]:
    def checked(pixels: Pixels) -> bytes:
        data = encode(pixels)
        if not isinstance(data, bytes) or not data:
            raise TypeError(f"encode must return bytes, not {type(data).__name__} of length {len(data)}")
        return data

    return checked


def _with_checked_pictures(run: Callable[[Any], Any]) -> Callable[[Any], tuple[GeneratedImage, ...]]:
    def checked(context: Any) -> tuple[GeneratedImage, ...]:
        images = run(context)
        if not isinstance(images, Sequence) or not all(isinstance(image, GeneratedImage) for image in images):
            raise TypeError("run must return a tuple of GeneratedImage")
        for image in images:
            _check_picture(image)
        return tuple(images)

    return checked


def _with_checked_frame(frame: Callable[[Any], Any]) -> Callable[[Any], AnimationFrame]:
    def checked(context: Any) -> AnimationFrame:
        made = frame(context)
        if not isinstance(made, AnimationFrame):
            raise TypeError(f"frame must return an AnimationFrame, not {type(made).__name__}")
        size = (context.settings.height, context.settings.width)
        if made.pixels.dtype != np.uint8 or made.pixels.shape != (*size, 3):
            raise TypeError(f"pixels must be uint8 {(*size, 3)}, not {made.pixels.dtype} {made.pixels.shape}")
        if made.mask is not None and (made.mask.dtype != np.uint8 or made.mask.shape != size):
            raise TypeError(f"mask must be uint8 {size}, not {made.mask.dtype} {made.mask.shape}")
        return made

    return checked


def _with_checked_result(panel: PanelSpec, run: Callable[[Any], Any]) -> Callable[[Any], PanelResult | None]:
    def checked(context: PanelContext) -> PanelResult | None:
        result = run(context)
        if result is None:
            return None
        if not isinstance(result, PanelResult) or not isinstance(result.message, str):
            raise TypeError(f"run must return a PanelResult or None, not {type(result).__name__}")
        _check_result_pixels(result.pixels, context.pixels)
        known = tuple(parameter for parameter in panel.parameters if parameter.id in result.values)
        try:
            validated_parameters(known, dict(result.values))
        except SettingError as error:
            raise ValueError(f"values of the PanelResult: {error}") from error
        return result

    return checked


def _check_result_pixels(after: object, before: Pixels | None) -> None:
    if after is None:
        return
    wanted = "None" if before is None else f"uint8 {before.shape}"
    if before is None or not isinstance(after, np.ndarray) or (after.dtype, after.shape) != (np.uint8, before.shape):
        given = f"{after.dtype} {after.shape}" if isinstance(after, np.ndarray) else type(after).__name__
        raise TypeError(f"pixels of the PanelResult must be {wanted}, not {given}")


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
