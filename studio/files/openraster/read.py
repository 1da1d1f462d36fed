"""Reading OpenRaster files of Shoreline and of other programs (specification 0.0.5 and before)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final, TypeVar
from xml.etree.ElementTree import Element

from studio.document import (
    MAX_FPS,
    MAX_HOLD,
    MIN_FPS,
    BlendMode,
    Document,
    Layer,
    LayerId,
    LoopMode,
    PaintLayer,
    Pixels,
    Raster,
    Timeline,
    new_layer_id,
    with_sound_timeline,
)
from studio.errors import CorruptFileError, FileError, UnsupportedFileError
from studio.files.guides import guides_from
from studio.files.layer_codecs.codec import LayerCodec
from studio.files.layer_codecs.table import ora_codec
from studio.files.metadata import own_settings
from studio.files.openraster.contents import OpenRasterContents, flat_contents
from studio.files.openraster.elements import is_shown_mask, label_of
from studio.files.openraster.names import (
    BLEND_MODES,
    DRAWN_IN,
    EOTF,
    MASKED,
    MERGED_ENTRY,
    MIMETYPE,
    SELECTED,
    SETTINGS_ENTRY,
    own,
)
from studio.files.openraster.pictures import StoredPictures, in_threads
from studio.files.openraster.remarks import instead, lies_at, no_mask, no_png
from studio.files.pictures.formats import FileFormat
from studio.files.regions import regions_from
from studio.files.ruling import ruling_from
from studio.files.untrusted.limits import MAX_OFFSET, check_canvas_size
from studio.files.untrusted.safe_xml import parse_xml
from studio.files.untrusted.safe_zip import SafeZip, in_entry
from studio.generation import GenerationSettings
from studio.message import Message
from studio.raster.convert import raster_of_straight
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

_Value = TypeVar("_Value")

MAX_STACK_BYTES: Final = 32 * 1024**2
MAX_SETTINGS_BYTES: Final = 64 * 1024**2


@dataclass(frozen=True)
class _Place:
    """Where a layer lies on the canvas, and the pictures of it, the best first."""

    entries: tuple[str, ...]
    x: int
    y: int


@dataclass(frozen=True, eq=False)
class _LayerPicture:
    """A layer's pixels and where they came from; ``is_second_best`` if a better picture of it could not be read."""

    raster: Raster
    entry: str
    is_second_best: bool
    notes: tuple[str, ...]


def read_openraster(stream: BinaryIO, name: str) -> OpenRasterContents:
    """Read a whole .ora file.

    Unknown operators and elements, and layers that cannot be read, are noted and left out; a tree of layers that makes
    no sense leaves the flat picture in the file. Raises `CorruptFileError`, `FileTooLargeError` or
    `UnsupportedFileError` naming the file ``name``.
    """
    with SafeZip(stream, name) as archive:
        _check_mimetype(archive)
        try:
            return _Reader(archive, _stack(archive)).contents()
        except CorruptFileError as error:
            flat = flat_contents(archive)
            if flat is None:
                raise error from None
            return flat


def _stack(archive: SafeZip) -> Element:
    try:
        return parse_xml(archive.read("stack.xml", MAX_STACK_BYTES))
    except ValueError as error:
        raise archive.damaged(in_entry("stack.xml", reason_for(error))) from error


def _check_mimetype(archive: SafeZip) -> None:
    if "mimetype" not in archive or archive.read("mimetype", 1024).strip() != MIMETYPE:
        raise UnsupportedFileError(
            "{archive} is a zip archive, but not an OpenRaster picture.",
            "Export it as OpenRaster (.ora) or PNG from the program that wrote it.",
            archive=archive.name,
        )


class _Reader:
    """Reads one archive; pictures first, in threads, then the tree of layers."""

    def __init__(self, archive: SafeZip, root: Element) -> None:
        self._archive = archive
        self._root = root
        self._notes: dict[str, None] = {}
        self._seen_ids: set[LayerId] = set()
        self._active: LayerId | None = None
        self._settings: dict[str, object] = {}
        self._pictures = StoredPictures(archive)
        self._layers: dict[Element, _LayerPicture] = {}
        self._masks: Mapping[str, Pixels] = {}
        self._bad: Mapping[str, FileError] = {}
        self._lost: list[FileError] = []
        self._is_partial = False
        self._timeline: Timeline | None = None
        self._holds: dict[LayerId, int] = {}
        self._guides: Any = []
        self._regions: Any = []
        self._ruling: Any = None

    def contents(self) -> OpenRasterContents:
        width, height = self._side("w"), self._side("h")
        check_canvas_size(width, height, self._archive.name)
        stack = self._root.find("stack")
        if self._root.tag != "image" or stack is None:
            raise self._archive.damaged(Message("stack.xml has no stack"))
        canvas_settings = self._read_settings()
        self._read_pictures(stack)
        if self._lost and not self._layers:
            return OpenRasterContents(self._merged(width, height), canvas_settings, tuple(self._notes), is_partial=True)
        layers = self.children(stack)
        document = Document(width=width, height=height, layers=layers, gamma=self._gamma())
        document = replace(
            document,
            guides=self._noted(guides_from(self._guides, document.walk())),
            regions=self._noted(regions_from(self._regions, document.walk())),
            ruling=self._noted(ruling_from(self._ruling)),
        )
        finds_active = self._active is not None or (self._is_ours and not self._lost)
        active = self._active if finds_active else _topmost(document)
        selection, mask = (self.mask(self._root, kind) or Raster(channels=1) for kind in (SELECTED, MASKED))
        document = document.with_active(active).with_selection(selection).with_generation_mask(mask)
        if self._timeline is not None:
            document = replace(document, timeline=self._timeline.with_holds(self._holds))
            document = with_sound_timeline(document)  # another program may have shown several frames, or removed all
        return OpenRasterContents(document, canvas_settings, tuple(self._notes), is_partial=self._is_partial)

    @property
    def _is_ours(self) -> bool:
        return self._root.get(own("version")) is not None

    # --- pictures ---------------------------------------------------------------------------------

    def _read_pictures(self, stack: Element) -> None:
        """Decode the picture of every layer and mask, after all sizes were checked."""
        places = {element: _Place(self._candidates(element), x, y) for element, x, y in self._places(stack, 0, 0)}
        kinds = [(element, kind) for element in stack.iter() for kind in ("mask", DRAWN_IN)]
        kinds += [(self._root, kind) for kind in (MASKED, SELECTED)]
        masks = list(dict.fromkeys(entry for element, kind in kinds if (entry := element.get(own(kind)))))
        first = [place.entries[0] for place in set(places.values()) if place.entries]
        self._bad = self._pictures.check([*first, *masks])
        layers, bad_layers = in_threads(self._decode_layer, places.values())
        self._masks, bad_masks = in_threads(self._pictures.mask, [mask for mask in masks if mask not in self._bad])
        self._bad = {**self._bad, **bad_masks}
        for element, place in places.items():
            if place in layers:
                self._layers[element] = layers[place]
                self._notes.update(dict.fromkeys(layers[place].notes))
                self._note_format(element, layers[place].entry)
            else:
                self._leave_out(element, bad_layers[place])

    def _places(self, stack: Element, x: int, y: int) -> Iterator[tuple[Element, int, int]]:
        """Every layer with its place on the canvas; a stack's offset moves what is in it."""
        for element in stack:
            moved = x + self._integer(element, "x", 0), y + self._integer(element, "y", 0)
            if element.tag == "stack":
                yield from self._places(element, *moved)
            elif (codec := self._codec(element)) is not None and codec.reads_picture:
                yield element, *moved

    def _candidates(self, element: Element) -> tuple[str, ...]:
        """The pictures with a layer's own pixels, the best first: unmasked, unless another program has changed the
        masked one."""
        source = self._pictures.entry(element.get("src") or "")
        full = element.get(own("unmasked"))
        if full and not self.is_changed(element):
            return (full, source)
        return (source,) if source else ()

    def _decode_layer(self, place: _Place) -> _LayerPicture:
        """The first picture of a place that can be read. Raises `FileError` about the first."""
        if max(abs(place.x), abs(place.y)) > MAX_OFFSET:
            raise self._archive.damaged(lies_at(place.x, place.y))
        if not place.entries:
            raise self._archive.damaged(Message("it has no picture"))
        refusal: FileError | None = None
        for entry in place.entries:
            try:
                if entry in self._bad:
                    raise self._bad[entry]
                raster, notes = self._pictures.raster(entry, place.x, place.y)
            except FileError as error:
                refusal = refusal or error
                continue
            return _LayerPicture(raster, entry, refusal is not None, notes)
        assert refusal is not None
        raise refusal

    def _note_format(self, element: Element, entry: str) -> None:
        form = self._pictures.format(entry)
        if form is not FileFormat.PNG:
            name = element.get("name", "")
            self.note(no_png(name, form))

    def _leave_out(self, element: Element, error: FileError) -> None:
        self._lost.append(error)
        self._is_partial = True
        name = element.get("name", "")
        self.note(Message("The layer {name!r} was left out: {reason}", name=name, reason=error.message))

    def _merged(self, width: int, height: int) -> Document:
        """The picture as the program that wrote the file showed it, when no layer can be read.

        Raises what was wrong with the first layer if there is none either.
        """
        try:
            image = self._pictures.picture(MERGED_ENTRY)
        except FileError:
            raise self._lost[0] from None
        self.note(Message("None of its layers could be read: this is the flat picture in it."))
        layer = PaintLayer(name="Flat picture", raster=raster_of_straight(image.pixels))
        return Document(width=width, height=height, layers=(layer,), active_id=layer.id)

    # --- the tree ---------------------------------------------------------------------------------

    def children(self, stack: Element) -> tuple[Layer, ...]:
        layers: list[Layer] = []
        for element in reversed(list(stack)):
            if is_shown_mask(element):
                continue
            codec = self._codec(element)
            if codec is None:
                self.note(Message("A part of kind {kind!r} is not supported and was left out.", kind=element.tag))
                self._is_partial = True
                continue
            layer = codec.from_ora(element, self)
            if layer is not None:
                layers.append(layer)
        return tuple(layers)

    def _codec(self, element: Element) -> LayerCodec[Any] | None:
        """The codec of the layer that an element is; ``None`` for what is none."""
        return None if is_shown_mask(element) else ora_codec(element, self)

    def pixels(self, element: Element) -> tuple[Raster, Raster | None] | None:
        picture = self._layers.get(element)
        if picture is None:
            return None
        mask = self.mask(element)
        is_shown = element.get(own("mask-enabled")) != "false"
        if mask is not None and is_shown and picture.entry != element.get(own("unmasked")):
            name = element.get("name", "")
            if picture.is_second_best:
                self.note(
                    Message(
                        "The whole pixels of the layer {name!r} could not be read: its mask is applied now.", name=name
                    )
                )
                self._is_partial = True
            else:
                self.note(Message("Another program changed the layer {name!r}: its mask is applied now.", name=name))
            mask = None
        return picture.raster, mask

    def is_changed(self, element: Element) -> bool:
        source = self._pictures.entry(element.get("src") or "")
        return source in self._archive and element.get(own("src-crc")) != f"{self._archive.checksum(source):08x}"

    def _read_timeline(self, element: Element, group_id: LayerId) -> Timeline:
        """The timeline whose frames a group holds; values that cannot be used are noted and left out."""
        usual = Timeline(group_id=group_id)
        fps = self._real(element, own("frames-per-second"), usual.fps)
        if not MIN_FPS <= fps <= MAX_FPS:
            self.note(
                Message("{fps:g} frames per second cannot be used; {usual:g} are used.", fps=fps, usual=usual.fps)
            )
            fps = usual.fps
        loop = element.get(own("loop"), usual.loop.value)
        if loop not in set(LoopMode):
            self.note(Message("The loop mode {loop!r} is not supported; the frames are looped.", loop=loop))
            loop = usual.loop.value
        return replace(usual, fps=fps, loop=LoopMode(loop))

    def common(self, element: Element) -> dict[str, Any]:
        layer_id = self._layer_id(element)
        if element.get(own("frames-per-second")) is not None and element.tag == "stack" and self._timeline is None:
            self._timeline = self._read_timeline(element, layer_id)
        settings = self._settings.get(layer_id)
        if element.get(own("hold")) is not None:
            self._holds[layer_id] = min(MAX_HOLD, max(1, self._integer(element, own("hold"), 1)))
        return {
            "name": element.get("name", ""),
            "id": layer_id,
            "visible": element.get("visibility", "visible") != "hidden",
            "locked": element.get("edit-locked") == "true",
            "alpha_locked": element.get(own("alpha-locked")) == "true",
            "clipped": element.get(own("clipped")) == "true",
            "label": label_of(element),
            "opacity": min(1.0, max(0.0, self._real(element, "opacity", 1.0))),
            "blend_mode": self._blend_mode(element),
            "mask_enabled": element.get(own("mask-enabled")) != "false",
            "settings": settings if isinstance(settings, str) else None,
            "drawn_in": self.mask(element, DRAWN_IN),
        }

    def _layer_id(self, element: Element) -> LayerId:
        layer_id = element.get(own("id")) or new_layer_id()
        if layer_id in self._seen_ids:
            layer_id = new_layer_id()
        self._seen_ids.add(layer_id)
        if element.get("selected") == "true" and self._active is None:
            self._active = layer_id
        return layer_id

    def _blend_mode(self, element: Element) -> BlendMode:
        operator = element.get("composite-op", "svg:src-over")
        mode = BLEND_MODES.get(operator)
        if mode is None:
            self.note(
                Message(
                    "The blend mode {operator!r} is not supported: {name!r} is shown as normal.",
                    operator=operator,
                    name=element.get("name", ""),
                )
            )
        return mode or BlendMode.NORMAL

    def mask(self, element: Element, kind: str = "mask") -> Raster | None:
        """A mask of ours on a layer, group or the image, or ``None``: "mask", `DRAWN_IN`, `MASKED` or `SELECTED`."""
        default = element.get(own(f"{kind}-default"))
        if default is None:
            return None
        mask = Raster(channels=1, default=255 if default == "255" else 0)
        entry = element.get(own(kind))
        if not entry:
            return mask
        x, y = self._integer(element, own(f"{kind}-x"), 0), self._integer(element, own(f"{kind}-y"), 0)
        if max(abs(x), abs(y)) > MAX_OFFSET or entry not in self._masks:
            refusal = self._bad.get(entry) or self._archive.damaged(lies_at(x, y))
            self.note(no_mask(kind, element.get("name", ""), refusal.message))
            self._is_partial = True
            return None
        return mask.with_array(self._masks[entry], x, y)

    # --- values -----------------------------------------------------------------------------------

    def _gamma(self) -> float:
        gamma = self._real(self._root, EOTF, 1.0)
        if 0.1 <= gamma <= 10.0:
            return gamma
        self.note(Message("The blending gamma {gamma} cannot be used; 1.0 is used.", gamma=gamma))
        return 1.0

    def _side(self, side: str) -> int:
        """A side of the canvas; without it there is no picture."""
        text = self._root.get(side)
        try:
            return round(float(text or ""))
        except (ValueError, OverflowError) as error:
            raise self._archive.damaged(
                in_entry("stack.xml", Message("{side} is {text!r}", side=side, text=text))
            ) from error

    def _integer(self, element: Element, attribute: str, default: int) -> int:
        text = element.get(attribute)
        if text is None:
            return default
        try:
            return round(float(text))
        except (ValueError, OverflowError):
            self.note(instead(element, attribute, text, default))
            return default

    def _real(self, element: Element, attribute: str, default: float) -> float:
        text = element.get(attribute)
        try:
            value = default if text is None else float(text)
        except ValueError:
            value = math.nan
        if math.isnan(value):
            self.note(instead(element, attribute, text, default))
            return default
        return value

    def _read_settings(self) -> GenerationSettings | None:
        if SETTINGS_ENTRY not in self._archive:
            return None
        try:
            stored = parse_json(self._archive.read(SETTINGS_ENTRY, MAX_SETTINGS_BYTES))
            self._settings = dict(stored.get("layers") or {})
            self._guides, self._regions = stored.get("guides", []), stored.get("regions", [])
            self._ruling = stored.get("ruling")
            canvas = stored.get("canvas")
            if canvas is None:
                return None
            settings, notes = own_settings(canvas)
            for note in notes:
                self.note(note)
            return settings
        except (ValueError, AttributeError, TypeError, RecursionError):
            self.note(Message("The generation settings in the file could not be read."))
            return None

    def _noted(self, read: tuple[_Value, tuple[Message, ...]]) -> _Value:
        """What was read, after what is to be said of it."""
        value, notes = read
        for note in notes:
            self.note(note)
        return value

    def note(self, message: Message) -> None:
        self._notes[message] = None


def _topmost(document: Document) -> LayerId | None:
    paint_layers = [layer.id for layer in document.walk() if layer.raster is not None]
    return paint_layers[-1] if paint_layers else None
