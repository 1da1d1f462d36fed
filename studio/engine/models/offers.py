"""What a repository of the hub or an address offers, of which a person chooses, and downloading that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from studio.engine.models.addresses import fetch_from_address, look_at_address
from studio.engine.models.arrivals import Fetched, Places, upscaler_brought
from studio.engine.models.companions import CARD
from studio.engine.models.download import MAX_INDEX, download_files, download_model
from studio.engine.models.fetching import RemoteFile, Report, saving
from studio.engine.models.folder_models import family_of_index
from studio.engine.models.headers import PICKLE_SUFFIXES
from studio.engine.models.hub import Hub, Repository
from studio.engine.models.offer import Choice, Offer
from studio.engine.models.repository_files import INDEX_NAME, choose_files
from studio.engine.models.web import Web, split_address
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.message import Message
from studio.text.untrusted import parse_json

_SAFE: Final = (".safetensors", ".sft")
_PAGES: Final = ("huggingface.co", "hf.co", "hf-mirror.com")
_IN_PAGE: Final = re.compile(r"(?:blob|resolve)/[^/]+/(?P<file>.+)")


Look = Callable[[str, CancelToken], Offer]
Fetch = Callable[[str, Sequence[str], Report, CancelToken], Fetched]


def on_hub(address: str, endpoint: str = "") -> tuple[str, str] | None:
    """The repository, and the file or "", of "owner/name" or of the address of a page or file on the hub.

    ``endpoint`` is the address of the hub that is used. ``None`` for addresses elsewhere.
    """
    text = address.strip()
    if "://" not in text and not text.startswith(tuple(f"{page}/" for page in _PAGES)):
        return text, ""
    host, path = _host_and_path(text if "://" in text else f"https://{text}")
    if host not in (*_PAGES, _host_and_path(endpoint)[0]) or not host:
        return None
    names = unquote(path).strip("/").split("/", 2)
    found = _IN_PAGE.fullmatch(names[2]) if len(names) > 2 else None
    return "/".join(names[:2]), found["file"] if found else ""


def _host_and_path(address: str) -> tuple[str, str]:
    parts = split_address(address)
    return (parts.hostname or "").removeprefix("www."), parts.path


def look_at(address: str, cancel: CancelToken, *, endpoint: str | None = None, web: Web | None = None) -> Offer:
    """What a repository or an address offers; ``web`` asks addresses that are not on the hub.

    Raises `ModelError` where there is nothing that can be used, or `Cancelled`.
    """
    hub = Hub(cancel, endpoint)
    found = on_hub(address, hub.address)
    if found is None:
        return look_at_address(web or Web(cancel=cancel), address.strip())
    repo_id, asked = found
    repository = hub.repository(repo_id)
    folder, why = _folder(hub, repository)
    singles = sorted(_singles(repository), key=lambda file: (file.name.count("/"), file.name.lower()))
    choices = tuple(Choice(file=file.name, size=file.size) for file in singles)
    refused = sum(Path(file.name).suffix.lower() in PICKLE_SUFFIXES for file in repository.files)
    if folder is None and not choices:
        raise ModelError(why or _nothing(repo_id, refused), "Choose another repository.")
    return Offer(
        address=repo_id,
        choices=choices if folder is None else (folder, *choices),
        asked=asked if any(choice.file == asked for choice in choices) else "",
        refused=refused,
        why_no_folder=why,
    )


def fetch_chosen(
    address: str,
    files: Sequence[str],
    places: Places,
    progress: Report,
    cancel: CancelToken,
    *,
    endpoint: str | None = None,
    web: Web | None = None,
) -> Fetched:
    """Download files of a repository into a folder of its name, with the card that tells their licence; with "" among
    them the whole model folder, and nothing else. Upscalers and files from elsewhere come to where their kind belongs.

    Raises as `download_model` and `fetch_from_address`.
    """
    found = on_hub(address, Hub(cancel, endpoint).address)
    if found is None:
        return fetch_from_address(web or Web(cancel=cancel), address, files, places, progress)
    repo_id, _ = found
    target = places.models / repo_id.replace("/", "--")
    if "" in files:
        return Fetched(place=download_model(repo_id, target, progress, cancel, endpoint=endpoint))
    download_files(repo_id, files, target, cancel, progress=progress, also=(CARD,), endpoint=endpoint)
    with saving(repo_id, places.upscalers):
        upscaler = upscaler_brought(target, files, places, repo_id.rpartition("/")[2])
    return Fetched(place=upscaler or target)


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
        return None, error.whole
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
        return Message(
            "{repo_id} holds only files that can run code when they are opened ({count}), which are not loaded.",
            repo_id=repo_id,
            count=refused,
        )
    return Message("{repo_id} holds no weights in safetensors.", repo_id=repo_id)
