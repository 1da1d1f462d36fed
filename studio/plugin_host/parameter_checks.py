"""The rules for the ids and parameters of a spec, whatever its kind."""

from __future__ import annotations

import re
from typing import Final, get_args

from studio.api import ChoiceParameter, FloatParameter, IntParameter
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
