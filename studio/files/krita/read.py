"""Reading Krita's documents: layers, groups, masks, frames; what is unknown leaves the flat picture in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

import cv2
import numpy as np

from studio.document import (
    MAX_FPS,
    MIN_FPS,
    BlendMode,
    Document,
    FillLayer,
    GroupLayer,
    Layer,
    LayerId,
    PaintLayer,
    Raster,
    Rect,
    Rgb,
    SolidColor,
    Timeline,
    go_to_frame,
)
from studio.document.clipping import runs
from studio.errors import FileError
from studio.files.krita.frames import StoredFrame, holds, shown_at, stored_frames
from studio.files.krita.names import MODES
from studio.files.krita.pixels import StoredPixels
from studio.files.krita.xml import nodes, parse_krita_xml, whole
from studio.files.pictures.formats import FileFormat
from studio.files.pictures.images import decode
from studio.files.psd.clipping import clipped_by_mask
from studio.files.untrusted.limits import check_canvas_size, check_layer_size
from studio.files.untrusted.safe_zip import SafeZip, in_entry
from studio.message import Message
from studio.raster.convert import raster_of_straight
from studio.text.exceptions import reason_for

MAIN_ENTRY: Final = "maindoc.xml"
_FLAT_ENTRY: Final = "mergedimage.png"
_MOST_XML: Final = 32 * 1024**2
_UNREADABLE: Final = (FileError, ValueError, LookupError, ArithmeticError)
_TRANSPARENCY: Final = "transparencymask"
_SHARE: Final = rb'\b%b="([0-9.eE+-]{1,32})"'


@dataclass(frozen=True, eq=False)
class KritaContents:
    """``notes`` say what was converted or left out."""

    document: Document
    notes: tuple[str, ...]


def read_krita(stream: BinaryIO, name: str) -> KritaContents:
    """Read a whole .kra file.

    Layers that cannot be read are noted, and the flat picture of the file is kept as a hidden layer, or shown if there
    is nothing else. Raises `CorruptFileError` or `FileTooLargeError` naming the file ``name``.
    """
    with SafeZip(stream, name, forbidden="\0") as archive:
        try:
            root = parse_krita_xml(archive.read(MAIN_ENTRY, _MOST_XML))
            image = next(root.iter("IMAGE"))
            canvas = Rect(0, 0, whole(image, "width", 0), whole(image, "height", 0))
            check_canvas_size(canvas.width, canvas.height, name)
            return _Reader(archive, image, canvas).contents()
        except (*_UNREADABLE, StopIteration) as error:
            return _flat_contents(archive, error)


def _flat_contents(archive: SafeZip, error: Exception) -> KritaContents:
    """The flat picture of a file of which nothing else can be read; without one, what was wrong."""
    flat = _flat(archive)
    if flat is None:
        raise error if isinstance(error, FileError) else archive.damaged(in_entry(MAIN_ENTRY, reason_for(error)))
    layer, width, height = flat
    document = Document(width=width, height=height, layers=(layer,), active_id=layer.id)
    return KritaContents(document, (Message("Its layers could not be read: this is its flat picture."),))


def _flat(archive: SafeZip) -> tuple[PaintLayer, int, int] | None:
    """The picture as Krita showed it, with its width and height."""
    try:
        image = decode(archive.read(_FLAT_ENTRY), FileFormat.PNG, f"{archive.name} ({_FLAT_ENTRY})", check_layer_size)
    except FileError:
        return None
    height, width = image.pixels.shape[:2]
    return PaintLayer(name="Flat picture", raster=raster_of_straight(image.pixels)), width, height


class _Reader:
    """Turns the layers of one archive into ours, from the bottom to the top."""

    def __init__(self, archive: SafeZip, image: Element, canvas: Rect) -> None:
        self._archive = archive
        self._image = image
        self._canvas = canvas
        self._stored = StoredPixels(archive, image.get("name", ""), canvas)
        self._notes: dict[str, None] = {}
        self._lacks_layers = False
        self._active: LayerId | None = None
        self._timeline: Timeline | None = None
        self._shown = 0
        self._layers = {element.get("uuid", ""): element for element in image.iter("layer")}

    def contents(self) -> KritaContents:
        self._stored.check(element for element in self._image.iter() if element.tag in ("layer", "mask"))
        layers = self._children(self._image)
        document = Document(width=self._canvas.width, height=self._canvas.height, layers=layers)
        paint_layers = [layer.id for layer in document.walk() if layer.raster is not None]
        document = document.with_active(self._active or (paint_layers[-1] if paint_layers else None))
        if self._timeline is not None:
            document = go_to_frame(replace(document, timeline=self._timeline), self._shown)
        if self._lacks_layers:
            document = self._with_flat(document)
        for depth in sorted(self._stored.depths - {8}):
            self._note(Message("A picture of {depth} bits a channel, converted to 8.", depth=depth))
        return KritaContents(document, (*self._notes, *self._stored.notes))

    def _with_flat(self, document: Document) -> Document:
        """The document with the file's flat picture on top, hidden unless there is nothing else."""
        flat = _flat(self._archive)
        if flat is None:
            if not document.layers:
                raise ValueError("none of its layers can be read")
            return document
        layer = flat[0]
        if document.layers:
            self._note(Message("The file's flat picture is a hidden layer on top."))
            return replace(document, layers=(*document.layers, replace(layer, visible=False)))
        self._note(Message("The file's flat picture is shown."))
        return replace(document, layers=(layer,), active_id=layer.id)

    # --- layers -----------------------------------------------------------------------------------

    def _children(self, parent: Element) -> tuple[Layer, ...]:
        made: list[Layer] = []
        for element in reversed(list(nodes(parent, "layer"))):
            layer = self._readable(element)
            if layer is None:
                continue
            made.append(self._clipped(layer, made) if _inherits_alpha(element) and made else layer)
        return tuple(made)

    def _clipped(self, layer: Layer, below: list[Layer]) -> Layer:
        """A layer that shows only where those below it do: all of them, not the next one as here."""
        if len(list(runs(below))) == 1:
            return replace(layer, clipped=True)
        self._note(
            Message("{name!r} was clipped to the layer below; it has a layer mask for that now.", name=layer.name)
        )
        return clipped_by_mask(layer, GroupLayer(name="", children=tuple(below)), self._canvas)

    def _readable(self, element: Element) -> Layer | None:
        """The layer, or ``None`` with a note if there is none of ours for it, or if it is damaged."""
        try:
            read = self._kinds().get(element.get("nodetype", ""))
            layer = None if read is None else read(element, self._common(element))
        except _UNREADABLE:
            self._note(Message("The layer {name!r} could not be read and was left out.", name=element.get("name", "")))
            self._lacks_layers = True
            return None
        if layer is None:
            self._leave_out(element)
        elif element.get("selected") == "true":
            self._active = layer.id
        return layer

    def _kinds(self) -> dict[str, Callable[[Element, dict[str, Any]], Layer | None]]:
        return {
            "paintlayer": self._paint,
            "grouplayer": self._group,
            "generatorlayer": self._fill,
            "clonelayer": self._clone,
        }

    def _leave_out(self, element: Element) -> None:
        self._lacks_layers = True
        self._note(
            Message(
                "{name!r} is a layer of kind {kind!r}, which is not supported, and was left out.",
                name=element.get("name", ""),
                kind=element.get("nodetype", element.tag),
            )
        )

    def _common(self, element: Element) -> dict[str, Any]:
        name = element.get("name", "")
        mode = MODES.get(element.get("compositeop", "normal"))
        if mode is None:
            self._note(Message("The blend mode of {name!r} is not supported: it is shown as normal.", name=name))
        mask, is_shown = self._mask(element)
        return {
            "name": name,
            "visible": element.get("visible", "1") != "0",
            "locked": element.get("locked") == "1",
            "alpha_locked": _is_off(element.get("channellockflags", "")),
            "opacity": min(255, max(0, whole(element, "opacity", 255))) / 255,
            "blend_mode": mode or BlendMode.NORMAL,
            "mask": mask,
            "mask_enabled": is_shown,
        }

    def _paint(self, element: Element, common: dict[str, Any]) -> Layer:
        frames = self._frames(element)
        if len(frames) > 1:
            return self._animated(element, common, frames)
        raster = self._frame(element, frames[0]) if frames else self._pixels(element)
        return PaintLayer(**common, raster=raster)

    def _pixels(self, element: Element) -> Raster:
        return self._stored.layer(element, element.get("filename", ""), _offset(element))

    def _frame(self, element: Element, frame: StoredFrame) -> Raster:
        return self._stored.layer(element, frame.name, (frame.x, frame.y))

    def _group(self, element: Element, common: dict[str, Any]) -> Layer:
        return GroupLayer(**common, children=self._children(element), isolated=element.get("passthrough") != "1")

    def _clone(self, element: Element, common: dict[str, Any]) -> Layer | None:
        source = self._layers.get(element.get("clonefromuuid", ""))
        if source is None or source.get("nodetype") != "paintlayer":
            return None
        self._note(Message("{name!r} is a copy of another layer: it was opened as pixels.", name=common["name"]))
        return PaintLayer(**common, raster=self._pixels(source))

    def _fill(self, element: Element, common: dict[str, Any]) -> Layer | None:
        name = element.get("filename", "")
        color = _color(self._stored.text(f"{name}.filterconfig", _MOST_XML))
        if element.get("generatorname") != "color" or color is None:
            return None
        if common["mask"] is None and self._stored.has_mask(name):
            common["mask"] = self._stored.mask(name, _offset(element))
        return FillLayer(**common, fill=SolidColor(color))

    # --- masks ------------------------------------------------------------------------------------

    def _mask(self, element: Element) -> tuple[Raster | None, bool]:
        """The layer's transparency masks as one, and whether it hides anything; those that are off count only alone."""
        masks: list[Raster] = []
        hidden: list[Raster] = []
        for mask in nodes(element, "mask"):
            read = self._readable_mask(mask, element.get("name", ""))
            if read is not None:
                (hidden if mask.get("visible") == "0" else masks).append(read)
        if masks:
            return self._product(masks), True
        return (hidden[-1], False) if hidden else (None, True)

    def _readable_mask(self, mask: Element, name: str) -> Raster | None:
        kind = mask.get("nodetype", "")
        if kind != _TRANSPARENCY:
            self._lacks_layers = True
            self._note(
                Message(
                    "{name!r} has a mask of kind {kind!r}, which is not supported, and was left out.",
                    name=name,
                    kind=kind,
                )
            )
            return None
        try:
            return self._stored.mask(mask.get("filename", ""), _offset(mask))
        except _UNREADABLE:
            self._note(Message("The mask of {name!r} could not be read and was left out.", name=name))
            self._lacks_layers = True
            return None

    def _product(self, masks: list[Raster]) -> Raster:
        """What shows through all of them."""
        first, *others = masks
        for other in others:
            box = first.tile_bounds().united(other.tile_bounds()).united(self._canvas)
            both = cv2.multiply(first.read(box), other.read(box), scale=1 / 255)
            default = first.default * other.default // 255
            first = Raster.from_array(np.asarray(both, np.uint8), box.x, box.y, default=default)
        return first

    # --- frames -----------------------------------------------------------------------------------

    def _frames(self, element: Element) -> tuple[StoredFrame, ...]:
        text = self._stored.text(element.get("keyframes", ""), _MOST_XML) if element.get("keyframes") else b""
        return stored_frames(parse_krita_xml(text)) if text else ()

    def _animated(self, element: Element, common: dict[str, Any], frames: tuple[StoredFrame, ...]) -> Layer:
        """A group of frames, the first layer of this kind; of others the frame that is shown now."""
        if self._timeline is not None:
            self._note(Message("{name!r} is animated too: only one frame of it is read.", name=common["name"]))
            shown = frames[shown_at(frames, self._time())]
            return PaintLayer(**common, raster=self._frame(element, shown))
        children = tuple(
            PaintLayer(name=f"{common['name']} {number}", raster=self._frame(element, frame))
            for number, frame in enumerate(frames, 1)
        )
        is_plain = common["opacity"] == 1.0 and common["blend_mode"] is BlendMode.NORMAL
        group = GroupLayer(**common, children=children, isolated=not is_plain)
        ends = holds(frames, self._number("range", "to", frames[-1].time))
        times = {child.id: hold for child, hold in zip(children, ends, strict=True) if hold > 1}
        fps = min(MAX_FPS, max(MIN_FPS, float(self._number("framerate", "value", 24))))
        self._timeline = Timeline(group_id=group.id, fps=fps, holds=times)
        self._shown = shown_at(frames, self._time())
        return group

    def _time(self) -> int:
        return self._number("currentTime", "value", 0)

    def _number(self, tag: str, attribute: str, default: int) -> int:
        """A number of the animation as a whole."""
        element = next(self._image.iter(tag), None)
        return default if element is None else whole(element, attribute, default)

    def _note(self, note: Message) -> None:
        self._notes[note] = None


def _offset(element: Element) -> tuple[int, int]:
    return whole(element, "x", 0), whole(element, "y", 0)


def _inherits_alpha(element: Element) -> bool:
    """Whether a layer shows only on what lies below it: its own alpha is then the one channel that is off."""
    return _is_off(element.get("channelflags", ""))


def _is_off(flags: str) -> bool:
    """Whether of all channels alpha alone is switched off."""
    return flags.endswith("0") and "1" in flags


def _color(text: bytes) -> Rgb | None:
    """The colour of a fill layer, if its settings name one in red, green and blue."""
    found = [re.search(_SHARE % channel, text) for channel in (b"r", b"g", b"b")]
    if any(each is None for each in found):
        return None
    red, green, blue = (min(255, max(0, round(float(each[1]) * 255))) for each in found if each is not None)
    return red, green, blue
