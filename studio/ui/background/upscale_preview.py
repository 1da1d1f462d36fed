"""A small part of the picture, enlarged on the worker before the whole is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.document import Document, PaintLayer, Pixels, Raster
from studio.generation import (
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    UpscaleTask,
)
from studio.session import JobCallbacks, Worker


class UpscalePreview(QObject):
    """Runs one preview at a time; a new one cancels the one before. No part of the queue, and no step of history.

    Signals: ``progressed(Progress)``, ``ready(Pixels)`` with premultiplied RGBA, ``failed(Exception)``.
    """

    progressed = Signal(object)
    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._token = CancelToken()

    def run(self, pixels: Pixels, settings: GenerationSettings, task: UpscaleTask) -> None:
        """Enlarge premultiplied RGBA ``(h, w, 4)`` as ``task`` says."""
        self.stop()
        token = self._token = CancelToken()
        layer = PaintLayer(name="Preview", raster=Raster.from_array(pixels))
        document = Document(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,), active_id=layer.id)
        request = GenerationRequest(settings=settings, document=document, upscale=task)
        callbacks = JobCallbacks(
            progressed=lambda progress: self._progressed(token, progress),
            finished=lambda result: self._finished(token, result),
            cancelled=lambda: None,
            failed=lambda error: self._failed(token, error),
        )
        self._worker.submit(request, token, callbacks)

    def stop(self) -> None:
        """Cancel what runs; nothing is heard of it any more."""
        self._token.cancel()

    def _progressed(self, token: CancelToken, progress: Progress) -> None:
        if not token.is_cancelled:
            self.progressed.emit(progress)

    def _finished(self, token: CancelToken, result: GenerationResult) -> None:
        if token.is_cancelled or result.upscaled is None:
            return
        after = result.upscaled.after
        raster = after.layers[0].raster
        assert raster is not None
        self.ready.emit(raster.read(after.canvas))

    def _failed(self, token: CancelToken, error: Exception) -> None:
        if not token.is_cancelled:
            self.failed.emit(error)
