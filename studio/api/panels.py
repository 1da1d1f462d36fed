"""Panels that a plugin declares: a form, and buttons that do something with its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from studio.api.parameters import Parameter
from studio.document import Document, Pixels, Rect
from studio.generation import CancelToken


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelContext:
    """What an action gets.

    ``pixels`` is what a filter would get of the active layer: uint8 ``(h, w, 4)`` straight RGBA in which transparent
    pixels are black; ``area`` says where it lies in ``document``, which is as it was when the button was pressed. For
    an action that needs no layer ``pixels`` is ``None`` and ``area`` empty. ``parameters`` are all of the panel's,
    checked. ``report(fraction, message)`` moves the progress bar.
    """

    document: Document
    area: Rect
    pixels: Pixels | None
    parameters: Mapping[str, Any]
    cancel: CancelToken
    report: Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelResult:
    """What an action gives back; all of it may be left out.

    ``pixels``, of the shape of the context's, go into the active layer in one step of the history, inside the mask if
    there is one. ``message`` is shown below the buttons. ``values`` (parameter id to value) go into the form.
    """

    pixels: Pixels | None = None
    message: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class PanelAction:
    """A button. ``run(context)`` is called while a background thread waits, beside the generation of pictures.

    Without ``needs_layer`` it also works when no layer with pixels is active, and cannot give pixels back. One that
    ``previews`` is tried out whenever the form changes, on pixels that may be fewer than ``area`` has; what it makes of
    them is shown on the picture, and nothing is changed until the button is pressed.
    """

    id: str
    name: str
    run: Callable[[PanelContext], PanelResult | None]
    description: str = ""
    needs_layer: bool = True
    previews: bool = False


@dataclass(frozen=True, kw_only=True)
class PanelSpec:
    """A panel: a form of ``parameters`` and a button for each of ``actions``.

    The host builds it, lists it in the View menu, and remembers its place and values.
    """

    id: str
    name: str
    actions: tuple[PanelAction, ...]
    parameters: tuple[Parameter, ...] = ()
    description: str = ""
