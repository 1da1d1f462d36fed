"""The settings of an animation project that do not change over its frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.api import AnimationSpec, SchedulerSpec
from studio.editing.animation import ProjectEditor, Track, changed, edits, with_frames, with_mode
from studio.engine.scheduler_choice import offered, used_for
from studio.errors import SettingError
from studio.files.animation.project import MAX_FRAMES, AnimationProject, NumberKey
from studio.ui.animation.region_lines import RegionLines
from studio.ui.panels.generate.generate_panel import ModelChoice
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import without_state
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.slider_row import ValueSpin
from studio.ui.widgets.wheel_guard import guard_wheel

FORM_WIDTH: Final = 78 * GRID
_DITHERS: Final = ("floyd_steinberg", "ordered", "none")


class ProjectForm(QScrollArea):
    """Edits the project of an editor. ``modes``, ``models`` and ``schedulers`` are asked again by `refresh_choices`.

    Signals: ``browse_asked(str field)`` for "source" or "mask"; ``folder_asked()`` for a source.
    """

    browse_asked = Signal(str)
    folder_asked = Signal()

    def __init__(
        self,
        editor: ProjectEditor,
        *,
        modes: Callable[[], Mapping[str, AnimationSpec]],
        models: Callable[[], Sequence[ModelChoice]],
        schedulers: Callable[[], Mapping[str, SchedulerSpec]],
        tracks: Callable[[], tuple[Track, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._modes, self._models, self._schedulers, self._tracks = modes, models, schedulers, tracks
        self._showing = False
        self._spec: AnimationSpec | None = None
        self._of_modes: dict[str, AnimationProject] = {}
        self.mode = ChoiceBox(self.tr("Mode"), self)
        self.description = QLabel(self)
        self.notice = Notice(self)
        self.frames = self._spin(1, MAX_FRAMES)
        self.fps = self._spin(0.001, 1000, decimals=3)
        self.width_spin, self.height_spin = self._spin(64, 8192), self._spin(64, 8192)
        self.model = ChoiceBox(self.tr("Model"), self)
        self.scheduler = ChoiceBox(self.tr("Scheduler"), self)
        self.steps = self._spin(1, 500)
        self.source_edit, self.mask_edit = QLineEdit(self), QLineEdit(self)
        self.regions = RegionLines(self)
        self.parameters = ParameterForm((), self)
        self.export = CollapsibleSection(self.tr("Export"), self)
        self.loops, self.columns = self._spin(0, 65535), self._spin(0, 9999)
        self.quality = self._spin(1, 100)
        self.ping_pong = QCheckBox(self.tr("There and back"), self)
        self.pad = QCheckBox(self.tr("Pad to even sides"), self)
        self.background = QLineEdit(self)
        self.dither = ChoiceBox(self.tr("Dither (GIF)"), self)
        self._set_up()
        self._arrange()
        self._connect()
        self.refresh_choices()

    # --- showing ----------------------------------------------------------------------------------

    def refresh_choices(self) -> None:
        """Ask again which modes, models and schedulers there are."""
        self.mode.set_choices(
            [
                Choice(id=spec.id, name=plugin_text(spec.name), help=plugin_text(spec.description))
                for spec in self._modes().values()
            ]
        )
        self.model.set_choices(
            [
                Choice(id=model.id, name=model.name, problem=message_text(model.problem or ""))
                for model in self._models()
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the editor's project."""
        project = self._editor.project
        if project is None:
            return
        self._showing = True
        self._show_mode(project)
        for spin, value in self._numbers(project):
            spin.setValue(value)
        self.model.set_value(project.model)
        self._show_schedulers(project)
        for edit, text in self._texts(project):
            if edit.text() != text:
                edit.setText(text)
        self.regions.show_regions(project.regions, self._editor.path)
        self.ping_pong.setChecked(project.export.ping_pong)
        self.pad.setChecked(project.export.pad)
        self.dither.set_value(project.export.dither)
        self.parameters.set_values(project.parameters)
        self._showing = False
        self._show_needs(project)

    def _show_schedulers(self, project: AnimationProject) -> None:
        """Offer those that can draw with the model; of another that a project names, what takes its place is said."""
        schedulers, models = self._schedulers(), self._models()
        is_flow = any(model.id == project.model and model.limits and model.limits.is_flow for model in models)
        named = {name: plugin_text(spec.name) for name, spec in offered(schedulers, is_flow=is_flow).items()}
        used = used_for(project.scheduler, schedulers, is_flow=is_flow)
        if used != project.scheduler:
            text = self.tr("{wanted} ({used} is used)")
            wanted = plugin_text(schedulers[project.scheduler].name)
            named[project.scheduler] = text.format(wanted=wanted, used=named[used])
        helps = {name: plugin_text(spec.description) for name, spec in schedulers.items()}
        choices = [Choice(id=each, name=name, help=helps[each]) for each, name in named.items()]
        self.scheduler.set_choices(choices, project.scheduler)

    def _numbers(self, project: AnimationProject) -> list[tuple[ValueSpin, float]]:
        return [
            (self.frames, project.frames),
            (self.fps, project.fps),
            (self.width_spin, project.width),
            (self.height_spin, project.height),
            (self.steps, project.steps),
            (self.loops, project.export.loops),
            (self.quality, project.export.quality),
            (self.columns, project.export.columns or 0),
        ]

    def _texts(self, project: AnimationProject) -> list[tuple[QLineEdit, str]]:
        return [
            (self.source_edit, project.source),
            (self.mask_edit, project.mask),
            (self.background, project.export.background),
        ]

    def _show_mode(self, project: AnimationProject) -> None:
        spec = self._modes().get(project.mode)
        self.mode.set_value(project.mode)
        if spec is self._spec and spec is not None:
            return
        self._spec = spec
        self.description.setText("" if spec is None else plugin_text(spec.description))
        old, self.parameters = self.parameters, ParameterForm(() if spec is None else spec.parameters, self)
        self._column.replaceWidget(old, self.parameters)
        old.hide()
        old.deleteLater()
        self.parameters.changed.connect(self._set_parameters)

    def _show_needs(self, project: AnimationProject) -> None:
        spec = self._modes().get(project.mode)
        if spec is None and self._modes():
            text = self.tr("No plugin brings the mode “{mode}”. Choose another, or switch its plugin on.")
            self.notice.show_text(text.format(mode=project.mode))
        elif spec is not None and spec.needs_source and not project.source:
            self.notice.show_text(self.tr("This mode needs a source: a film, an animation or a folder."), "warning")
        elif project.mask and not project.source:
            self.notice.show_text(self.tr("A mask needs a source, which shows outside of it."), "warning")
        else:
            self.notice.clear()

    # --- editing ----------------------------------------------------------------------------------

    def set_path(self, field: str, path: Path) -> None:
        """Take a chosen file or folder as "source" or "mask"."""
        from studio.editing.animation.editor import path_in

        own = self._editor.path
        self._set(**{field: path.as_posix() if own is None else path_in(path, own.parent)})

    def _set(self, **values: Any) -> None:
        """Change settings in one step; typing on in one field stays one step."""
        self._edit(lambda project: changed(project, **values), "+".join(values))

    def _edit(self, change: Callable[[AnimationProject], AnimationProject], key: str | None = None) -> None:
        project = self._editor.project
        if self._showing or project is None:
            return
        try:
            self._editor.apply(edits.SETTINGS, change(project), key and f"form:{key}")
        except SettingError as error:
            self.refresh()
            self.notice.show_text(error_text(error))

    def _set_mode(self, mode: str) -> None:
        """Another mode; what it was told when it was the mode before comes back."""
        project, spec = self._editor.project, self._modes().get(mode)
        if project is None or spec is None or mode == project.mode:
            return
        self._of_modes[project.mode] = project
        numbers = {parameter.id for parameter in spec.keyframed}
        known = {parameter.id for parameter in spec.parameters}
        earlier = self._of_modes.get(mode)

        def change(old: AnimationProject) -> AnimationProject:
            new = with_mode(old, mode, numbers, known)
            if earlier is None:
                return new
            kept = {name: keys for name, keys in earlier.keyframes.items() if keys[-1].frame < old.frames}
            return changed(
                new, keyframes={**kept, **new.keyframes}, parameters={**earlier.parameters, **new.parameters}
            )

        self._edit(change)

    def _set_frames(self) -> None:
        self._edit(lambda project: with_frames(project, round(self.frames.value()), self._tracks()), "frames")

    def _set_model(self, model_id: str) -> None:
        """A few-step model says how it is drawn with."""
        few = next((model.few_steps for model in self._models() if model.id == model_id), None)
        if few is None:
            self._set(model=model_id)
            return
        guidance = (NumberKey(frame=0, value=few.guidance_scale),)
        self._edit(
            lambda project: changed(
                project, model=model_id, steps=few.steps, scheduler=few.scheduler, guidance_scale=guidance
            )
        )

    def _set_parameters(self) -> None:
        """Keep the file short: what has its default need not be said, unless it was."""
        spec, values = self._spec, self.parameters.values()
        if spec is None:
            return
        defaults = {parameter.id: parameter.default for parameter in spec.parameters}

        def change(project: AnimationProject) -> AnimationProject:
            told = {
                name: value
                for name, value in values.items()
                if name in project.parameters or value != defaults.get(name)
            }
            return changed(project, parameters={**project.parameters, **told})

        self._edit(change, "parameters")

    def _set_export(self, **values: Any) -> None:
        def change(project: AnimationProject) -> AnimationProject:
            from studio.files.animation.formats import parse_colour

            if values.get("background"):
                parse_colour(values["background"])
            table = type(project.export).model_validate({**dict(project.export), **values})
            return changed(project, export=table)

        self._edit(change, "export:" + "+".join(values))

    # --- building ---------------------------------------------------------------------------------

    def _spin(self, low: float, high: float, decimals: int = 0) -> ValueSpin:
        spin = _PlainSpin(self)
        spin.setDecimals(decimals)
        spin.setRange(low, high)
        spin.setKeyboardTracking(False)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        guard_wheel(spin)
        return spin

    def _set_up(self) -> None:
        self.description.setWordWrap(True)
        self.description.setProperty("role", "muted")
        self.description.setTextFormat(Qt.TextFormat.PlainText)
        self.fps.setSuffix(self.tr(" fps"))
        self.steps.setToolTip(self.tr("More steps take longer and add detail up to a point"))
        self.source_edit.setPlaceholderText(self.tr("Film or folder"))
        self.source_edit.setToolTip(self.tr("A film, an animated picture, a folder of pictures, or one picture"))
        self.mask_edit.setPlaceholderText(self.tr("White: animate"))
        self.mask_edit.setToolTip(self.tr("A picture that is white where to animate; the rest stays as in the source"))
        self.background.setPlaceholderText("#336699")
        self.background.setToolTip(self.tr("The colour behind transparency; empty keeps it where the format can"))
        self.loops.setSpecialValueText(self.tr("For ever"))
        self.columns.setSpecialValueText(self.tr("Automatic"))
        self.quality.setToolTip(self.tr("For WebP, AVIF, MP4 and WebM; 100 is lossless WebP"))
        names = (self.tr("Diffused"), self.tr("Ordered"), self.tr("None"))
        self.dither.set_choices([Choice(id=way, name=name) for way, name in zip(_DITHERS, names, strict=True)])
        for box in (self.mode, self.model, self.scheduler, self.dither):
            box.label.hide()  # the form has it, in line with the others

    def _arrange(self) -> None:
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addLayout(self._rows((self.mode.label.text(), self.mode)))
        for widget in (self.description, self.notice, self.parameters):
            self._column.addWidget(widget)
        self._column.addLayout(
            self._rows(
                (self.tr("Frames"), _side_by_side(self.frames, self.fps)),
                (self.tr("Size"), _side_by_side(self.width_spin, QLabel("×"), self.height_spin)),
                (self.model.label.text(), self.model),
                (self.scheduler.label.text(), self.scheduler),
                (self.tr("Steps"), self.steps),
                (self.tr("Source"), _side_by_side(self.source_edit, self._browse("source"), self._browse_folder())),
                (self.tr("Mask"), _side_by_side(self.mask_edit, self._browse("mask"))),
                (self.tr("Regions"), self.regions),
            )
        )
        self.export.body.addLayout(
            self._rows(
                (self.tr("Loops"), self.loops),
                ("", self.ping_pong),
                (self.tr("Background"), self.background),
                (self.tr("Quality"), self.quality),
                (self.dither.label.text(), self.dither),
                (self.tr("Sheet columns"), self.columns),
                ("", self.pad),
            )
        )
        self._column.addWidget(self.export)
        self._column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(FORM_WIDTH)

    def _rows(self, *rows: tuple[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        width = max(map(self.fontMetrics().horizontalAdvance, (self.tr("Sheet columns"), self.tr("Dither (GIF)"))))
        for text, field in rows:
            label = QLabel(text)
            label.setMinimumWidth(width)
            label.setMinimumHeight(field.sizeHint().height())
            form.addRow(label, field)
            if not field.accessibleName():
                field.setAccessibleName(text)
        return form

    def _browse(self, field: str) -> QToolButton:
        return self._button("image", self.tr("Choose a file"), lambda: self.browse_asked.emit(field))

    def _browse_folder(self) -> QToolButton:
        return self._button("folder", self.tr("Choose a folder of pictures"), self.folder_asked.emit)

    def _button(self, icon_name: str, text: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.clicked.connect(without_state(act))
        return button

    def _connect(self) -> None:
        follow(self, self._editor.changed, self.refresh)
        self.mode.value_changed.connect(self._set_mode)
        self.frames.valueChanged.connect(lambda _value: self._set_frames())
        self.fps.valueChanged.connect(lambda value: self._set(fps=value))
        self.width_spin.valueChanged.connect(lambda value: self._set(width=round(value)))
        self.height_spin.valueChanged.connect(lambda value: self._set(height=round(value)))
        self.steps.valueChanged.connect(lambda value: self._set(steps=round(value)))
        self.model.value_changed.connect(self._set_model)
        self.scheduler.value_changed.connect(lambda value: self._set(scheduler=value))
        self.source_edit.editingFinished.connect(lambda: self._set(source=self.source_edit.text().strip()))
        self.mask_edit.editingFinished.connect(lambda: self._set(mask=self.mask_edit.text().strip()))
        self.regions.changed.connect(lambda regions: self._set(regions=regions))
        self.loops.valueChanged.connect(lambda value: self._set_export(loops=round(value)))
        self.quality.valueChanged.connect(lambda value: self._set_export(quality=round(value)))
        self.columns.valueChanged.connect(lambda value: self._set_export(columns=round(value) or None))
        self.ping_pong.toggled.connect(lambda value: self._set_export(ping_pong=value))
        self.pad.toggled.connect(lambda value: self._set_export(pad=value))
        self.background.editingFinished.connect(lambda: self._set_export(background=self.background.text().strip()))
        self.dither.value_changed.connect(lambda value: self._set_export(dither=value))


class _PlainSpin(ValueSpin):
    """A number without zeros after the point, and no wider than there is room."""

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


def _side_by_side(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit | ValueSpin) else 0)
    return holder
