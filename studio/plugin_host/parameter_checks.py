"""The rules for the ids and parameters of a spec, whatever its kind."""

from __future__ import annotations

import re
from typing import Final, get_args

from studio.api import ChoiceParameter, ColorParameter, FloatParameter, IntParameter
from studio.api.parameters import Parameter, validated_parameters
from studio.errors import PluginError, ShorelineError

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


def is_id(value: object) -> bool:
    """Whether a value is good as an id: small letters, digits and _, beginning with a letter."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def check_parameters(owner: str, parameters: object) -> None:
    """`PluginError` naming ``owner`` unless ``parameters`` is a tuple of `Parameter` from which a form can be made."""
    if not isinstance(parameters, tuple):
        raise PluginError(f"The parameters of the {owner} must be a tuple.")
    seen: set[str] = set()
    for parameter in parameters:
        # Their subclasses too: the window builds its forms from these six, and asks nothing else of a plugin.
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
    if isinstance(parameter, ChoiceParameter) and len(parameter.hints) not in (0, len(parameter.choices)):
        raise PluginError(f"The hints of {parameter.id} of the {owner} must be one for each choice, or none.")
    if isinstance(parameter, FloatParameter) and parameter.logarithmic and parameter.minimum <= 0:
        raise PluginError(f"The minimum of {parameter.id} of the {owner} must be above 0, for it is logarithmic.")
    if isinstance(parameter, ColorParameter):
        _check_swatches(owner, parameter)


def _check_swatches(owner: str, parameter: ColorParameter) -> None:
    try:
        if not _are_choices(parameter.swatches):
            raise TypeError
        for color, _name in parameter.swatches:
            parameter.validated(color)
    except (ShorelineError, TypeError):
        raise PluginError(
            f"The swatches of {parameter.id} of the {owner} must be a tuple of (colour, label) texts, "
            f'such as (("{parameter.default}", "Mine"),).'
        ) from None


def _are_choices(choices: object) -> bool:
    return isinstance(choices, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in choices
    )


def _check_defaults(owner: str, parameters: tuple[Parameter, ...]) -> None:
    try:
        validated_parameters(parameters, {})
    except (ShorelineError, TypeError) as error:
        raise PluginError(f"A default of the {owner} does not fit: {error}") from error
