"""The small widgets that panels share."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QMimeData, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.api import BoolParameter, ChoiceParameter, ColorParameter, FloatParameter, IntParameter, TextParameter
from studio.generation import MAX_PROMPT, GenerationSettings
from studio.system.signals import Signal
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.color_choice import ColorChoice
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.number_boxes import DecimalBox, WholeBox, nearest_whole, typed_number
from studio.ui.widgets.parameter_form import ParameterForm
from studio.ui.widgets.progress_button import ProgressButton
from studio.ui.widgets.prompt_edit import PromptEdit
from studio.ui.widgets.readable import duration_text, sentences, with_time_left
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.size_box import preset_size, valid_side
from studio.ui.widgets.slider_row import Scale, SliderRow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, widget: QWidget, width: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)


def at(row: SliderRow, share: float) -> QPoint:
    return QPoint(round(row.slider.width() * share), row.slider.height() // 2)


@pytest.fixture
def row(qtbot: QtBot) -> SliderRow:
    made = SliderRow("Opacity", Scale(minimum=0, maximum=100, default=80, suffix=" %"))
    shown(qtbot, made)
    return made


def wheel(widget: QWidget) -> None:
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


LOCALES = ("en_US", "de_DE", "fr_FR", "zh_CN", "ar_EG", "fa_IR", "sv_SE", "de_CH")


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


WRITTEN = {
    "1,5": 1.5,
    "1.5": 1.5,
    "1,500": 1.5,
    ",25": 0.25,
    "-3,25": -3.25,
    "1.234,5": 1234.5,
    "1,234.5": 1234.5,
    "１２，５": 12.5,
    "١٫٥": 1.5,
    "−2": -2.0,
}


def typed_into(box: DecimalBox | WholeBox, text: str) -> float:
    box.setValue(7)
    box.selectAll()
    for sign in text:  # key by key, as the box judges it
        box.lineEdit().insert(sign)
    box.interpretText()
    assert typed_number(box.cleanText()) == box.value(), "what counts is what is shown"
    return box.value()


@pytest.mark.usefixtures("locale")
def test_a_comma_stands_before_decimals_in_every_language(qtbot: QtBot) -> None:
    decimal, whole = DecimalBox(), WholeBox()
    for box in (decimal, whole):
        qtbot.addWidget(box)
        box.setRange(-100, 1500)
        box.setSuffix(" px")
    assert {text: typed_into(decimal, text) for text in WRITTEN} == WRITTEN
    assert {text: typed_into(whole, text) for text in WRITTEN} == {
        text: nearest_whole(number) for text, number in WRITTEN.items()
    }


@pytest.mark.parametrize(
    ("text", "value"), [("9999", 1500), ("-9999", -100), ("1,2,3", 1.2), ("abc", 7), ("1_0", 10), ("1e3", 13), ("", 7)]
)
def test_what_is_no_number_or_out_of_range_never_becomes_another_unseen(qtbot: QtBot, text: str, value: float) -> None:
    box = DecimalBox()
    qtbot.addWidget(box)
    box.setRange(-100, 1500)
    box.setValue(7)
    box.selectAll()
    qtbot.keyClicks(box, text)
    box.interpretText()
    assert (box.value(), typed_number(box.cleanText())) == (value, value)


def test_the_number_of_a_slider_takes_a_comma(row: SliderRow, qtbot: QtBot) -> None:
    fine = SliderRow("Guidance", Scale(minimum=0, maximum=20, step=0.1, default=5.0))
    shown(qtbot, fine)
    for made, value in ((fine, 7.5), (row, 8)):
        made.spin.setFocus()
        made.spin.selectAll()
        qtbot.keyClicks(made.spin, "7,5")
        made.spin.interpretText()
        assert made.value() == value


def test_a_press_on_the_slider_jumps_there(row: SliderRow) -> None:
    QTest.mouseClick(row.slider, LEFT, pos=at(row, 0.25))
    assert 18 <= row.value() <= 27


def test_a_drag_with_ctrl_is_ten_times_finer(row: SliderRow) -> None:
    QTest.mousePress(row.slider, LEFT, CONTROL, at(row, 0.5))
    assert row.value() == 80
    for step in range(1, 11):
        event_place = at(row, 0.5 - 0.05 * step)
        QTest.mouseEvent(QTest.MouseAction.MouseMove, row.slider, Qt.MouseButton.NoButton, CONTROL, event_place, 1)
    QTest.mouseRelease(row.slider, LEFT, CONTROL, at(row, 0.0))
    assert 73 <= row.value() <= 77


@pytest.mark.parametrize("target", ["slider", "label"])
def test_a_double_click_sets_the_default(row: SliderRow, target: str) -> None:
    row.set_value(10)
    QTest.mouseDClick(getattr(row, target), LEFT)
    assert row.value() == 80


def test_a_value_from_elsewhere_is_kept_unrounded_until_the_user_changes_it(row: SliderRow) -> None:
    row.set_value(75.5)
    assert row.value() == 75.5
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert row.value() == 76


def test_the_wheel_scrolls_past_a_control_without_focus(row: SliderRow) -> None:
    QApplication.setActiveWindow(row)
    row.label.setFocus()
    row.slider.clearFocus()
    row.spin.clearFocus()
    wheel(row.slider)
    wheel(row.spin)
    assert row.value() == 80
    row.spin.setFocus()
    wheel(row.spin)
    assert row.value() == 81


def test_a_logarithmic_scale_gives_small_sizes_room() -> None:
    scale = Scale(minimum=1, maximum=2000, logarithmic=True)
    assert scale.value_at(0.5) == 45
    assert scale.value_at(scale.position(300)) == 300


def test_steps_below_one_show_the_digits_they_need() -> None:
    assert [Scale(minimum=0, maximum=1, step=step).decimals for step in (1, 0.5, 0.1, 0.05, 0.01)] == [0, 1, 1, 2, 2]
    assert Scale(minimum=0, maximum=20, step=0.1).value_at(0.335) == 6.7


PARAMETERS = (
    IntParameter(id="padding", label="Padding", default=32, minimum=0, maximum=256),
    BoolParameter(id="match", label="Match colours", default=True),
    ChoiceParameter(id="fill", label="Fill", default="blur", choices=(("blur", "Blur"), ("grey", "Grey"))),
    FloatParameter(id="blend", label="Blend", default=0.5, minimum=0, maximum=1, advanced=True),
    TextParameter(id="note", label="Note"),
    TextParameter(id="list", label="List", multiline=True, advanced=True),
    ColorParameter(id="paper", label="Paper", default="#ffffff", swatches=(("#ffeecc", "Cream"),)),
    ColorParameter(id="glass", label="Glass", default="#00ff0080", advanced=True),
    FloatParameter(id="size", label="Size", default=10.0, minimum=1, maximum=1000, step=1, logarithmic=True),
)


def test_a_form_has_a_control_for_each_parameter_and_gives_valid_values(qtbot: QtBot) -> None:
    form = ParameterForm(PARAMETERS)
    shown(qtbot, form)
    defaults = {"padding": 32, "match": True, "fill": "blur", "blend": 0.5, "note": "", "list": ""}
    defaults |= {"paper": "#ffffff", "glass": "#00ff0080", "size": 10.0}
    assert form.values() == defaults
    values = {"padding": 8, "match": False, "fill": "grey", "blend": 0.25, "note": "海", "list": "a\nb"}
    values |= {"paper": "#123456", "glass": "#12345600", "size": 55.5}
    form.set_values(values)
    assert form.values() == values
    assert all(parameter.validated(form.values()[parameter.id]) is not None for parameter in PARAMETERS)
    form.set_values({"padding": 9999, "fill": "gone", "unknown": 1, "paper": "#12345678", "glass": "#123456"})
    assert form.values() == defaults


def test_a_minimum_that_means_something_else_is_shown_in_words(qtbot: QtBot) -> None:
    feather = IntParameter(
        id="feather", label="Feather", default=-1, minimum=-1, maximum=64, suffix=" px", minimum_label="Automatic"
    )
    form = ParameterForm((feather,))
    shown(qtbot, form)
    row = form.widget_of("feather")
    assert isinstance(row, SliderRow)
    assert row.spin.text() == "Automatic"
    assert row.spin.width() >= row.spin.fontMetrics().horizontalAdvance("Automatic")
    form.set_values({"feather": 12})
    assert row.spin.text() == "12 px"


def test_a_form_announces_edits_and_folds_what_is_advanced(qtbot: QtBot) -> None:
    form = ParameterForm(PARAMETERS)
    shown(qtbot, form)
    assert not form.widget_of("blend").isVisible()
    assert form.advanced is not None
    QTest.mouseClick(form.advanced.header, LEFT)
    assert form.widget_of("blend").isVisible()
    box = form.widget_of("match")
    assert isinstance(box, QCheckBox)
    with qtbot.waitSignal(form.changed):
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert form.values()["match"] is False


def test_a_colour_is_chosen_by_name(qtbot: QtBot) -> None:
    form = ParameterForm(PARAMETERS)
    shown(qtbot, form)
    button = form.widget_of("paper").findChild(ColorChoice)
    assert button is not None
    cream = next(action for action in button.color_menu.actions() if action.text() == "Cream")
    with qtbot.waitSignal(form.changed):
        cream.trigger()
    assert form.values()["paper"] == "#ffeecc"


def test_a_logarithmic_parameter_gives_small_values_room(qtbot: QtBot) -> None:
    form = ParameterForm(PARAMETERS)
    shown(qtbot, form)
    row = form.widget_of("size")
    assert isinstance(row, SliderRow)
    assert row.slider.value() == pytest.approx(row.slider.maximum() / 3, abs=1)


LINE = (
    BoolParameter(id="shown", label="Show it", default=True, icon="eye", off_icon="eye-off"),
    FloatParameter(id="size", label="Size", default=10.0, minimum=1, maximum=1000, step=1),
    ChoiceParameter(id="mode", label="Mode", default="a", choices=(("a", "A"), ("b", "B")), hints=("First", "Second")),
    FloatParameter(id="flow", label="Flow", default=1.0, minimum=0, maximum=1, advanced=True),
)


def test_a_form_in_one_line_folds_what_is_advanced_or_has_no_room(qtbot: QtBot) -> None:
    form = ParameterForm(LINE, in_line=True)
    shown(qtbot, form, 500)
    assert form.row is not None
    assert form.row.moved() == ()
    assert form.widget_of("size").isVisible()
    assert not form.widget_of("flow").isVisible()
    assert form.widget_of("shown").accessibleName() == "Show it"
    second = form.widget_of("mode").button("b")  # type: ignore[attr-defined]
    assert second.toolTip() == "Second"
    with qtbot.waitSignal(form.changed):
        QTest.mouseClick(second, LEFT)
    assert form.values() == {"shown": True, "size": 10.0, "mode": "b", "flow": 1.0}
    form.resize(160, form.height())
    QApplication.processEvents()
    assert form.row.moved() == (form.widget_of("size"), form.widget_of("mode"))


def test_a_section_opens_by_mouse_and_key(qtbot: QtBot) -> None:
    section = CollapsibleSection("Advanced")
    section.body.addWidget(QLabel("inside"))
    shown(qtbot, section)
    QTest.mouseClick(section.header, LEFT)
    assert section.is_open()
    section.header.setFocus()
    QTest.keyClick(section.header, Qt.Key.Key_Space)
    assert not section.is_open()


def test_segments_are_chosen_by_mouse_and_arrow_keys(qtbot: QtBot) -> None:
    segments = SegmentedButtons()
    for value in ("a", "b", "c"):
        segments.add(value, value.upper())
    segments.set_value("a")
    shown(qtbot, segments)
    seen: list[str] = []
    segments.value_changed.connect(seen.append)
    QTest.mouseClick(segments.button("c"), LEFT)
    QTest.keyClick(segments.button("c"), Qt.Key.Key_Left)
    assert seen == ["c", "b"]
    assert segments.value() == "b"


def test_a_choice_that_is_gone_stays_visible_and_marked(qtbot: QtBot) -> None:
    box = ChoiceBox("Model")
    shown(qtbot, box)
    box.set_choices([Choice(id="a", name="Alpha"), Choice(id="b", name="Beta")])
    box.set_value("b")
    box.set_choices([Choice(id="a", name="Alpha")])
    assert box.value() == "b"
    assert box.chosen() is None
    assert box.combo.currentText() == "b (missing)"


def test_the_fill_of_the_button_grows_and_its_text_stays_readable(qtbot: QtBot) -> None:
    button = ProgressButton("Add to queue")
    shown(qtbot, button, 200)

    def filled() -> int:
        image = button.grab().toImage()
        row = image.height() - 5
        accent = image.pixelColor(3, row)
        return sum(image.pixelColor(x, row) == accent for x in range(image.width()))

    widths = []
    for fraction in (0.25, 0.5, 1.0):
        button.set_progress(fraction)
        widths.append(filled())
    assert 40 <= widths[0] <= 60
    assert 90 <= widths[1] <= 110
    assert widths[2] > 180


def test_a_long_text_is_elided_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a very long prompt " * 10)
    shown(qtbot, label, 100)
    assert label.is_elided()
    label.setText("short")
    assert not label.is_elided()


def test_a_notice_runs_its_action_once_and_hides(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    runs: list[int] = []
    notice.show_text("Too wide.", action="Use 512", run=lambda: runs.append(1))
    notice.button.click()
    assert runs == [1]
    assert notice.text() == ""


def test_flowing_items_go_on_below_when_the_row_is_full(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, 4)
    for _ in range(5):
        box = QLabel()
        box.setFixedSize(50, 20)
        flow.addWidget(box)
    shown(qtbot, holder, 170)
    tops = [flow.itemAt(index).geometry().top() for index in range(5)]
    assert tops == [0, 0, 0, 24, 24]
    assert flow.heightForWidth(170) == 44


class Source:
    changed = Signal(int)


class Listener(QWidget):
    def __init__(self, source: Source, seen: list[int]) -> None:
        super().__init__()
        self._seen = seen
        follow(self, source.changed, self.hear)

    def hear(self, value: int) -> None:
        self._seen.append(value)


def test_a_destroyed_widget_hears_nothing_and_is_not_kept_alive(qtbot: QtBot) -> None:
    source, seen = Source(), list[int]()
    listener = Listener(source, seen)
    source.changed.emit(1)
    gone = weakref.ref(listener)
    listener.deleteLater()
    QApplication.sendPostedEvents(listener, 52)
    source.changed.emit(2)
    del listener
    gc.collect()
    assert seen == [1]
    assert gone() is None
    assert len(source.changed) == 0


def test_sizes_are_what_a_model_can_make() -> None:
    assert [valid_side(side) for side in (1, 500, 513, 99999)] == [64, 496, 512, 8192]
    assert preset_size(512, (1, 1)) == (512, 512)
    width, height = preset_size(512, (16, 9))
    assert width % 8 == height % 8 == 0
    assert width * height == pytest.approx(512 * 512, rel=0.05)


def test_times_are_told_as_people_say_them(qapp: QApplication) -> None:
    assert [duration_text(seconds) for seconds in (0.2, 12.4, 65)] == ["0 s", "12 s", "1 min 5 s"]


def test_the_time_left_follows_what_is_said(qapp: QApplication) -> None:
    assert with_time_left("Drawing", None) == "Drawing"
    assert with_time_left("Drawing", 75) == "Drawing, 1 min 15 s left"
    assert with_time_left("", 4) == "4 s left"


def test_a_prompt_of_megabytes_is_cut_and_stays_usable(qtbot: QtBot) -> None:
    edit = PromptEdit()
    qtbot.addWidget(edit)
    pasted = QMimeData()
    pasted.setText("beach " * 500_000)
    edit.insertFromMimeData(pasted)
    assert len(edit.text()) == MAX_PROMPT
    edit.insertFromMimeData(pasted)
    assert GenerationSettings(prompt=edit.text()).prompt.startswith("beach beach")
    edit.set_text("sea " * 500_000)
    assert len(edit.text()) == MAX_PROMPT


def test_choices_that_are_replaced_at_once_never_become_windows(qtbot: QtBot) -> None:
    buttons = SegmentedButtons()
    qtbot.addWidget(buttons)
    buttons.show()
    for name in ("one", "two", "three"):
        buttons.clear()
        buttons.add(name, name)
    shown: list[object] = []

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QAbstractButton) and watched.isWindow():
                shown.append(watched)
            return False

    watcher = Watcher()
    QCoreApplication.instance().installEventFilter(watcher)
    QCoreApplication.processEvents()
    QCoreApplication.instance().removeEventFilter(watcher)
    assert shown == []
    assert buttons.values() == ("three",)


def test_sentences_have_a_space_between_them_unless_they_are_chinese() -> None:
    assert sentences("It fits.", "", "Install it.") == "It fits. Install it."
    assert sentences("适合显卡。", "约需下载 2 GB。") == "适合显卡。约需下载 2 GB。"
    assert sentences("", "") == ""
