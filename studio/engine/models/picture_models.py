"""Models that tell what a picture shows: which is asked. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.engine.models.known_models import LIST_NAME, known_models, known_teller
from studio.engine.models.model_info import ModelInfo
from studio.errors import MissingNetworkError
from studio.message import Message


def picture_model_for(task: str, models: Sequence[ModelInfo], configs: Path) -> Path:
    """The folder of the first sound model that tells something of pictures, among all that the models folders hold.

    Raises `MissingNetworkError` where there is none, saying what to get; ``configs`` are the bundled configs.
    """
    found = next((each.path for each in models if each.tells == task and each.problem is None), None)
    if found is not None:
        return found
    folder = configs.parent
    known = known_teller(known_models(folder), task) if (folder / LIST_NAME).is_file() else None
    what = Message("There is no model in the models folders that tells the {task} of a picture.", task=task)
    if known is None:
        raise MissingNetworkError(what, Message("Put the folder of one there, or paint the control picture yourself."))
    get = Message(
        "Get {name} of {repository} in the Models window, or paint the control picture yourself.",
        name=known.name,
        repository=known.repository,
    )
    raise MissingNetworkError(what, get, known=known.name)
