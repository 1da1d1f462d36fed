"""Puts the pictures of a result into a document, as layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.document import (
    Document,
    Layer,
    LayerId,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    add_to_frame,
    current_frame,
    frame_holding,
    frames,
)
from studio.errors import SettingError
from studio.generation.jobs import GeneratedImage, GenerationRequest, GenerationResult
from studio.generation.settings import GenerationSettings

_LONGEST_NAME = 40


def place(
    document: Document,
    result: GenerationResult,
    *,
    indices: Sequence[int] | None = None,
    name: str = "",
    hidden: bool = False,
) -> Document:
    """A document with pictures of ``result`` (all, or those at ``indices``) as new paint layers.

    A picture lies where it was drawn, also where the canvas has other edges since, see `where_it_lies`. It is cropped
    to the canvas, and its mask becomes the layer's mask: pixels where the mask is 0
    stay exactly as they were. The layer's ``settings`` are those of the result with the picture's own
    seed. Of several pictures the first is shown, lies above the others and becomes active; the others are
    hidden. Without a ``name`` layers are called after the prompt. With ``hidden`` the masks of the layers are black:
    nothing is seen until they are painted white.

    In a document with a timeline they go into the frame that was shown when the picture was asked for (into the one
    that is shown, if that is gone), unless the active layer lies outside the frames and the picture is not made
    ``from_canvas``.

    A picture made ``from_canvas`` goes on top of everything, because it already holds what the layers above
    the active one show; any other goes above the active layer. ``IndexError`` for a picture that is not there,
    `SettingError` for one that lies off the canvas, which has changed since.
    """
    chosen = range(len(result.images)) if indices is None else indices
    for position, index in reversed(list(enumerate(chosen))):
        asked_on = result.request.document
        image, settings = where_it_lies(result.images[index], asked_on, document), result.settings_of(index)
        title = name or title_of(settings)
        drawn_in = mask_drawn_in(result.request, image, document)
        layer = _layer(image, document.canvas, title, settings.json(), drawn_in, visible=position == 0)
        if hidden:
            layer = replace(layer, mask=Raster(channels=1))
        frame = _frame_for(document, asked_on, from_canvas=image.from_canvas)
        if frame is not None:
            document = add_to_frame(document, layer, frame)
            continue
        active = document.active_layer
        above = None if image.from_canvas or active is None else active.id
        document = add_layer(document, layer, above=above)
    return document


def placed_layers(before: Document, after: Document) -> tuple[LayerId, ...]:
    """The layers that `place` made of pictures, in the order of the pictures."""
    known = {layer.id for layer in before.walk()}
    new = [layer.id for layer in after.walk() if not layer.is_group and layer.id not in known]
    return tuple(reversed(new))


def _frame_for(document: Document, asked_on: Document, *, from_canvas: bool) -> LayerId | None:
    """The frame that a picture belongs to, if it belongs to one."""
    shown = current_frame(document)
    if shown is None or not (from_canvas or frame_holding(document, document.active_id) is not None):
        return None
    before = current_frame(asked_on)
    meant = set() if before is None else _ids_of(frames(asked_on)[before])
    kept = next((frame for frame in frames(document) if meant & _ids_of(frame)), frames(document)[shown])
    return kept.id


def _ids_of(frame: Layer) -> set[LayerId]:
    """The ids of a frame and of what lies in it: a plain frame lies in a group once it got a picture."""
    return {frame.id, *(child.id for child in frame.children)}


def where_it_lies(image: GeneratedImage, asked_on: Document, document: Document) -> GeneratedImage:
    """A picture that was asked for on a canvas, on one that has other edges since: at the same pixels of the picture.

    On a canvas with other pixels it is where it was drawn.
    """
    x, y = asked_on.origin.way_to(document.origin) or (0, 0)
    return replace(image, x=image.x + x, y=image.y + y) if x or y else image


def mask_drawn_in(request: GenerationRequest, image: GeneratedImage, document: Document) -> Raster | None:
    """The generation mask that a picture was drawn in, as it lies on a document; ``None`` for one that needed none."""
    asked_on = request.document
    mask = asked_on.generation_mask
    if image.mask is None or not (mask.tiles or mask.default):
        return None
    x, y = asked_on.origin.way_to(document.origin) or (0, 0)
    return mask.translated(x, y) if x or y else mask


def _layer(
    image: GeneratedImage, canvas: Rect, name: str, settings: str, drawn_in: Raster | None, *, visible: bool
) -> PaintLayer:
    height, width = image.pixels.shape[:2]
    part = Rect(image.x, image.y, width, height).intersected(canvas)
    if part.is_empty:
        raise SettingError(
            "The picture lies outside the canvas, which was changed while it was made.",
            "Undo the change of the canvas, then place the picture from the queue.",
        )
    rows = slice(part.y - image.y, part.bottom - image.y)
    columns = slice(part.x - image.x, part.right - image.x)
    mask = None if image.mask is None else Raster.from_array(image.mask[rows, columns], part.x, part.y)
    return PaintLayer(
        name=name,
        raster=Raster.from_array(image.pixels[rows, columns], part.x, part.y),
        mask=mask,
        visible=visible,
        settings=settings,
        drawn_in=drawn_in,
    )


def title_of(settings: GenerationSettings) -> str:
    """What a picture is called: the beginning of its prompt, else the tool."""
    prompt = " ".join(settings.prompt.split())
    if not prompt:
        return settings.tool
    return prompt if len(prompt) <= _LONGEST_NAME else prompt[: _LONGEST_NAME - 1].rstrip() + "…"
