"""What a package puts beside the folder so that desktops know the application: launcher, icons, file types, a man page.

The templates lie in ``resources/desktop``: ``shoreline desktop-entry`` fills the same ones.
"""

from __future__ import annotations

import gzip
import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from PIL import Image  # noqa: E402
from PySide6.QtCore import QByteArray, QRectF, Qt  # noqa: E402
from PySide6.QtGui import QImage, QPainter  # noqa: E402
from PySide6.QtSvg import QSvgRenderer  # noqa: E402

from studio import HOMEPAGE, __version__  # noqa: E402
from studio.cli.desktop_entry import filled  # noqa: E402
from studio.paths import DESKTOP_ID  # noqa: E402

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SUMMARY = "desktop studio for Stable Diffusion: layers, masks, history, plugins"
DESCRIPTION = (
    "Paint on layers, paint masks, and generate pictures inside them. A small model ships with the application; "
    "what draws (PyTorch) is installed by the application itself, for the graphics card that is there."
)


def write_desktop_files(share: Path, command: str) -> None:
    """Fill ``share``, a folder such as usr/share, for an application that ``command`` starts."""
    desktop = TOP / "resources" / "desktop"
    places = {
        f"{DESKTOP_ID}.desktop": share / "applications" / f"{DESKTOP_ID}.desktop",
        f"{DESKTOP_ID}-mime.xml": share / "mime" / "packages" / f"{DESKTOP_ID}.xml",
        f"{DESKTOP_ID}.thumbnailer": share / "thumbnailers" / f"{DESKTOP_ID}.thumbnailer",
    }
    for name, place in places.items():
        _write(place, _unquoted(filled((desktop / name).read_text(encoding="utf-8"), [command])))
    _write(share / "metainfo" / f"{DESKTOP_ID}.metainfo.xml", metainfo())
    write_icons(share / "icons" / "hicolor")


def metainfo() -> str:
    """The AppStream description, with the releases of CHANGELOG.md."""
    template = (TOP / "resources" / "desktop" / f"{DESKTOP_ID}.metainfo.xml").read_text(encoding="utf-8")
    return template.replace("@HOMEPAGE@", escape(HOMEPAGE)).replace("@RELEASES@", "\n".join(releases()))


def releases() -> list[str]:
    """A ``release`` element for every dated heading of CHANGELOG.md; the newest first."""
    text = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    return [f"    <release version={quoteattr(version)} date={quoteattr(day)}/>" for version, day in found]


def release_day() -> date:
    """The day of the version that is built."""
    text = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(__version__)} - (\d{{4}}-\d{{2}}-\d{{2}})$", text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"CHANGELOG.md has no dated heading for {__version__}.")
    return date.fromisoformat(found[1])


def write_icons(hicolor: Path) -> None:
    """The icon as a drawing and in every usual size."""
    drawing = (TOP / "resources" / "icons" / "shoreline.svg").read_text(encoding="utf-8")
    _write(hicolor / "scalable" / "apps" / f"{DESKTOP_ID}.svg", drawing)
    for size in SIZES:
        place = hicolor / f"{size}x{size}" / "apps" / f"{DESKTOP_ID}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(icon_png(size))


def icon_png(size: int) -> bytes:
    """The icon as a PNG of ``size`` pixels a side."""
    drawing = QSvgRenderer(QByteArray((TOP / "resources" / "icons" / "shoreline.svg").read_bytes()))
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    pixels = bytes(image.constBits())
    return _png(pixels, size)


def _png(bgra: bytes, size: int) -> bytes:
    stream = BytesIO()
    Image.frombytes("RGBA", (size, size), bgra, "raw", "BGRA").save(stream, "PNG", optimize=True)
    return stream.getvalue()


def man_page() -> bytes:
    """shoreline(1), packed as Debian wants it: without a time in it."""
    lines = (
        f'.TH SHORELINE 1 "{release_day().isoformat()}" "Shoreline {__version__}" "User Commands"',
        ".SH NAME",
        f"shoreline \\- {SUMMARY}",
        ".SH SYNOPSIS",
        ".B shoreline",
        "[\\fIFILE\\fR ...]",
        ".br",
        ".B shoreline",
        "\\fICOMMAND\\fR [\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        f"{DESCRIPTION} Without a command the window opens, with the files if there are any.",
        ".SH COMMANDS",
        ".TP",
        "\\fBgenerate\\fR, \\fBinpaint\\fR, \\fBupscale\\fR, \\fBanimate\\fR, \\fBfilter\\fR, \\fBrender\\fR",
        "The same work without a window.",
        ".TP",
        "\\fBengine\\fR",
        "Install, change, repair and remove what draws.",
        ".TP",
        "\\fBplugins\\fR, \\fBmodels\\fR",
        "What is installed beside it.",
        ".TP",
        "\\fBdoctor\\fR",
        "Check the installation and name what is wrong.",
        ".PP",
        "Every command tells more with \\fB\\-\\-help\\fR.",
    )
    return gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0)


def _unquoted(text: str) -> str:
    """Installed commands lie on the path or in a folder without spaces, so that validators like them plain."""
    return re.sub(r'^((?:Exec|TryExec)=)"([^" ]+)"', r"\1\2", text, flags=re.MULTILINE)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
