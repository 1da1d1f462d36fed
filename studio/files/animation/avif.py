"""Animated AVIF through Pillow (libavif), which is handed one frame after another."""

from __future__ import annotations

import io
from typing import BinaryIO, Final, SupportsIndex

import numpy as np
from PIL import Image, features

from studio.errors import CorruptFileError, UnsupportedFileError
from studio.files.animation.formats import ExportOptions
from studio.files.animation.playback import Playback

_TICKS: Final = 1000
_SPEED: Final = 8
"""libavif's own scale, 0 slowest to 10: below this an animation takes minutes."""


def write_avif(stream: BinaryIO, playback: Playback, options: ExportOptions) -> None:
    """Write all frames; only compressed ones stay in memory until the end. An AVIF plays for ever.

    Raises `UnsupportedFileError` if this Pillow was built without AVIF.
    """
    if not features.check("avif"):
        raise UnsupportedFileError("This build cannot write AVIF.", "Choose WebP, or install Pillow from its wheels.")
    frames = _Frames(playback)
    encoded = io.BytesIO()
    frames.save(
        encoded,
        "AVIF",
        save_all=True,
        quality=options.quality,
        speed=_SPEED,
        duration=_Durations(frames),
    )
    stream.write(encoded.getbuffer())


class _Frames(Image.Image):
    """A picture of many frames as Pillow's writers go through them: frame 0, 1, 2 ... until ``EOFError``.

    They look at the first one before they begin, and step back to it at the end, which changes nothing here.
    """

    def __init__(self, playback: Playback) -> None:
        super().__init__()
        self._coming = playback.frames()
        self._alpha = playback.has_alpha
        self._at = -1
        self.milliseconds = 0
        self.is_animated = playback.count > 1
        self.seek(0)

    def seek(self, frame: int) -> None:
        if frame <= self._at:
            return
        following = next(self._coming, None)
        if following is None:
            if self._at < 0:
                raise CorruptFileError("There are no frames.", "Choose another file.")
            raise EOFError
        self._at = frame
        pixels = following.pixels if self._alpha else following.pixels[..., :3]
        picture = Image.fromarray(np.ascontiguousarray(pixels))
        self.im, self._mode, self._size = picture.im, picture.mode, picture.size
        self.milliseconds = following.rounded_duration(_TICKS)

    def tell(self) -> int:
        return 0


class _Durations(list[int]):
    """The duration of the frame that is being written, whichever is asked for."""

    def __init__(self, frames: _Frames) -> None:
        super().__init__()
        self._frames = frames

    def __getitem__(self, index: SupportsIndex | slice) -> int:  # type: ignore[override]
        return self._frames.milliseconds
