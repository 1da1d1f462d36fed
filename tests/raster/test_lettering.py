"""Words as pixels: wrapped, shortened, never clipped, Chinese too."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster.lettering import Lettering

LONG = "a small red fishing boat at the end of a long wooden pier in the very early morning light"
CHINESE = "清晨的海边，一艘红色的小渔船停在长长的木码头尽头，天空中飘着几朵粉色的云"
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("text", [LONG, CHINESE, "x" * 400, "🦊" * 60, "a\nb\tc", ""])
@pytest.mark.parametrize("width", [40, 120, 400])
@pytest.mark.parametrize("lines", [1, 3])
def test_words_keep_within_their_room(text: str, width: int, lines: int) -> None:
    lettering = Lettering(size=14, width=width, lines=lines)
    wrapped = lettering.wrapped(text)
    assert len(wrapped) <= lines
    assert all(lettering.width_of(line) <= width for line in wrapped)
    pixels = lettering.pixels(text)
    assert pixels.shape[1] <= width
    assert pixels.shape[2] == 4
    edges = np.concatenate([pixels[0, :, 3], pixels[-1, :, 3], pixels[:, 0, 3], pixels[:, -1, 3]])
    assert not edges.any(), "a letter reaches the edge"


def test_what_has_room_is_whole_and_what_has_none_is_shortened() -> None:
    assert Lettering(size=14, width=2000).wrapped(LONG) == (LONG,)
    shortened = Lettering(size=14, width=200, lines=2).wrapped(LONG)
    assert len(shortened) == 2
    assert shortened[-1].endswith("…")
    assert LONG.startswith(shortened[0])
    assert "".join(Lettering(size=14, width=100, lines=20).wrapped(CHINESE)) == CHINESE


def test_words_are_drawn_in_their_colour() -> None:
    pixels = Lettering(size=20, width=300, color=(200, 10, 20)).pixels("HHH")
    solid = pixels[pixels[..., 3] == 255]
    assert len(solid)
    assert (np.abs(solid[:, :3].astype(int) - (200, 10, 20)) <= 2).all()
