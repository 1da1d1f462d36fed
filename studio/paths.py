"""Where Shoreline's own files and the user's files are."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "shoreline-studio"
DESKTOP_ID = "org.shoreline.Studio"
"""The one name by which desktops know the application: launcher, icon, AppStream, window."""


@dataclass(frozen=True)
class Paths:
    """Folders of one installation and one user. Nothing is created here."""

    resources: Path
    plugins: Path
    config: Path
    data: Path
    cache: Path

    @property
    def starter_model(self) -> Path:
        return self.resources / "models" / "starter"

    @property
    def user_models(self) -> Path:
        return self.data / "models"

    @property
    def user_upscalers(self) -> Path:
        return self.data / "upscalers"

    @property
    def upscaler_folders(self) -> tuple[Path, ...]:
        """Where networks that enlarge pictures are: the one that ships, and the person's own."""
        return self.resources / "models" / "upscaler", self.user_upscalers

    @property
    def civitai_token(self) -> Path:
        """Where a person's API token of Civitai is kept, apart from the settings."""
        return self.config / "tokens" / "civitai"

    @property
    def user_wildcards(self) -> Path:
        """Where prompts find their wildcards, unless the settings name another folder."""
        return self.data / "wildcards"

    @property
    def bundled_brushes(self) -> Path:
        return self.resources / "brushes"

    @property
    def user_brushes(self) -> Path:
        """The person's own brush presets, a file each."""
        return self.data / "brushes"

    @property
    def user_palettes(self) -> Path:
        return self.data / "palettes"

    @property
    def user_plugins(self) -> Path:
        return self.data / "plugins"

    @property
    def engine_resources(self) -> Path:
        """What engines can be made of: the table of builds, and their locks."""
        return self.resources / "engine"

    @property
    def engines(self) -> Path:
        """Where engines are installed, and what plugins' libraries need beside them."""
        return self.data / "engines"

    @property
    def bundled_engines(self) -> Path:
        """Where an application folder that needs no network carries its engine: beside its own Python."""
        return Path(sys.prefix).parent / "engines"

    @property
    def recovery(self) -> Path:
        return self.data / "recovery"

    @property
    def results(self) -> Path:
        """Where pictures are kept that were drawn and not decided about yet."""
        return self.data / "results"

    @property
    def unsaved_animations(self) -> Path:
        return self.data / "unsaved-animations"

    @property
    def gallery(self) -> Path:
        """Everything that was drawn, with its index."""
        return self.data / "gallery"

    @property
    def logs(self) -> Path:
        return self.data / "logs"


def default_paths() -> Paths:
    """The usual places: beside the package in a checkout, inside it once installed; the user's by platformdirs."""
    package = Path(__file__).resolve().parent
    bundled = package / "_bundled"
    root = bundled if bundled.is_dir() else package.parent
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Paths(
        resources=root / "resources",
        plugins=root / "plugins",
        config=Path(dirs.user_config_dir),
        data=Path(dirs.user_data_dir),
        cache=Path(dirs.user_cache_dir),
    )
