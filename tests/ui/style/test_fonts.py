"""Chinese is drawn also where the system has no font for it."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.paths import default_paths

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring fonts for Chinese")

DRAW = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication
from studio.paths import default_paths
from studio.ui.style.fonts import draw_chinese

def drawn(sign, font):
    image = QImage(48, 48, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return bytes(image.constBits())

def different(font):
    return len({drawn(sign, font) for sign in "美丽的海滩蒙版榈\\u0378 "})

app = QApplication([])
if "ship" in sys.argv:
    draw_chinese(app.font(), default_paths().resources, Path(sys.argv[2]))
bold = QFont(app.font())
bold.setBold(True)
fonts = [QFont(app.font()), bold, QFont("monospace"), QFont("A family that nobody has")]
for font in fonts:
    font.setPixelSize(32)
print([different(font) for font in fonts], QFontDatabase.applicationFontFamilies(0))
"""
"""Counts different pictures of ten signs: eight Chinese ones, one that nobody has (a box), a blank."""


SHIPPED = "[10, 10, 10, 10] ['Shoreline Han']"


def run_with_fonts_of(folder: Path, tmp_path: Path, *arguments: str) -> str:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", DRAW, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(params=["no font at all", "Latin fonts only"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "no font at all":
        (tmp_path / "empty").mkdir()
        return tmp_path / "empty"
    latin = Path("/usr/share/fonts/truetype/dejavu")
    if not latin.is_dir():
        pytest.skip("no folder of Latin fonts here")
    return latin


@on_linux
def test_without_a_chinese_font_the_one_that_ships_draws_every_sign(bare: Path, tmp_path: Path) -> None:
    assert run_with_fonts_of(bare, tmp_path, "ship", str(tmp_path / "fonts")) == SHIPPED


@on_linux
def test_it_is_unpacked_once_and_drawn_where_it_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    kept = tmp_path / "kept"
    assert [run_with_fonts_of(tmp_path / "empty", tmp_path, "ship", str(kept)) for _ in range(2)] == [SHIPPED] * 2
    (font,) = (kept / "fonts").iterdir()
    font.write_bytes(b"damaged")
    (tmp_path / "file").write_bytes(b"")
    for cache in (kept, tmp_path / "file"):
        assert run_with_fonts_of(tmp_path / "empty", tmp_path, "ship", str(cache)) == SHIPPED


@on_linux
def test_without_it_they_would_be_boxes(bare: Path, tmp_path: Path) -> None:
    assert run_with_fonts_of(bare, tmp_path) in ("[1, 1, 1, 1] []", "[2, 2, 2, 2] []")  # Qt's box is blank here


@on_linux
def test_a_system_that_can_draw_chinese_keeps_its_own_fonts(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    packed = default_paths().resources / "fonts" / "ShorelineHan-Regular.ttf.xz"
    (tmp_path / "own" / "font.ttf").write_bytes(lzma.decompress(packed.read_bytes()))
    assert run_with_fonts_of(tmp_path / "own", tmp_path, "ship", str(tmp_path)) == "[10, 10, 10, 10] []"
