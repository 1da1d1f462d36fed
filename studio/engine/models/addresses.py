"""Downloading from an address outside the hub: a page or a file of Civitai, or any file."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from studio.engine.models.arrivals import WAITING, Fetched, Places, brought, check_free
from studio.engine.models.civitai import CivitaiVersion, note_beside, version_at
from studio.engine.models.fetching import RemoteFile, Report, check_space, fetch_all, saving
from studio.engine.models.headers import PICKLE_SUFFIXES
from studio.engine.models.offer import Choice, Offer
from studio.engine.models.web import Web, checked_name, shown
from studio.errors import ModelError
from studio.message import in_turn


def look_at_address(web: Web, address: str) -> Offer:
    """What is at an address. Raises `ModelError`, `UnsafeModelError` for a pickle, or `Cancelled`."""
    version = version_at(web, address)
    if version is None:
        file = web.file_at(address)
        return Offer(address=address, choices=(Choice(file=file.name, size=file.size),), asked=file.name)
    safe = [file for file in version.files if _is_safe(file.name)]
    if not safe:
        checked_name(version.files[0].name)  # which says why not
    first = next((file for file in safe if file.is_first), safe[0])
    named = [file for file in safe if file.address == address]
    return Offer(
        address=version.page,
        choices=tuple(Choice(file=file.name, size=file.size) for file in safe),
        asked=(named or [first])[0].name,
        refused=sum(PurePosixPath(file.name).suffix.lower() in PICKLE_SUFFIXES for file in version.files),
    )


def fetch_from_address(web: Web, address: str, names: Sequence[str], places: Places, progress: Report) -> Fetched:
    """Download files, look what they are, and bring them to their places. A download that broke off goes on.

    Raises as `look_at_address`, also where a file of that name is there already or the disk has no room.
    """
    version = version_at(web, address)
    where = {name: address if version is None else version.file(name).address for name in names}
    files = [_wanted(web, name, where[name], version) for name in names]
    for file in files:
        check_free(places.models / file.name)
    title = shown(address) if version is None else version.name
    waiting = places.models / WAITING / hashlib.sha256(address.encode()).hexdigest()[:16]
    with saving(title, waiting):
        waiting.mkdir(parents=True, exist_ok=True)
        check_space(title, files, waiting)
        fetch_all(web.source(title, where), files, waiting, progress)
        fetched = [brought(waiting / file.name, places) for file in files]
    _tidy(waiting)
    if version is not None:
        for each in fetched:
            note_beside(each.place, version)
    problem = in_turn(*(each.problem for each in fetched))
    return replace(fetched[0], problem=problem) if len(fetched) == 1 else Fetched(place=places.models, problem=problem)


def _wanted(web: Web, name: str, address: str, version: CivitaiVersion | None) -> RemoteFile:
    file = web.file_at(address, name if version is not None else "")
    if file.name != name:
        raise ModelError(
            "{shown} gives {file} now, not {name}.",
            "Look at it again.",
            shown=shown(address),
            file=file.name,
            name=name,
        )
    return file if version is None else replace(file, sha256=version.file(name).sha256)


def _is_safe(name: str) -> bool:
    try:
        checked_name(name)
    except ModelError:
        return False
    return True


def _tidy(waiting: Path) -> None:
    """Remove the folders in which files arrived, if nothing else waits there."""
    with contextlib.suppress(OSError):
        waiting.rmdir()
        waiting.parent.rmdir()
