"""What goes wrong while the engine works: readable, without an engine."""

from __future__ import annotations

import pytest

from studio.engine.faults import readable_errors
from studio.errors import Cancelled, EngineError, ModelError, PluginError
from studio.generation import CancelToken


@pytest.mark.parametrize("error", [RuntimeError("shape mismatch"), KeyboardInterrupt(), SystemExit(3), Cancelled()])
def test_whatever_comes_out_says_what_was_being_done(error: BaseException) -> None:
    with (
        pytest.raises(EngineError, match=f"failed while loading Tiny: {type(error).__name__}") as caught,
        readable_errors("loading Tiny", CancelToken()),
    ):
        raise error
    assert caught.value.__cause__ is error
    assert caught.value.advice


def test_errors_of_our_own_pass() -> None:
    with pytest.raises(ModelError, match="not there"), readable_errors("generating", CancelToken()):
        raise ModelError("The model is not there.")


def test_a_cancel_that_was_asked_for_passes() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled), readable_errors("generating", cancel):
        raise Cancelled


def test_who_is_to_blame_is_named() -> None:
    def blame(error: BaseException) -> PluginError:
        return PluginError(f"The plugin Bad: {error}")

    with pytest.raises(PluginError, match="Bad: lost"), readable_errors("generating", CancelToken(), blame):
        raise LookupError("lost")


def test_an_exception_that_cannot_be_shown_is_told_all_the_same() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise KeyboardInterrupt

    with pytest.raises(EngineError, match="its text cannot be read"), readable_errors("generating", CancelToken()):
        raise MuteError
