"""The Generate panel: what to make, how, and the button that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio.document import Document
from studio.errors import SettingError
from studio.generation import MAX_SEED, GenerationSettings, prompting
from studio.jobs.requirements import lacking_mask
from studio.session import UPSCALE, Session, random_seed
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.panels.generate.generate_bar import GenerateBar
from studio.ui.panels.generate.guide_choice import GuideParts
from studio.ui.panels.generate.guide_section import GuideSection
from studio.ui.panels.generate.lora_section import LoraSection
from studio.ui.panels.generate.prompt_section import PromptSection
from studio.ui.panels.generate.region_section import RegionSection
from studio.ui.panels.generate.sampling_section import SamplingSection
from studio.ui.panels.generate.settings_check import Check, Problem, first_problem
from studio.ui.panels.generate.tool_selector import ToolSelector
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, is_press_of, keys_or_name
from studio.ui.widgets.engine_notice import EngineNotice
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.slider_row import align_labels, align_spins

if TYPE_CHECKING:
    from studio.api import FilterSpec, GuideSpec, ModelLimits, PromptStyleSpec, SchedulerSpec, ToolSpec
    from studio.engine.models.byte_pairs import Tokenizer
    from studio.engine.models.few_steps import FewSteps
    from studio.engine.models.library import ModelInfo


def says_something(prompt: str) -> bool:
    """Whether a prompt has more than blanks and comments."""
    return bool(prompt and prompting.without_comments(prompt).strip())


class ModelChoice(Protocol):
    """A model as the panel lists it.

    ``problem`` says why it cannot be used, or is empty or ``None``; ``few_steps`` how it is drawn with, if unusually;
    ``limits`` at which sizes, where it can be used.
    """

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def problem(self) -> str | None: ...
    @property
    def few_steps(self) -> FewSteps | None: ...
    @property
    def limits(self) -> ModelLimits | None: ...


class GeneratePanel(QWidget):
    """Shows and edits one `GenerationSettings`, and starts jobs from it.

    ``tools``, ``schedulers``, ``styles`` and ``models`` are asked again by `refresh`; ``native_side(model_id)`` is the
    side in pixels that a model was trained at; ``engine`` is what draws, as far as the window knows it;
    ``tokenizer(model_id)`` what the tokens of prompts are counted with; ``wildcards()``
    are those that prompts can name; ``library()`` is everything in the models folders; ``guides`` and ``filters`` are
    the kinds of control layers and what makes them of pictures.

    Signals: ``settings_changed(GenerationSettings)`` after every edit; ``engine_wanted()`` when one is to be installed;
    ``network_wanted(str)`` when the well-known network of this name is to be got.
    """

    settings_changed = Signal(GenerationSettings)
    engine_wanted = Signal()
    network_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        actions: ActionTable,
        *,
        tools: Callable[[], Mapping[str, ToolSpec]],
        schedulers: Callable[[], Mapping[str, SchedulerSpec]],
        models: Callable[[], Sequence[ModelChoice]],
        initial: GenerationSettings,
        native_side: Callable[[str], int],
        styles: Callable[[], Mapping[str, PromptStyleSpec]] = dict,
        engine: EngineInstallation,
        tokenizer: Callable[[str], Tokenizer | None] = lambda _model: None,
        wildcards: Callable[[], Sequence[str]] = tuple,
        library: Callable[[], Sequence[ModelInfo]] = tuple,
        guides: Callable[[], Mapping[str, GuideSpec]] = dict,
        filters: Callable[[], Mapping[str, FilterSpec]] = dict,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tools = tools
        self._schedulers = schedulers
        self._models = models
        self._engine = engine
        self._tokenizer = tokenizer
        self._actions = actions
        self._document_id = session.current.id
        self._loading = True
        self._parameters: dict[str, dict[str, Any]] = {}
        self._strengths: dict[str, float] = {}
        self._empty_is_meant = False
        self.tool = ToolSelector(self)
        self.prompt = PromptSection(actions["generate.start"], styles, wildcards, self)
        self.bar = GenerateBar(session, actions, self)
        self.notice = Notice(self)
        self.engine_notice = EngineNotice(engine, self)
        self.sampling = SamplingSection(native_side, lambda: (session.document.width, session.document.height), self)
        self.loras = LoraSection(library, self.sampling.model.value, self)
        parts = GuideParts(kinds=guides, filters=filters, library=library, model=self.sampling.model.value)
        self.guides = GuideSection(session, parts, self)
        self.regions = RegionSection(session, library, self.sampling.model.value, self)
        self.form = ParameterForm((), self)
        self.sampling.put_below_model(self.loras)
        self._arrange()
        self._connect()
        self.refresh()
        self.set_settings(initial, keep_seed=False)

    # --- settings ---------------------------------------------------------------------------------

    def settings(self) -> GenerationSettings:
        """What the panel shows, as one value."""
        return GenerationSettings(
            tool=self.tool.value(),
            prompt=self.prompt.prompt.text(),
            negative_prompt=self.prompt.negative.text(),
            loras=self.loras.uses(),
            parameters=self.form.values(),
            **self.sampling.values(),
        )

    def set_settings(self, settings: GenerationSettings, *, keep_seed: bool = True) -> None:
        """Show ``settings``. With ``keep_seed`` the seed is locked, so that the same picture comes again."""
        self._loading = True
        self._parameters[settings.tool] = dict(settings.parameters)
        self._strengths[settings.tool] = settings.strength
        self.tool.set_value(settings.tool)
        self.prompt.show_prompts(settings.prompt, settings.negative_prompt)
        self.sampling.show_values(settings)
        self.loras.show_uses(settings.loras)
        self.sampling.seed.set_random(not keep_seed)
        self._show_tool()
        self._loading = False
        self._changed()

    def choose_model(self, model_id: str) -> None:
        """Draw with a model, as if it had been chosen here."""
        self.sampling.choose_model(model_id)

    def refresh(self) -> None:
        """Ask again which tools, schedulers and models there are; what is chosen stays chosen."""
        loading, self._loading = self._loading, True
        self.tool.set_tools(self._tools())
        self.prompt.refresh()
        self.sampling.set_schedulers(self._schedulers())
        models = self._models()
        self.sampling.set_models(
            [(model.id, model.name, message_text(model.problem or "")) for model in models],
            {model.id: model.few_steps for model in models if model.few_steps is not None},
            frozenset(model.id for model in models if model.limits is not None and model.limits.is_flow),
        )
        self.prompt.use_tokenizer(self._tokenizer(self.sampling.model.value()))
        self.loras.refresh()
        self.guides.refresh()
        self._show_tool()
        self._loading = loading

    # --- actions ----------------------------------------------------------------------------------

    def generate(self) -> None:
        """Queue one request; what stands in its way is shown at the control instead."""
        settings = self.checked_settings()
        if settings is None:
            return
        if not says_something(settings.prompt) and not self._empty_is_fine():
            self._ask_for_prompt()
        elif self.has_engine():
            self._start(settings)

    def checked_settings(self) -> GenerationSettings | None:
        """What is to be drawn, with a new seed if that is drawn by lot; ``None`` where something stands in the way,
        which is shown at its control."""
        if self.sampling.seed.is_random():
            # Picture i of a batch has seed + i, which must be a seed too.
            self.sampling.seed.set_value(min(random_seed(), MAX_SEED - self.sampling.count.int_value() + 1))
        control, text = self.sampling.typed_problem()
        if text:
            self._show_below(control, text)
            return None
        settings = self._of_picture(self.settings())
        problem = first_problem(self._check(settings))
        if problem is not None:
            self._show_problem(problem)
            return None
        return settings

    def has_engine(self) -> bool:
        """Whether there is something to draw with; where there is not, the person is led to it."""
        if not self._engine.can_draw():
            self._ask_for_engine()
        return self._engine.can_draw()

    def draw_with(self, tool_id: str) -> None:
        """Choose a tool, as if by hand, and `generate`. `SettingError` where no plugin offers it."""
        if tool_id not in self._tools():
            raise SettingError("The tool {tool} is not there.", "Switch its plugin on in Plugins.", tool=repr(tool_id))
        if tool_id != self.tool.value():
            self.tool.set_value(tool_id)
            self._tool_chosen(tool_id)
        self.generate()

    def _start(self, settings: GenerationSettings) -> None:
        self._session.start(settings)
        self.prompt.remember()
        self._clear_problems()
        self.settings_changed.emit(self.settings())

    def _of_picture(self, settings: GenerationSettings) -> GenerationSettings:
        """The settings with the picture's size where the tool works on the picture."""
        document = self._session.document
        return settings if self._takes_size() else settings.for_picture(document.width, document.height)

    def _empty_is_fine(self) -> bool:
        """Whether nothing has to be asked about an empty prompt."""
        spec = self._spec()
        return self._empty_is_meant or (spec is not None and spec.prompt_optional)

    def _ask_for_prompt(self) -> None:
        """Say what an empty prompt does, once; who asks again means it."""
        spec = self._spec()
        self.notice.show_text(
            self.tr("The prompt is empty: the mask would be filled from what is around it.")
            if spec is not None and spec.needs_mask
            else self.tr("The prompt is empty: the model would draw what it likes. Type what you want to see."),
            "warning",
            action=self.tr("Generate without a prompt"),
            run=self.generate,
        )
        self._empty_is_meant = True
        self.prompt.prompt.setFocus()

    def _ask_for_engine(self) -> None:
        """Lead to what is missing; while it is being installed already, it is enough to say so."""
        self.engine_notice.refresh()
        if not self._engine.status().is_installing:
            self.engine_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_press_of(event, self._actions["generate.start"]):
            self._actions["generate.start"].trigger()
        elif is_press_of(event, self._actions["generate.cancel"]):
            self._actions["generate.cancel"].trigger()
        else:
            super().keyPressEvent(event)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        controls = QWidget(self)
        self._controls = QVBoxLayout(controls)
        self._controls.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._controls.setSpacing(2 * GRID)
        self._controls.addWidget(self.regions)
        self._controls.addWidget(self.guides)
        self._controls.addWidget(self.sampling)
        self._controls.addWidget(self.form)
        self._controls.addStretch(1)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(controls)
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        top.setSpacing(2 * GRID)
        for widget in (self.tool, self.prompt, self.notice, self.engine_notice, self.bar):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.scroll_area, 1)

    def _connect(self) -> None:
        self.tool.value_changed.connect(self._tool_chosen)
        self.prompt.changed.connect(self._changed)
        self.sampling.changed.connect(self._changed)
        self.sampling.model.value_changed.connect(self.loras.refresh)
        self.sampling.model.value_changed.connect(self.guides.refresh)
        self.guides.network_wanted.connect(self.network_wanted)
        self.guides.refused.connect(lambda text: self.notice.show_text(text, "warning"))
        self.regions.refused.connect(lambda text: self.notice.show_text(text, "warning"))
        self.loras.changed.connect(self._changed)
        self.loras.words_wanted.connect(self.prompt.add_words)
        self.loras.words_unwanted.connect(self.prompt.take_words)
        self.engine_notice.wanted.connect(self.engine_wanted)
        follow(self, self._session.document_changed, self._document_changed)

    # --- following --------------------------------------------------------------------------------

    def _spec(self) -> ToolSpec | None:
        return self._tools().get(self.tool.value())

    def _takes_size(self) -> bool:
        """Whether the chosen tool makes pictures of a size of their own."""
        spec = self._spec()
        return spec is None or not (spec.needs_image or spec.needs_mask)

    def _tool_chosen(self, tool_id: str) -> None:
        spec = self._tools().get(tool_id)
        if spec is not None and spec.uses_strength and tool_id not in self._strengths:
            self._strengths[tool_id] = spec.default_strength
        self._loading = True
        self._show_tool()
        self._loading = False
        # What a tool adds, such as the strength, stands near the top.
        self.scroll_area.verticalScrollBar().setValue(0)
        self._changed()

    def _show_tool(self) -> None:
        """Show the controls that the chosen tool uses, with the values it had last."""
        spec = self._spec()
        tool_id = self.tool.value()
        self._replace_form(ParameterForm(spec.parameters if spec else (), self))
        self.form.set_values(self._parameters.get(tool_id, {}))
        self.sampling.set_uses(
            strength=spec is not None and spec.uses_strength,
            size=self._takes_size(),
        )
        if tool_id in self._strengths:
            self.sampling.strength.set_value(self._strengths[tool_id] * 100)
        lists = (self.regions.label, self.guides.label, self.loras.label)
        align_labels([*self.sampling.labels(), *lists, *self.form.labels()])
        align_spins([*self.sampling.sliders(), *self.form.sliders()])
        self._hint_mask(self._session.document)

    def _replace_form(self, form: ParameterForm) -> None:
        self._controls.replaceWidget(self.form, form)
        self.form.hide()
        self.form.deleteLater()
        self.form = form
        form.changed.connect(self._changed)

    def _changed(self) -> None:
        if self._loading:
            return
        settings = self.settings()
        self._parameters[settings.tool] = dict(settings.parameters)
        self._strengths[settings.tool] = settings.strength
        if says_something(settings.prompt):
            self._empty_is_meant = False
        self._clear_problems()
        self.prompt.use_tokenizer(self._tokenizer(settings.model))
        self.settings_changed.emit(settings)

    def _document_changed(self, old: Document, new: Document) -> None:
        if old.effective_mask is not new.effective_mask:
            self._hint_mask(new)
        is_other, self._document_id = self._session.current.id != self._document_id, self._session.current.id
        if is_other or not self._was_upscaled():
            self.sampling.follow_canvas((old.width, old.height), (new.width, new.height))

    def _was_upscaled(self) -> bool:
        """Whether the picture that is shown was enlarged just now; it is larger than what is to be drawn next."""
        history = self._session.history
        return history.steps[history.index].is_a(UPSCALE["picture"])

    # --- problems ---------------------------------------------------------------------------------

    def _check(self, settings: GenerationSettings) -> Check:
        return Check(
            settings=settings,
            tool=self._spec(),
            document=self._session.document,
            scheduler_exists=settings.scheduler in self._schedulers(),
            model_problem=self._model_problem(settings.model),
            lora_problem=self.loras.problem(),
            guide_problem=self.regions.problem() or self.guides.problem(),
        )

    def _model_problem(self, model_id: str) -> str:
        for model in self._models():
            if model.id == model_id:
                return message_text(model.problem or "")
        return self.tr("The model {name} is not there. Choose another one.").format(name=repr(model_id))

    def _show_problem(self, problem: Problem) -> None:
        self._clear_problems()
        if problem.control == "size":
            self.sampling.show_size_problem(problem.text)
            self._bring_into_view(problem.control)
        elif problem.control in ("model", "scheduler"):
            self._show_below(problem.control, problem.text)
        else:
            self.notice.show_text(problem.text, "warning" if problem.control == "mask" else "error")

    def _show_below(self, control: str, text: str) -> None:
        """Show a problem below "size", "seed", "model" or "scheduler"."""
        self.sampling.show_problem(control, text)
        self._bring_into_view(control)

    def _bring_into_view(self, control: str) -> None:
        self.scroll_area.ensureWidgetVisible(self.sampling.notice_of(control))

    def _clear_problems(self) -> None:
        self.sampling.clear_problems()
        self._hint_mask(self._session.document)

    def _hint_mask(self, document: Document) -> None:
        """Say how to begin while the chosen tool waits for a mask."""
        spec = self._spec()
        if spec is not None and lacking_mask(spec, document) is not None:
            text = (
                self.tr("Paint a mask first ({keys}), or select a part. {purpose}")
                if spec.prompt_optional
                else self.tr("Paint a mask first ({keys}), or select a part: that says where the picture may change.")
            )
            keys = keys_or_name(self._actions["tool.mask_brush"])
            self.notice.show_text(text.format(keys=keys, purpose=plugin_text(spec.description)), "hint")
        else:
            self.notice.clear()
