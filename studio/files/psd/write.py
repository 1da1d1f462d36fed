"""Writing Photoshop files: layers, groups, masks and the flat picture, row by row.

psd-tools packs rows and lays out records; it would also hold the whole file in memory and compose the flat picture
itself, so that the file is put together here.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import cv2
import numpy as np
from PIL import Image
from psd_tools.constants import ColorMode, Resource
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_resources import (
    ImageResource,
    ImageResources,
    LayerSelectionIDs,
    ResoulutionInfo,
    ThumbnailResource,
    VersionInfo,
)
from psd_tools.psd.layer_and_mask import LayerRecord

from studio.api.pictures import over_ground
from studio.document import TILE_SIZE, Document, LayerId, Pixels, Raster, Rect
from studio.files.metadata.shoreline import settings_xmp
from studio.files.pictures.colour import srgb_profile
from studio.files.psd.lines import guide_lines
from studio.files.psd.modes import WRITER
from studio.files.psd.plan import PlannedRecord, PsdPlan
from studio.files.psd.planes import PackedPlane, write_planes
from studio.files.untrusted.limits import check_saved_bytes, check_saved_layers, group_depth
from studio.generation import CancelToken, GenerationSettings
from studio.raster.compose import compose
from studio.raster.convert import unpremultiply

MAX_PSD_SIDE: Final = 30_000
"""The longest side, in pixels, of anything in Photoshop's usual format."""

MAX_PSD_BYTES: Final = 2 * 1024**3 - 1

_LENGTH: Final = {1: ">I", 2: ">Q"}
_CHANNELS: Final = 4
_THUMBNAIL_SIDE: Final = 160
_DPI: Final = 72
_INCHES: Final = 1
_JPEG: Final = 1

Report = Callable[[float], object]


class _TooLongError(Exception):
    """The usual format cannot hold the file."""


def write_psd(
    document: Document,
    stream: BinaryIO,
    settings: GenerationSettings | None = None,
    *,
    large: bool = False,
    cancel: CancelToken | None = None,
    report: Report = lambda _fraction: None,
) -> tuple[str, ...]:
    """Write a document into a seekable, empty binary stream and return notes on what the file does not hold.

    ``large`` asks for the format of large files (PSB), which is taken anyway for what the usual one cannot hold: sides
    over 30,000 pixels, 2 GB. Rows that are packed lie on the disk until they are written. ``report`` hears how far it
    is, 0..1. Raises `FileTooLargeError` for what could not be opened again, or `Cancelled`.
    """
    plan = PsdPlan(document)
    places = [record.rects(document.canvas) for record in plan.records]
    rects = [rect for place in places for rect in place if rect is not None]
    check_saved_layers(group_depth(document.layers), rects)
    work = _Work(document, cancel or CancelToken(), report, sum(rect.height for rect in rects))
    with ExitStack() as stack:
        flat = _flat_picture(work, stack)
        writer = _Writer(stream, plan.records, places, flat, _resources(document, plan, flat, settings))
        try:
            writer.write(2 if large or _needs_large((document.canvas, *rects)) else 1, work)
        except _TooLongError:
            stream.seek(0)
            stream.truncate()
            writer.write(2, work)
    check_saved_bytes(stream.tell())
    return plan.notes


def psd_losses(document: Document) -> tuple[str, ...]:
    """What a Photoshop file of a document would not hold, or hold in another way."""
    return PsdPlan(document).notes


def _needs_large(rects: tuple[Rect, ...]) -> bool:
    return any(max(rect.width, rect.height) > MAX_PSD_SIDE for rect in rects)


class _Work:
    """Rows that are packed, counted for who waits."""

    def __init__(self, document: Document, cancel: CancelToken, report: Report, rows: int) -> None:
        self.document = document
        self._cancel = cancel
        self._report = report
        self._rows = rows + document.height
        self._done = 0

    def bands(self, rect: Rect) -> Iterator[Rect]:
        """The rows of a rectangle, as many at a time as tiles have."""
        top = rect.y
        while top < rect.bottom and rect.width > 0:
            self._cancel.raise_if_cancelled()
            bottom = min(rect.bottom, (top // TILE_SIZE + 1) * TILE_SIZE)
            yield Rect(rect.x, top, rect.width, bottom - top)
            self._done += bottom - top
            self._report(min(1.0, self._done / self._rows))
            top = bottom


@dataclass(frozen=True, eq=False)
class _FlatPicture:
    """The picture as it looks, on white as Photoshop keeps it: packed red, green, blue and, unless it is opaque, alpha;
    and, ``small``, RGB ``(h, w, 3)`` uint8."""

    planes: list[PackedPlane]
    small: Pixels

    @property
    def is_opaque(self) -> bool:
        return len(self.planes) < _CHANNELS


def _flat_picture(work: _Work, stack: ExitStack) -> _FlatPicture:
    planes = [stack.enter_context(PackedPlane()) for _ in range(_CHANNELS)]
    canvas = work.document.canvas
    factor = max(1, max(canvas.width, canvas.height) // _THUMBNAIL_SIDE)
    small, is_opaque = [], True
    for band in work.bands(canvas):
        pixels = compose(work.document, band)
        is_opaque = is_opaque and bool((pixels[..., 3] == 255).all())
        colours = over_ground(pixels)
        for channel, plane in enumerate(planes):
            plane.add(colours[..., channel] if channel < 3 else pixels[..., 3])
        small.append(_reduced(colours, factor))
    return _FlatPicture(planes[:3] if is_opaque else planes, np.vstack(small))


@dataclass(frozen=True, eq=False)
class _Writer:
    """Puts the sections of a file down, one after the other; lengths are filled in when they are known."""

    stream: BinaryIO
    planned: list[PlannedRecord]
    places: list[tuple[Rect, Rect | None]]
    flat: _FlatPicture
    resources: ImageResources

    def write(self, version: int, work: _Work) -> None:
        canvas = work.document.canvas
        FileHeader(
            version=version,
            channels=len(self.flat.planes),
            height=canvas.height,
            width=canvas.width,
            color_mode=ColorMode.RGB,
            depth=8,
        ).write(self.stream)
        self.stream.write(bytes(4))  # no palette
        self.resources.write(self.stream)
        section = self._hold(version)
        self._layers(version, work)
        self.stream.write(bytes(4))  # no mask for all
        self._fill(section, version)
        write_planes(self.flat.planes, self.stream, version)
        self._check_length(version)

    def _layers(self, version: int, work: _Work) -> None:
        info = self._hold(version)
        count = len(self.planned)
        # A negative count says that the flat picture's fourth channel is its transparency.
        self.stream.write(struct.pack(">h", count if self.flat.is_opaque else -count))
        start = self.stream.tell()
        records = [
            planned.encoded(number, *place)
            for number, (planned, place) in enumerate(zip(self.planned, self.places, strict=True), 1)
        ]
        self._write_records(records, version)
        for record, planned, place in zip(records, self.planned, self.places, strict=True):
            lengths = self._channels(planned, place, version, work)
            for channel, length in zip(record.channel_info, lengths, strict=True):
                channel.length = length
            self._check_length(version)
        self.stream.write(bytes(-(self.stream.tell() - info) % 4))
        end = self.stream.tell()
        self.stream.seek(start)
        self._write_records(records, version)
        self.stream.seek(end)
        self._fill(info, version)

    def _write_records(self, records: list[LayerRecord], version: int) -> None:
        for record in records:
            record.write(self.stream, version=version)

    def _channels(
        self, planned: PlannedRecord, place: tuple[Rect, Rect | None], version: int, work: _Work
    ) -> list[int]:
        """Pack and write the channels of a record. Returns their lengths."""
        rect, mask_rect = place
        lengths = self._packed(work, planned.raster or Raster(), rect, _CHANNELS, version)
        if planned.layer is not None and planned.layer.mask is not None and mask_rect is not None:
            lengths += self._packed(work, planned.layer.mask, mask_rect, 1, version)
        return lengths

    def _packed(self, work: _Work, raster: Raster, rect: Rect, count: int, version: int) -> list[int]:
        with ExitStack() as stack:
            planes = [stack.enter_context(PackedPlane()) for _ in range(count)]
            for band in work.bands(rect):
                for plane, values in zip(planes, _channels_of(raster.read(band)), strict=True):
                    plane.add(values)
            return [plane.write(self.stream, version) for plane in planes]

    def _hold(self, version: int) -> int:
        """Room for the length of what follows. Returns where that begins."""
        self.stream.write(struct.pack(_LENGTH[version], 0))
        return self.stream.tell()

    def _fill(self, start: int, version: int) -> None:
        end = self.stream.tell()
        form = _LENGTH[version]
        self.stream.seek(start - struct.calcsize(form))
        self.stream.write(struct.pack(form, end - start))
        self.stream.seek(end)

    def _check_length(self, version: int) -> None:
        if version == 1 and self.stream.tell() > MAX_PSD_BYTES:
            raise _TooLongError


def _channels_of(pixels: Pixels) -> list[Pixels]:
    """Alpha, red, green and blue, straight, of premultiplied RGBA; a mask is one channel."""
    if pixels.ndim == 2:
        return [pixels]
    straight = unpremultiply(pixels)
    return [straight[..., channel] for channel in (3, 0, 1, 2)]


def _reduced(colours: Pixels, factor: int) -> Pixels:
    height, width = colours.shape[:2]
    size = (max(1, width // factor), max(1, height // factor))
    return np.asarray(cv2.resize(colours, size, interpolation=cv2.INTER_AREA), np.uint8)


def _resources(
    document: Document, plan: PsdPlan, flat: _FlatPicture, settings: GenerationSettings | None
) -> ImageResources:
    """What lies beside the pixels: resolution, profile, a small picture, which layer is active, the settings."""
    dots = _DPI << 16
    data: dict[Resource, Any] = {
        Resource.RESOLUTION_INFO: ResoulutionInfo(dots, _INCHES, _INCHES, dots, _INCHES, _INCHES),
        Resource.ICC_PROFILE: srgb_profile(),
        Resource.THUMBNAIL_RESOURCE: _thumbnail(flat.small),
        Resource.VERSION_INFO: VersionInfo(has_composite=True, writer=WRITER, reader=WRITER),
    }
    active: Any = [number for number, record in enumerate(plan.records, 1) if _is(record, document.active_id)]
    if active:
        data[Resource.LAYER_SELECTION_IDS] = LayerSelectionIDs(items=active)
    lines = guide_lines(document.ruling)
    if lines is not None:
        data[Resource.GRID_AND_GUIDES_INFO] = lines
    if settings is not None:
        data[Resource.XMP_METADATA] = settings_xmp(settings)
    resources = ImageResources()
    for key, value in data.items():
        resources[key] = ImageResource(key=key.value, data=value)
    return resources


def _is(record: PlannedRecord, layer_id: LayerId | None) -> bool:
    return record.layer is not None and record.layer.id == layer_id


def _thumbnail(colours: Pixels) -> ThumbnailResource:
    height, width = colours.shape[:2]
    packed = io.BytesIO()
    Image.fromarray(colours).save(packed, "JPEG", quality=85)
    row = (width * 24 + 31) // 32 * 4
    return ThumbnailResource(_JPEG, width, height, row, row * height, 24, 1, packed.getvalue())
