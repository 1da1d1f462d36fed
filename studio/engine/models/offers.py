"""What a repository of the hub offers: a whole model folder, and single files, of which a person chooses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from studio.engine.models.companions import CARD
from studio.engine.models.download import MAX_INDEX, Report, download_files, download_model
from studio.engine.models.folder_models import family_of_index
from studio.engine.models.headers import PICKLE_SUFFIXES
from studio.engine.models.hub import Hub, RemoteFile, Repository
from studio.engine.models.repository_files import INDEX_NAME, choose_files
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.text.untrusted import parse_json

_SAFE: Final = (".safetensors", ".sft")
_PAGES: Final = ("huggingface.co", "hf.co", "hf-mirror.com")
_IN_PAGE: Final = re.compile(r"(?:blob|resolve)/[^/]+/(?P<file>.+)")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something to download; ``files`` of "" for the whole folder that diffusers reads. ``size`` in bytes."""

    file: str
    size: int

    @property
    def is_folder(self) -> bool:
        return not self.file


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What there is. ``asked`` is the file that the address named, "" for none; ``refused`` counts the files of weights
    that can run code; ``why_no_folder`` says why a model folder is not offered, where there is one."""

    repository: str
    choices: tuple[Choice, ...]
    asked: str = ""
    refused: int = 0
    why_no_folder: str = ""


Look = Callable[[str, CancelToken], Offer]
Fetch = Callable[[str, Sequence[str], Path, Report, CancelToken], Path]


def parsed_address(address: str, endpoint: str = "") -> tuple[str, str]:
    """The repository, and the file or "", of "owner/name" or of the address of a page or file on the hub.

    ``endpoint`` is the address of the hub that is used. Raises `ModelError` for addresses elsewhere.
    """
    text = address.strip()
    if "://" not in text and not text.startswith(tuple(f"{page}/" for page in _PAGES)):
        return text, ""
    host, path = _host_and_path(text if "://" in text else f"https://{text}")
    if host not in (*_PAGES, _host_and_path(endpoint)[0]) or not host:
        raise ModelError(
            f"{text[:200]} is no address of the hub.",
            "Give owner/name or the address of a page of the hub; files from elsewhere are downloaded with a browser "
            "and put into the models folder.",
        )
    names = unquote(path).strip("/").split("/", 2)
    found = _IN_PAGE.fullmatch(names[2]) if len(names) > 2 else None
    return "/".join(names[:2]), found["file"] if found else ""


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # such as half an IPv6 address
        return "", ""
    return (parts.hostname or "").removeprefix("www."), parts.path


def look_at(address: str, cancel: CancelToken, *, endpoint: str | None = None) -> Offer:
    """What a repository offers. Raises `ModelError` where there is nothing that can be used, or `Cancelled`."""
    hub = Hub(cancel, endpoint)
    repo_id, asked = parsed_address(address, hub.address)
    repository = hub.repository(repo_id)
    folder, why = _folder(hub, repository)
    singles = sorted(_singles(repository), key=lambda file: (file.name.count("/"), file.name.lower()))
    choices = tuple(Choice(file=file.name, size=file.size) for file in singles)
    refused = sum(Path(file.name).suffix.lower() in PICKLE_SUFFIXES for file in repository.files)
    if folder is None and not choices:
        raise ModelError(why or _nothing(repo_id, refused), "Choose another repository.")
    return Offer(
        repository=repo_id,
        choices=choices if folder is None else (folder, *choices),
        asked=asked if any(choice.file == asked for choice in choices) else "",
        refused=refused,
        why_no_folder=why,
    )


def fetch_chosen(
    repo_id: str,
    files: Sequence[str],
    target: Path,
    progress: Report,
    cancel: CancelToken,
    *,
    endpoint: str | None = None,
) -> Path:
    """Download files into the folder ``target``, with the card that tells their licence; with "" among them the whole
    model folder, and nothing else. Returns ``target``. Raises as `download_model`."""
    if "" in files:
        return download_model(repo_id, target, progress, cancel, endpoint=endpoint)
    download_files(repo_id, files, target, cancel, progress=progress, also=(CARD,), endpoint=endpoint)
    return target


def _folder(hub: Hub, repository: Repository) -> tuple[Choice | None, str]:
    """The model folder that a repository is, or why it cannot be used; neither where it is none."""
    index_file = next((file for file in repository.files if file.name == INDEX_NAME), None)
    if index_file is None or index_file.size > MAX_INDEX:
        return None, ""
    try:
        with hub.opened(repository, INDEX_NAME, {}) as exchange:
            index = parse_json(b"".join(exchange.body(MAX_INDEX)))
        if not isinstance(index, dict):
            raise ValueError("it is no object")
        files = choose_files(repository.files, index, family_of_index(index, repository.repo_id))
    except ModelError as error:
        return None, str(error)
    except ValueError:
        return None, f"The {INDEX_NAME} of {repository.repo_id} cannot be read."
    return Choice(file="", size=sum(file.size for file in files)), ""


def _singles(repository: Repository) -> list[RemoteFile]:
    """Files that are something by themselves; what lies in the folders of a model folder is a part of that."""
    is_folder = any(file.name == INDEX_NAME for file in repository.files)
    found = [file for file in repository.files if file.name.endswith(_SAFE) and _is_plain(file.name)]
    return [file for file in found if not (is_folder and "/" in file.name)]


def _is_plain(name: str) -> bool:
    return not re.search(r"-\d{5}-of-\d{5}", name) and not any(part.startswith(".") for part in name.split("/"))


def _nothing(repo_id: str, refused: int) -> str:
    if refused:
        return f"{repo_id} holds only files that can run code when they are opened ({refused}), which are not loaded."
    return f"{repo_id} holds no weights in safetensors."
