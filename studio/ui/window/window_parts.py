"""What a main window is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.paths import Paths
from studio.session import Session
from studio.settings import SettingsStore
from studio.ui.background.background import Background
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.format_timing import Measure
from studio.ui.background.gallery_work import GalleryWork
from studio.ui.background.memory_forecasts import Foretell
from studio.ui.background.worker import GenerationWorker
from studio.ui.dialogs.prompts import Prompts


@dataclass(frozen=True, kw_only=True)
class WindowParts:
    """What a window works with; whoever made these outlives the window. ``prompts`` are its own by default.
    ``foretell`` says what models would take of the memory, ``measure`` which number format is fastest for them."""

    paths: Paths
    store: SettingsStore
    session: Session
    worker: GenerationWorker
    catalogue: Catalogue
    tasks: Background
    gallery: GalleryWork
    prompts: Prompts | None = None
    foretell: Foretell | None = None
    measure: Measure | None = None

    def wildcards(self) -> tuple[str, ...]:
        """The wildcards that prompts can name now."""
        from studio.files.wildcards import WildcardFolder  # files are not needed for the first window

        return WildcardFolder(lambda: Path(self.store.current.wildcard_folder or self.paths.user_wildcards)).names()
