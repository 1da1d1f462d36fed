"""How a picture is sampled: strength, seed, steps, guidance, scheduler, model, size and count."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from studio.engine.scheduler_choice import offered, used_for
from studio.generation import GenerationSettings
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.widgets.seed_box import SeedBox
from studio.ui.widgets.size_box import SizeBox, valid_side
from studio.ui.widgets.slider_row import Scale, SliderRow

if TYPE_CHECKING:
    from studio.api import SchedulerSpec
    from studio.engine.models.few_steps import FewSteps

_FOLLOWED_SIDE: Final = 1024
"""A larger canvas does not set the size: pictures of that size take long, so they are asked for on purpose."""


class SamplingSection(QWidget):
    """The numbers and choices of a `GenerationSettings`. Signal: ``changed()`` on every change."""

    changed = Signal()

    def __init__(
        self,
        native_side: Callable[[str], int],
        canvas_size: Callable[[], tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.strength = SliderRow(self.tr("Strength"), Scale(minimum=0, maximum=100, default=60, suffix=" %"), self)
        self.strength.setToolTip(self.tr("How far the picture may change: 100 % keeps nothing of it"))
        self.seed = SeedBox(self)
        self.variation = SliderRow(self.tr("Variation"), Scale(minimum=0, maximum=100, suffix=" %"), self)
        self.variation.hide()
        self._variation_seed = 0
        self.steps = SliderRow(self.tr("Steps"), Scale(minimum=1, maximum=150, default=20), self)
        self.steps.setToolTip(self.tr("More steps take longer and add detail up to a point"))
        self.guidance = SliderRow(self.tr("Guidance"), Scale(minimum=0, maximum=20, step=0.1, default=5.0), self)
        self.guidance.setToolTip(self.tr("How closely the picture follows the prompt"))
        self.model = ChoiceBox(self.tr("Model"), self)
        self.scheduler = ChoiceBox(self.tr("Scheduler"), self)
        self.size_box = SizeBox(lambda: native_side(self.model.value()), canvas_size, self)
        self.count = SliderRow(self.tr("Pictures"), Scale(minimum=1, maximum=16, default=1), self)
        self.count.setToolTip(self.tr("How many pictures one press of Generate makes"))
        self.tile = ChoiceBox(self.tr("Tile"), self)
        self.tile.setToolTip(self.tr("The picture goes on at its other side, so that copies of it join without a seam"))
        self.tile.set_choices(self._tiles(), "off")
        self._native_side = native_side
        self._native = 0
        self._few_steps: Mapping[str, FewSteps] = {}
        self._flow_models: Container[str] = ()
        self._schedulers: Mapping[str, SchedulerSpec] = {}
        self._model = ""
        usual = GenerationSettings()
        self._usual = (usual.steps, usual.guidance_scale, usual.scheduler)
        self._wanted = ""
        self._notices = {name: Notice(self) for name in ("size", "seed", "model", "scheduler")}
        self._arrange()
        self._connect()

    def values(self) -> dict[str, Any]:
        """Fields of `GenerationSettings`."""
        width, height = self.size_box.size_pixels()
        return {
            "strength": round(self.strength.value() / 100, 6),
            "seed": self.seed.value(),
            "variation": round(self.variation.value() / 100, 6),
            "variation_seed": self._variation_seed,
            "steps": self.steps.int_value(),
            "guidance_scale": self.guidance.value(),
            "scheduler": self.scheduler.value(),
            "model": self.model.value(),
            "width": width,
            "height": height,
            "count": self.count.int_value(),
            "tile": self.tile.value(),
        }

    def show_values(self, settings: GenerationSettings) -> None:
        """Show all fields; the sliders widen for a value beyond their usual range."""
        self.strength.set_value(settings.strength * 100)
        self.seed.set_value(settings.seed)
        self._show_variation(settings)
        self.steps.show_value(settings.steps)
        self.guidance.show_value(settings.guidance_scale)
        self.model.set_value(settings.model)
        self._want_scheduler(settings.scheduler)
        self._model = settings.model
        self._native = self._native_side(settings.model)
        self.size_box.set_size(settings.width, settings.height)
        self.count.show_value(settings.count)
        self.tile.set_value(settings.tile)

    def _show_variation(self, settings: GenerationSettings) -> None:
        """The slider is there for pictures that are variations."""
        self._variation_seed = settings.variation_seed
        self.variation.set_value(settings.variation * 100)
        self.variation.setVisible(settings.variation > 0)
        text = self.tr("How far the picture goes from that of the seed towards seed {seed}; 0 % is that of the seed")
        self.variation.setToolTip(text.format(seed=settings.variation_seed))

    def choose_model(self, model_id: str) -> None:
        """Choose a model, as if it had been chosen in its box."""
        self.model.set_value(model_id)
        self.model.value_changed.emit(model_id)

    def follow_canvas(self, before: tuple[int, int], after: tuple[int, int]) -> None:
        """With another picture, a size that was its canvas's own goes with it; any other size was chosen on purpose."""
        if before != after and self.size_box.size_pixels() == _sides(before) and max(after) <= _FOLLOWED_SIDE:
            self.size_box.set_size(*_sides(after))

    def set_schedulers(self, schedulers: Mapping[str, SchedulerSpec]) -> None:
        """Offer those of them that can draw with the chosen model."""
        self._schedulers = schedulers
        self._fit_scheduler()

    def set_models(
        self,
        models: Sequence[tuple[str, str, str]],
        few_steps: Mapping[str, FewSteps],
        flow_models: Container[str] = (),
    ) -> None:
        """Offer models as (id, name, problem); how those with few-step weights are drawn with, and which were taught a
        flow, so that not every scheduler can draw with them."""
        self._few_steps = few_steps
        self._flow_models = flow_models
        self.model.set_choices([Choice(id=model, name=name, problem=problem) for model, name, problem in models])
        self._fit_scheduler()

    def set_uses(self, *, strength: bool, size: bool) -> None:
        """Show only the controls that the chosen tool reads."""
        self.strength.setVisible(strength)
        self.size_box.setVisible(size)

    def put_below_model(self, widget: QWidget) -> None:
        """Show what goes with the model right below it."""
        self._column.insertWidget(self._column.indexOf(self._notices["model"]) + 1, widget)

    def labels(self) -> list[QLabel]:
        """The labels in front of the controls, to be lined up."""
        rows = (
            self.strength,
            self.seed,
            self.variation,
            self.steps,
            self.guidance,
            self.model,
            self.scheduler,
            self.count,
            self.tile,
        )
        return [*(row.label for row in rows), self.size_box.label]

    def sliders(self) -> list[SliderRow]:
        """The rows with a slider, to be lined up."""
        return [self.strength, self.variation, self.steps, self.guidance, self.count]

    def notice_of(self, control: str) -> Notice:
        """The message below "size", "seed", "model" or "scheduler"."""
        return self._notices[control]

    def typed_problem(self) -> tuple[str, str]:
        """The control and the text of what was typed and cannot be taken; empty if there is nothing."""
        size = self.size_box.problem() if not self.size_box.isHidden() else ""
        return ("size", size) if size else ("seed", self.seed.problem())

    def show_problem(self, control: str, text: str) -> None:
        """Show what is wrong below "size", "seed", "model" or "scheduler"."""
        self._notices[control].show_text(text)

    def show_size_problem(self, text: str) -> None:
        """Show what is wrong with the size, and offer the nearest one that works."""
        width, height = (valid_side(side) for side in self.size_box.size_pixels())
        self._notices["size"].show_text(
            text,
            action=self.tr("Use {width} × {height}").format(width=width, height=height),
            run=lambda: self.size_box.set_size(width, height),
        )

    def clear_problems(self) -> None:
        for notice in self._notices.values():
            notice.clear()
        self._tell_stand_in()

    def _arrange(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (
            self.model,
            self._notices["model"],
            self.strength,
            self.size_box,
            self._notices["size"],
            self.tile,
            self.seed,
            self._notices["seed"],
            self.variation,
            self.steps,
            self.guidance,
            self.count,
            self.scheduler,
            self._notices["scheduler"],
        ):
            column.addWidget(widget)

    def _tiles(self) -> list[Choice]:
        return [
            Choice(id="off", name=self.tr("No tiling")),
            Choice(id="both", name=self.tr("Both ways")),
            Choice(id="x", name=self.tr("Left to right")),
            Choice(id="y", name=self.tr("Top to bottom")),
        ]

    def _connect(self) -> None:
        for row in (self.strength, self.variation, self.steps, self.guidance, self.count):
            row.value_changed.connect(self.changed)
        self.scheduler.value_changed.connect(self._scheduler_chosen)
        self.model.value_changed.connect(self._model_chosen)
        self.tile.value_changed.connect(self.changed)
        self.size_box.changed.connect(self.changed)
        self.size_box.corrected.connect(lambda text: self._notices["size"].show_text(text, "warning"))
        self.seed.changed.connect(self.changed)
        self.seed.edit.editingFinished.connect(self._check_seed)

    def _check_seed(self) -> None:
        problem = self.seed.problem()
        if problem:
            self.show_problem("seed", problem)

    def _model_chosen(self, model_id: str) -> None:
        """A square of the old model's own size becomes one of the new model's; any other size was chosen on purpose."""
        before, self._native = self._native, self._native_side(model_id)
        if self.size_box.size_pixels() == (before, before):
            self.size_box.set_size(self._native, self._native)
        self._follow_few_steps(model_id)
        self._notices["scheduler"].clear()
        self._fit_scheduler()
        self.changed.emit()

    def _follow_few_steps(self, model_id: str) -> None:
        """A few-step model sets how it is drawn with; the next usual one gets back what stood before."""
        before, self._model = self._few_steps.get(self._model), model_id
        wanted = self._few_steps.get(model_id)
        if before is None:
            self._usual = (self.steps.int_value(), self.guidance.value(), self._wanted)
        if wanted is not None:
            self._show_sampling(wanted.steps, wanted.guidance_scale, wanted.scheduler)
        elif before is not None:
            self._show_sampling(*self._usual)

    def _show_sampling(self, steps: int, guidance_scale: float, scheduler: str) -> None:
        self.steps.show_value(steps)
        self.guidance.show_value(guidance_scale)
        self._want_scheduler(scheduler)

    def _scheduler_chosen(self, scheduler_id: str) -> None:
        self._want_scheduler(scheduler_id)
        self.changed.emit()

    def _want_scheduler(self, scheduler_id: str) -> None:
        self._wanted = scheduler_id
        self._fit_scheduler()

    def _fit_scheduler(self) -> None:
        """Offer what can draw with the model; a scheduler that cannot gives way to another until it can again."""
        is_flow = self.model.value() in self._flow_models
        choices = [
            Choice(id=spec.id, name=plugin_text(spec.name), help=plugin_text(spec.description))
            for spec in offered(self._schedulers, is_flow=is_flow).values()
        ]
        self.scheduler.set_choices(choices, used_for(self._wanted, self._schedulers, is_flow=is_flow))
        self._tell_stand_in()

    def _tell_stand_in(self) -> None:
        wanted, used = (self._schedulers.get(name) for name in (self._wanted, self.scheduler.value()))
        if wanted is None or used is None or wanted is used:
            return
        text = self.tr("{wanted} cannot draw with this model: {used} is used instead.")
        self._notices["scheduler"].show_text(
            text.format(wanted=plugin_text(wanted.name), used=plugin_text(used.name)), "hint"
        )


def _sides(canvas: tuple[int, int]) -> tuple[int, int]:
    return valid_side(canvas[0]), valid_side(canvas[1])
