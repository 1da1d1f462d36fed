"""The drawings of the things: a few openly licensed vector emoji, painted in the colours of the grammar.

``resources/training/icons.json`` holds them; ``shoreline train icons`` makes the file anew from the npm package that
it names. Drawings are 32 units wide and high.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from studio.errors import FileError
from studio.training.scenes.palettes import luminance, mix, rgb, saturation_and_hue
from studio.training.scenes.rasterise import rasterise
from studio.training.scenes.vocabulary import COLOURS

ICON_SIDE = 32.0
ICONS_FILE: Final = Path("training") / "icons.json"
"""Below the resources folder."""

_PACKAGE: Final = "@iconify-json/fluent-emoji-flat"
_VERSION: Final = "1.2.6"
_LICENSE: Final = "MIT"
_MAX_ARCHIVE: Final = 16 * 2**20
_MAX_ICONS: Final = 64 * 2**20

ICON_NAMES: Final[Mapping[str, str]] = {
    "apple": "red-apple",
    "car": "automobile",
    "crown": "crown",
    "gem": "gem-stone",
    "gift": "wrapped-gift",
    "hat": "top-hat",
    "heart": "red-heart",
    "lantern": "red-paper-lantern",
}
"""Names in the package that differ from the thing's own."""

FILL = re.compile(r'(?<=fill=")#[0-9a-fA-F]{3,6}(?=")')
"""The fills of a drawing, for reading or replacing them."""

_SHADES = {colour.name: colour.shade for colour in COLOURS}
_ENOUGH_PAINTED = 0.55
_SAME_HUE = 0.12


@dataclass(frozen=True)
class Icons:
    """The drawings' SVG bodies by the names of their things."""

    bodies: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Icons:
        """Read the file of drawings.

        Raises:
            FileError: if it is missing or damaged.
        """
        try:
            bodies = json.loads(path.read_text("utf-8-sig"))["icons"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise FileError(
                f"The drawings in {path} cannot be read: {error}.", "Make them anew with `shoreline train icons`."
            ) from error
        return cls(bodies)

    def painted(self, thing: str, colour: str) -> str:
        """The body of a thing in a colour of the grammar; in its own colours if ``colour`` is empty.

        Raises:
            FileError: if there is no drawing of the thing.
        """
        if thing not in self.bodies:
            raise FileError(f"There is no drawing of {thing!r}.", "Make them anew with `shoreline train icons`.")
        return _painted(self.bodies[thing], _SHADES[colour]) if colour else self.bodies[thing]


@lru_cache(maxsize=512)
def _painted(body: str, shade: str) -> str:
    """Paint the largest area of a drawing in a shade, keeping what is lighter and darker in it."""
    areas = _areas(body)
    main = max(areas, key=lambda fill: areas[fill])
    chosen = {fill for fill in areas if _is_kin(fill, main)}
    if sum(areas[fill] for fill in chosen) < _ENOUGH_PAINTED * sum(areas.values()):
        chosen = set(areas)
    middle = sum(luminance(fill) * areas[fill] for fill in chosen) / max(1, sum(areas[fill] for fill in chosen))
    return FILL.sub(lambda match: _shaded(shade, match[0], middle) if match[0] in chosen else match[0], body)


def _areas(body: str) -> dict[str, int]:
    """Pixels that each fill of a drawing shows."""
    fills = list(dict.fromkeys(FILL.findall(body)))
    picture = np.asarray(Image.open(io.BytesIO(rasterise(icon_svg(body), 64))).convert("RGBA")).astype(int)
    visible = picture[picture[..., 3] > 200][:, :3]
    distances = np.stack([np.abs(visible - np.array(rgb(fill))).sum(axis=1) for fill in fills])
    counts = np.bincount(distances.argmin(axis=0), minlength=len(fills))
    return {fill: int(count) for fill, count in zip(fills, counts, strict=True)}


def _is_kin(fill: str, main: str) -> bool:
    """Whether a fill is a shade of the main one: near in hue, or grey as it is."""
    saturation, hue = saturation_and_hue(fill)
    main_saturation, main_hue = saturation_and_hue(main)
    if main_saturation < 0.2:
        return saturation < 0.2 and luminance(fill) > 0.15
    apart = abs(hue - main_hue)
    return saturation >= 0.2 and min(apart, 1 - apart) < _SAME_HUE


def _shaded(shade: str, fill: str, middle: float) -> str:
    """The shade, lighter or darker as the fill stands to the middle lightness of what is painted."""
    difference = luminance(fill) - middle
    if difference >= 0:
        return mix(shade, "#ffffff", min(0.75, 1.1 * difference))
    return mix(shade, "#101020", min(0.75, -1.3 * difference))


def icon_svg(body: str) -> str:
    """A drawing as an SVG document of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ICON_SIDE:.0f} {ICON_SIDE:.0f}">{body}</svg>'


def fetch_icons(things: tuple[str, ...], path: Path) -> None:
    """Make the file of drawings from the npm package, with the npm that is installed.

    Raises:
        FileError: if npm is missing or fails, or the package is not what it should be.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise FileError("npm is not installed.", "Install Node.js from your package manager, and run this again.")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", f"{_PACKAGE}@{_VERSION}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or not archives:
            reason = done.stderr.strip().splitlines()[-1:] or [f"exit {done.returncode}"]
            raise FileError(f"npm cannot fetch {_PACKAGE}: {reason[0]}.", "Check the network, and run this again.")
        known = _read_package(archives[0])
    bodies = {thing: known.get(ICON_NAMES.get(thing, thing), {}).get("body") for thing in things}
    missing = sorted(thing for thing, body in bodies.items() if body is None)
    if missing:
        raise FileError(f"{_PACKAGE} has no drawing of {', '.join(missing)}.", "Take another version of the package.")
    record = {"source": f"npm {_PACKAGE} {_VERSION}", "license": _LICENSE, "icons": bodies}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _read_package(archive: Path) -> dict[str, Any]:
    """The icons of a package: one member of the archive is read into memory, and nothing is unpacked."""
    try:
        if archive.stat().st_size > _MAX_ARCHIVE:
            raise ValueError("it is too large")
        with tarfile.open(archive) as tar:
            member = tar.getmember("package/icons.json")
            file = tar.extractfile(member)
            if file is None or member.size > _MAX_ICONS:
                raise ValueError("icons.json is not a file, or too large")
            icons = json.loads(file.read())["icons"]
    except (OSError, ValueError, KeyError, TypeError, tarfile.TarError) as error:
        raise FileError(f"{archive.name} cannot be read: {error}.", "Run this again.") from error
    assert isinstance(icons, dict)
    return icons
