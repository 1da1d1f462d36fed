"""Downloading diffusers model folders from the Hugging Face hub, with resume and cancel. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from studio.engine.models.companions import CARD
from studio.engine.models.fetching import Fetch, RemoteFile, Report, Source, check_space, fetch_all, kept_bytes, saving
from studio.engine.models.folder_models import family_of_index, inspect_folder
from studio.engine.models.hub import Hub, Repository
from studio.engine.models.repository_files import INDEX_NAME, choose_files
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.generation import CancelToken

MAX_INDEX: Final = 1 << 20
"""The largest ``model_index.json``, in bytes."""


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

    Every file is compared with the hash that the hub gives. A download that was cancelled or broke off goes on where it
    stopped, also within a file. Returns ``target``. Raises `Cancelled` within a second of a cancel, or `ModelError`
    when the hub or the model cannot be reached, there is no room for it, or it is no usable model.
    """
    hub = Hub(cancel, endpoint, token)
    repository = hub.repository(repo_id)
    source = hub.source(repository)
    with saving(repo_id, target):
        files = _chosen(source, repository, target)
        check_space(repo_id, files, target)
        fetch_all(source, files, target, progress)
    inspect_folder(target)
    return target


def download_files(
    repo_id: str,
    names: Sequence[str],
    target: Path,
    cancel: CancelToken,
    *,
    progress: Report = lambda _done, _total: None,
    also: Sequence[str] = (),
    endpoint: str | None = None,
) -> None:
    """Fetch files of a repository into the folder ``target``, and those of ``also`` that it has.

    Raises `Cancelled` or `ModelError`.
    """
    hub = Hub(cancel, endpoint)
    repository = hub.repository(repo_id)
    files = [file for file in repository.files if file.name in (*names, *also)]
    if missing := set(names) - {file.name for file in files}:
        raise ModelError(
            "{repo_id} has no {names}.", "Try again later.", repo_id=repo_id, names=", ".join(sorted(missing))
        )
    with saving(repo_id, target):
        target.mkdir(parents=True, exist_ok=True)
        check_space(repo_id, files, target)
        fetch_all(hub.source(repository), files, target, progress)


def _chosen(source: Source, repository: Repository, target: Path) -> list[RemoteFile]:
    """What to fetch, by the repository's ``model_index.json``, which is fetched for that."""
    index_file = next((file for file in repository.files if file.name == INDEX_NAME), None)
    if index_file is None or index_file.size > MAX_INDEX:
        raise ModelError(
            "{repo_id} is not a diffusers model folder: it has no model_index.json.",
            "Choose a repository in the diffusers layout, or download its .safetensors file by hand.",
            repo_id=repository.repo_id,
        )
    Fetch(source, index_file, target, lambda _count: None).run()
    index = read_json(target / INDEX_NAME)
    family = family_of_index(index, repository.repo_id)
    card = [file for file in repository.files if file.name == CARD]
    return [*card, *choose_files(repository.files, index, family, lambda name: kept_bytes(target / name) > 0)]
