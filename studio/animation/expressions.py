"""Numbers as formulas of frame and time, such as ``0.5 + 0.2*sin(2*pi*t)``.

The text is parsed by Python's own parser and only the few node types below are evaluated, in floating point: nothing
else can run, and nothing can take long.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from studio.errors import SettingError

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 40
MAX_EXPONENT: Final = 64.0

VARIABLES: Final = ("f", "t", "n", "fps")
CONSTANTS: Final = MappingProxyType({"pi": math.pi, "e": math.e})


@dataclass(frozen=True)
class Moment:
    """Where an animation is: frame ``f`` from 0 of ``n``, at ``fps`` frames a second."""

    f: float
    n: int
    fps: float

    @property
    def t(self) -> float:
        """Seconds after the start."""
        return self.f / self.fps


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


_FUNCTIONS: Final[Mapping[str, tuple[Callable[..., float], int, int]]] = MappingProxyType(
    {
        **{name: (getattr(math, name), 1, 1) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sqrt", "exp")},
        **{name: (function, 1, 1) for name, function in (("abs", abs), ("floor", math.floor), ("ceil", math.ceil))},
        "atan2": (math.atan2, 2, 2),
        "log": (math.log, 1, 1),
        "round": (round, 1, 1),
        "min": (min, 2, 16),
        "max": (max, 2, 16),
        "clamp": (_clamp, 3, 3),
    }
)
"""By name: the function and how few and how many arguments it takes."""

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Mod: operator.mod,
        ast.Pow: operator.pow,
    }
)


class Expression:
    """A checked formula. Equal texts are equal.

    A comma between digits stands before decimals, but in a call it parts values, unless the function takes one value or
    semicolons part them.

    Known are the numbers ``f`` (frame from 0), ``t`` (seconds), ``n`` (number of frames), ``fps``, ``pi`` and ``e``,
    the operators ``+ - * / % **`` and the functions sin, cos, tan, asin, acos, atan, atan2, sqrt, exp, log, abs, floor,
    ceil, round, min, max and clamp. Anything else raises `SettingError` with its column.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > MAX_LENGTH:
            raise SettingError(
                "A formula has {count} characters.",
                "Write at most {max_length}.",
                count=len(text),
                max_length=MAX_LENGTH,
            )
        try:
            self._root = ast.parse(_with_points(text).strip(), mode="eval").body
        except SyntaxError as error:
            raise _refused(
                text, error.offset or 1, "this is not understood", "Write it like 0.5 + 0.2*sin(2*pi*t)."
            ) from error
        except (ValueError, MemoryError, RecursionError) as error:
            raise SettingError(
                "The formula {short} is not understood.", "Write a simpler one.", short=_short(text)
            ) from error
        _check(self._root, text, 0)

    def at(self, moment: Moment) -> float:
        """The value at a moment; `SettingError` where it is no finite number."""
        names = {"f": moment.f, "t": moment.t, "n": float(moment.n), "fps": moment.fps, **CONSTANTS}
        try:
            value = float(_value(self._root, names))
        except (ArithmeticError, ValueError, TypeError) as error:
            raise self._no_number(moment, str(error)) from error
        if not math.isfinite(value):
            raise self._no_number(moment, "not finite")
        return value

    def _no_number(self, moment: Moment, reason: str) -> SettingError:
        place = f"frame {moment.f + 1:g}, where f is {moment.f:g}"
        return SettingError(
            "The formula {short} gives no number at {place} ({reason}).",
            "Change it, or bound it with clamp, min and max.",
            short=_short(self.text),
            place=place,
            reason=reason,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


def _with_points(text: str) -> str:
    """A formula with points before decimals and commas between values; no column moves."""
    comma = r"(?<=\d),(?=\d)"
    if ";" in text:
        return re.sub(comma, ".", text).replace(";", ",")
    signs, opened = list(text), [""]
    for place in re.finditer(rf"(\w*)\s*\(|\)|{comma}", text):
        if place[0] == ")":
            opened = opened[:-1] or [""]
        elif place[0] != ",":
            opened.append(place[1])
        elif _takes_one(opened[-1]):
            signs[place.start()] = "."
    return "".join(signs)


def _takes_one(name: str) -> bool:
    """Whether what stands in these parentheses is one value."""
    return not name or (name in _FUNCTIONS and _FUNCTIONS[name][2] == 1)


def _check(node: ast.expr, text: str, depth: int) -> None:
    column = node.col_offset + 1 + len(text) - len(text.lstrip())
    if depth > MAX_DEPTH:
        raise _refused(text, column, "this is nested too deeply", f"Nest at most {MAX_DEPTH} parts.")
    if isinstance(node, ast.Constant):
        if type(node.value) not in (int, float):
            raise _refused(text, column, f"{node.value!r} is not a number", "Use numbers only.")
    elif isinstance(node, ast.Name):
        if node.id not in VARIABLES and node.id not in CONSTANTS:
            known = ", ".join((*VARIABLES, *CONSTANTS))
            raise _refused(text, column, f"there is no value {node.id!r}", f"Known are {known}.")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
        _check(node.operand, text, depth + 1)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        _check(node.left, text, depth + 1)
        _check(node.right, text, depth + 1)
    elif isinstance(node, ast.Call):
        _check_call(node, text, column, depth)
    else:
        raise _refused(text, column, "this is not allowed", "Use numbers, + - * / % ** and functions such as sin.")


def _check_call(node: ast.Call, text: str, column: int, depth: int) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in _FUNCTIONS:
        what = f"there is no function {name!r}" if name else "only named functions can be called"
        raise _refused(text, column, what, f"Known are {', '.join(_FUNCTIONS)}.")
    _, fewest, most = _FUNCTIONS[name]
    if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
        raise _refused(text, column, f"{name} takes plain numbers", f"Write {name}(...) with values only.")
    if not fewest <= len(node.args) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        raise _refused(text, column, f"{name} takes {wanted} values, not {len(node.args)}", "Give that many.")
    for argument in node.args:
        _check(argument, text, depth + 1)


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp):
        operand = _value(node.operand, names)
        return -operand if isinstance(node.op, ast.USub) else operand
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, names), _value(node.right, names)
        if isinstance(node.op, ast.Pow) and abs(right) > MAX_EXPONENT:
            raise ValueError(f"an exponent of {right:g}; {MAX_EXPONENT:g} is the most")
        return _OPERATORS[type(node.op)](left, right)
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    function, _, _ = _FUNCTIONS[node.func.id]
    return float(function(*(_value(argument, names) for argument in node.args)))


def _refused(text: str, column: int, what: str, advice: str) -> SettingError:
    return SettingError(
        "In the formula {short}, column {column}: {what}.", advice, short=_short(text), column=column, what=what
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
