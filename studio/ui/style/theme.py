"""The look: colour tokens of the dark and the light theme, the palette and the style sheet made of them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio.paths import default_paths

GRID: Final = 4
"""Every margin and spacing is a multiple of this many device-independent pixels."""

_PROPERTY: Final = "shorelineTheme"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Colour tokens as ``#rrggbb``.

    ``workspace`` lies around the picture, ``surface`` is the window, ``panel`` a dock, ``raised`` a button,
    ``sunken`` an input. ``border`` only separates; ``outline`` bounds what a person operates (at least 3:1
    against what it lies on). Texts and ``accent``, ``danger``, ``warning``, ``success`` reach 4.5:1 on surface,
    panel, raised and sunken; ``on_accent`` does on ``accent``, ``text`` does on ``selection``.
    """

    name: str
    workspace: str
    surface: str
    panel: str
    raised: str
    hover: str
    pressed: str
    sunken: str
    border: str
    outline: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    danger: str
    warning: str
    success: str


DARK: Final = Theme(
    name="dark",
    workspace="#15171a",
    surface="#1f2226",
    panel="#25282d",
    raised="#32363c",
    hover="#3b4047",
    pressed="#2a2d32",
    sunken="#1a1c20",
    border="#383d44",
    outline="#7d858f",
    text="#e7e9ec",
    text_muted="#b0b6bf",
    text_disabled="#727982",
    accent="#4cc2d4",
    accent_hover="#6bd0df",
    accent_pressed="#35a9bb",
    on_accent="#05262c",
    selection="#1f4f59",
    danger="#ff938a",
    warning="#f0c152",
    success="#7fd19b",
)

LIGHT: Final = Theme(
    name="light",
    workspace="#c9cdd2",
    surface="#eceef0",
    panel="#f6f7f8",
    raised="#ffffff",
    hover="#e6eef0",
    pressed="#d6e0e3",
    sunken="#ffffff",
    border="#cfd4d9",
    outline="#7f8790",
    text="#1d2126",
    text_muted="#51585f",
    text_disabled="#949ba3",
    accent="#0b6f82",
    accent_hover="#0d8096",
    accent_pressed="#095a6a",
    on_accent="#ffffff",
    selection="#bfe3ea",
    danger="#b3261e",
    warning="#805300",
    success="#1e6b3a",
)

THEMES: Final = MappingProxyType({"dark": DARK, "light": LIGHT})


def current_theme() -> Theme:
    """The theme that `apply_theme` last gave the application; dark before that."""
    app = QCoreApplication.instance()
    name = app.property(_PROPERTY) if app is not None else None
    return THEMES.get(str(name), DARK)


def resolved_theme(setting: str, scheme: Qt.ColorScheme | None = None) -> str:
    """The name of the theme for a setting: "system" is as the desktop, and dark where that does not say.

    ``scheme`` is what the desktop has, if that was just told.
    """
    if setting != "system":
        return setting
    scheme = QGuiApplication.styleHints().colorScheme() if scheme is None else scheme
    return "light" if scheme == Qt.ColorScheme.Light else "dark"


def apply_theme(app: QApplication, name: str) -> Theme:
    """Give the whole application a theme, "dark" or "light"; may be called again at any time.

    Raises ``KeyError`` for another name.
    """
    theme = apply_colors(app, name)
    apply_style_sheet(app)
    return theme


def apply_colors(app: QApplication, name: str) -> Theme:
    """The part of `apply_theme` that windows need while they are made. Raises ``KeyError`` for another name."""
    theme = THEMES[name]
    app.setProperty(_PROPERTY, name)
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    return theme


def apply_style_sheet(app: QApplication) -> None:
    """The other part, best when windows are made: with it, each widget that is put into another is styled anew."""
    app.setStyleSheet(style_sheet(current_theme(), default_paths().resources))


def palette(theme: Theme) -> QPalette:
    """The theme as a Qt palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.sunken,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.PlaceholderText: theme.text_muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.raised,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.workspace,
    }
    made = QPalette()
    for which, color in colors.items():
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.ToolTipText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.text_disabled))
    return made


def style_sheet(theme: Theme, resources: Path) -> str:
    """The style sheet ``resources/themes/shoreline.qss`` with every ``@token`` replaced.

    Raises ``KeyError`` for a token that is not in `Theme`.
    """
    tokens = {**asdict(theme), "grid": f"{GRID}px", "grid2": f"{2 * GRID}px"}
    images = (resources / "themes" / theme.name).as_posix()
    tokens["images"] = images
    text = (resources / "themes" / "shoreline.qss").read_text(encoding="utf-8-sig")
    return re.sub(r"@([a-z_0-9]+)", lambda match: tokens[match.group(1)], text)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1..21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    value = QColor(color)
    red, green, blue = (_linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
