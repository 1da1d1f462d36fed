"""What one plugin adds: its specs, checked and copied on the plugin's thread."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, get_args

import pluggy

from studio.api import (
    AnimationSpec,
    ChoiceParameter,
    ExporterSpec,
    FilterSpec,
    FloatParameter,
    ImporterSpec,
    IntParameter,
    PanelAction,
    PanelSpec,
    SchedulerSpec,
    SettingsPageSpec,
    ToolSpec,
    UpscalerSpec,
)
from studio.api.parameters import Parameter, validated_parameters
from studio.errors import PluginError, ShorelineError
from studio.plugin_host.failures import load_error, loading_step
from studio.plugin_host.plain_specs import id_of, is_a, plain_items, plain_spec

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
CALLBACKS: dict[Kind, str] = {kind: callback for kind, _, _, callback in _HOOKS}
_SUFFIX = re.compile(r"[a-z0-9]{1,16}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


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
    """Call the declaring hooks of one plugin's manager, and check and copy what they return.

    Raises `LoadError` when a hook raises or returns something else than it should.
    """
    found: list[Contribution] = []
    for kind, hook, spec_type, callback in _HOOKS:
        for returned in _called(manager, hook):
            with loading_step("hooks", f"What {hook} returned could not be read"):
                found.extend(_checked(kind, hook, spec_type, callback, returned))
    with loading_step("hooks", "What it adds could not be listed"):
        _check_own_keys(found)
    return tuple(found)


def _check_own_keys(found: Sequence[Contribution]) -> None:
    seen: set[tuple[Kind, str]] = set()
    for contribution in found:
        if contribution.key in seen:
            raise PluginError(f"It adds the {contribution.label} twice.", "Give each an id of its own.")
        seen.add(contribution.key)


def _called(manager: pluggy.PluginManager, hook: str) -> list[object]:
    caller = getattr(manager.hook, hook)
    try:
        # Called one by one and not through the manager, which drops a None that should be refused.
        return [implementation.function() for implementation in caller.get_hookimpls()]
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
        raise load_error(error, "hooks", f"{hook} raised") from None


def _checked(kind: Kind, hook: str, spec_type: type[Any], callback: str, returned: object) -> list[Contribution]:
    if not is_a(returned, Sequence) or is_a(returned, str) or is_a(returned, bytes):
        raise PluginError(f"{hook} must return a list of {spec_type.__name__}, not {type(returned).__name__}.")
    found: list[Contribution] = []
    for spec in plain_items(cast("Sequence[Any]", returned)):
        if not is_a(spec, spec_type):
            raise PluginError(f"{hook} must return a list of {spec_type.__name__}, but has a {type(spec).__name__}.")
        plain = plain_spec(spec, spec_type, f"the {kind} {id_of(spec)}")
        _check_spec(kind, plain, callback)
        found.append(Contribution(kind, plain))
    return found


def _check_spec(kind: Kind, spec: Any, callback: str) -> None:
    if not _ID.fullmatch(spec.id):
        raise PluginError(f"The {kind} id {spec.id!r} must be small letters, digits and _, beginning with a letter.")
    if not spec.name.strip():
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
        _check_keyframed(spec)
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


def _check_keyframed(spec: AnimationSpec) -> None:
    other = next((p for p in spec.keyframed if not isinstance(p, FloatParameter)), None)
    if other is not None:
        raise PluginError(f"The keyframed {other.id} of the animation {spec.id} must be a FloatParameter.")


def _check_parameters(owner: str, parameters: object) -> None:
    if not isinstance(parameters, tuple):
        raise PluginError(f"The parameters of the {owner} must be a tuple.")
    seen: set[str] = set()
    for parameter in parameters:
        # Their subclasses too: the window builds its forms from these five, and asks nothing else of a plugin.
        if type(parameter) not in get_args(Parameter):
            raise PluginError(f"The {owner} has a {type(parameter).__name__} among its parameters.")
        if parameter.id in seen:
            raise PluginError(f"The {owner} has two parameters {parameter.id!r}.")
        seen.add(parameter.id)
        _check_parameter(owner, parameter)
    _check_defaults(owner, parameters)


def _check_parameter(owner: str, parameter: Parameter) -> None:
    if isinstance(parameter, FloatParameter | IntParameter) and parameter.step <= 0:
        raise PluginError(f"The step of {parameter.id} of the {owner} must be above 0.")
    if isinstance(parameter, ChoiceParameter) and not _are_choices(parameter.choices):
        raise PluginError(f"The choices of {parameter.id} of the {owner} must be a tuple of (value, label) texts.")


def _are_choices(choices: object) -> bool:
    return isinstance(choices, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in choices
    )


def _check_defaults(owner: str, parameters: tuple[Parameter, ...]) -> None:
    try:
        validated_parameters(parameters, {})
    except (ShorelineError, TypeError) as error:
        raise PluginError(f"A default of the {owner} does not fit: {error}") from error


def unique(specs: Mapping[tuple[Kind, str], str], contributions: Sequence[Contribution]) -> None:
    """`PluginError` when one of ``contributions`` has a key that ``specs`` (key to plugin name) holds."""
    for contribution in contributions:
        owner = specs.get(contribution.key)
        if owner is not None:
            raise PluginError(
                f"It adds the {contribution.label}, which the plugin {owner} adds already.",
                "Switch one of the two off, or give it another id.",
            )
