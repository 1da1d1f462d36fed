"""Makes the font that draws Chinese on systems without one: a part of Noto Sans SC under a name of its own.

Needs fonttools (``pip install fonttools``; nothing else does) and the npm package that holds the font:

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python packaging/chinese_font.py package

Writes ``resources/fonts/ShorelineHan-Regular.ttf.xz`` and the licence beside it; the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "fonts"
FAMILY = "Shoreline Han"
SOURCE = "400Regular/NotoSansSC_400Regular.ttf"
SHA256 = "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"

SYMBOL_ROWS = range(1, 4)
"""Of GB 2312: punctuation, numbered signs, full-width letters."""
HAN_ROWS = range(16, 88)
"""Of GB 2312: all 6,763 characters, the 3,755 common ones first."""
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x100))
KEPT_NAMES = (0, 5, 8, 9, 10, 11, 13, 14)
"""Copyright, version, makers and licence; the names of the family are given anew."""


def main() -> int:
    package = Path(sys.argv[1])
    source = package / SOURCE
    if hashlib.sha256(source.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{source} is not the version that this was made from.")
    FOLDER.mkdir(exist_ok=True)
    font = part_of(source, {*LATIN, *gb2312(SYMBOL_ROWS), *gb2312(HAN_ROWS), *signs_in_texts()})
    rename(font)
    written = io.BytesIO()
    font.save(written)
    packed = lzma.compress(written.getvalue(), preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / "ShorelineHan-Regular.ttf.xz").write_bytes(packed)
    shutil.copyfile(package / "LICENSE_FONT", FOLDER / "LICENSE-noto-sans-sc.txt")
    return 0


def gb2312(rows: Iterable[int]) -> set[int]:
    """The code points of rows of the Chinese national character set."""
    found = set()
    for code in (bytes((0xA0 + row, 0xA0 + cell)) for row in rows for cell in range(1, 95)):
        try:
            found.add(ord(code.decode("gb2312")))
        except UnicodeDecodeError:
            continue
    return found


def signs_in_texts() -> set[int]:
    """What the interface, the help and the vocabulary of the starter model use beyond Latin letters."""
    resources = TOP / "resources"
    texts = (*resources.rglob("*.md"), *resources.glob("translations/*.ts"), *(TOP / "studio").rglob("*.py"))
    return {ord(sign) for path in texts for sign in path.read_text("utf-8") if ord(sign) >= 0x2010}


def part_of(source: Path, code_points: set[int]) -> TTFont:
    """The font with these signs only, without hints and layout rules: Qt places what is horizontal by itself."""
    options = subset.Options(
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        glyph_names=False,
        name_IDs=list(KEPT_NAMES),
        recalc_timestamp=False,
        drop_tables=["DSIG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "gasp", "prep"],
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    return font


def rename(font: TTFont) -> None:
    """A changed font has a name of its own, and never stands in for the real one where that is installed."""
    names = {1: FAMILY, 2: "Regular", 3: f"{FAMILY} Regular", 4: f"{FAMILY} Regular", 6: "ShorelineHan-Regular"}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    sys.exit(main())
