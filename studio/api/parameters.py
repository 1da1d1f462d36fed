"""Parameters that a plugin or a canvas tool declares; the host builds the form and validates the values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from studio.errors import SettingError

_COLOR: Final = re.compile("#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")


@dataclass(frozen=True, kw_only=True)
class ParameterBase:
    """``id`` is the key in ``GenerationSettings.parameters``; ``label`` and ``help`` are shown in the form (English;
    the host translates those of bundled plugins). ``advanced`` parameters are folded away at first."""

    id: str
    label: str
    help: str = ""
    advanced: bool = False


@dataclass(frozen=True, kw_only=True)
class FloatParameter(ParameterBase):
    """A real number in [minimum, maximum], shown as a slider with a spin box.

    A ``logarithmic`` slider (``minimum`` > 0) gives small values more room, as sizes need. Without ``slider`` there is
    only the box: for ranges in which a slider would be too coarse.
    """

    default: float
    minimum: float
    maximum: float
    step: float = 0.01
    suffix: str = ""
    logarithmic: bool = False
    slider: bool = True

    def validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.minimum <= value <= self.maximum:
            raise _refused(self, value, f"a number from {self.minimum} to {self.maximum}")
        return float(value)


@dataclass(frozen=True, kw_only=True)
class IntParameter(ParameterBase):
    """A whole number in [minimum, maximum].

    ``minimum_label``, if any, is shown in place of the minimum, which then stands for something else, such
    as "automatic". Without ``slider`` there is only the box: for ranges in which a slider would be too coarse.
    """

    default: int
    minimum: int
    maximum: int
    step: int = 1
    suffix: str = ""
    minimum_label: str = ""
    slider: bool = True

    def validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.minimum <= value <= self.maximum:
            raise _refused(self, value, f"a whole number from {self.minimum} to {self.maximum}")
        return value


@dataclass(frozen=True, kw_only=True)
class BoolParameter(ParameterBase):
    """A check box.

    ``icon`` names a drawing of the application that stands for the label in a canvas tool's line of options, and
    ``off_icon`` one for the value false; forms of plugins show the label.
    """

    default: bool = False
    icon: str = ""
    off_icon: str = ""

    def validated(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise _refused(self, value, "true or false")
        return value


@dataclass(frozen=True, kw_only=True)
class ChoiceParameter(ParameterBase):
    """One of several values; ``choices`` are (value, label) pairs, ``hints``, if any, a tool tip for each."""

    default: str
    choices: tuple[tuple[str, str], ...]
    hints: tuple[str, ...] = ()

    def validated(self, value: Any) -> str:
        if value not in [choice for choice, _ in self.choices]:
            raise _refused(self, value, "one of " + ", ".join(choice for choice, _ in self.choices))
        return str(value)


@dataclass(frozen=True, kw_only=True)
class TextParameter(ParameterBase):
    """Free text; ``multiline`` gives a larger box."""

    default: str = ""
    multiline: bool = False

    def validated(self, value: Any) -> str:
        if not isinstance(value, str):
            raise _refused(self, value, "a text")
        return value


@dataclass(frozen=True, kw_only=True)
class ColorParameter(ParameterBase):
    """A colour ``#rrggbb``, or ``#rrggbbaa`` if ``default`` has an alpha; ``swatches`` are (colour, label) pairs."""

    default: str
    swatches: tuple[tuple[str, str], ...] = ()

    @property
    def has_alpha(self) -> bool:
        return len(self.default) == len("#rrggbbaa")

    def validated(self, value: Any) -> str:
        if not isinstance(value, str) or not _COLOR.fullmatch(value) or len(value) != len(self.default):
            raise _refused(self, value, "a colour such as " + self.default)
        return value.lower()


Parameter: TypeAlias = FloatParameter | IntParameter | BoolParameter | ChoiceParameter | TextParameter | ColorParameter


def validated_parameters(declared: tuple[Parameter, ...], values: dict[str, Any]) -> dict[str, Any]:
    """All declared parameters with their given or default values.

    Raises `SettingError` naming the parameter for an unknown id or a value out of range.
    """
    known = {parameter.id for parameter in declared}
    for key in values:
        if key not in known:
            raise SettingError(
                "There is no parameter {key!r} here.",
                "Known are: {names}.",
                key=key,
                names=", ".join(sorted(known)) or "none",
            )
    return {parameter.id: parameter.validated(values.get(parameter.id, parameter.default)) for parameter in declared}


def fitting_values(
    declared: tuple[Parameter, ...], stored: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[SettingError, ...]]:
    """All declared parameters with their stored value, or the default where that does not fit; and what does not."""
    values: dict[str, Any] = {}
    problems: list[SettingError] = []
    for parameter in declared:
        try:
            values[parameter.id] = parameter.validated(stored.get(parameter.id, parameter.default))
        except (SettingError, TypeError) as error:
            values[parameter.id] = parameter.default
            problems.append(
                error
                if isinstance(error, SettingError)
                else SettingError("{label}: {reason}.", label=parameter.label, reason=error)
            )
    return values, tuple(problems)


def _refused(parameter: ParameterBase, value: Any, wanted: str) -> SettingError:
    return SettingError(
        "{label} ({parameter}) cannot be {value!r}.",
        "Give {wanted}.",
        label=parameter.label,
        parameter=parameter.id,
        value=value,
        wanted=wanted,
    )
