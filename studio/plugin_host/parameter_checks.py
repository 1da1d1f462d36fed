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
        raise PluginError("The parameters of the {owner} must be a tuple.", owner=owner)
    seen: set[str] = set()
    for parameter in parameters:
        # Their subclasses too: the window builds its forms from these six, and asks nothing else of a plugin.
        if type(parameter) not in get_args(Parameter):
            raise PluginError(
                "The {owner} has a {kind} among its parameters.", owner=owner, kind=type(parameter).__name__
            )
        if parameter.id in seen:
            raise PluginError("The {owner} has two parameters {parameter!r}.", owner=owner, parameter=parameter.id)
        seen.add(parameter.id)
        _check_parameter(owner, parameter)
    _check_defaults(owner, parameters)


def _check_parameter(owner: str, parameter: Parameter) -> None:
    if isinstance(parameter, FloatParameter | IntParameter) and parameter.step <= 0:
        raise PluginError(
            "The step of {parameter} of the {owner} must be above 0.", parameter=parameter.id, owner=owner
        )
    if isinstance(parameter, ChoiceParameter) and not _are_choices(parameter.choices):
        raise PluginError(
            "The choices of {parameter} of the {owner} must be a tuple of (value, label) texts.",
            parameter=parameter.id,
            owner=owner,
        )
    if isinstance(parameter, ChoiceParameter) and len(parameter.hints) not in (0, len(parameter.choices)):
        raise PluginError(
            "The hints of {parameter} of the {owner} must be one for each choice, or none.",
            parameter=parameter.id,
            owner=owner,
        )
    if isinstance(parameter, FloatParameter) and parameter.logarithmic and parameter.minimum <= 0:
        raise PluginError(
            "The minimum of {parameter} of the {owner} must be above 0, for it is logarithmic.",
            parameter=parameter.id,
            owner=owner,
        )
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
            "The swatches of {parameter} of the {owner} must be a tuple of (colour, label) texts, "
            'such as (("{default}", "Mine"),).',
            parameter=parameter.id,
            owner=owner,
            default=parameter.default,
        ) from None


def _are_choices(choices: object) -> bool:
    return isinstance(choices, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in choices
    )


def _check_defaults(owner: str, parameters: tuple[Parameter, ...]) -> None:
    try:
        validated_parameters(parameters, {})
    except (ShorelineError, TypeError) as error:
        raise PluginError("A default of the {owner} does not fit: {reason}", owner=owner, reason=error) from error
