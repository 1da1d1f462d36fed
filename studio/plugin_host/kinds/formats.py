"""Picture formats to open and to write."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from studio.api import ExporterSpec, ImportedPicture, ImporterSpec, Pixels
from studio.errors import PluginError, ShorelineError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.plain_specs import is_a, plain_items, plain_text
from studio.plugin_host.results import picture, type_of
from studio.plugin_host.trials import trial_pixels

_SUFFIX = re.compile(r"[a-z0-9]{1,16}")


def _check_suffixes(owner: str, suffixes: object) -> None:
    is_tuple = isinstance(suffixes, tuple) and bool(suffixes)
    if not is_tuple or not all(isinstance(s, str) and _SUFFIX.fullmatch(s) for s in suffixes):  # type: ignore[attr-defined]
        raise PluginError(
            "The suffixes of the {owner} must be a tuple of small letters and digits, without dots.",
            'Write it like suffixes=("tif", "tiff").',
            owner=owner,
        )


def _with_checked_import(_spec: ImporterSpec, decode: Function) -> Function:
    return lambda *given: _imported(decode(*given))


def _imported(returned: Any) -> Pixels | ImportedPicture:
    if not is_a(returned, ImportedPicture):
        return picture("decode must return", returned, channels=4)
    notes = tuple(plain_text(note) for note in plain_items(returned.notes))
    return ImportedPicture(picture("pixels must be", returned.pixels, channels=4), notes)


def _with_checked_file(_spec: ExporterSpec, encode: Function) -> Function:
    return lambda *given: _file(encode(*given))


def _file(data: object) -> bytes:
    if not is_a(data, bytes) or not data:
        length = len(data) if is_a(data, bytes) else "none"  # type: ignore[arg-type]
        raise TypeError(f"encode must return bytes, not {type_of(data)} of length {length}")
    return b"".join((cast("bytes", data),))


def _try_importer(spec: ImporterSpec) -> str:
    try:
        spec.decode(b"this is no picture")
    except ShorelineError as error:
        if isinstance(error, PluginError):
            return "it raises for a damaged file; raise SettingError, which tells a person what is wrong."
        return ""
    return "it makes a picture of a file that is none."


def _try_exporter(spec: ExporterSpec) -> str:
    spec.encode(trial_pixels())
    return ""


IMPORTERS: Final = Kind(
    id="importer",
    label="Opens: {name}",
    hook="shoreline_importers",
    spec=ImporterSpec,
    callback="decode",
    trial=_try_importer,
    check=lambda spec: _check_suffixes(f"importer {spec.id}", spec.suffixes),
    result=_with_checked_import,
)
EXPORTERS: Final = Kind(
    id="exporter",
    label="Writes: {name}",
    hook="shoreline_exporters",
    spec=ExporterSpec,
    callback="encode",
    trial=_try_exporter,
    check=lambda spec: _check_suffixes(f"exporter {spec.id}", spec.suffixes),
    result=_with_checked_file,
)
