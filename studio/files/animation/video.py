"""MP4 (H.264) and WebM (VP9) through PyAV, frame by frame."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, BinaryIO, Final

import av
import numpy as np

from studio.document import Pixels
from studio.errors import EngineError, UnsupportedFileError
from studio.files.animation.formats import AnimationFormat, ExportOptions
from studio.files.animation.playback import Playback, TimedFrame
from studio.text.exceptions import reason_for

ENCODERS: Final = {
    AnimationFormat.MP4: ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf"),
    AnimationFormat.WEBM: ("libvpx-vp9",),
}
"""Encoders in order of preference: builds of FFmpeg differ in what they hold."""

_CODECS: Final = {AnimationFormat.MP4: "H.264", AnimationFormat.WEBM: "VP9"}
_USUAL_RATE: Final = 25
"""What the encoder is told of uneven frames, for sharing out its bits."""
_MILLISECONDS: Final = Fraction(1, 1000)
_BT709: Final = 1


def write_video(file_format: AnimationFormat, stream: BinaryIO, playback: Playback, options: ExportOptions) -> None:
    """Write all frames. WebM keeps transparency; MP4 lies on the background and is padded to even sides.

    Raises `UnsupportedFileError` when this build of FFmpeg has no encoder for the codec, and `OSError` of the stream.
    """
    encoder = encoder_for(file_format)
    alpha = file_format is AnimationFormat.WEBM and playback.has_alpha
    watched = _Watched(stream)
    try:
        with av.open(watched, "w", format=str(file_format)) as container:
            video = _stream(container, encoder, playback, options, alpha=alpha)
            converted = _Converter(video.pix_fmt, even=file_format is AnimationFormat.MP4)
            times = _Times(playback.rate)
            for frame in playback.frames():
                container.mux(times.said(video.encode(times.stamped(converted(frame), frame))))
            container.mux(times.said(video.encode(None)))
    except av.error.FFmpegError as error:
        if watched.refusal is not None:
            raise watched.refusal from error
        raise EngineError(
            "The encoder {encoder} failed: {reason}.",
            "Try another size or another format.",
            encoder=encoder,
            reason=reason_for(error),
        ) from error


def encoder_for(file_format: AnimationFormat) -> str:
    """The first encoder that this build has; `UnsupportedFileError` if it has none."""
    for name in ENCODERS[file_format]:
        try:
            av.codec.Codec(name, "w")
        except av.codec.codec.UnknownCodecError:
            continue
        return name
    raise UnsupportedFileError(
        "This build has no {codecs} encoder.",
        "Choose another format, such as WebP or GIF, or install PyAV from its wheels (pip install av).",
        codecs=_CODECS[file_format],
    )


class _Times:
    """When every frame is shown, and for how long: by numbers at a steady rate, else by milliseconds.

    The encoders leave durations out, so that the last frame of uneven ones would be shown for as long as any.
    """

    def __init__(self, rate: Fraction | None) -> None:
        self._rate = rate
        self._durations: dict[int, int] = {}
        self._number = 0

    def stamped(self, picture: Any, frame: TimedFrame) -> Any:
        """The picture with its time, on its way into the encoder."""
        if self._rate is not None:
            picture.pts, picture.time_base = self._number, 1 / self._rate
            self._number += 1
            return picture
        picture.pts, picture.time_base = round(frame.begin * 1000), _MILLISECONDS
        self._durations[picture.pts] = frame.rounded_duration(1000)
        return picture

    def said(self, packets: list[Any]) -> list[Any]:
        """What came out of the encoder, with the durations of its frames."""
        for packet in packets:
            packet.duration = self._durations.pop(packet.pts, packet.duration)
        return packets


class _Watched:
    """A stream that remembers why it could not be written: FFmpeg reports that late, and without the reason."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell
        self.refusal: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._stream.write(data)
        except OSError as error:
            self.refusal = error
            raise


def _stream(container: Any, encoder: str, playback: Playback, options: ExportOptions, *, alpha: bool) -> Any:
    rate = playback.rate
    coding = _quality(encoder, options.quality)
    if rate is None and encoder == "libx264":
        coding["bf"] = "0"  # MP4 tells durations in the order of coding, which must be that of showing
    video = container.add_stream(encoder, rate=rate or _USUAL_RATE, options=coding)
    width, height = playback.size
    if encoder not in ENCODERS[AnimationFormat.WEBM]:
        width, height = width + width % 2, height + height % 2
    video.width, video.height = width, height
    video.pix_fmt = "yuva420p" if alpha else "yuv420p"
    context = video.codec_context
    context.time_base = 1 / rate if rate else _MILLISECONDS
    if rate is None and encoder != "libx264":
        context.framerate = Fraction(0)  # else WebM says that every frame lasts as long
    # Said in the file, and used for the conversion: else players guess by the size, and the colours shift.
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = av.video.reformatter.ColorRange.MPEG
    if alpha:
        video.metadata["alpha_mode"] = "1"
    return video


def _quality(encoder: str, quality: int) -> dict[str, str]:
    """Options for 1..100; 85 is what H.264 calls 18 and VP9 29, where most eyes see no loss."""
    if encoder == "libx264":
        return {"crf": str(round(40 - quality * 0.26)), "preset": "medium"}
    if encoder == "libvpx-vp9":
        return {"crf": str(round(60 - quality * 0.36)), "b": "0", "row-mt": "1", "cpu-used": "3"}
    return {}


class _Converter:
    """From RGBA to the encoder's pixel format, by one conversion that is set up once."""

    def __init__(self, pixel_format: str, *, even: bool) -> None:
        self._format = pixel_format
        self._even = even
        self._reformatter = av.video.reformatter.VideoReformatter()

    def __call__(self, frame: TimedFrame) -> Any:
        pixels = _padded(frame.pixels) if self._even else frame.pixels
        # The frame looks at the array and does not copy it; what is encoded is the converted frame, which owns its own.
        given = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="rgba")
        return self._reformatter.reformat(
            given,
            format=self._format,
            dst_colorspace=av.video.reformatter.Colorspace.ITU709,
            dst_color_range=av.video.reformatter.ColorRange.MPEG,
            threads=1,  # starting threads for a frame takes longer than they save, and the encoder has its own
        )


def _padded(pixels: Pixels) -> Pixels:
    """The last row and column once more where a side is odd."""
    height, width = pixels.shape[:2]
    if height % 2 or width % 2:
        return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return pixels
