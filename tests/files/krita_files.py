"""Krita documents made for tests, as Krita 5 lays them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import numpy as np
from PIL import Image

SIDE = 64


def packed_lzf(data: bytes) -> bytes:
    """LZF of runs and of bytes as they are: every kind of code that the format has, not the smallest file."""
    out, at = bytearray(), 0
    while at < len(data):
        run = 1
        while at + run < len(data) and run < 265 and data[at + run] == data[at]:
            run += 1
        if run < 4:
            out += bytes((0, data[at]))
            at += 1
            continue
        copied = run - 1
        out += bytes((0, data[at]))
        out += bytes(((copied - 2) << 5, 0)) if copied < 9 else bytes((7 << 5, copied - 9, 0))
        at += run
    return bytes(out)


def tiles_of(pixels: np.ndarray, x: int = 0, y: int = 0, *, raw: bool = False) -> bytes:
    """A layer's data: ``pixels`` (h, w, bytes of a pixel), sides multiples of 64, at a place in steps of 64."""
    height, width, size = pixels.shape
    rows, columns = height // SIDE, width // SIDE
    out = [f"VERSION 2\nTILEWIDTH 64\nTILEHEIGHT 64\nPIXELSIZE {size}\nDATA {rows * columns}\n".encode()]
    for row in range(rows):
        for column in range(columns):
            tile = pixels[row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]
            planes = np.ascontiguousarray(tile.transpose(2, 0, 1)).tobytes()
            stored = b"\0" + tile.tobytes() if raw else b"\1" + packed_lzf(planes)
            out.append(f"{x + column * SIDE},{y + row * SIDE},LZF,{len(stored)}\n".encode() + stored)
    return b"".join(out)


def bgra(rgba: tuple[int, int, int, int], width: int = SIDE, height: int = SIDE) -> np.ndarray:
    """One colour as Krita keeps it in 8 bits."""
    red, green, blue, alpha = rgba
    return np.broadcast_to(np.array((blue, green, red, alpha), np.uint8), (height, width, 4))


def krita_file(
    layers: str,
    data: Mapping[str, bytes],
    *,
    size: tuple[int, int] = (128, 64),
    colours: str = "RGBA",
    more: str = "",
    name: str = "Été: 海滩",
    others: Mapping[str, bytes] | None = None,
    flat: tuple[int, int, int, int] | None = (1, 2, 3, 255),
) -> bytes:
    """A whole file. ``layers`` is the XML of the tree, ``data`` what lies in its folder of layers."""
    width, height = size
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<!DOCTYPE DOC PUBLIC '-//KDE//DTD krita 2.0//EN' 'http://www.calligra.org/DTD/krita-2.0.dtd'>\n"
        '<DOC xmlns="http://www.calligra.org/DTD/krita" syntaxVersion="2.0" kritaVersion="5.2.2" editor="Krita">'
        f'<IMAGE width="{width}" height="{height}" name="{name}" colorspacename="{colours}" mime="application/x-kra">'
        f"<layers>{layers}</layers>{more}</IMAGE></DOC>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", b"application/x-krita")
        archive.writestr("maindoc.xml", document.encode())
        for entry, content in data.items():
            archive.writestr(f"{name}/layers/{entry}", content)
        if flat is not None:
            png = io.BytesIO()
            Image.new("RGBA", size, flat).save(png, "PNG")
            archive.writestr("mergedimage.png", png.getvalue())
        for entry, content in (others or {}).items():
            archive.writestr(entry, content)
    return stream.getvalue()


def layer(name: str, filename: str = "layer1", kind: str = "paintlayer", inside: str = "", **attributes: str) -> str:
    """The XML of one layer."""
    values = {"colorspacename": "RGBA", "opacity": "255", "visible": "1", "compositeop": "normal", **attributes}
    text = " ".join(f'{key}="{value}"' for key, value in values.items())
    return f'<layer name="{name}" filename="{filename}" nodetype="{kind}" {text}>{inside}</layer>'
