"""Commands on frames: animate, convert."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from studio.cli.jobs import interrupt_cancels
from studio.cli.options import AsJson, Device, Memory, Precision
from studio.cli.output import ProgressLine, parse_size, print_facts
from studio.cli.services import build_services
from studio.errors import SettingError
from studio.files.animation.formats import (
    AnimationFormat,
    Dither,
    ExportOptions,
    animation_format,
    parse_colour,
    parse_fps,
)
from studio.generation import CancelToken
from studio.paths import default_paths


def register(app: typer.Typer) -> None:
    app.command("animate")(animate)
    app.command("convert")(convert)


def animate(
    project: Annotated[Path, typer.Argument(help="The project file (.toml).")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file: .gif, .apng, .webp, .avif, .mp4, .webm, .json; or a folder."),
    ],
    work: Annotated[
        Path | None, typer.Option(help="Folder for the frames on their way; NAME.frames beside the output if left out.")
    ] = None,
    keep_frames: Annotated[bool, typer.Option("--keep-frames", help="Leave the work folder at the end.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Draw all frames anew.")] = False,
    device: Device = None,
    precision: Precision = None,
    memory: Memory = None,
    as_json: AsJson = False,
) -> None:
    """Draw an animation. A run that was stopped goes on where it was, to the same result."""
    from studio.files.animation.export import check_export, export_frames
    from studio.files.animation.project import read_project
    from studio.jobs.animation import AnimationRunner

    file_format = animation_format(output)
    opened = read_project(project)
    fps = Fraction(str(opened.project.fps))
    options = opened.project.export.options(fps)
    check_export(output, file_format, options, (opened.project.width, opened.project.height))
    folder = work or output.with_name(f"{output.name}.frames")
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    cancel, progress = CancelToken(), ProgressLine(quiet=as_json)
    with interrupt_cancels(cancel):
        try:
            runner = AnimationRunner(services.host, services.runner)
            done = runner.run(opened, folder, cancel, progress, restart=restart)
            frames = done.work.frames(fps, opaque=done.opaque)
            try:
                notes = export_frames(frames, output, file_format, options, cancel=cancel, report=progress)
            except BaseException:
                done.work.release()
                raise
        finally:
            progress.done()
    if keep_frames:
        done.work.release()
    else:
        done.work.remove()
    notes = (*done.notes, *notes)
    facts = {
        **export_facts(output, file_format, notes),
        "frames": opened.project.frames,
        "drawn": done.drawn,
        "work": str(folder.resolve()) if keep_frames else None,
    }
    print_facts(facts, as_json=as_json, text="\n".join([str(output.resolve()), *notes]))


def convert(
    source: Annotated[
        Path,
        typer.Argument(help="A film, a GIF, WebP or APNG animation, a folder of pictures, or an .ora with a timeline."),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="The file: .gif, .apng, .webp, .avif, .mp4, .webm, .json; or a folder."),
    ],
    fps: Annotated[
        str | None,
        typer.Option(
            help="Frames a second, such as 12 or 24000/1001. Frames are left out or repeated, so that it plays as long "
            "as before; a folder of pictures is played at this rate."
        ),
    ] = None,
    size: Annotated[str | None, typer.Option(help="Width x height; the source's own if left out.")] = None,
    frames: Annotated[str | None, typer.Option(help="The first and last frame, counted from 1: 5-20.")] = None,
    loops: Annotated[int, typer.Option(help="How often it plays, 0 for ever (GIF, APNG, WebP).")] = 0,
    ping_pong: Annotated[bool, typer.Option("--ping-pong", help="Play forward, then back.")] = False,
    background: Annotated[str | None, typer.Option(help="A colour behind transparency, such as #336699.")] = None,
    dither: Annotated[str, typer.Option(help="For GIF: floyd_steinberg, ordered or none.")] = "floyd_steinberg",
    quality: Annotated[int, typer.Option(help="1 to 100, for WebP (100: lossless), AVIF, MP4 and WebM.")] = 85,
    pad: Annotated[bool, typer.Option("--pad", help="Add a row or column where MP4 needs even sides.")] = False,
    columns: Annotated[int | None, typer.Option(help="Frames in one row of a sprite sheet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Turn a film, an animation, a folder of frames or a timeline into a film, an animation or a folder of frames."""
    from studio.files.animation.export import export_frames
    from studio.files.animation.read import open_frames

    file_format = animation_format(output)
    first, last = parse_range(frames)
    options = ExportOptions(
        fps=None if fps is None else parse_fps(fps),
        size=None if size is None else parse_size(size),
        first=first,
        last=last,
        loops=loops,
        ping_pong=ping_pong,
        background=None if background is None else parse_colour(background),
        dither=_dither(dither),
        quality=quality,
        pad=pad,
        columns=columns,
    )
    opened = open_frames(source)
    cancel, progress = CancelToken(), ProgressLine(quiet=as_json)
    with interrupt_cancels(cancel):
        try:
            notes = export_frames(opened, output, file_format, options, cancel=cancel, report=progress)
        finally:
            progress.done()
    print_facts(
        export_facts(output, file_format, notes), as_json=as_json, text="\n".join([str(output.resolve()), *notes])
    )


def export_facts(output: Path, file_format: AnimationFormat, notes: tuple[str, ...]) -> dict[str, Any]:
    """What ``--json`` prints about an exported animation."""
    return {"path": str(output.resolve()), "format": str(file_format), "notes": list(notes)}


def parse_range(text: str | None) -> tuple[int, int | None]:
    """ "5-20", "5-" or "5" as the first and last frame; all of them for ``None``. Raises `SettingError`."""
    if text is None:
        return 1, None
    first, dash, last = text.strip().partition("-")
    if first.isdecimal() and (not last or last.isdecimal()):
        return int(first), int(last) if last else None if dash else int(first)
    raise SettingError(f"{text!r} is not a range of frames.", "Write the first and the last one, for example 5-20.")


def _dither(text: str) -> Dither:
    if text not in get_args(Dither):
        raise SettingError(f"There is no dither {text!r}.", f"Known are: {', '.join(get_args(Dither))}.")
    return cast("Dither", text)
