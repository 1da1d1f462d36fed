"""Hook specifications: everything that a plugin can add. One function a hook.

A plugin is a module with functions of these names marked with `hookimpl`. Each hook is called once when
the plugin is loaded, except the events, which are called when they happen. All run on a thread of the plugin's
while another one waits. An exception in a declaring hook disables that plugin alone, as do three in a row in an event.
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from studio.api.animation import AnimationSpec
from studio.api.families import FamilySpec
from studio.api.guides import GuideSpec
from studio.api.influences import InfluenceSpec
from studio.api.panels import PanelSpec
from studio.api.prompt_styles import PromptStyleSpec
from studio.api.settings_pages import SettingsPageSpec
from studio.api.specs import ExporterSpec, FilterSpec, ImporterSpec, SchedulerSpec, ToolSpec, UpscalerSpec
from studio.document import Document
from studio.generation import GenerationRequest, GenerationResult

PROJECT_NAME = "shoreline"
API_VERSION = 1

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


@hookspec
def shoreline_schedulers() -> Sequence[SchedulerSpec]:
    """Schedulers to offer in the Generate panel."""
    raise NotImplementedError


@hookspec
def shoreline_tools() -> Sequence[ToolSpec]:
    """Generation tools, such as text-to-image, img2img and inpaint."""
    raise NotImplementedError


@hookspec
def shoreline_filters() -> Sequence[FilterSpec]:
    """Filters on layers and on what is masked, for the Filter menu."""
    raise NotImplementedError


@hookspec
def shoreline_importers() -> Sequence[ImporterSpec]:
    """Picture formats to open."""
    raise NotImplementedError


@hookspec
def shoreline_exporters() -> Sequence[ExporterSpec]:
    """Picture formats to write."""
    raise NotImplementedError


@hookspec
def shoreline_upscalers() -> Sequence[UpscalerSpec]:
    """Upscalers for layers and documents."""
    raise NotImplementedError


@hookspec
def shoreline_animations() -> Sequence[AnimationSpec]:
    """Ways to make the frames of an animation."""
    raise NotImplementedError


@hookspec
def shoreline_settings_pages() -> Sequence[SettingsPageSpec]:
    """Pages in Preferences."""
    raise NotImplementedError


@hookspec
def shoreline_panels() -> Sequence[PanelSpec]:
    """Panels with a form and buttons, beside the picture."""
    raise NotImplementedError


@hookspec
def shoreline_prompt_styles() -> Sequence[PromptStyleSpec]:
    """Styles in words, offered beside the prompt."""
    raise NotImplementedError


@hookspec
def shoreline_guides() -> Sequence[GuideSpec]:
    """Kinds of guides, offered under the prompt."""
    raise NotImplementedError


@hookspec
def shoreline_influences() -> Sequence[InfluenceSpec]:
    """Ways to take part in sampling, for guides."""
    raise NotImplementedError


@hookspec
def shoreline_families() -> Sequence[FamilySpec]:
    """Families of models to draw with."""
    raise NotImplementedError


@hookspec
def shoreline_generation_started(request: GenerationRequest) -> None:
    """Called on the worker thread before a job runs."""


@hookspec
def shoreline_generation_finished(result: GenerationResult) -> None:
    """Called on the worker thread after a job ended well, before its pictures are placed."""


@hookspec
def shoreline_document_opened(document: Document, path: str) -> None:
    """Called while a background thread waits, after a file was read and before it is shown."""


@hookspec
def shoreline_document_saved(document: Document, path: str) -> None:
    """Called while a background thread waits, after a file was written."""
