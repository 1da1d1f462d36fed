"""What plugins offer, by type and id: live views, which show a plugin that is enabled later by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from studio.api import SettingsPageSpec
from studio.plugin_host.contributions import Contribution
from studio.plugin_host.kinds.kind import Spec

S = TypeVar("S", bound=Spec)
Contributions = Mapping[str, Contribution]
"""By label, in the order of loading."""


class _LiveSpecs(Mapping[str, S]):
    """Specs of one type by id, always as they are now."""

    def __init__(self, published: Callable[[], Contributions], spec_type: type[S]) -> None:
        self._published = published
        self._spec_type = spec_type

    def __getitem__(self, spec_id: str) -> S:
        return self._now()[spec_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def _now(self) -> dict[str, S]:
        specs = (contribution.spec for contribution in self._published().values())
        return {spec.id: spec for spec in specs if isinstance(spec, self._spec_type)}


class Offers:
    """The specs of all enabled plugins, in the order of loading. May be asked from any thread."""

    def __init__(self) -> None:
        self._published: Contributions = MappingProxyType({})

    def specs(self, spec_type: type[S]) -> Mapping[str, S]:
        """What enabled plugins add of one kind, by id: ``specs(ToolSpec)`` are the tools. A live view."""
        return _LiveSpecs(lambda: self._published, spec_type)

    def contributions(self) -> Contributions:
        """All that enabled plugins add now, by label."""
        return self._published

    def pages_by_plugin(self) -> tuple[tuple[str, SettingsPageSpec], ...]:
        """Every settings page with the id of its plugin, in the order of loading."""
        added = [(contribution.plugin_id, contribution.spec) for contribution in self._published.values()]
        return tuple((plugin_id, spec) for plugin_id, spec in added if isinstance(spec, SettingsPageSpec))
