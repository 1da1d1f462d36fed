"""A filter tried out on a layer while its form is open: what the canvas would show, made in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from studio.api.parameters import FloatParameter, IntParameter, Parameter, validated_parameters
from studio.document import Document, LayerId, Pixels
from studio.errors import Cancelled, SettingError
from studio.ui.background.background import Background, Run

if TYPE_CHECKING:
    from studio.api import FilterSpec
    from studio.raster.filtering import PreviewInput

DELAY_MS: Final = 30
"""How long the first of several changes waits for those that come with it."""
GRACE_MS: Final = 400
"""How long a trial may go on when newer values wait: long enough that a slider in motion shows something."""
PATIENCE_MS: Final = 15_000
"""How long a preview may take before it is stopped."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Trial:
    values: Mapping[str, Any]
    is_split: bool


class FilterPreview(QObject):
    """Tries one filter on one layer of one document, which stays as it is.

    While values go on changing, one trial follows the other, each with the latest of them.

    Signals: ``ready(Document)`` to be shown in place of the document; ``failed(Exception)``.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, spec: FilterSpec, document: Document, layer_id: LayerId, parent: QObject) -> None:
        super().__init__(parent)
        self._spec = spec
        self._document = document
        self._layer_id = layer_id
        self._background = Background("preview", self)
        self._running: Run | None = None
        self._next: _Trial | None = None
        self._given: PreviewInput | None = None
        self._made: tuple[Mapping[str, Any], Pixels] | None = None
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._start)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    def ask(self, values: Mapping[str, Any], *, is_split: bool) -> None:
        """Try these values soon. ``is_split`` leaves the left half of the picture as it is."""
        self._next = _Trial(values=dict(values), is_split=is_split)
        timer = self._delay if self._running is None else self._grace
        if not timer.isActive():
            timer.start()

    def stop(self) -> None:
        """Cancel what runs; nothing is heard of it any more."""
        self._next = None
        self._cancel()
        for timer in (self._delay, self._grace, self._patience):
            timer.stop()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def close(self) -> None:
        """Stop, and be gone: a filter that does not listen must not hold up the window."""
        self.stop()
        self._background.stop()
        self.deleteLater()

    def _start(self) -> None:
        trial, self._next = self._next, None
        if trial is None:
            return
        self._patience.start()
        self._running = self._background.start(lambda run: self._tried(trial, run), self._ready, self._fail)

    def _go_on(self) -> None:
        """A trial has ended: try what was asked for meanwhile."""
        self._running = None
        self._grace.stop()
        self._patience.stop()
        self._start()

    def _tried(self, trial: _Trial, run: Run) -> Document:
        """On the background thread, which alone keeps what the filter is given and what it made last."""
        from studio.raster.filtering import preview_input, with_preview

        run.token.raise_if_cancelled()
        if self._given is None:
            self._given = preview_input(self._document, self._layer_id)
        given = self._given
        if given is None:
            return self._document
        if self._made is None or self._made[0] != trial.values:
            parameters = validated_parameters(self._spec.parameters, dict(trial.values))
            reduced = reduced_lengths(self._spec.parameters, parameters, given.factor)
            self._made = trial.values, self._spec.run(given.pixels.copy(), reduced, run.token, _unheard)
        run.token.raise_if_cancelled()
        return with_preview(self._document, self._layer_id, given, self._made[1], is_split=trial.is_split)

    def _ready(self, shown: Document) -> None:
        if self._running is not None and not self._running.is_cancelled:
            self.ready.emit(shown)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):  # also of a trial that was cancelled: it says that the filter hangs
            self.failed.emit(error)
        self._go_on()

    def _give_up(self) -> None:
        self._cancel()
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
