"""The errors that a person can meet.

Every error says what happened, to which file or setting, and what to do about it.
Programming mistakes stay ordinary Python exceptions.
"""

from __future__ import annotations

from studio.message import Message, in_turn


class ShorelineError(Exception):
    """Base of every error shown to a person.

    Parameters
    ----------
    message
        What happened, naming the file or setting.
    advice
        What the person can do about it; may be empty.
    values
        Fill in the ``{fields}`` of both, which windows then show in their language. An error among them stands for all
        that it says.
    """

    def __init__(self, message: str, advice: str = "", **values: object) -> None:
        filled = {name: each.whole if isinstance(each, ShorelineError) else each for name, each in values.items()}
        self.message, self.advice = (Message(text, **filled) if values else text for text in (message, advice))
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()

    @property
    def whole(self) -> str:
        """What happened and what to do, as a message if they are some."""
        return in_turn(self.message, self.advice)

    @property
    def lines(self) -> str:
        """What happened, and on a line of its own what to do."""
        return f"{self.message}\n{self.advice}".strip()


class FileError(ShorelineError):
    """A file cannot be read or written."""


class UnsupportedFileError(FileError):
    """The file is sound but holds something that Shoreline does not read."""


class CorruptFileError(FileError):
    """The file is damaged, truncated or not what its name says."""


class FileTooLargeError(FileError):
    """The file would unpack to more than Shoreline accepts."""


class GalleryError(ShorelineError):
    """The gallery cannot be used: its index is held by another program, is of a newer version, or cannot be written."""


class GalleryBusyError(GalleryError):
    """Another program holds the index of the gallery."""


class GalleryDamagedError(GalleryError):
    """The index of the gallery is damaged; it can be made anew of the pictures."""


class SystemLibraryError(ShorelineError):
    """A library of the operating system is missing."""


class SettingError(ShorelineError):
    """A setting or parameter has a value that cannot be used, or something cannot be done as things are."""


class MissingNetworkError(SettingError):
    """No file in the models folders can do what was asked; ``known`` is the name of one in the list of well-known
    models, or "".

    The other ``values`` are those of `SettingError`.
    """

    def __init__(self, message: str, advice: str = "", *, known: str = "", **values: object) -> None:
        super().__init__(message, advice, **values)
        self.known = known


class ModelError(ShorelineError):
    """A model is missing, damaged or of a kind that is not supported."""


class UnsafeModelError(ModelError):
    """The model file could run code when loaded (a pickle)."""


class OutOfMemoryError(ShorelineError):
    """The device ran out of memory, also after a smaller retry."""


class EngineError(ShorelineError):
    """Generation failed for a reason that is not the user's input."""


class EngineMissingError(EngineError):
    """There is no engine, or it lacks the part ``name``: something is to be installed first."""

    def __init__(self, name: str = "torch") -> None:
        super().__init__(
            "The drawing engine is not installed ({name} is missing).",
            "Install it under Preferences > Engine, or with `shoreline engine install`.",
            name=name,
        )


class EngineUnusableError(EngineError):
    """An engine is there, but it cannot be loaded, or was made for another Python."""


class WheelsMissingError(EngineError):
    """A folder of wheels, from which an engine is to be made, lacks packages or has none that fit."""


class PluginError(ShorelineError):
    """A plugin is broken, refused or raised an exception."""


def as_error(error: BaseException) -> Exception:
    """The error itself, or a `ShorelineError` for what would end the program: no work for a person may do that."""
    if isinstance(error, Exception):
        return error
    return EngineError("Something wanted to end the program ({kind}).", "Try again.", kind=type(error).__name__)


class Cancelled(Exception):  # noqa: N818 - a cancel is not an error
    """Raised inside a job when its CancelToken was set. Never shown as an error."""
