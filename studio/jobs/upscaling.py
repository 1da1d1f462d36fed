"""Enlarging documents with upscalers of plugins: what can be chosen, and what becomes of layers and masks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from studio import api
from studio.api.parameters import validated_parameters
from studio.document import (
    Document,
    Origin,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    add_layer,
    replace_layer,
)
from studio.errors import PluginError, SettingError
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationResult,
    GenerationSettings,
    Progress,
    UpscaledDocument,
    UpscaleTask,
)
from studio.jobs.requirements import no_mask

LARGEST_FACTOR: Final = 16.0
MAX_PIXELS: Final = 400_000_000
"""Most pixels of an enlarged picture: what files may hold, and 1.6 GB while it is worked on."""

_MOST_ROUNDS: Final = 4
_KNOWN_ALPHA: Final = 32
"""Colours of pixels more transparent than this are too coarse to draw from."""
_SOFT_MARGIN: Final = 2
"""Transparent pixels around a layer's content that are enlarged with it, so that its edge can be soft."""

Report = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True)
class UpscalerChoice:
    """What a person can choose: an upscaler, with a network's file if it works with one."""

    id: str
    name: str
    spec: api.UpscalerSpec
    file: Path | None = None

    @property
    def description(self) -> str:
        return self.spec.description


def upscaler_choices(specs: Mapping[str, api.UpscalerSpec], folders: Iterable[Path]) -> dict[str, UpscalerChoice]:
    """All choices by id: files of the folders first, in their order, then upscalers that need none.

    A file's id is its name without the ending; a second one of that name keeps its ending.
    """
    found: dict[str, UpscalerChoice] = {}
    by_type = {ending: spec for spec in specs.values() for ending in spec.file_types}
    for file in (file for folder in folders for file in _files(folder)):
        spec = by_type.get(file.suffix.lower())
        if spec is not None:
            name = file.stem if file.stem not in found else file.name
            found.setdefault(name, UpscalerChoice(id=name, name=name, spec=spec, file=file))
    for spec in specs.values():
        if not spec.file_types:
            found.setdefault(spec.id, UpscalerChoice(id=spec.id, name=spec.name, spec=spec))
    return found


@dataclass(frozen=True, kw_only=True)
class UpscaleRun:
    """One job: who enlarges, for whom, and where it says how far it is."""

    choice: UpscalerChoice
    task: UpscaleTask
    settings: GenerationSettings
    engine: api.Engine
    device: str
    cancel: CancelToken
    report: Callable[[float, str], None]

    def document(self, before: Document) -> UpscaledDocument:
        """The document with its canvas, its layer or a copy of its masked part enlarged.

        Raises `SettingError` for a size that is not possible, a target that is not there or a parameter out of
        range, `Cancelled`, and what the upscaler raises.
        """
        factor = _checked_factor(self.task.factor)
        if self.task.target == "picture":
            return UpscaledDocument(before=before, after=self._picture(before, factor))
        if self.task.target == "layer":
            return UpscaledDocument(before=before, after=self._layer(before, factor))
        return UpscaledDocument(before=before, after=self._masked(before, factor))

    def _picture(self, document: Document, factor: float) -> Document:
        width, height = enlarged_size(document.width, document.height, factor)
        enlarged = replace(
            document, width=width, height=height, origin=Origin()
        )  # refuses impossible sizes before any work
        for layer in document.walk():
            if layer.raster is not None:
                box = layer.raster.bounds()  # may reach far beyond the canvas
                enlarged_size(box.width, box.height, factor)
        painted = {id(layer.raster): layer.raster for layer in document.walk() if layer.raster is not None}
        meter = _Meter(self.report, [_area(raster) for raster in painted.values()])
        scales = width / document.width, height / document.height
        changed = {
            key: self._raster(raster, scales, document.canvas, report)
            for (key, raster), report in zip(painted.items(), meter.parts(), strict=True)
        }
        return _with_rasters(enlarged, changed, lambda raster: _enlarged(raster, scales))

    def _layer(self, document: Document, factor: float) -> Document:
        layer = document.active_paint_layer
        if layer is None:
            raise SettingError("There is no layer with pixels to enlarge.", "Click a paint layer in the Layers panel.")
        if layer.locked:
            raise SettingError("The layer {layer} is locked.", "Unlock it in the Layers panel.", layer=layer.name)
        box = layer.raster.bounds()
        if box.is_empty:
            raise SettingError("The layer {layer} is empty.", "Choose a layer that has pixels.", layer=layer.name)
        enlarged_size(box.width, box.height, factor)
        scales = (factor, factor)
        centre = (box.x + box.width / 2, box.y + box.height / 2)
        shift = round(centre[0] * (1 - factor)), round(centre[1] * (1 - factor))
        raster = self._raster(layer.raster, scales, document.canvas, self.report).translated(*shift)
        mask = None if layer.mask is None else _enlarged(layer.mask, scales).translated(*shift)
        return replace_layer(document, layer.id, raster=raster, mask=mask)

    def _masked(self, document: Document, factor: float) -> Document:
        from studio.generation.masks import cleared_raster
        from studio.raster.compose import compose

        selection = cleared_raster(document.generation_mask)
        box = selection.bounds().intersected(document.canvas)
        if box.is_empty:
            raise no_mask()
        width, height = enlarged_size(box.width, box.height, factor)
        pixels = compose(document, box)
        shown = selection.read(box)[..., None].astype(np.uint16)
        enlarged = self._pixels(((pixels * shown + 127) // 255).astype(np.uint8), width, height, self.report)
        x, y = round(box.x + (box.width - width) / 2), round(box.y + (box.height - height) / 2)
        layer = PaintLayer(name=self.choice.name, raster=Raster.from_array(enlarged, x, y))
        return add_layer(document, layer)

    def _raster(
        self, raster: Raster, scales: tuple[float, float], canvas: Rect, report: Callable[[float, str], None]
    ) -> Raster:
        box = _with_soft_margin(raster.bounds(), canvas)
        if box.is_empty:
            return raster
        target = _scaled(box, scales)
        pixels = self._pixels(raster.read(box), target.width, target.height, report)
        return Raster.from_array(pixels, target.x, target.y)

    def _pixels(self, pixels: Pixels, width: int, height: int, report: Callable[[float, str], None]) -> Pixels:
        """Premultiplied RGBA ``(h, w, 4)`` at the wanted size. Colour and alpha are enlarged apart.

        Colours flow into what is transparent first: no dark fringe comes out of black that nobody sees.
        """
        from studio.generation.pictures import filled
        from studio.raster.convert import premultiply, unpremultiply, with_opaque_alpha

        alpha = pixels[..., 3]
        if int(alpha.min()) == 255:
            return with_opaque_alpha(self._colours(np.ascontiguousarray(pixels[..., :3]), width, height, report))
        straight = np.ascontiguousarray(unpremultiply(pixels)[..., :3])
        unknown = (alpha < min(_KNOWN_ALPHA, int(alpha.max()))).astype(np.float32)
        colours = self._colours(filled(straight, unknown, "blur"), width, height, report)
        return premultiply(np.dstack((colours, _smooth(alpha, width, height))))

    def _colours(self, pixels: Pixels, width: int, height: int, report: Callable[[float, str], None]) -> Pixels:
        spec = self.choice.spec
        parameters = validated_parameters(spec.parameters, dict(self.task.parameters))
        for _ in range(_MOST_ROUNDS):
            self.cancel.raise_if_cancelled()
            context = api.UpscaleContext(
                pixels=pixels,
                width=width,
                height=height,
                engine=self.engine,
                settings=self.settings,
                parameters=parameters,
                cancel=self.cancel,
                report=report,
                device=self.device,
                file=self.choice.file,
            )
            drawn = _checked_pixels(spec, spec.run(context), pixels)
            grown = drawn.shape[0] > pixels.shape[0]
            pixels = drawn
            if not grown or (pixels.shape[1] >= width and pixels.shape[0] >= height):
                break
        self.cancel.raise_if_cancelled()
        return lanczos(pixels, width, height)


def placed(upscaled: UpscaledDocument, current: Document) -> Document:
    """The current document with what an upscale job made, also when it was changed since the job began.

    Raises `SettingError` when its canvas has another size than then.
    """
    before, after = upscaled.before, upscaled.after
    if (current.width, current.height) != (before.width, before.height):
        raise SettingError(
            "The canvas was changed while the picture was enlarged.", "Undo that change, then enlarge it again."
        )
    if current.with_active(None).__dict__ == before.with_active(None).__dict__:
        return after
    known = {layer.id for layer in before.walk()}
    for layer in after.walk():
        if layer.id not in known and not layer.is_group:
            return add_layer(current, layer)
    made = dict(zip(map(id, before.rasters()), after.rasters(), strict=True))
    if (after.width, after.height) == (before.width, before.height):
        return _with_rasters(current, made, lambda raster: raster)
    scales = after.width / before.width, after.height / before.height
    canvas = replace(current, width=after.width, height=after.height, origin=after.origin)
    return _with_rasters(canvas, made, lambda raster: _enlarged(raster, scales))


def as_picture(result: GenerationResult) -> GenerationResult:
    """The result with a flat picture in place of an enlarged document that could not be placed, as layers can."""
    if result.upscaled is None:
        return result
    from studio.raster.compose import compose

    image = GeneratedImage(pixels=compose(result.upscaled.after), seed=result.request.settings.seed, from_canvas=True)
    return replace(result, images=(image,), upscaled=None)


def enlarged_size(width: int, height: int, factor: float) -> tuple[int, int]:
    """The size of a picture ``factor`` times as large. Raises `SettingError` for more than `MAX_PIXELS`."""
    new = max(1, round(width * factor)), max(1, round(height * factor))
    if new[0] * new[1] > MAX_PIXELS:
        raise SettingError(
            "The enlarged picture would have {width}x{height} pixels.",
            "Choose a smaller factor: {max_pixels} million pixels are the most.",
            width=new[0],
            height=new[1],
            max_pixels=MAX_PIXELS // 1_000_000,
        )
    return new


def lanczos(pixels: Pixels, width: int, height: int) -> Pixels:
    """Pixels ``(h, w)`` or ``(h, w, 3)``, uint8, at another size by Lanczos; reduced pictures are averaged."""
    from PIL import Image

    if (pixels.shape[1], pixels.shape[0]) == (width, height):
        return pixels
    resized = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(resized, np.uint8)


def _smooth(pixels: Pixels, width: int, height: int) -> Pixels:
    """Alpha or a mask ``(h, w)``, uint8, at another size. Nothing overshoots: what is opaque or empty stays so."""
    from PIL import Image

    if (pixels.shape[1], pixels.shape[0]) == (width, height):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.HAMMING), np.uint8)


class _Meter:
    """Divides the progress of a job among rasters by their area."""

    def __init__(self, report: Callable[[float, str], None], areas: list[int]) -> None:
        self._report = report
        self._areas = areas

    def parts(self) -> list[Callable[[float, str], None]]:
        """What each raster reports to, in the order of the areas."""
        total = max(1, sum(self._areas))
        starts = [sum(self._areas[:index]) / total for index in range(len(self._areas))]
        return [partial(self._part, start, area / total) for start, area in zip(starts, self._areas, strict=True)]

    def _part(self, start: float, share: float, fraction: float, message: str) -> None:
        self._report(start + share * fraction, message)


class UpscaleClock:
    """Turns fractions into `Progress` with the time left."""

    STEPS: Final = 1000

    def __init__(self, report: Report) -> None:
        self._report = report
        self._start = time.monotonic()

    def forward(self, progress: Progress) -> None:
        """Pass on what is no part of the enlarging; the time left is counted from here."""
        self._report(progress)
        self._start = time.monotonic()

    def report(self, fraction: float, message: str) -> None:
        fraction = min(max(fraction, 0.0), 1.0)
        spent = time.monotonic() - self._start
        left = spent * (1 - fraction) / fraction if fraction > 0 else None
        step = round(fraction * self.STEPS)
        self._report(Progress(stage="upscaling", step=step, total_steps=self.STEPS, seconds_left=left, message=message))


def _checked_factor(factor: float) -> float:
    if not 1.0 <= factor <= LARGEST_FACTOR:
        raise SettingError(
            "A factor of {factor:g} is not possible.",
            "Choose one from 1 to {largest_factor:g}.",
            factor=factor,
            largest_factor=LARGEST_FACTOR,
        )
    return factor


def _checked_pixels(spec: api.UpscalerSpec, drawn: object, given: Pixels) -> Pixels:
    if not isinstance(drawn, np.ndarray) or drawn.dtype != np.uint8 or drawn.ndim != 3 or drawn.shape[2] != 3:
        shape = f"{drawn.dtype} {drawn.shape}" if isinstance(drawn, np.ndarray) else type(drawn).__name__
        raise PluginError(
            "The upscaler {spec} returned {shape}, not uint8 pixels (height, width, 3).", spec=spec.name, shape=shape
        )
    (height, width), (old_height, old_width) = drawn.shape[:2], given.shape[:2]
    if min(height, width) < 1 or abs(height * old_width - width * old_height) > max(old_width, old_height) * 2:
        raise PluginError(
            "The upscaler {spec} made {width}x{height} of {old_width}x{old_height} pixels.",
            spec=spec.name,
            width=width,
            height=height,
            old_width=old_width,
            old_height=old_height,
        )
    return drawn


def _files(folder: Path) -> list[Path]:
    try:
        return sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.name.lower())
    except OSError:
        return []


def _area(raster: Raster) -> int:
    box = raster.bounds()
    return box.width * box.height


def _with_soft_margin(box: Rect, canvas: Rect) -> Rect:
    """The box with a margin, but for sides where it meets the canvas: those stay sharp."""
    if box.is_empty:
        return box
    left = box.x if box.x == canvas.x else box.x - _SOFT_MARGIN
    top = box.y if box.y == canvas.y else box.y - _SOFT_MARGIN
    right = box.right if box.right == canvas.right else box.right + _SOFT_MARGIN
    bottom = box.bottom if box.bottom == canvas.bottom else box.bottom + _SOFT_MARGIN
    return Rect(left, top, right - left, bottom - top)


def _scaled(box: Rect, scales: tuple[float, float]) -> Rect:
    left, top = round(box.x * scales[0]), round(box.y * scales[1])
    right, bottom = round(box.right * scales[0]), round(box.bottom * scales[1])
    return Rect(left, top, max(1, right - left), max(1, bottom - top))


def _enlarged(raster: Raster, scales: tuple[float, float]) -> Raster:
    """A mask, or pixels that came later than the job, enlarged; at the canvas' border they stay as they are."""
    box = raster.bounds()
    if box.is_empty:
        return raster
    target = _scaled(box, scales)
    pixels = raster.read(box)
    planes = [pixels] if raster.channels == 1 else [np.ascontiguousarray(pixels[..., i]) for i in range(4)]
    enlarged = [_smooth(plane, target.width, target.height) for plane in planes]
    whole = enlarged[0] if raster.channels == 1 else np.dstack([np.minimum(plane, enlarged[3]) for plane in enlarged])
    return Raster(raster.channels, raster.default).with_array(whole, target.x, target.y)


def _with_rasters(document: Document, made: Mapping[int, Raster], other: Callable[[Raster], Raster]) -> Document:
    """The document with the rasters whose ``id`` is in ``made`` replaced, and ``other`` for the rest."""

    def change(raster: Raster) -> Raster:
        return made[id(raster)] if id(raster) in made else other(raster)

    return document.map_rasters(change)
