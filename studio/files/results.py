"""Pictures that were drawn and not decided about yet, on disk: an OpenRaster file each, and what else is known."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from studio.document import Document, PaintLayer, Raster
from studio.errors import CorruptFileError, FileError, UnsupportedFileError
from studio.files.disk.atomic import write_atomically
from studio.files.documents import open_document, save_document
from studio.generation import GeneratedImage, GenerationRequest, GenerationSettings
from studio.system.private_files import make_private_folder
from studio.system.records import Record, check_of, flag, several, text

_PICTURE: Final = ".ora"
_FACTS: Final = ".json"
_DAMAGED: Final = ".damaged"
_NAME: Final = re.compile(r"([0-9A-Za-z]{1,64})-([0-9]{1,4})")


@dataclass(frozen=True, kw_only=True)
class ResultFacts(Record):
    """What the picture's file does not say: for which file it was drawn ("" for none), and ids of ``layers`` of the
    document, by which one that has no file is told. See `GeneratedImage`, `Job`."""

    document: str = text("")
    layers: tuple[str, ...] = several(check_of(text()))
    from_canvas: bool = flag(False)
    is_kept: bool = flag(False)


@dataclass(frozen=True, kw_only=True, eq=False)
class WaitingResult:
    """A picture of a job, whose request holds the canvas, the mask, and the settings for this very picture."""

    request: GenerationRequest
    image: GeneratedImage
    facts: ResultFacts


def write_result(folder: Path, name: str, result: WaitingResult) -> None:
    """Keep a picture in ``folder``, which is made if it is not there. Raises `FileError`."""
    image, asked_on = result.image, result.request.document
    layer = PaintLayer(
        name=name,
        raster=Raster.from_array(image.pixels, image.x, image.y),
        mask=None if image.mask is None else Raster.from_array(image.mask, image.x, image.y),
        settings=result.request.settings.json(),
    )
    document = Document(
        width=asked_on.width,
        height=asked_on.height,
        layers=(layer,),
        active_id=layer.id,
        generation_mask=asked_on.generation_mask,
    )
    _make(folder)
    save_document(document, folder / f"{name}{_PICTURE}")
    write_facts(folder, name, result.facts)


def write_facts(folder: Path, name: str, facts: ResultFacts) -> None:
    """Keep what else is known of a picture. Raises `FileError`."""

    def write(stream: BinaryIO) -> None:
        stream.write(facts.json().encode())

    write_atomically(folder / f"{name}{_FACTS}", write)


def delete_results(folder: Path, names: Iterable[str]) -> None:
    """Give pictures up; one that is not there is none to miss."""
    for name in names:
        for ending in (_PICTURE, _FACTS):
            with contextlib.suppress(OSError):
                (folder / f"{name}{ending}").unlink(missing_ok=True)


def left_results(folder: Path) -> tuple[str, ...]:
    """The names of the pictures that are kept in ``folder``, the oldest job first, its pictures in their order."""
    times: dict[str, float] = {}
    for path in _pictures(folder):
        with contextlib.suppress(OSError):  # gone meanwhile, which is no reason to miss the others
            times[path.stem] = path.stat().st_mtime
    jobs: dict[str, float] = {}
    for name, time in times.items():
        job = name.partition("-")[0]
        jobs[job] = min(time, jobs.get(job, time))
    return tuple(sorted(times, key=lambda name: (jobs[name.partition("-")[0]], name.partition("-")[0], _index(name))))


def read_result(folder: Path, name: str) -> WaitingResult:
    """A picture that was kept. Raises `FileError`.

    One that is damaged is put aside, so that this is told once; one for which there is no memory, say, stays.
    """
    path = folder / f"{name}{_PICTURE}"
    try:
        opened = open_document(path)
        layer = opened.document.layers[0]
        settings = GenerationSettings.read_json(layer.settings or "")
        if layer.raster is None or layer.raster.bounds().is_empty:
            raise ValueError("it holds no picture")
    except (FileError, ValueError, IndexError) as error:
        if isinstance(error, FileError) and not isinstance(error, (CorruptFileError, UnsupportedFileError)):
            raise
        with contextlib.suppress(OSError):
            path.rename(path.with_suffix(_DAMAGED))
        if isinstance(error, FileError):
            raise
        raise CorruptFileError(
            "The result {file} is damaged.", "It was put aside; draw it again.", file=path.name
        ) from error
    facts, place = _facts(folder, name), layer.raster.bounds()
    image = GeneratedImage(
        pixels=layer.raster.read(place),
        seed=settings.seed,
        x=place.x,
        y=place.y,
        mask=None if layer.mask is None else layer.mask.read(place),
        from_canvas=facts.from_canvas,
        settings=settings,
    )
    document = opened.document
    asked_on = Document(width=document.width, height=document.height, generation_mask=document.generation_mask)
    job_id = name.partition("-")[0]
    request = GenerationRequest(settings=settings, document=asked_on, id=job_id)
    return WaitingResult(request=request, image=image, facts=facts)


def _pictures(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(path for path in folder.glob(f"*{_PICTURE}") if _NAME.fullmatch(path.stem) and path.is_file())
    except OSError:
        return ()


def _facts(folder: Path, name: str) -> ResultFacts:
    try:
        return ResultFacts.read_json((folder / f"{name}{_FACTS}").read_bytes())
    except (OSError, ValueError):  # the picture is worth more than what else is known
        return ResultFacts()


def _index(name: str) -> int:
    return int(name.partition("-")[2])


def _make(folder: Path) -> None:
    try:
        make_private_folder(folder)
    except OSError as error:
        raise FileError(
            "The folder {folder} for results could not be made.", "Check that you may write there.", folder=folder
        ) from error
