"""The frames of a film through FFmpeg, as its players show them: upright, in their shape, each for its own time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from studio.document import Pixels
from studio.errors import CorruptFileError, ShorelineError, UnsupportedFileError
from studio.files.animation.playback import resized
from studio.files.pictures.images import BROKEN, Frame, damaged, upright
from studio.files.untrusted.limits import check_picture_size
from studio.files.untrusted.memory import check_memory
from studio.system.parts import engine_part
from studio.text.exceptions import reason_for

if TYPE_CHECKING:
    import av.container

_FILMS: Final = "mov,matroska,webm,avi,ogg,flv,mpegts,mpeg,asf,ivf,y4m,yuv4mpegpipe,m4v"
"""Containers that FFmpeg may take a file for: none that names other files, as playlists do."""
_MAY_MISS: Final = 2
"""Frames that a sound film may hold fewer than its header says."""
_ALPHA_DECODERS: Final = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
_USUAL_RATE: Final = Fraction(25)
_WIDEST_PIXEL: Final = 10
"""A pixel more times wider than high, or higher than wide, is a mistake in the file."""
_JITTER: Final = Fraction(1, 950)
"""Seconds by which a frame of a steady film may be off: containers count in milliseconds."""
_BYTES_PER_PIXEL: Final = 32
"""Pictures that the decoder's threads work at, and the one that is shown."""
_SMALLEST_AREA: Final = 1 << 20
_MATRIX_BYTES: Final = 36
_ORIENTATIONS: Final = {
    (1, 0, 0, 1): 1,
    (-1, 0, 0, 1): 2,
    (-1, 0, 0, -1): 3,
    (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5,
    (0, 1, -1, 0): 6,
    (0, -1, -1, 0): 7,
    (0, -1, 1, 0): 8,
}
"""EXIF's numbers for the signs of a display matrix: its first two columns in the first two rows."""


class VideoFrames:
    """The pictures of a film's video track. Sound, and covers that players show beside it, are left out.

    ``rate`` is frames a second of a steady film; of others it is ``None``, and every frame has its own ``duration``.
    Raises `UnsupportedFileError` for what holds no film, and `CorruptFileError`.
    """

    random_access: Final = False
    timed: Final = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        with self._opened() as (container, stream):
            context = stream.codec_context
            check_picture_size(context.width, context.height, self.name)
            file_bytes = path.stat().st_size
            check_memory(context.width * context.height * _BYTES_PER_PIXEL, file_bytes, self.name)
            self.has_alpha = _has_alpha(stream)
            first = next(container.decode(stream), None)
            if first is None:
                raise CorruptFileError("{name} has no pictures in it.", "Choose another film.", name=self.name)
            self._shape = _Shape.of(stream, first)
            self.size = self._shape.shown
            check_picture_size(*self.size, self.name)
            check_memory(self.size[0] * self.size[1] * _BYTES_PER_PIXEL, file_bytes, self.name)
        with self._opened() as (container, stream):
            times = _Times.of(container, stream)
        if times.count > file_bytes:
            raise CorruptFileError(
                "{name} says that it has {count} frames.", "Get it again.", name=self.name, count=times.count
            )
        self.count, self._last = times.count, times.last
        self.rate = times.rate

    def frames(self, start: int = 0) -> Iterator[Frame]:
        shown = 0
        for picture, duration in self._timed():
            if shown >= start:
                yield Frame(self._pixels(picture), duration)
            shown += 1
        if shown < self.count - _MAY_MISS:
            raise CorruptFileError(
                "{name} ends after {shown} of {count} frames.",
                "Get it again, or open a backup.",
                name=self.name,
                shown=shown,
                count=self.count,
            )

    def frame(self, index: int) -> Frame:
        for frame in self.frames(index):
            return frame
        raise IndexError(index)

    def _timed(self) -> Iterator[tuple[Any, int]]:
        """Every decoded picture with its milliseconds, which are rounded so that they do not drift."""
        with self._opened() as (container, stream):
            if self.rate is not None:
                for picture in _decoded(container, stream):
                    yield picture, round(1000 / self.rate)
                return
            begun, gone = None, 0
            for picture, following in _with_next(_decoded(container, stream)):
                at = _seconds(picture, stream)
                begun = at if begun is None else begun
                end = at + self._last if following is None else _seconds(following, stream)
                duration = max(1, round((end - begun) * 1000) - gone)
                gone += duration
                yield picture, duration

    def _pixels(self, picture: Any) -> Pixels:
        width, height = self._shape.stored
        if (picture.width, picture.height) != (width, height):
            raise UnsupportedFileError(
                "The size of the pictures changes in {name}.", "Convert it first.", name=self.name
            )
        pixels: Pixels = np.full((height, width, 4), 255, np.uint8)
        pixels[..., :3] = picture.to_ndarray(format="rgb24")
        if self.has_alpha:
            pixels[..., 3] = _alpha(picture)
        if self._shape.square != self._shape.stored:
            pixels = resized(pixels, self._shape.square)
        return upright(pixels, self._shape.orientation)

    @contextmanager
    def _opened(self) -> Iterator[tuple[av.container.InputContainer, Any]]:
        av = engine_part("av")  # FFmpeg's libraries, which most starts never need

        try:
            with (
                self._path.open("rb") as file,
                av.open(file, "r", options={"format_whitelist": _FILMS}) as container,
            ):
                stream = _film_track(container, self.name)
                if stream.codec_context is None:
                    raise _unknown_codec(self.name)
                stream.thread_type = "AUTO"
                # Pictures that grow on the way are refused; this refuses them before they have their memory.
                area = stream.codec_context.width * stream.codec_context.height
                stream.codec_context.options = {"max_pixels": str(max(_SMALLEST_AREA, 2 * area))}
                yield container, stream
        except ShorelineError:
            raise
        except av.error.DecoderNotFoundError as error:
            raise _unknown_codec(self.name) from error
        except av.error.FFmpegError as error:
            raise CorruptFileError(
                "{name} is no film that Shoreline reads, or is damaged ({reason}).",
                "Choose another film, an animated GIF, WebP or PNG, or a folder of frames.",
                name=self.name,
                reason=reason_for(error),
            ) from error
        except (*BROKEN, MemoryError) as error:
            raise damaged(self.name, error) from error


def _unknown_codec(name: str) -> UnsupportedFileError:
    return UnsupportedFileError(
        "{name} has a codec that this build cannot read.", "Convert it to H.264 or VP9 first.", name=name
    )


def sound_only(name: str) -> UnsupportedFileError:
    """What to tell a person about a file of sound, with or without a cover picture."""
    return UnsupportedFileError(
        "{name} holds sound only, and no film.",
        "Choose a film, an animated GIF, WebP or PNG, or a folder of frames.",
        name=name,
    )


@dataclass(frozen=True)
class _Shape:
    """(width, height) of the decoded pictures, of them with square pixels, and how they are turned (EXIF, 1 to 8)."""

    stored: tuple[int, int]
    square: tuple[int, int]
    orientation: int

    @property
    def shown(self) -> tuple[int, int]:
        return self.square if self.orientation < 5 else self.square[::-1]

    @classmethod
    def of(cls, stream: Any, picture: Any) -> _Shape:
        stored = int(picture.width), int(picture.height)
        aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
        return cls(stored, _square(stored, Fraction(aspect or 1)), _orientation(picture))


def _square(size: tuple[int, int], aspect: Fraction) -> tuple[int, int]:
    """The size that shows pixels ``aspect`` times wider than high in their shape; no side is made smaller."""
    if not Fraction(1, _WIDEST_PIXEL) <= aspect <= _WIDEST_PIXEL:
        return size
    width, height = size
    return (round(width * aspect), height) if aspect >= 1 else (width, round(height / aspect))


def _orientation(picture: Any) -> int:
    """How the film wants to be turned and mirrored, to the nearest right angle: the display matrix's a, b, c, d."""
    told = next((bytes(part) for part in picture.side_data if part.type.name == "DISPLAYMATRIX"), b"")
    if len(told) < _MATRIX_BYTES:
        return 1
    matrix = np.frombuffer(told[:_MATRIX_BYTES], np.int32).astype(np.int64)
    a, b, c, d = (int(matrix[place]) for place in (0, 1, 3, 4))
    along = (a, 0, 0, d) if abs(a) + abs(d) >= abs(b) + abs(c) else (0, b, c, 0)
    signs = tuple(int(np.sign(value)) for value in along)
    return next((number for key, number in _ORIENTATIONS.items() if key == signs), 1)


@dataclass(frozen=True)
class _Times:
    """How many frames, how many a second if they are steady, and how many seconds the last one is shown."""

    count: int
    rate: Fraction | None
    last: Fraction

    @classmethod
    def of(cls, container: Any, stream: Any) -> _Times:
        """From the packets, of which none is decoded; the container is read to its end."""
        known: list[tuple[int, int]] = []
        unknown = discarded = 0
        for packet in container.demux(stream):
            if packet.is_discard:
                discarded += 1
            elif packet.size and packet.pts is not None:
                known.append((packet.pts, packet.duration or 0))
            elif packet.size:
                unknown += 1
        known.sort()
        count = max(len(known) + unknown, _announced(container, stream, known) - discarded)
        told = stream.average_rate or stream.guessed_rate
        usual = Fraction(told) if told else _USUAL_RATE
        if unknown or not known:
            return cls(count, usual, 1 / usual)
        times = np.array([pts for pts, _ in known], np.int64)
        last = _last_duration(container, stream, known) or 1 / usual
        return cls(count, _steady_rate(times, stream, last), last)


def _announced(container: Any, stream: Any, known: list[tuple[int, int]]) -> int:
    """How many pictures the header says there are; AVI counts the times at which one just stays, too."""
    has_gaps = bool(known) and known[-1][0] - known[0][0] >= len(known)
    return len(known) if has_gaps and _is_avi(container) else int(stream.frames)


def _is_avi(container: Any) -> bool:
    return "avi" in str(container.format.name).split(",")


def _steady_rate(times: np.ndarray[Any, np.dtype[np.int64]], stream: Any, last: Fraction) -> Fraction | None:
    """The rate at which all frames come, if there is one. ``times`` are in the stream's time base and ascend."""
    base = Fraction(stream.time_base)
    candidates = [Fraction(rate) for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate) if rate]
    if len(times) > 1 and times[-1] > times[0]:
        mean = (len(times) - 1) / (Fraction(int(times[-1] - times[0])) * base)
        candidates.append(mean.limit_denominator(1001))
    for rate in candidates:
        steps = np.arange(len(times)) / float(rate * base)
        off = float(np.abs(times - times[0] - steps).max() * base)
        if off <= min(max(base, _JITTER), 1 / rate / 4) and last < Fraction(3, 2) / rate:
            return rate
    return None


def _last_duration(container: Any, stream: Any, known: list[tuple[int, int]]) -> Fraction | None:
    """Seconds of the last frame: what its packet says, and in Matroska and AVI, which say nothing there, the end."""
    base = Fraction(stream.time_base)
    pts, duration = known[-1]
    if _is_avi(container) and stream.frames > pts:
        return (int(stream.frames) - pts) * base
    if "matroska" in container.format.name and len(container.streams) == 1 and container.duration:
        left = Fraction(container.duration, 1_000_000) - pts * base
        if left > 0:
            return left
    return duration * base if duration > 0 else None


def _film_track(container: Any, name: str) -> Any:
    """The video track that is the film: no cover picture, and none of one picture if there is another."""
    from av.stream import Disposition

    films = [track for track in container.streams.video if not track.disposition & Disposition.attached_pic]
    if films:
        return min(films, key=lambda track: (track.frames == 1, not track.disposition & Disposition.default))
    if container.streams.audio:
        raise sound_only(name)
    raise UnsupportedFileError("{name} has no pictures in it.", "Choose a film.", name=name)


def _seconds(picture: Any, stream: Any) -> Fraction:
    return Fraction(picture.pts or 0) * Fraction(picture.time_base or stream.time_base)


def _with_next(pictures: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    """Every picture with the one after it, of the last with ``None``."""
    current = next(pictures, None)
    for following in chain(pictures, (None,)):
        if current is not None:
            yield current, following
        current = following


def _alpha(picture: Any) -> Pixels:
    """The alpha plane; not by way of RGBA, where FFmpeg loses the last columns of some widths."""
    plane = picture.reformat(format="yuva444p").planes[3]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: picture.height, : picture.width]


def _has_alpha(stream: Any) -> bool:
    pixel_format = stream.codec_context.format
    own = pixel_format is not None and any(component.is_alpha for component in pixel_format.components)
    return bool(own or _alpha_apart(stream))


def _alpha_apart(stream: Any) -> bool:
    """Whether a WebM says that its transparency is a track within the track."""
    return any(key.lower() == "alpha_mode" and value == "1" for key, value in stream.metadata.items())


def _decoded(container: Any, stream: Any) -> Iterator[Any]:
    if not _alpha_apart(stream):
        yield from container.decode(stream)
        return
    av = engine_part("av")
    # FFmpeg's own VP8 and VP9 decoders leave the transparency of WebM out; libvpx reads it.
    name = _ALPHA_DECODERS.get(stream.codec_context.codec.canonical_name, "libvpx-vp9")
    decoder: Any = av.CodecContext.create(name, "r")
    for packet in container.demux(stream):
        yield from decoder.decode(packet)
