"""What plugins and model folders offer to the window; empty until they are loaded behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from studio import api
from studio.paths import default_paths

if TYPE_CHECKING:
    from studio.engine.models.byte_pairs import Tokenizer
    from studio.engine.models.library import ModelInfo, ModelLibrary
    from studio.plugin_host import PluginHost
    from studio.plugin_host.files import PluginFiles
    from studio.plugin_host.kinds.kind import Spec

S = TypeVar("S", bound="Spec")
_USUAL_SIDE = 512


class Catalogue(QObject):
    """Tools, schedulers and models by id. Signal: ``changed()`` when any of them did."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host: PluginHost | None = None
        self._models: tuple[ModelInfo, ...] = ()

    @property
    def host(self) -> PluginHost | None:
        """The plugin host, ``None`` before `load`."""
        return self._host

    def load(self, host: PluginHost, library: ModelLibrary) -> None:
        """Offer what a host and a library have, which is looked for at once."""
        self.use_host(host)
        self.use_models(library.scan())

    def use_host(self, host: PluginHost) -> None:
        """Offer what a host has, also what it loads later; see `announce`."""
        self._host = host

    def use_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these models from now on."""
        self._models = tuple(models)
        self.changed.emit()

    def announce(self) -> None:
        """Tell the window that a plugin was enabled or disabled."""
        self.changed.emit()

    def tools(self) -> Mapping[str, api.ToolSpec]:
        """Those that need nothing first, then those that need a picture, a mask, and ready ones that need no prompt."""
        tools = self._specs(lambda: api.ToolSpec)
        order = sorted(
            tools,
            key=lambda tool_id: (
                tools[tool_id].prompt_optional,
                tools[tool_id].needs_mask,
                tools[tool_id].needs_image,
            ),
        )
        return MappingProxyType({tool_id: tools[tool_id] for tool_id in order})

    def schedulers(self) -> Mapping[str, api.SchedulerSpec]:
        return self._specs(lambda: api.SchedulerSpec)

    def styles(self) -> Mapping[str, api.PromptStyleSpec]:
        return self._specs(lambda: api.PromptStyleSpec)

    def guides(self) -> Mapping[str, api.GuideSpec]:
        return self._specs(lambda: api.GuideSpec)

    def filters(self) -> Mapping[str, api.FilterSpec]:
        return self._specs(lambda: api.FilterSpec)

    def panels(self) -> Mapping[str, api.PanelSpec]:
        return self._specs(lambda: api.PanelSpec)

    def specs(self, spec_type: type[S]) -> Mapping[str, S]:
        """What plugins add of one kind, in their order; see `PluginHost.specs`."""
        return self._specs(lambda: spec_type)

    def _specs(self, kind: Callable[[], type[S]]) -> Mapping[str, S]:
        """``kind`` is asked once there is a host: the first window has none, and does without what kinds are."""
        return self._host.specs(kind()) if self._host is not None else MappingProxyType({})

    @property
    def files(self) -> PluginFiles:
        """Opening and saving with the formats of plugins; without any before `load`."""
        from studio.plugin_host import PluginHost
        from studio.plugin_host.files import PluginFiles  # readers of pictures are not needed for the first window

        return PluginFiles(self._host if self._host is not None else PluginHost())

    def models(self) -> Sequence[ModelInfo]:
        """What can draw, sound or not."""
        return tuple(model for model in self._models if model.kind == "model")

    def models_and_adapters(self) -> Sequence[ModelInfo]:
        """Everything in the model library, of every kind."""
        return self._models

    def has_sound_model(self, model_id: str) -> bool:
        """Whether a model is there and can be used."""
        return any(model.id == model_id and not model.problem for model in self.models())

    def tokenizer(self, model_id: str) -> Tokenizer | None:
        """What a model's tokens are counted with, if that is known."""
        model = next((model for model in self.models() if model.id == model_id), None)
        if model is None:
            return None
        from studio.engine.models.byte_pairs import tokenizer_of

        return tokenizer_of(model, default_paths().resources / "models" / "configs")

    def native_side(self, model_id: str) -> int:
        """The side in pixels a model was trained at; the usual one for a model that is not there."""
        limits = next((model.limits for model in self._models if model.id == model_id), None)
        return _USUAL_SIDE if limits is None else limits.native_side
