"""The theme's colours are readable, and every icon can be drawn in them."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from studio.paths import default_paths
from studio.ui.style.icons import app_icon, icon
from studio.ui.style.theme import THEMES, Theme, apply_theme, contrast, current_theme, style_sheet

GROUNDS = ("surface", "panel", "raised", "sunken")
READ = ("text", "text_muted", "accent", "danger", "warning", "success")
ICONS = sorted(path.stem for path in (default_paths().resources / "icons").glob("*.svg") if path.stem != "shoreline")


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize(("ink", "ground"), itertools.product(READ, GROUNDS))
def test_texts_reach_aa_contrast(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_accented_controls_reach_aa_contrast(theme: Theme) -> None:
    for ground in (theme.accent, theme.accent_hover, theme.accent_pressed):
        assert contrast(theme.on_accent, ground) >= 4.5
    for ground in (theme.selection, theme.hover, theme.pressed):
        assert contrast(theme.text, ground) >= 4.5
    for ground in GROUNDS:
        assert contrast(theme.outline, getattr(theme, ground)) >= 3.0


def test_contrast_of_black_and_white_is_the_largest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_style_sheet_has_no_token_and_no_picture_missing(theme: Theme) -> None:
    sheet = style_sheet(theme, default_paths().resources)
    assert "@" not in sheet
    for path in re.findall(r"url\(([^)]+)\)", sheet):
        assert default_paths().resources.joinpath(path).is_file(), path


def test_a_theme_can_be_switched_while_running(qapp: QApplication) -> None:
    picture = icon("brush")
    apply_theme(qapp, "dark")
    dark = picture.pixmap(QSize(32, 32)).toImage()
    apply_theme(qapp, "light")
    assert current_theme().name == "light"
    light = picture.pixmap(QSize(32, 32)).toImage()
    assert _is_drawn_in(dark, THEMES["dark"].text)
    assert _is_drawn_in(light, THEMES["light"].text)
    apply_theme(qapp, "dark")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_and_fades_when_disabled(qapp: QApplication, name: str) -> None:
    theme = apply_theme(qapp, "dark")
    made = icon(name)
    assert _is_drawn_in(made.pixmap(QSize(32, 32)).toImage(), theme.text)
    assert _is_drawn_in(made.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage(), theme.text_disabled)


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_the_application_icon_has_small_and_large_sizes(qapp: QApplication) -> None:
    sizes = {size.width() for size in app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes


def _is_drawn_in(image: QImage, color: str) -> bool:
    """Whether an icon has ink, and all its covered pixels are of one colour (up to rounding of antialiased edges)."""
    wanted = QColor(color).getRgb()[:3]
    colors = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    inks = [ink.getRgb()[:3] for ink in colors if ink.alpha() == 255]
    return bool(inks) and all(abs(a - b) <= 2 for ink in inks for a, b in zip(ink, wanted, strict=True))
