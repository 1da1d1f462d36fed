"""A day with the Generate panel: type, press Ctrl+Return, watch, cancel, queue, reuse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from studio.api import ModelLimits, PromptStyleSpec
from studio.document import Document, Rect, filled_mask
from studio.engine.models.few_steps import FewSteps
from studio.errors import EngineError
from studio.generation import GenerationRequest, GenerationResult, GenerationSettings
from studio.history import StepKind
from studio.installation.installing import EngineProgress
from studio.session import UPSCALE, JobStatus, Session
from studio.ui.background.engine_installation import EngineStatus
from studio.ui.panels.generate.generate_bar import outcome_text
from studio.ui.panels.generate.generate_panel import GeneratePanel
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands
from tests.ui.panels.panel_fakes import SCHEDULERS, TOOLS, FakeInstallation

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Model:
    id: str
    name: str
    problem: str = ""
    few_steps: FewSteps | None = None
    limits: ModelLimits | None = None


FEW_STEPS = FewSteps(weights=Path("few_steps.safetensors"), scheduler="ddim", steps=4, guidance_scale=1.0)
MODELS = [
    Model("starter", "Starter"),
    Model("large", "Large"),
    Model("torn", "Torn", "The file torn.safetensors is damaged. Download it again."),
    Model("starter/few_steps", "Starter, 4 steps", few_steps=FEW_STEPS),
]

STYLES = {
    "ink": PromptStyleSpec(id="ink", name="Ink & paper", prompt="an ink drawing of {prompt}", negative_prompt="colour"),
    "clay": PromptStyleSpec(id="clay", name="Clay", prompt="{prompt}, made of clay"),
}


@pytest.fixture
def engine(qtbot: QtBot) -> FakeInstallation:
    return FakeInstallation()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, commands: Commands, engine: FakeInstallation) -> GeneratePanel:
    made = GeneratePanel(
        session,
        commands.actions,
        tools=lambda: TOOLS,
        schedulers=lambda: SCHEDULERS,
        models=lambda: MODELS,
        initial=GenerationSettings(prompt="a beach"),
        native_side=lambda model: 1024 if model == "large" else 512,
        styles=lambda: STYLES,
        engine=engine,
    )
    commands.panels.generate_now = made.generate
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def paint_mask(session: Session) -> None:
    mask = filled_mask(Rect(10, 10, 50, 50))
    session.apply(StepKind("test", "Paint mask"), session.document.with_generation_mask(mask))


def test_typing_a_prompt_and_ctrl_return_sends_it(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.prompt.prompt.selectAll()
    qtbot.keyClicks(panel.prompt.prompt, "a quiet harbour")
    qtbot.keyClick(panel.prompt.prompt, Qt.Key.Key_Return, CONTROL)
    assert worker.request.settings.prompt == "a quiet harbour"
    assert panel.prompt.prompt.text() == "a quiet harbour"


def test_other_keys_for_generate_are_named_and_used(
    qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker, commands: Commands
) -> None:
    commands.actions.set_shortcuts({"generate.start": "Ctrl+Shift+G", "tool.mask_brush": "F7"})
    prompt = panel.prompt.prompt
    assert prompt.placeholderText().endswith("press Ctrl+Shift+G")
    qtbot.keyClick(prompt, Qt.Key.Key_Return, CONTROL)
    assert not worker.submitted
    assert prompt.text() == "a beach"
    qtbot.keyClick(prompt, Qt.Key.Key_G, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert worker.request.settings.prompt == "a beach"
    qtbot.mouseClick(panel.tool.segments.button("inpaint"), Qt.MouseButton.LeftButton)
    assert "Paint a mask first (F7)" in panel.notice.text()


def test_ctrl_return_works_from_a_spin_box_with_the_number_just_typed(
    qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker
) -> None:
    spin = panel.sampling.steps.spin
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "35")
    qtbot.keyClick(spin, Qt.Key.Key_Return, CONTROL)
    assert [request.settings.steps for request, _, _ in worker.submitted] == [35]


def test_chinese_arrives_through_the_input_method(panel: GeneratePanel, worker: FakeWorker) -> None:
    edit = panel.prompt.prompt
    edit.set_text("")
    QApplication.sendEvent(edit, QInputMethodEvent("meili", []))
    committed = QInputMethodEvent()
    committed.setCommitString("美丽的海滩")
    QApplication.sendEvent(edit, committed)
    panel.generate()
    assert worker.request.settings.prompt == "美丽的海滩"


def test_the_prompt_grows_with_its_lines_up_to_six(panel: GeneratePanel) -> None:
    edit = panel.prompt.prompt
    heights = []
    for lines in (1, 3, 5, 6, 12):
        edit.set_text("\n".join("word" for _ in range(lines)))
        heights.append(edit.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def choose_style(panel: GeneratePanel, name: str) -> None:
    panel.prompt.style_menu.aboutToShow.emit()
    (action,) = (action for action in panel.prompt.style_menu.actions() if action.text() == name)
    action.trigger()


def checked_styles(panel: GeneratePanel) -> list[str]:
    panel.prompt.style_menu.aboutToShow.emit()
    return [action.text() for action in panel.prompt.style_menu.actions() if action.isChecked()]


def test_a_style_is_written_into_both_prompts_and_taken_out_again(panel: GeneratePanel, worker: FakeWorker) -> None:
    choose_style(panel, "Ink && paper")
    assert checked_styles(panel) == ["Ink && paper"]
    panel.generate()
    settings = worker.request.settings
    assert (settings.prompt, settings.negative_prompt) == ("an ink drawing of a beach", "colour")
    choose_style(panel, "Clay")
    assert (panel.settings().prompt, panel.settings().negative_prompt) == ("a beach, made of clay", "")
    choose_style(panel, "Clay")
    assert panel.settings().prompt == "a beach"
    assert checked_styles(panel) == []


def test_a_style_without_a_prompt_waits_for_one_in_its_place(qtbot: QtBot, panel: GeneratePanel) -> None:
    panel.prompt.prompt.set_text("")
    choose_style(panel, "Clay")
    qtbot.keyClicks(panel.prompt.prompt, "a jug")
    assert panel.settings().prompt == "a jug, made of clay"


def test_a_style_can_be_undone_in_the_prompt(panel: GeneratePanel) -> None:
    choose_style(panel, "Clay")
    panel.prompt.prompt.undo()
    assert panel.settings().prompt == "a beach"


def test_without_styles_there_is_no_button_for_them(panel: GeneratePanel) -> None:
    assert panel.prompt.style_button.isVisibleTo(panel)
    clay = dict(STYLES)
    STYLES.clear()
    panel.refresh()
    assert not panel.prompt.style_button.isVisibleTo(panel)
    STYLES.update(clay)
    panel.refresh()
    assert panel.prompt.style_button.isVisibleTo(panel)


def test_up_recalls_earlier_prompts_and_down_gives_the_draft_back(qtbot: QtBot, panel: GeneratePanel) -> None:
    edit = panel.prompt.prompt
    for text in ("first", "second"):
        edit.set_text(text)
        panel.generate()
    edit.set_text("draft")
    recalled = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(edit, key)
        recalled.append(edit.text())
    assert recalled == ["second", "first", "second", "draft"]


def test_a_random_seed_is_drawn_for_each_request_and_shown(panel: GeneratePanel, worker: FakeWorker) -> None:
    for _ in range(3):
        panel.generate()
        worker_seed = panel.sampling.seed.value()
        worker.finish()
        assert worker.request.settings.seed == worker_seed
    assert len({request.settings.seed for request, _, _ in worker.submitted}) == 3


def test_typing_a_seed_keeps_it(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    edit = panel.sampling.seed.edit
    edit.selectAll()
    qtbot.keyClicks(edit, "4294967295")
    for _ in range(2):
        panel.generate()
        worker.finish()
    assert [request.settings.seed for request, _, _ in worker.submitted] == [4294967295, 4294967295]
    assert not panel.sampling.seed.is_random()


def type_into(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def test_a_seed_of_minus_one_is_a_new_one_each_time(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.sampling.seed.set_random(False)
    type_into(qtbot, panel.sampling.seed.edit, "-1")
    for _ in range(2):
        panel.generate()
        worker.finish()
    assert panel.sampling.seed.is_random()
    assert len({request.settings.seed for request, _, _ in worker.submitted}) == 2


@pytest.mark.parametrize("text", ["4294967296", "99999999999999999999"])
def test_a_seed_that_is_too_large_is_said_and_not_made_smaller(
    qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker, text: str
) -> None:
    edit = panel.sampling.seed.edit
    type_into(qtbot, edit, text)
    edit.editingFinished.emit()
    assert "4294967295" in panel.sampling.notice_of("seed").text()
    panel.generate()
    assert edit.text() == text
    assert not worker.submitted
    type_into(qtbot, edit, "12")
    panel.generate()
    assert worker.request.settings.seed == 12
    assert not panel.sampling.notice_of("seed").text()


@pytest.mark.parametrize("text", ["50", "9000", "256,4"])
def test_a_side_that_cannot_be_is_said_before_and_after_it_is_corrected(
    qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker, text: str
) -> None:
    edit, notice = panel.sampling.size_box.width_edit, panel.sampling.notice_of("size")
    type_into(qtbot, edit, text)
    panel.generate()
    assert text in notice.text()
    assert not worker.submitted
    edit.editingFinished.emit()
    assert f"{text} became {edit.value()}" in notice.text()
    assert edit.text() == str(edit.value())


def test_a_tool_that_needs_no_prompt_asks_for_none(panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.tool.set_value("expand")
    assert panel.settings().tool == "expand"
    panel.prompt.prompt.set_text("")
    panel.generate()
    assert len(worker.submitted) == 1


def test_an_empty_prompt_is_asked_about_once(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.prompt.prompt.set_text("  ")
    panel.generate()
    assert "empty" in panel.notice.text()
    assert not worker.submitted
    qtbot.mouseClick(panel.notice.button, Qt.MouseButton.LeftButton)
    worker.finish()
    panel.generate()
    worker.finish()
    assert len(worker.submitted) == 2
    panel.prompt.prompt.set_text("a beach")
    panel.prompt.prompt.set_text("")
    panel.generate()
    assert len(worker.submitted) == 2, "asked again, since there was a prompt in between"
    panel.generate()
    assert len(worker.submitted) == 3, "who asks again means it"


@pytest.mark.parametrize(("tool", "size"), [("image_to_image", (256, 192)), ("text_to_image", (512, 512))])
def test_a_tool_that_works_on_the_picture_is_asked_for_its_size(
    panel: GeneratePanel, worker: FakeWorker, tool: str, size: tuple[int, int]
) -> None:
    panel.sampling.size_box.set_size(512, 512)
    panel.tool.set_value(tool)
    panel.generate()
    assert (worker.request.settings.width, worker.request.settings.height) == size
    assert panel.sampling.size_box.size_pixels() == (512, 512), "for the next new picture"


def test_the_size_goes_with_a_canvas_that_was_cut(panel: GeneratePanel, session: Session) -> None:
    box = panel.sampling.size_box
    box.set_size(session.document.width, session.document.height)
    session.apply(StepKind("test", "Canvas size"), Document(width=128, height=96))
    assert box.size_pixels() == (128, 96)
    session.undo()
    assert box.size_pixels() == (256, 192)


def test_progress_fills_the_button_and_cancel_stops(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    qtbot.mouseClick(panel.bar.button, Qt.MouseButton.LeftButton)
    worker.progress(5, 20, 12.0)
    assert panel.bar.button.progress() == 0.25
    assert "5 / 20" in panel.bar.status.text()
    assert "12 s" in panel.bar.status.text()
    qtbot.mouseClick(panel.bar.cancel_button, Qt.MouseButton.LeftButton)
    assert worker.cancel.is_cancelled
    worker.end_cancelled()
    assert panel.bar.button.progress() is None
    assert panel.bar.status.text() == "Cancelled"
    assert panel.bar.cancel_button.isHidden()


def test_ctrl_period_cancels(qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.generate()
    qtbot.keyClick(panel.prompt.prompt, Qt.Key.Key_Period, CONTROL)
    assert worker.cancel.is_cancelled


def test_pressing_generate_again_queues_and_the_queue_runs_in_order(
    qtbot: QtBot, panel: GeneratePanel, session: Session, worker: FakeWorker
) -> None:
    for steps in (11, 12, 13):
        panel.sampling.steps.set_value(steps)
        qtbot.mouseClick(panel.bar.button, Qt.MouseButton.LeftButton)
    assert len(worker.submitted) == 1
    assert "2 waiting" in panel.bar.status.text()
    for _ in range(3):
        worker.finish()
    assert [request.settings.steps for request, _, _ in worker.submitted] == [11, 12, 13]
    assert all(job.status is JobStatus.FINISHED for job in session.queue.jobs)
    assert panel.bar.status.text() == "Done in 1.5 s"


def test_a_failure_is_shown_with_its_advice(panel: GeneratePanel, worker: FakeWorker) -> None:
    panel.generate()
    worker.fail(EngineError("The device went away.", "Start again."))
    assert panel.bar.status.text() == "Failed: The device went away. Start again."


def test_inpaint_asks_for_a_mask_before_and_runs_with_one(
    qtbot: QtBot, panel: GeneratePanel, session: Session, worker: FakeWorker
) -> None:
    qtbot.mouseClick(panel.tool.segments.button("inpaint"), Qt.MouseButton.LeftButton)
    assert "Paint a mask first (M)" in panel.notice.text()
    panel.generate()
    assert not worker.submitted
    assert "no mask" in panel.notice.text()
    paint_mask(session)
    assert panel.notice.text() == ""
    panel.generate()
    assert worker.request.settings.tool == "inpaint"
    assert worker.request.settings.strength == 0.9
    assert worker.request.settings.parameters == {"padding": 32, "blur": 0.1, "note": ""}


def test_controls_follow_what_the_tool_uses(panel: GeneratePanel) -> None:
    assert panel.sampling.strength.isHidden()
    assert not panel.sampling.size_box.isHidden()
    panel.set_settings(panel.settings().with_changes(tool="image_to_image"))
    assert not panel.sampling.strength.isHidden()
    assert panel.sampling.size_box.isHidden()


def test_each_tool_remembers_its_own_strength_and_parameters(qtbot: QtBot, panel: GeneratePanel) -> None:
    qtbot.mouseClick(panel.tool.segments.button("inpaint"), Qt.MouseButton.LeftButton)
    panel.sampling.strength.set_value(75)
    panel.form.set_values({"padding": 64})
    qtbot.mouseClick(panel.tool.segments.button("image_to_image"), Qt.MouseButton.LeftButton)
    assert panel.settings().strength == 0.6
    qtbot.mouseClick(panel.tool.segments.button("inpaint"), Qt.MouseButton.LeftButton)
    assert panel.settings().strength == 0.75
    assert panel.settings().parameters["padding"] == 64


def test_reuse_restores_every_field_exactly(panel: GeneratePanel) -> None:
    wanted = GenerationSettings(
        tool="inpaint",
        prompt="night sky",
        negative_prompt="clouds",
        seed=123456789,
        steps=333,
        guidance_scale=31.25,
        scheduler="ddim",
        model="starter",
        width=500,
        height=640,
        strength=0.755,
        count=40,
        parameters={"padding": 5, "blur": 0.35, "note": "as before"},
    )
    panel.set_settings(wanted)
    assert panel.settings() == wanted
    assert not panel.sampling.seed.is_random()
    assert panel.prompt.negative_section.is_open()


def test_what_is_wrong_is_shown_at_its_control(panel: GeneratePanel, worker: FakeWorker) -> None:
    good = panel.settings()
    panel.set_settings(good.with_changes(model="torn"))
    panel.generate()
    assert "torn.safetensors" in panel.sampling.notice_of("model").text()
    panel.set_settings(good.with_changes(scheduler="gone"))
    assert panel.sampling.scheduler.combo.currentText() == "gone (missing)"
    panel.generate()
    assert "'gone'" in panel.sampling.notice_of("scheduler").text()
    panel.set_settings(good.with_changes(tool="gone"))
    panel.generate()
    assert "'gone'" in panel.notice.text()
    assert not worker.submitted


def test_a_size_that_no_model_makes_is_mended_with_one_click(
    qtbot: QtBot, panel: GeneratePanel, worker: FakeWorker
) -> None:
    panel.set_settings(panel.settings().with_changes(width=500, height=300))
    panel.generate()
    notice = panel.sampling.notice_of("size")
    assert "multiples of 8" in notice.text()
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    panel.generate()
    assert (worker.request.settings.width, worker.request.settings.height) == (496, 304)


def test_sizes_swap_and_come_from_menu_and_canvas(qtbot: QtBot, panel: GeneratePanel) -> None:
    box = panel.sampling.size_box
    box.fill_menu()
    by_name = {action.text().split("\t")[0]: action for action in box.menu.actions()}
    by_name["3:2"].trigger()
    assert box.size_pixels() == (624, 416)
    qtbot.mouseClick(box.swap_button, Qt.MouseButton.LeftButton)
    assert box.size_pixels() == (416, 624)
    by_name["From canvas"].trigger()
    assert box.size_pixels() == (256, 192)


def test_the_size_goes_with_the_canvas_unless_one_was_chosen(panel: GeneratePanel, session: Session) -> None:
    box = panel.sampling.size_box
    box.set_size(session.document.width, session.document.height)
    session.open_document(Document(width=500, height=760), StepKind("test", "New picture"))
    assert box.size_pixels() == (496, 760)
    session.open_document(Document(width=4000, height=3000), StepKind("test", "Open"))
    assert box.size_pixels() == (496, 760)
    session.open_document(Document(width=128, height=128), StepKind("test", "New picture"))
    assert box.size_pixels() == (496, 760)


def test_the_size_stays_when_the_picture_is_enlarged(panel: GeneratePanel, session: Session) -> None:
    document = session.document
    panel.sampling.size_box.set_size(document.width, document.height)
    session.apply(UPSCALE["picture"], Document(width=2 * document.width, height=2 * document.height))
    assert panel.sampling.size_box.size_pixels() == (document.width, document.height)


def test_the_model_stands_first(panel: GeneratePanel) -> None:
    sampling = panel.sampling
    panel.resize(300, 420)
    panel.tool.set_value("inpaint")
    QTest.qWait(0)
    others = (sampling.strength, sampling.size_box, sampling.seed, sampling.steps, sampling.scheduler)
    assert all(sampling.model.y() < other.y() for other in others if other.isVisibleTo(sampling))


def test_loading_is_told_apart_from_drawing() -> None:
    def text(**timings: float) -> str:
        request = GenerationRequest(settings=GenerationSettings(), document=Document(width=8, height=8))
        return outcome_text(GenerationResult(request=request, images=(), timings=timings))

    assert text() == "Done"
    assert text(total=4.2, loading=0.01) == "Done in 4.2 s"
    assert text(total=34.0, loading=30.0, denoising=3.5) == "Done in 4.0 s (model loaded in 30 s)"


def test_another_model_brings_its_own_size_unless_one_was_chosen(qtbot: QtBot, panel: GeneratePanel) -> None:
    box, combo = panel.sampling.size_box, panel.sampling.model.combo
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert panel.settings().model == "large"
    assert box.size_pixels() == (256, 256)
    box.set_size(1024, 1024)
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert box.size_pixels() == (512, 512)


def test_every_edit_is_announced_with_the_new_settings(qtbot: QtBot, panel: GeneratePanel) -> None:
    seen: list[GenerationSettings] = []
    panel.settings_changed.connect(seen.append)
    panel.sampling.guidance.set_value(7.5)
    QTest.keyClicks(panel.prompt.prompt, "!")
    assert seen[0].guidance_scale == 7.5
    assert seen[-1].prompt == "a beach!"


def test_ready_tools_stand_behind_a_button_and_in_the_combo_box_that_leads_back(
    qtbot: QtBot, panel: GeneratePanel
) -> None:
    assert panel.tool.segments.values() == ("text_to_image", "image_to_image", "inpaint")
    assert panel.tool.more.isVisible()
    remove, expand = panel.tool.more.menu().actions()
    remove.trigger()
    assert "Fills the mask." in panel.notice.text(), "what the mask that is missing is for"
    expand.trigger()
    assert panel.settings().tool == "expand"
    assert panel.tool.combo.isVisible()
    panel.tool.combo.setFocus()
    qtbot.keyClick(panel.tool.combo, Qt.Key.Key_Up)
    assert panel.settings().tool == "remove_object"
    qtbot.keyClick(panel.tool.combo, Qt.Key.Key_Up)
    assert panel.settings().tool == "inpaint"
    assert panel.tool.segments.isVisible()


def test_a_narrow_panel_offers_the_tools_in_a_combo_box(qtbot: QtBot, panel: GeneratePanel) -> None:
    assert panel.tool.segments.isVisible()
    panel.resize(240, 600)
    qtbot.waitUntil(panel.tool.combo.isVisible)
    panel.tool.combo.setFocus()
    qtbot.keyClick(panel.tool.combo, Qt.Key.Key_Down)
    assert panel.settings().tool == "image_to_image"


def choose_model(panel: GeneratePanel, model_id: str) -> None:
    """Choose a model as a click in the list does."""
    combo = panel.sampling.model.combo
    combo.setCurrentIndex(combo.findData(model_id))
    combo.activated.emit(combo.currentIndex())


def test_only_schedulers_that_can_draw_a_flow_are_offered_for_a_flow_model(
    panel: GeneratePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = {"euler": replace(SCHEDULERS["euler"], for_flow=True), "ddim": SCHEDULERS["ddim"]}
    limits = ModelLimits(native_side=1024, minimum_side=512, maximum_side=2048, is_flow=True)
    monkeypatch.setattr(panel, "_schedulers", lambda: specs)
    monkeypatch.setattr(panel, "_models", lambda: [*MODELS, Model("flux", "Flux", limits=limits)])
    panel.refresh()
    box, notice = panel.sampling.scheduler, panel.sampling.notice_of("scheduler")
    panel.set_settings(panel.settings().with_changes(scheduler="ddim", model="flux"))
    assert [box.combo.itemData(row) for row in range(box.combo.count())] == ["euler"]
    assert panel.settings().scheduler == "euler"
    assert "is used instead" in notice.text()
    panel.prompt.prompt.set_text("a lake")
    assert "is used instead" in notice.text()
    choose_model(panel, "starter")
    assert panel.settings().scheduler == "ddim"
    assert notice.isHidden()
    choose_model(panel, "flux")
    combo = box.combo
    combo.setCurrentIndex(combo.findData("euler"))
    combo.activated.emit(combo.currentIndex())
    assert notice.isHidden()
    choose_model(panel, "starter")
    assert panel.settings().scheduler == "euler"


def test_a_few_step_model_sets_how_it_is_drawn_with_and_gives_it_back(panel: GeneratePanel) -> None:
    panel.set_settings(panel.settings().with_changes(steps=33, guidance_scale=6.5, scheduler="euler"))
    choose_model(panel, "starter/few_steps")
    quick = panel.settings()
    assert (quick.steps, quick.guidance_scale, quick.scheduler) == (4, 1.0, "ddim")
    choose_model(panel, "starter")
    usual = panel.settings()
    assert (usual.steps, usual.guidance_scale, usual.scheduler) == (33, 6.5, "euler")


def test_reused_settings_of_a_few_step_model_are_shown_as_they_are(panel: GeneratePanel) -> None:
    panel.set_settings(panel.settings().with_changes(model="starter/few_steps", steps=6, guidance_scale=2.0))
    assert (panel.settings().steps, panel.settings().guidance_scale) == (6, 2.0)
    choose_model(panel, "starter")
    assert (panel.settings().steps, panel.settings().guidance_scale) == (20, 5.0)


def test_without_an_engine_one_is_offered_and_nothing_is_queued(
    qtbot: QtBot, session: Session, panel: GeneratePanel, engine: FakeInstallation
) -> None:
    assert not panel.engine_notice.text()
    engine.show(EngineStatus(kind="missing"))
    assert "not installed" in panel.engine_notice.text()
    panel.prompt.prompt.setPlainText("a beach")
    with qtbot.waitSignal(panel.engine_wanted):
        panel.generate()
    assert not session.queue.jobs
    with qtbot.waitSignal(panel.engine_wanted):
        panel.engine_notice.button.click()
    assert "not installed" in panel.engine_notice.text()


def test_while_an_engine_is_installed_generate_says_how_far_it_is(
    qtbot: QtBot, session: Session, panel: GeneratePanel, engine: FakeInstallation
) -> None:
    progress = EngineProgress(stage="fetching", done=43, total=100, seconds_left=125.0)
    engine.show(EngineStatus(kind="missing", work="installing", progress=progress))
    with qtbot.assertNotEmitted(panel.engine_wanted):
        panel.generate()
    assert not session.queue.jobs
    assert panel.engine_notice.text().startswith("Installing the engine: 43 %, 2 min 5 s left.")
    engine.show(EngineStatus(kind="ready"))
    assert panel.engine_notice.isHidden()
