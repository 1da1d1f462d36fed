"""A plugin that does not come back is given up, and nobody waits for it for ever."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import FilterSpec, SchedulerSpec
from studio.api.testing import FakeEngine
from studio.document import new_document
from studio.errors import Cancelled, PluginError
from studio.generation import CancelToken, GenerationRequest, GenerationSettings
from studio.jobs.runner import JobRunner
from studio.plugin_host import Patience, PluginHost
from studio.plugin_host.watch import Hung, Watch

MakePlugin = Callable[..., Path]
Load = Callable[..., PluginHost]
SHORT = Patience(after_cancel=0.2, without_cancel=0.2, factory=0.2)

HANGING = """
import threading
from studio.api import FilterSpec, SchedulerSpec, ToolSpec, hookimpl

free = threading.Event()
entered = threading.Event()
after = []

def hang(*arguments):
    entered.set()
    free.wait(60)

def hang_then_draw(context):
    hang()
    try:
        context.engine.limits("starter")
    except BaseException as error:
        after.append(type(error).__name__)
        raise

@hookimpl
def shoreline_tools():
    return [ToolSpec(id="hanging", name="Hanging", run=hang_then_draw)]

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="still", name="Still", factory=hang)]

@hookimpl
def shoreline_filters():
    return [FilterSpec(id="hanging", name="Hanging", run=hang)]

@hookimpl
def shoreline_generation_started(request):
    if request.settings.prompt == "hang":
        hang()
"""


@pytest.fixture
def hanging(make_plugin: MakePlugin, load: Load) -> Iterator[PluginHost]:
    """A host with a plugin "hanging" whose functions wait until the test is over, and with the good plugin "aa"."""
    make_plugin("aa")
    make_plugin("hanging", HANGING)
    host = load(patience=SHORT)
    assert host.state("hanging").status == "enabled"
    module = sys.modules["shoreline_plugin_hanging"]
    yield host
    module.free.set()
    for thread in threading.enumerate():
        if thread.name.startswith("plugin-"):
            thread.join(20)


def request_for(tool: str, prompt: str = "a beach") -> GenerationRequest:
    settings = GenerationSettings(tool=tool, prompt=prompt, scheduler="still_aa", steps=2)
    return GenerationRequest(settings=settings, document=new_document(128, 128))


def test_a_hanging_tool_ends_its_job_after_a_cancel_and_is_switched_off(hanging: PluginHost) -> None:
    module: Any = sys.modules["shoreline_plugin_hanging"]
    cancel = CancelToken()

    def cancel_when_it_hangs() -> None:
        module.entered.wait(20)
        cancel.cancel()

    threading.Thread(target=cancel_when_it_hangs).start()
    runner = JobRunner(hanging, FakeEngine)
    with pytest.raises(PluginError, match=r"Hanging hangs in the tool hanging: it did not come back within 0\.2 s"):
        runner.run(request_for("hanging"), cancel, lambda progress: None)
    state = hanging.state("hanging")
    assert (state.status, state.adds) == ("failed", ())
    assert "cannot be ended before Shoreline is closed" in state.problem
    assert list(hanging.specs(SchedulerSpec)) == ["still_aa"]
    module.free.set()
    for thread in threading.enumerate():
        if thread.name == "plugin-tool hanging":
            thread.join(20)
    assert module.after == ["Cancelled"], "what wakes up later cannot reach the engine"


def test_a_job_that_is_not_cancelled_may_take_as_long_as_it_likes() -> None:
    watch = Watch("slow", 0.0, CancelToken())
    assert watch.run(lambda: threading.Event().wait(0.5)) is False


def test_a_hanging_factory_or_filter_is_given_up(hanging: PluginHost) -> None:
    cancel = CancelToken()
    cancel.cancel()
    pixels = np.zeros((2, 2, 4), np.uint8)
    blur = hanging.specs(FilterSpec)["hanging"]
    with pytest.raises(PluginError, match="hangs in the scheduler still"):
        hanging.specs(SchedulerSpec)["still"].factory({})
    with pytest.raises(PluginError, match="hangs in the filter hanging"):
        blur.run(pixels, {}, cancel, lambda fraction, message: None)


def test_a_hanging_listener_does_not_hold_up_the_job(hanging: PluginHost) -> None:
    hanging.notify_started(request_for("hanging", "hang"))
    assert "hangs in shoreline_generation_started" in hanging.state("hanging").problem


def test_a_plugin_that_hangs_while_it_is_imported_does_not_hold_up_the_start(
    make_plugin: MakePlugin, load: Load
) -> None:
    make_plugin("aa")
    source = "import sys, threading\nfrom types import ModuleType\n"
    source += "event = sys.modules.setdefault('free_event_of_test', ModuleType('x')).__dict__"
    source += ".setdefault('event', threading.Event())\nevent.wait(60)\n"
    make_plugin("sleeper", source)
    make_plugin("zz")
    host = load(patience=Patience(loading=2.0))
    sys.modules.pop("free_event_of_test").event.set()
    assert [state.status for state in host.states()] == ["enabled", "failed", "enabled"]
    assert "It hangs while it is loaded: it did not come back within 2 s" in host.state("sleeper").problem


def test_the_engine_works_on_the_thread_that_waits_and_a_tool_on_its_own(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin(
        "drawer",
        """
        import threading
        from studio.api import DenoiseJob, GeneratedImage, ToolSpec, hookimpl, opaque

        threads = []

        def draw(context):
            threads.append(threading.current_thread())
            job = DenoiseJob.from_settings(context.request.settings, width=128, height=128)
            return tuple(GeneratedImage(pixels=opaque(picture), seed=0) for picture in context.engine.denoise(job))

        @hookimpl
        def shoreline_tools():
            return [ToolSpec(id="draw", name="Draw", run=draw)]
        """,
    )
    make_plugin("aa")
    threads: list[threading.Thread] = []

    class Noting(FakeEngine):
        def bound(self, report: Any, cancel: CancelToken, held: str = "") -> Any:
            return Noting(report=report, cancel=cancel)

        def denoise(self, job: Any) -> Any:
            threads.append(threading.current_thread())
            return super().denoise(job)

    result = JobRunner(load(), Noting).run(request_for("draw"), CancelToken(), lambda progress: None)
    assert result.images[0].pixels.shape == (128, 128, 4)
    assert threads == [threading.current_thread()]
    assert sys.modules["shoreline_plugin_drawer"].threads[0] is not threading.current_thread()


def test_what_the_engine_raises_reaches_the_tool_and_an_interrupt_the_person() -> None:
    watch = Watch("engine", 30.0, CancelToken())
    heard: list[type[BaseException]] = []
    has_heard = threading.Event()

    def interrupted() -> None:
        raise KeyboardInterrupt

    def tool() -> None:
        try:
            watch.on_waiting_thread(interrupted)
        except BaseException as error:
            heard.append(type(error))
            has_heard.set()
            raise

    with pytest.raises(KeyboardInterrupt):
        watch.run(tool)
    assert has_heard.wait(20)
    assert heard == [KeyboardInterrupt]
    with pytest.raises(Cancelled):
        watch.on_waiting_thread(int)


def test_time_that_the_engine_takes_does_not_count() -> None:
    cancel = CancelToken()
    cancel.cancel()
    watch = Watch("patient", 0.6, cancel)
    pause = threading.Event()

    def tool() -> str:
        for _ in range(3):
            watch.on_waiting_thread(lambda: pause.wait(0.7))
        return "done"

    assert watch.run(tool) == "done"
    with pytest.raises(Hung):
        Watch("hanging", 0.1, cancel).run(lambda: pause.wait(2))
