"""Draws the cells of a grid one after another, and keeps each at once, so that nothing drawn is lost."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from typing import Final

from studio import __version__
from studio.api import ToolSpec
from studio.document import Document, Pixels
from studio.errors import Cancelled, EngineMissingError, FileError, PluginError, SettingError, ShorelineError
from studio.files.animation.renders import make_room
from studio.files.animation.work import Manifest, WorkFolder
from studio.files.grids import drop_request, keep_request
from studio.generation import CancelToken, GenerationRequest, GenerationResult, Progress
from studio.generation.grids import DrawnGrid, GridCell, GridTask
from studio.generation.placement import place
from studio.jobs.grids.cells import effort_of, in_drawing_order
from studio.jobs.grids.sheet import Sheet, SheetCell
from studio.jobs.layer_pictures import layer_by_id, layer_pixels
from studio.jobs.regions import acting_regions
from studio.message import Message
from studio.raster.compose import compose
from studio.raster.convert import premultiply, unpremultiply

Report = Callable[[Progress], None]
Draw = Callable[[GenerationRequest, Report], GenerationResult]
"""Draws one cell. Raises what a job raises."""

PROGRESS_STEPS: Final = 1000
_STAGE: Final = "grid"


@dataclass(frozen=True, kw_only=True, eq=False)
class FinishedGrid:
    """A grid with notes for the person."""

    grid: DrawnGrid
    notes: tuple[str, ...]


class GridRun:
    """One run of a grid, from its first cell that is not there yet to its last, or to a cancel."""

    def __init__(
        self,
        task: GridTask,
        document: Document,
        *,
        tool: ToolSpec | None,
        draw: Draw,
        cancel: CancelToken,
        report: Report,
    ) -> None:
        self._task = task
        self._document = document
        self._tool = tool
        self._draw = draw
        self._cancel = cancel
        self._drawn: dict[int, SheetCell] = {}
        self._new: set[int] = set()
        self._notes: dict[str, None] = {}
        self._clock = _GridClock(report, task.cells, tool)
        columns, rows, sheets = task.plan.shape
        manifest = Manifest(
            fingerprint=fingerprint(task, document, tool),
            version=__version__,
            frames=len(task.cells),
            width=columns,
            height=rows * sheets,
        )
        self._work = _work_folder(task, manifest)

    def finish(self) -> FinishedGrid:
        """Draw what is missing. A cell that fails says why in its place; a cancel ends with what is there.

        Raises `Cancelled` where nothing is, the first failure where nothing could be drawn, and
        `EngineMissingError`.
        """
        try:
            self._keep_request()
            self._take_up()
            self._draw_all()
            return self._finished()
        finally:
            if self._task.is_ours and not self._cancel.is_cancelled:  # who cancelled knows whether it is to go on
                drop_request(self._task.folder)
            self._work.release()

    def _keep_request(self) -> None:
        if not self._task.is_ours:
            return
        needed = self._document if uses_document(self._document, self._tool) else None
        try:
            keep_request(self._task.folder, self._task.plan, needed)
        except FileError as error:
            self._cannot_go_on(error)

    # --- drawing ----------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """Take over the cells of an earlier run; one that cannot be read is drawn anew."""
        for cell in self._task.cells:
            if self._work.has(cell.index):
                try:
                    pixels, note = self._work.read(cell.index), self._work.note(cell.index)
                except FileError:
                    continue
                self._keep_read(cell, pixels, note)
                self._clock.was_there(cell)

    def _draw_all(self) -> None:
        failure: Exception | None = None
        for cell in in_drawing_order(self._task.plan, self._task.cells):
            if cell.index in self._drawn:
                continue
            try:
                self._draw_cell(cell)
            except Cancelled:
                break
            except EngineMissingError:
                raise
            except Exception as error:  # noqa: BLE001 - the other cells go on, and this one says why
                failure = failure or error
                self._drawn[cell.index] = SheetCell(why=self._reason(error))
            self._clock.done(cell)
        if not any(cell.pixels is not None for cell in self._drawn.values()):
            raise failure or Cancelled

    def _draw_cell(self, cell: GridCell) -> None:
        self._cancel.raise_if_cancelled()
        request = GenerationRequest(settings=cell.settings, document=cell.document)
        result = self._checked(self._draw(request, self._clock.of_cell(cell)))
        self._notes |= dict.fromkeys(result.notes)
        pixels = self._picture(cell.document, result)
        self._keep(cell, pixels, result.settings_of(0).json())
        self._new.add(cell.index)

    def _picture(self, document: Document, result: GenerationResult) -> Pixels:
        """What a cell shows: the picture as it is then, where the tool works on it, else what was drawn."""
        if self._tool is not None and (self._tool.needs_image or self._tool.needs_mask):
            return compose(place(document, result, indices=(0,)))
        return result.images[0].pixels

    def _checked(self, result: GenerationResult) -> GenerationResult:
        if not result.images:
            raise PluginError("The tool {tool} made no picture.", tool=result.request.settings.tool)
        return result

    def _keep(self, cell: GridCell, pixels: Pixels, settings: str) -> None:
        """On the disk, or in memory where there is no room."""
        try:
            self._work.write(cell.index, unpremultiply(pixels), settings)
        except FileError as error:
            self._cannot_go_on(error)
            self._drawn[cell.index] = SheetCell(size=_size(pixels), pixels=lambda: pixels, settings=settings)
        else:
            self._keep_read(cell, pixels, settings)

    def _cannot_go_on(self, error: FileError) -> None:
        note = Message(
            "The pictures of this grid could not be kept on the way, so it cannot go on later: {reason}",
            reason=error.message,
        )
        self._notes[note] = None

    def _keep_read(self, cell: GridCell, pixels: Pixels, settings: str) -> None:
        read = partial(self._work.read, cell.index)
        self._drawn[cell.index] = SheetCell(size=_size(pixels), pixels=lambda: premultiply(read()), settings=settings)

    # --- the end ----------------------------------------------------------------------------------

    def _finished(self) -> FinishedGrid:
        cells = self._task.cells
        drawn = [self._drawn.get(cell.index, SheetCell()) for cell in cells]
        there = sum(cell.pixels is not None for cell in drawn)
        failed = sum(bool(cell.why) for cell in drawn)
        notes = [
            Message(
                "{failed} of {count} pictures could not be drawn; why stands in their places.",
                failed=failed,
                count=len(cells),
            ),
            Message(
                "{there} of {count} pictures were drawn; asked for again the same grid goes on.",
                there=there,
                count=len(cells),
            ),
        ]
        told = [failed > 0, there + failed < len(cells)]
        self._notes |= dict.fromkeys(compress(notes, told))
        sheet = Sheet(plan=self._task.plan, cells=cells, drawn=drawn, say=self._task.say)
        grid = DrawnGrid(document=sheet.document(), drawn=there, count=len(cells), new=sheet.pictures(self._new))
        return FinishedGrid(grid=grid, notes=tuple(self._notes))

    def _reason(self, error: Exception) -> str:
        """Why a cell failed, in the language of the person."""
        if isinstance(error, ShorelineError):
            return " ".join(filter(None, map(self._task.say, (error.message, error.advice))))
        return f"{type(error).__name__}: {error}"


def _work_folder(task: GridTask, manifest: Manifest) -> WorkFolder:
    if not task.is_ours:
        return WorkFolder.open(task.folder, manifest, restart=task.restart)
    make_room(task.folder.parent, task.folder)
    try:
        return WorkFolder.open(task.folder, manifest, restart=task.restart)
    except SettingError:  # the picture that it is drawn from is another now
        return WorkFolder.open(task.folder, manifest, restart=True)


def _size(pixels: Pixels) -> tuple[int, int]:
    return pixels.shape[1], pixels.shape[0]


class _GridClock:
    """Tells how far a grid is, and how long the rest takes by what its cells took, loading of models apart."""

    def __init__(self, report: Report, cells: tuple[GridCell, ...], tool: ToolSpec | None) -> None:
        self._report = report
        self._efforts = {cell.index: effort_of(cell.settings, tool) for cell in cells}
        self._total = sum(self._efforts.values())
        self._taken_over = self._done = 0.0
        self._number = 0
        self._loading = 0.0
        self._since: float | None = None
        self._last = 0.0

    def was_there(self, cell: GridCell) -> None:
        """Count a cell of an earlier run."""
        self._number += 1
        self._taken_over += self._efforts[cell.index]
        self._done += self._efforts[cell.index]

    def done(self, cell: GridCell) -> None:
        """Count a cell that was drawn or failed."""
        self._number += 1
        self._done += self._efforts[cell.index]

    def of_cell(self, cell: GridCell) -> Report:
        """What the job of a cell reports to."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        self._last = now
        return partial(self._tell, cell)

    def _tell(self, cell: GridCell, progress: Progress) -> None:
        now = time.monotonic()
        is_loading = progress.stage == "loading"
        self._loading += now - self._last if is_loading else 0.0
        self._last = now
        done = self._done + self._efforts[cell.index] * progress.fraction
        message = f"{self._number + 1} / {len(self._efforts)}"
        self._report(
            replace(
                progress,
                stage=progress.stage if is_loading else _STAGE,
                step=round(PROGRESS_STEPS * done / self._total),
                total_steps=PROGRESS_STEPS,
                seconds_left=self._left(now, done),
                message=message,
                images=(),
            )
        )

    def _left(self, now: float, done: float) -> float | None:
        drawn = done - self._taken_over
        if self._since is None or drawn <= 0:
            return None
        return max(0.0, now - self._since - self._loading) / drawn * (self._total - done)


# --- which grid it is -------------------------------------------------------------------------------


def uses_document(document: Document, tool: ToolSpec | None) -> bool:
    """Whether what is drawn depends on what lies in the document."""
    on_picture = tool is None or tool.needs_image or tool.needs_mask
    return on_picture or bool(document.guides) or bool(document.regions)


def fingerprint(task: GridTask, document: Document, tool: ToolSpec | None) -> str:
    """Of all that the cells depend on, whatever ids layers have."""
    axes = [[axis.parameter, list(axis.texts)] for axis in task.plan.axes]
    asked = {"settings": task.plan.settings.values(), "axes": axes}
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode())
    if uses_document(document, tool):
        for part in _contents(document):
            digest.update(part)
    return digest.hexdigest()


def _contents(document: Document) -> Iterator[bytes]:
    canvas = document.canvas
    yield compose(document).tobytes()
    yield document.generation_mask.read(canvas).tobytes()
    for guide in document.guides:
        values: Mapping[str, object] = {**guide.__dict__, "values": dict(guide.values), "id": "", "layer_id": ""}
        yield json.dumps({**values, "region_id": bool(guide.region_id)}, sort_keys=True, default=str).encode()
        yield from _layer_contents(document, guide.layer_id)
    for region in acting_regions(document):
        yield f"{region.prompt}\0{region.negative_prompt}\0".encode()
        yield from _layer_contents(document, region.layer_id)


def _layer_contents(document: Document, layer_id: str | None) -> Iterator[bytes]:
    layer = layer_by_id(document, layer_id)
    if layer is not None:
        yield layer_pixels(document, layer, document.canvas, document.width, document.height).tobytes()
