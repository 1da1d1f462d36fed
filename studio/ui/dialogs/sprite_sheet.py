"""Asks what goes on a sprite sheet, and how it is laid out; says how large the sheet becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from studio.api.parameters import BoolParameter, ChoiceParameter, IntParameter
from studio.document import Rect
from studio.editing.sprites import SpriteSource
from studio.errors import ShorelineError
from studio.files.sheets.layout import MAX_SHEET_SIDE, MAX_SPACE, SheetOptions, Trim, lay_out
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import ParameterForm
from studio.ui.widgets.slider_row import align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label

_MOST_COLUMNS: Final = 256
_DEFAULTS: Final = SheetOptions()
_PARAMETERS: Final = (
    IntParameter(
        id="columns",
        label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Columns")),
        help=str(QT_TRANSLATE_NOOP("SpriteSheet", "How many sprites lie in a row.")),
        default=0,
        minimum=0,
        maximum=_MOST_COLUMNS,
        minimum_label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Automatic")),
    ),
    IntParameter(
        id="padding",
        label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Padding")),
        help=str(QT_TRANSLATE_NOOP("SpriteSheet", "Transparent pixels between sprites.")),
        default=_DEFAULTS.padding,
        minimum=0,
        maximum=MAX_SPACE,
        suffix=" px",
    ),
    IntParameter(
        id="extrude",
        label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Extrude")),
        help=str(
            QT_TRANSLATE_NOOP(
                "SpriteSheet", "How often the outermost pixels of each sprite are repeated around it, against seams."
            )
        ),
        default=_DEFAULTS.extrude,
        minimum=0,
        maximum=MAX_SPACE,
        suffix=" px",
    ),
    ChoiceParameter(
        id="trim",
        label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Trim")),
        default=_DEFAULTS.trim,
        choices=(
            ("none", str(QT_TRANSLATE_NOOP("SpriteSheet", "Whole pictures"))),
            ("each", str(QT_TRANSLATE_NOOP("SpriteSheet", "Each to what it shows"))),
            ("together", str(QT_TRANSLATE_NOOP("SpriteSheet", "All by the same box"))),
        ),
    ),
    BoolParameter(
        id="power_of_two",
        label=str(QT_TRANSLATE_NOOP("SpriteSheet", "Sides are powers of two")),
        help=str(QT_TRANSLATE_NOOP("SpriteSheet", "As some engines and graphics cards want textures.")),
        default=_DEFAULTS.power_of_two,
    ),
)


class SpriteSheetDialog(FormDialog):
    """``sources`` are what can be put on the sheet, with the (width, height) of each sprite.

    Signal: ``chosen(SpriteSource, SheetOptions)``.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        sources: Mapping[SpriteSource, Sequence[tuple[int, int]]],
        options: SheetOptions | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export sprite sheet"))
        self._sources = dict(sources)
        self.source = QComboBox()
        self.options = ParameterForm(_PARAMETERS, text=_text)
        self.about = wrapped_label(role="muted")
        self.problem = wrapped_label(role="danger")
        self._fill(options or _DEFAULTS)
        self._arrange()
        self._tell()

    def accept(self) -> None:
        super().accept()
        self.chosen.emit(self._source(), self._options())

    def _source(self) -> SpriteSource:
        return SpriteSource(self.source.currentData())

    def _options(self) -> SheetOptions:
        values = self.options.values()
        return SheetOptions(
            columns=values["columns"] or None,
            padding=values["padding"],
            extrude=values["extrude"],
            trim=cast("Trim", values["trim"]),
            power_of_two=values["power_of_two"],
        )

    def _tell(self) -> None:
        """Say how large the sheet becomes, or why there is none."""
        try:
            text, problem = self._outlook(), ""
        except ShorelineError as error:
            text, problem = "", error_text(error)
        self.about.setText(text)
        self.about.setVisible(bool(text))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.accept_button.setEnabled(not problem)

    def _outlook(self) -> str:
        sizes = self._sources[self._source()] if self._sources else ()
        count, options = len(sizes), self._options()
        if options.trim != "none" and count:
            return self.tr("{count} sprites, as small as what they show. No side may be over {most} pixels.").format(
                count=count, most=MAX_SHEET_SIDE
            )
        layout = lay_out([Rect(0, 0, *size) for size in sizes], options)
        return self.tr("{count} sprites in {columns} × {rows} cells: {width} × {height} px").format(
            count=count, columns=layout.columns, rows=layout.rows, width=layout.width, height=layout.height
        )

    def _fill(self, options: SheetOptions) -> None:
        names = {
            SpriteSource.WAITING: self.tr("Results in the strip"),
            SpriteSource.FRAMES: self.tr("Frames of the timeline"),
            SpriteSource.SELECTED: self.tr("Selected layers"),
            SpriteSource.RESULTS: self.tr("Generated layers"),
            SpriteSource.VISIBLE: self.tr("Visible layers"),
            SpriteSource.LAYERS: self.tr("All layers"),
        }
        for source, sizes in self._sources.items():
            self.source.addItem(f"{names[source]} ({len(sizes)})", str(source))
        self.options.set_values(
            {
                "columns": options.columns or 0,
                "padding": options.padding,
                "extrude": options.extrude,
                "trim": options.trim,
                "power_of_two": options.power_of_two,
            }
        )

    def _arrange(self) -> None:
        self.form.addRow(self.tr("Sprites"), self.source)
        self.form.addRow(self.options)
        self.form.addRow(self.about)
        self.form.addRow(self.problem)
        self.accept_button.setText(self.tr("Export…"))
        self.source.activated.connect(self._tell)
        self.options.changed.connect(self._tell)
        label = self.form.labelForField(self.source)
        align_labels([*self.options.labels(), *([label] if isinstance(label, QLabel) else [])])
        align_spins(self.options.sliders())
        self.setMinimumWidth(90 * GRID)


def _text(text: str) -> str:
    return QCoreApplication.translate("SpriteSheet", text)
