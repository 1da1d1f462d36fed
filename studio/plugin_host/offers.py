"""What plugins offer, by type and id: live views, which show a plugin that is enabled later by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from studio.api import (
    AnimationSpec,
    ExporterSpec,
    FilterSpec,
    ImporterSpec,
    PanelSpec,
    SchedulerSpec,
    SettingsPageSpec,
    ToolSpec,
    UpscalerSpec,
)
from studio.plugin_host.contributions import Kind, Spec

S = TypeVar("S", bound=Spec)
Specs = Mapping[tuple[Kind, str], Spec]


class _LiveSpecs(Mapping[str, S]):
    """Specs of one type by id, always as they are now."""

    def __init__(self, published: Callable[[], Specs], spec_type: type[S]) -> None:
        self._published = published
        self._spec_type = spec_type

    def __getitem__(self, spec_id: str) -> S:
        return self._now()[spec_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def _now(self) -> dict[str, S]:
        return {spec.id: spec for spec in self._published().values() if isinstance(spec, self._spec_type)}


class Offers:
    """The specs of all enabled plugins, in the order of loading. May be asked from any thread."""

    def __init__(self) -> None:
        self._specs: Specs = MappingProxyType({})

    def schedulers(self) -> Mapping[str, SchedulerSpec]:
        """Scheduler specs of enabled plugins by id: a live view, as all of these are."""
        return self._live(SchedulerSpec)

    def tools(self) -> Mapping[str, ToolSpec]:
        """Tool specs by id."""
        return self._live(ToolSpec)

    def filters(self) -> Mapping[str, FilterSpec]:
        """Filter specs by id."""
        return self._live(FilterSpec)

    def importers(self) -> Mapping[str, ImporterSpec]:
        """Picture formats that plugins open, by id."""
        return self._live(ImporterSpec)

    def exporters(self) -> Mapping[str, ExporterSpec]:
        """Picture formats that plugins write, by id."""
        return self._live(ExporterSpec)

    def upscalers(self) -> Mapping[str, UpscalerSpec]:
        """Upscaler specs by id."""
        return self._live(UpscalerSpec)

    def animations(self) -> Mapping[str, AnimationSpec]:
        """Animation specs by id."""
        return self._live(AnimationSpec)

    def panels(self) -> Mapping[str, PanelSpec]:
        """Panel specs by id."""
        return self._live(PanelSpec)

    def settings_pages(self) -> Mapping[str, SettingsPageSpec]:
        """Settings pages by id."""
        return self._live(SettingsPageSpec)

    def _live(self, spec_type: type[S]) -> Mapping[str, S]:
        return _LiveSpecs(lambda: self._specs, spec_type)
