"""Whether a device that torch sees can draw: cards without kernels in this torch, old drivers, broken builds."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Final

import torch

from studio.text.exceptions import first_line

_SIDE: Final = 8


def failure_of(torch_name: str) -> str:
    """Why a device cannot draw, on one line; "" where it can. Takes milliseconds, or what a driver needs to wake."""
    try:
        with torch.no_grad():
            found = _product(torch.device(torch_name))
    except (RuntimeError, NotImplementedError, AssertionError, OSError) as error:
        return _reason(error)
    return "" if found == _product(torch.device("cpu")) else "it computes wrong numbers"


def cuda_is_there() -> bool:
    """Whether torch sees a CUDA device; the reason where it cannot is `why_no_cuda`."""
    return _cuda()[0]


def why_no_cuda() -> str:
    """What torch says of a card that it cannot open, on one line; "" where there is none, or nothing is wrong."""
    return _cuda()[1]


@cache
def _cuda() -> tuple[bool, str]:
    """Torch says it once in a process, and as a warning."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            return torch.cuda.is_available(), _said(said)
        except (RuntimeError, AssertionError, OSError) as error:
            return False, _reason(error)


def _said(warned: list[warnings.WarningMessage]) -> str:
    message = warned[0].message if warned else ""
    return _reason(message) if isinstance(message, Warning) else message


def _reason(error: BaseException) -> str:
    """As a part of a sentence."""
    return first_line(error).rstrip(".")


def _product(device: torch.device) -> float:
    """A convolution and a product of matrices: each has libraries of its own on a GPU. Whole numbers, so exact."""
    picture = torch.arange(float(_SIDE * _SIDE), device=device).reshape(1, 1, _SIDE, _SIDE) % 5
    seen = torch.nn.functional.conv2d(picture, torch.ones(1, 1, 3, 3, device=device), padding=1)[0, 0]
    return float((seen @ seen.t()).sum().cpu())
