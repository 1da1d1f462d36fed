"""A filter tried out on a layer while its form is open: what the canvas would show, made in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from studio.api import FilterSpec
from studio.api.parameters import FloatParameter, IntParameter, Parameter, validated_parameters
from studio.document import Document, LayerId, Pixels
from studio.errors import Cancelled, SettingError
from studio.generation import CancelToken
from studio.ui.tasks import Tasks

if TYPE_CHECKING:
    from studio.raster.filtering import PreviewInput

DELAY_MS: Final = 150
"""How long the values must rest before they are tried."""
PATIENCE_MS: Final = 15_000
"""How long a preview may take before it is stopped."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Trial:
    values: Mapping[str, Any]
    is_split: bool
    cancel: CancelToken = field(default_factory=CancelToken)


class FilterPreview(QObject):
    """Tries one filter on one layer of one document, which stays as it is. New values cancel the trial before.

    Signals: ``ready(Document)`` to be shown in place of the document; ``failed(Exception)``.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, spec: FilterSpec, document: Document, layer_id: LayerId, parent: QObject) -> None:
        super().__init__(parent)
        self._spec = spec
        self._document = document
        self._layer_id = layer_id
        self._tasks = Tasks("preview", self)
        self._trial = _Trial(values={}, is_split=False)
        self._given: PreviewInput | None = None
        self._made: tuple[Mapping[str, Any], Pixels] | None = None
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._start)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    def ask(self, values: Mapping[str, Any], *, is_split: bool) -> None:
        """Try these values soon. ``is_split`` leaves the left half of the picture as it is."""
        self.stop()
        self._trial = _Trial(values=dict(values), is_split=is_split)
        self._delay.start()

    def stop(self) -> None:
        """Cancel what runs; nothing is heard of it any more."""
        self._trial.cancel.cancel()
        self._delay.stop()
        self._patience.stop()

    def close(self) -> None:
        """Stop, and be gone once the thread is done: a filter that does not listen must not hold up the window."""
        self.stop()
        self._tasks.close(wait=False)
        if self._tasks.is_busy:
            self._tasks.busy_changed.connect(self.deleteLater)
        else:
            self.deleteLater()

    def _start(self) -> None:
        trial = self._trial
        self._patience.start()
        self._tasks.run(lambda: self._tried(trial), lambda shown: self._ready(trial, shown), self._fail)

    def _tried(self, trial: _Trial) -> Document:
        """On the background thread, which alone keeps what the filter is given and what it made last."""
        from studio.raster.filtering import preview_input, with_preview

        trial.cancel.raise_if_cancelled()
        if self._given is None:
            self._given = preview_input(self._document, self._layer_id)
        given = self._given
        if given is None:
            return self._document
        if self._made is None or self._made[0] != trial.values:
            parameters = validated_parameters(self._spec.parameters, dict(trial.values))
            reduced = reduced_lengths(self._spec.parameters, parameters, given.factor)
            self._made = trial.values, self._spec.run(given.pixels, reduced, trial.cancel, _unheard)
        trial.cancel.raise_if_cancelled()
        return with_preview(self._document, self._layer_id, given, self._made[1], is_split=trial.is_split)

    def _ready(self, trial: _Trial, shown: Document) -> None:
        if not trial.cancel.is_cancelled:
            self._patience.stop()
            self.ready.emit(shown)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):  # also of a trial that was cancelled: it says that the filter hangs
            self._patience.stop()
            self.failed.emit(error)

    def _give_up(self) -> None:
        self._trial.cancel.cancel()
        self.failed.emit(SettingError("The preview takes too long.", "Apply runs the filter without one."))


def reduced_lengths(parameters: tuple[Parameter, ...], values: Mapping[str, Any], factor: int) -> dict[str, Any]:
    """Values for a picture reduced by ``factor``: lengths, which are counted in "px", become shorter with it."""
    reduced = dict(values)
    for parameter in parameters:
        if factor > 1 and isinstance(parameter, FloatParameter | IntParameter) and parameter.suffix.strip() == "px":
            shorter = max(parameter.minimum, values[parameter.id] / factor)
            reduced[parameter.id] = round(shorter) if isinstance(parameter, IntParameter) else shorter
    return reduced


def _unheard(fraction: float, message: str) -> None:
    """Progress that nobody watches."""
