"""What Civitai says of the files of a model, by its public interface (https://developer.civitai.com/site)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import parse_qs

from studio.engine.models.companions import NOTES, beside
from studio.engine.models.web import Web, split_address
from studio.errors import FileError, ModelError
from studio.files.disk.atomic import write_atomically
from studio.text.json_text import json_text
from studio.text.untrusted import parse_json

_LARGEST: Final = 4 << 20
_MODEL: Final = re.compile(r"/models/([0-9]{1,12})(?:/[^/]*)?/?")
_VERSION: Final = re.compile(r"/api/(?:download/models|v1/model-versions)/([0-9]{1,12})/?")
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NOTED: Final = ("id", "modelId", "name", "baseModel", "trainedWords", "model")


@dataclass(frozen=True, kw_only=True)
class CivitaiFile:
    """A file of a version; ``size`` in bytes, about."""

    name: str
    size: int
    address: str
    sha256: str | None
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class CivitaiVersion:
    """A version of a model, with its page and files; ``notes`` are what is kept beside a file of it."""

    name: str
    page: str
    files: tuple[CivitaiFile, ...]
    notes: Mapping[str, Any]

    def file(self, name: str) -> CivitaiFile:
        """The file of a name. Raises `ModelError` where there is none."""
        for each in self.files:
            if each.name == name:
                return each
        raise ModelError(
            "{name} has no file {file}.", "Look at it again: it may have changed.", name=self.name, file=name
        )


def is_civitai(web: Web, address: str) -> bool:
    """Whether an address is one of Civitai."""
    return _host(address) == _host(web.civitai)


def version_at(web: Web, address: str) -> CivitaiVersion | None:
    """The version that a page or a download address names, the newest where the page names none.

    ``None`` for addresses elsewhere. Raises `ModelError` or `Cancelled`.
    """
    if not is_civitai(web, address):
        return None
    parts = split_address(address)
    asked = parse_qs(parts.query).get("modelVersionId", [""])[0]
    version, model = _VERSION.fullmatch(parts.path), _MODEL.fullmatch(parts.path)
    if version is None and model is None:
        return None
    number = version[1] if version is not None else asked
    if model is not None and not _NUMBER.fullmatch(number):
        number = _newest(web, model[1])
    return _version(web, _asked(web, f"{web.civitai}/api/v1/model-versions/{number}"))


def note_beside(file: Path, version: CivitaiVersion) -> None:
    """Keep what Civitai says of a file beside it, where other programs look for it too; a full disk is no loss."""
    place = beside(file, NOTES[0])
    if place.exists():
        return
    content = json_text(dict(version.notes)).encode()

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    try:
        write_atomically(place, write)
    except (FileError, OSError):
        place.unlink(missing_ok=True)


def _newest(web: Web, model: str) -> str:
    """The number of the newest version of a model, which is listed first."""
    versions = _asked(web, f"{web.civitai}/api/v1/models/{model}").get("modelVersions")
    first = versions[0] if isinstance(versions, list) and versions else None
    number = str(first.get("id")) if isinstance(first, dict) else ""
    if not _NUMBER.fullmatch(number):
        raise ModelError("Civitai names no version of that model.", "Choose another model.")
    return number


def _asked(web: Web, address: str) -> dict[str, Any]:
    try:
        answer = parse_json(web.content(address, _LARGEST))
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ModelError("Civitai's answer cannot be read.", "Try again later, or download the file with a browser.")
    return answer


def _version(web: Web, values: Mapping[str, Any]) -> CivitaiVersion:
    """With every value checked that is used."""
    number, model, owner = values.get("id"), values.get("modelId"), values.get("model")
    title = owner.get("name") if isinstance(owner, dict) else ""
    listed = values.get("files")
    files = tuple(file for each in listed if (file := _file(web, each))) if isinstance(listed, list) else ()
    if not isinstance(number, int) or not isinstance(model, int) or not files:
        raise ModelError("Civitai names no file that could be downloaded there.", "Choose another version.")
    name = " ".join(text for text in (title, values.get("name")) if isinstance(text, str) and text)
    page = f"{web.civitai}/models/{model}?modelVersionId={number}"
    notes = {key: values[key] for key in _NOTED if key in values}
    return CivitaiVersion(name=name[:200] or page, page=page, files=files, notes=notes)


def _file(web: Web, values: Any) -> CivitaiFile | None:
    if not isinstance(values, dict):
        return None
    name, address = values.get("name"), values.get("downloadUrl")
    if not isinstance(name, str) or not isinstance(address, str) or not is_civitai(web, address):
        return None
    hashes = values.get("hashes")
    sha256 = str(hashes.get("SHA256", "")).lower() if isinstance(hashes, dict) else ""
    return CivitaiFile(
        name=name,
        size=_bytes(values.get("sizeKB")),
        address=address,
        sha256=sha256 if _SHA256.fullmatch(sha256) else None,
        is_first=values.get("primary") is True,
    )


def _bytes(kilobytes: object) -> int:
    """0 for what is no size."""
    if isinstance(kilobytes, bool) or not isinstance(kilobytes, int | float):
        return 0
    return round(kilobytes * 1024) if 0 <= kilobytes < 1 << 40 else 0


def _host(address: str) -> str:
    parts = split_address(address)
    return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or ''}"
