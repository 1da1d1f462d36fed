"""An action of a plugin's panel on a document: what a filter would get goes in, at most one step comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.api import CancelToken, Document, PanelAction, PanelContext, PanelResult, PanelSpec, Pixels, Rect
from studio.api.parameters import validated_parameters
from studio.errors import SettingError


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelOutcome:
    """The document after an action (the same object if it changed nothing), a message, and values for the form."""

    document: Document
    message: str
    values: Mapping[str, Any]


def run_panel_action(  # noqa: PLR0917 - the things that an action is about
    panel: PanelSpec,
    action: PanelAction,
    document: Document,
    values: Mapping[str, Any],
    cancel: CancelToken,
    report: Callable[[float, str], None],
) -> PanelOutcome:
    """Run one action of a panel on the active layer of a document.

    Raises `SettingError` for values that do not fit or a layer that holds nothing, and what the action raises.
    """
    parameters = validated_parameters(panel.parameters, dict(values))
    results: list[PanelResult] = []

    def run(pixels: Pixels | None, area: Rect) -> Pixels | None:
        context = PanelContext(
            document=document, area=area, pixels=pixels, parameters=parameters, cancel=cancel, report=report
        )
        result = action.run(context)
        results.append(result or PanelResult())
        return results[-1].pixels

    after = _on_layer(document, run) if action.needs_layer else _without_layer(document, run)
    cancel.raise_if_cancelled()
    return PanelOutcome(document=after, message=results[-1].message, values=results[-1].values)


def _on_layer(document: Document, run: Callable[[Pixels | None, Rect], Pixels | None]) -> Document:
    from studio.raster.filtering import filter_layer, filtered_area

    layer = document.active_paint_layer
    area = Rect(0, 0, 0, 0) if layer is None else filtered_area(document, layer)
    if layer is None or area.is_empty:
        raise SettingError("There is nothing to work on.", "Select a layer with something painted on it.")
    has_pixels = False

    def work(pixels: Pixels) -> Pixels:
        nonlocal has_pixels
        after = run(pixels, area)
        has_pixels = after is not None
        return pixels if after is None else after

    after = filter_layer(document, layer.id, work)
    return after if has_pixels else document


def _without_layer(document: Document, run: Callable[[Pixels | None, Rect], Pixels | None]) -> Document:
    run(None, Rect(0, 0, 0, 0))
    return document
