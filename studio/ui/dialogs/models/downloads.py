"""Looking at what can be downloaded and downloading it, as the Models window asks for it on a background thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.paths import Paths
from studio.system.kept_token import KeptToken

if TYPE_CHECKING:
    from studio.engine.models.arrivals import Fetched
    from studio.engine.models.fetching import Report
    from studio.engine.models.offer import Offer
    from studio.engine.models.web import Web
    from studio.generation import CancelToken


@dataclass(frozen=True)
class Downloads:
    """Into a person's own folders. What it needs is loaded on the thread that asks, not while the window opens."""

    paths: Paths

    @property
    def token(self) -> KeptToken:
        """That of the person for Civitai."""
        return KeptToken(self.paths.civitai_token)

    def look(self, address: str, cancel: CancelToken) -> Offer:
        """See `studio.engine.models.offers.look_at`."""
        from studio.engine.models.offers import look_at

        return look_at(address, cancel, web=self._web(cancel))

    def fetch(self, address: str, files: Sequence[str], report: Report, cancel: CancelToken) -> Fetched:
        """See `studio.engine.models.offers.fetch_chosen`."""
        from studio.engine.models.arrivals import Places
        from studio.engine.models.offers import fetch_chosen

        configs = self.paths.resources / "models" / "configs"
        places = Places(models=self.paths.user_models, upscalers=self.paths.user_upscalers, configs=configs)
        return fetch_chosen(address, files, places, report, cancel, web=self._web(cancel))

    def _web(self, cancel: CancelToken) -> Web:
        from studio.engine.models.web import CIVITAI, Web

        return Web(cancel=cancel, tokens={CIVITAI: self.token.read()})
