"""A small part of the picture, enlarged on the worker before the whole is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.document import Document, PaintLayer, Pixels, Raster
from studio.generation import GenerationRequest, GenerationResult, GenerationSettings, UpscaleTask
from studio.ui.background.background import Run
from studio.ui.background.worker import GenerationWorker


class UpscalePreview(QObject):
    """Runs one preview at a time; a new one cancels the one before. No part of the queue, and no step of history.

    Signals: ``progressed(Progress)``, ``ready(Pixels)`` with premultiplied RGBA, ``failed(Exception)``.
    """

    progressed = Signal(object)
    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, worker: GenerationWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._run: Run | None = None

    def run(self, pixels: Pixels, settings: GenerationSettings, task: UpscaleTask) -> None:
        """Enlarge premultiplied RGBA ``(h, w, 4)`` as ``task`` says."""
        self.stop()
        layer = PaintLayer(name="Preview", raster=Raster.from_array(pixels))
        document = Document(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,), active_id=layer.id)
        request = GenerationRequest(settings=settings, document=document, upscale=task)
        run = self._run = self._worker.start_work(
            lambda runner, run: runner.run(request, run.token, run.tell),
            lambda result: self._finished(run, result),
            lambda error: self._failed(run, error),
            self.progressed.emit,
        )

    def stop(self) -> None:
        """Cancel what runs; nothing is heard of it any more."""
        if self._run is not None:
            self._run.cancel()

    def _finished(self, run: Run, result: GenerationResult) -> None:
        if run.is_cancelled or result.upscaled is None:
            return
        after = result.upscaled.after
        raster = after.layers[0].raster
        assert raster is not None
        self.ready.emit(raster.read(after.canvas))

    def _failed(self, run: Run, error: Exception) -> None:
        if not run.is_cancelled:
            self.failed.emit(error)
