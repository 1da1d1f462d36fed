"""Downloading diffusers model folders from the Hugging Face hub, with resume and cancel. Needs no torch."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Final

from studio.engine.models import inspect_model
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken

_ALLOWED: Final = ("*.safetensors", "*.json", "*.txt")
"""Weights that cannot run code, configs, vocabularies."""
_SKIPPED: Final = ("safety_checker/*", "*non_ema*", "*openvino*", "*onnx*", "*flax*")
_CHUNK: Final = 1 << 20

Report = Callable[[int, int], None]
"""``report(bytes_done, bytes_total)``"""


@dataclass(frozen=True)
class RemoteFile:
    """One file of a repository: its size in bytes, and its SHA-256 where the hub knows it."""

    name: str
    size: int
    sha256: str | None = None


@dataclass(frozen=True)
class HubRepository:
    """A repository at one revision. ``endpoint`` ``None`` is the hub that huggingface_hub is set up for."""

    repo_id: str
    revision: str
    endpoint: str | None
    token: str | None


def download_model(
    repo_id: str,
    target: Path,
    progress: Report,
    cancel: CancelToken,
    *,
    endpoint: str | None = None,
    token: str | None = None,
) -> Path:
    """Fetch a diffusers model such as "owner/name" into the folder ``target``, and check it.

    A download that was cancelled or broke off goes on where it stopped, also within a file. Returns ``target``.
    Raises `Cancelled`, or `ModelError` when the hub or the model cannot be reached, or it is no usable model.
    """
    try:
        repository, files = _listed(repo_id, endpoint, token)
        _check_names(repo_id, files)
        total = sum(file.size for file in files)
        done = 0
        for file in files:
            _fetch(repository, file, target, cancel, _offset(progress, done, total))
            done += file.size
    except (Cancelled, ModelError):
        raise
    except OSError as error:
        raise _unreachable(repo_id, error) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("huggingface_hub", "httpx", "httpx2"):
            raise
        raise _unreachable(repo_id, error) from error
    inspect_model(target)
    return target


def _offset(progress: Report, done: int, total: int) -> Callable[[int], None]:
    return lambda count: progress(done + count, total)


def choose_files(files: list[RemoteFile]) -> list[RemoteFile]:
    """What a diffusers folder needs of a repository.

    Left out are pickles, safety checkers, ``.fp16`` copies of weights that are there in full too, and one-file
    checkpoints beside the folders.
    """
    names = {file.name for file in files}

    def wanted(file: RemoteFile) -> bool:
        path = PurePosixPath(file.name)
        allowed = any(fnmatch(file.name, pattern) for pattern in _ALLOWED)
        if not allowed or any(fnmatch(file.name, pattern) for pattern in _SKIPPED):
            return False
        if path.suffix == ".safetensors":
            whole = file.name.replace(".fp16.", ".")
            return len(path.parts) > 1 and (whole == file.name or whole not in names)
        return True

    return [file for file in files if wanted(file)]


def _listed(repo_id: str, endpoint: str | None, token: str | None) -> tuple[HubRepository, list[RemoteFile]]:
    hub = importlib.import_module("huggingface_hub")
    info = hub.HfApi(endpoint=endpoint, token=token).model_info(repo_id, files_metadata=True)
    files = [
        RemoteFile(item.rfilename, int(item.size or 0), item.lfs.sha256 if item.lfs else None) for item in info.siblings
    ]
    return HubRepository(repo_id, info.sha, endpoint, token), choose_files(files)


def _check_names(repo_id: str, files: list[RemoteFile]) -> None:
    if not any(file.name == "model_index.json" for file in files):
        raise ModelError(
            f"{repo_id} is not a diffusers model folder: it has no model_index.json.",
            "Choose a repository in the diffusers layout, or download its .safetensors file by hand.",
        )
    for file in files:
        path = PurePosixPath(file.name)
        if path.is_absolute() or ".." in path.parts or "\\" in file.name or ":" in file.name:
            raise ModelError(f"{repo_id} names a file outside its folder: {file.name}.", "Do not use this repository.")


def _fetch(
    repository: HubRepository, file: RemoteFile, target: Path, cancel: CancelToken, received: Callable[[int], None]
) -> None:
    """Download one file beside its place, check it, and move it there. A whole file is not fetched again."""
    place = target / file.name
    if place.is_file() and place.stat().st_size == file.size:
        received(file.size)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + ".part")
    _receive(repository, file, part, cancel, received)
    _check_part(repository, file, part)
    part.replace(place)


def _receive(
    repository: HubRepository, file: RemoteFile, part: Path, cancel: CancelToken, received: Callable[[int], None]
) -> None:
    hub = importlib.import_module("huggingface_hub")
    count = part.stat().st_size if part.is_file() else 0
    headers = dict(hub.utils.build_hf_headers(token=repository.token))
    # A compressed answer would make byte positions meaningless.
    headers |= {"Range": f"bytes={count}-", "Accept-Encoding": "identity"} if count else {"Accept-Encoding": "identity"}
    url = hub.hf_hub_url(repository.repo_id, file.name, revision=repository.revision, endpoint=repository.endpoint)
    cancel.raise_if_cancelled()
    with hub.utils.get_session().stream("GET", url, headers=headers, follow_redirects=True) as response:
        if response.status_code == 416:
            return
        hub.utils.hf_raise_for_status(response)
        count = count if response.status_code == 206 else 0
        with part.open("ab" if count else "wb") as out:
            for chunk in response.iter_bytes(_CHUNK):
                out.write(chunk)
                count += len(chunk)
                received(min(count, file.size))
                cancel.raise_if_cancelled()


def _check_part(repository: HubRepository, file: RemoteFile, part: Path) -> None:
    """A part of the wrong size or content is removed, so that the next try begins anew."""
    sound = part.is_file() and part.stat().st_size == file.size
    if sound and file.sha256 is not None:
        with part.open("rb") as stream:
            sound = hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    if not sound:
        if part.is_file() and part.stat().st_size >= file.size:
            part.unlink()
        raise ModelError(
            f"{file.name} of {repository.repo_id} arrived damaged or incomplete.", "Start the download again."
        )


def _unreachable(repo_id: str, error: Exception) -> ModelError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
    return ModelError(
        f"{repo_id} could not be downloaded: {reason}",
        "Check the name, the network and the free disk space; what is there already is kept.",
    )
