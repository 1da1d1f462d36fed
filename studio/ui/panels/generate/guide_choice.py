"""What the rows of guides need to know: kinds, layers, networks, and why one cannot be felt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.document import Document, Guide
from studio.errors import MissingNetworkError, ShorelineError
from studio.paths import default_paths
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.api import FilterSpec, GuideSpec
    from studio.engine.models.controls import ControlFinder
    from studio.engine.models.library import ModelInfo
    from studio.engine.models.references import ReferenceFinder


@dataclass(frozen=True)
class GuideProblem:
    """Why a guide cannot be felt; ``known`` is the name of what is missing in the list of well-known models, or ""."""

    text: str
    known: str = ""


@dataclass(frozen=True)
class GuideQuestion:
    """A guide whose values are asked for: ``preprocessor`` makes it of any picture, ``None`` where nothing can;
    ``networks`` are the files to choose from, ``regions`` the (layer id, name) pairs of where it may be felt."""

    guide: Guide
    spec: GuideSpec
    preprocessor: FilterSpec | None
    networks: Sequence[ModelInfo]
    regions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class GuideFinders:
    """Finds the networks of guides for one model."""

    controls: ControlFinder
    references: ReferenceFinder

    def check(self, spec: GuideSpec, network: str) -> None:
        """Raises what finding the ``network`` of a guide raises, or if that is "" the first that fits."""
        if spec.reference:
            self.references.network_for(spec.name, spec.reference, network)
        else:
            self.controls.network_for(spec.name, spec.reads, network)

    def fitting(self, spec: GuideSpec) -> tuple[ModelInfo, ...]:
        """Those that fit the model, the best for a kind of guide first."""
        if spec.reference:
            return self.references.fitting(spec.reference)
        return self.controls.fitting(spec.reads) if spec.reads else ()


@dataclass(frozen=True, kw_only=True)
class GuideParts:
    """Where the rows get what they show: asked anew each time. ``model`` is the id of the chosen model."""

    kinds: Callable[[], Mapping[str, GuideSpec]]
    filters: Callable[[], Mapping[str, FilterSpec]]
    library: Callable[[], Sequence[ModelInfo]]
    model: Callable[[], str]
    configs: Path = field(default_factory=lambda: default_paths().resources / "models" / "configs")

    def finders(self) -> GuideFinders | None:
        """What finds networks for the chosen model; ``None`` while that is not there."""
        from studio.engine.models.controls import ControlFinder
        from studio.engine.models.references import ReferenceFinder

        models = self.library()
        model = next((each for each in models if each.id == self.model() and each.problem is None), None)
        if model is None:
            return None
        found = (models, model, self.configs)
        return GuideFinders(ControlFinder(*found), ReferenceFinder(*found))

    def networks(self, spec: GuideSpec) -> tuple[ModelInfo, ...]:
        """The files that can be chosen for a kind of guide: those that fit the model, those that read it first."""
        finders = self.finders()
        return () if finders is None else finders.fitting(spec)

    def problems(self, document: Document) -> list[GuideProblem | None]:
        """Why each guide of a document cannot be felt; ``None`` for those that can."""
        finders = self.finders() if document.guides else None
        return [self._problem(document, guide, finders) for guide in document.guides]

    def _problem(self, document: Document, guide: Guide, finders: GuideFinders | None) -> GuideProblem | None:
        try:
            self._check(document, guide, finders)
        except MissingNetworkError as error:
            return GuideProblem(error_text(error), error.known)
        except ShorelineError as error:
            return GuideProblem(error_text(error))
        return None

    def _check(self, document: Document, guide: Guide, finders: GuideFinders | None) -> None:
        from studio.jobs.guides import lost_layer, preprocessor, unknown_kind  # most documents have none

        spec = self.kinds().get(guide.kind)
        if spec is None:
            raise unknown_kind(guide)
        spec = replace(spec, name=plugin_text(spec.name))
        if guide.layer_id is not None and all(layer.id != guide.layer_id for layer in document.walk()):
            raise lost_layer(spec)
        if guide.from_picture and not spec.reference:
            self._check_preprocessor(preprocessor(spec, self.filters()))
        if finders is not None and (spec.reads or spec.reference):
            finders.check(spec, guide.network)

    def _check_preprocessor(self, made_by: FilterSpec) -> None:
        from studio.engine.models.picture_models import picture_model_for

        if made_by.model:
            picture_model_for(made_by.model, self.library(), self.configs)
