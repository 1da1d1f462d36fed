"""Panels with a form and buttons; the function of each button is guarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

import numpy as np

from studio.api import PanelAction, PanelContext, PanelResult, PanelSpec, Pixels
from studio.api.parameters import Parameter, validated_parameters
from studio.api.testing import run_panel
from studio.errors import PluginError, SettingError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.parameter_checks import is_id
from studio.plugin_host.plain_specs import is_a, plain_items, plain_text, plain_value
from studio.plugin_host.results import array, shown, type_of
from studio.plugin_host.trials import trial_pixels


def _check_actions(spec: PanelSpec) -> None:
    actions: object = spec.actions
    if not isinstance(actions, tuple) or not actions or not all(isinstance(item, PanelAction) for item in actions):
        raise PluginError("The actions of the panel {spec} must be a tuple of PanelAction, at least one.", spec=spec.id)
    ids = [action.id for action in spec.actions]
    for action in spec.actions:
        if not is_id(action.id) or ids.count(action.id) > 1:
            raise PluginError(
                "The panel {spec} needs an id of its own for each action, not {action!r}.",
                spec=spec.id,
                action=action.id,
            )
        if not isinstance(action.name, str) or not action.name.strip() or not callable(action.run):
            raise PluginError(
                "The action {action} of the panel {spec} needs a name and a function to run.",
                action=action.id,
                spec=spec.id,
            )


def _with_checked_result(panel: PanelSpec, run: Function) -> Callable[[PanelContext], PanelResult | None]:
    """The function of a panel's button; see `PanelResult`."""

    def checked(context: PanelContext) -> PanelResult | None:
        result = run(context)
        if result is None:
            return None
        if not is_a(result, PanelResult) or not is_a(result.message, str):
            raise TypeError(f"run must return a PanelResult or None, not {type_of(result)}")
        pixels = None if result.pixels is None else array(result.pixels)
        _check_pixels(pixels, context.pixels)
        values = _values(panel.parameters, result.values)
        return PanelResult(pixels=pixels, message=plain_text(result.message), values=values)

    return checked


def _check_pixels(after: Pixels | None, before: Pixels | None) -> None:
    if after is None:
        return
    wanted = "None" if before is None else f"uint8 {before.shape}"
    if before is None or after.dtype != np.uint8 or after.shape != before.shape:
        raise TypeError(f"pixels of the PanelResult must be {wanted}, not {shown(after)}")


def _values(parameters: tuple[Parameter, ...], given: object) -> dict[str, Any]:
    if not is_a(given, Mapping):
        raise TypeError(f"values of the PanelResult must be a mapping, not {type_of(given)}")
    pairs = plain_items(cast("Mapping[Any, Any]", given).items())
    values = {plain_value(key): plain_value(value) for key, value in pairs}
    known = tuple(parameter for parameter in parameters if parameter.id in values)
    try:
        return validated_parameters(known, values)
    except SettingError as error:
        raise ValueError(f"values of the PanelResult: {error}") from error


def _try(spec: PanelSpec) -> str:
    for action in spec.actions:
        run_panel(spec, action.id, trial_pixels() if action.needs_layer else None)
    return ""


PANELS: Final = Kind(
    id="panel",
    label="Panel: {name}",
    hook="shoreline_panels",
    spec=PanelSpec,
    callback="actions.run",
    trial=_try,
    check=_check_actions,
    result=_with_checked_result,
)
