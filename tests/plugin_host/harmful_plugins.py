"""Plugins that do harm in every way that was thought of, each as source, with what a person must be able to read."""

from __future__ import annotations

from pathlib import Path

MANIFEST = 'id = "{id}"\nname = "{name}"\nversion = "1.0"\napi_version = 1\nauthor = "A"\ndescription = "d"\n'

HEAD = """
import asyncio, sys, os, threading, time
import numpy as np
from studio.api import *
from studio.api import hookimpl

class Mute(Exception):
    def __str__(self): raise KeyboardInterrupt
    __repr__ = __str__

class MuteBase(BaseException):
    def __str__(self): raise GeneratorExit
    __repr__ = __str__
    def __getattr__(self, name): raise SystemExit

class NamelessKind(type):
    @property
    def __name__(cls): raise KeyboardInterrupt
    def __eq__(cls, other): raise KeyboardInterrupt
    def __hash__(cls): raise KeyboardInterrupt
    def __instancecheck__(cls, other): raise KeyboardInterrupt

class Nameless(Exception, metaclass=NamelessKind):
    pass

class OddKind(type):
    @property
    def __module__(cls): return "builtins"

class Hidden(KeyboardInterrupt, metaclass=OddKind):
    pass

class OddNumber(int):
    def __bool__(self): raise KeyboardInterrupt
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __float__ = __index__ = __bool__
    __hash__ = __repr__ = __str__ = __bool__

class OddText(str):
    def __eq__(self, other): raise KeyboardInterrupt
    __ne__ = __format__ = __add__ = __getattr__ = __contains__ = __eq__
    def __hash__(self): raise KeyboardInterrupt
    __len__ = __iter__ = __str__ = __repr__ = strip = lower = encode = splitlines = __hash__

class OddList(list):
    def __iter__(self): raise KeyboardInterrupt
    __len__ = __bool__ = __iter__
    def __getitem__(self, key): raise KeyboardInterrupt

class OddTuple(tuple):
    def __iter__(self): raise KeyboardInterrupt
    __len__ = __bool__ = __iter__
    def __getitem__(self, key): raise KeyboardInterrupt

class Endless(list):
    def __iter__(self):
        while True:
            yield FilterSpec(id="endless", name="Endless", run=max)

class Odd:
    def __getattr__(self, name): raise KeyboardInterrupt
    def __bool__(self): raise KeyboardInterrupt
    __len__ = __iter__ = __hash__ = __repr__ = __str__ = __call__ = __bool__
    def __eq__(self, other): raise KeyboardInterrupt

class Liar:
    def __init__(self, kind): object.__setattr__(self, "kind", kind)
    @property
    def __class__(self): return object.__getattribute__(self, "kind")
    def __getattr__(self, name): raise KeyboardInterrupt

class Raiser:
    @property
    def __class__(self): raise KeyboardInterrupt

class OddArray(np.ndarray):
    def __getattribute__(self, name): raise KeyboardInterrupt
    def __array_finalize__(self, other): pass

def chained():
    try:
        raise Mute
    except Mute as error:
        raise LookupError("lost") from error

def deep():
    return deep()

def fail(*arguments, **named):
    raise {error}
"""

RESULTS = {
    "odd": "Odd()",
    "liar": "Liar(np.ndarray)",
    "raiser": "Raiser()",
    "none": "None",
    "floats": "np.zeros((4, 4, 4))",
    "objects": "np.array([[[Odd()]]], dtype=object)",
    "huge": "np.broadcast_to(np.uint8(0), (10**6, 10**6, 5))",
    "odd_list": "OddList([1])",
    "endless": "Endless()",
    "liar_image": "(Liar(GeneratedImage),)",
    "odd_pixels": "(GeneratedImage(pixels=Odd(), seed=1),)",
    "odd_seed": "(GeneratedImage(pixels=np.zeros((4, 4, 4), np.uint8), seed=Odd()),)",
    "odd_mask": "(GeneratedImage(pixels=np.zeros((4, 4, 4), np.uint8), seed=1, mask=Odd()),)",
    "liar_frame": "Liar(AnimationFrame)",
    "odd_frame": "AnimationFrame(pixels=Odd())",
    "liar_panel": "Liar(PanelResult)",
    "odd_message": "PanelResult(message=Odd())",
    "odd_values": "PanelResult(values=Odd())",
    "liar_values": "PanelResult(values={'t': Odd()})",
}
"""What a function returns, which is wrong for every kind of function."""

ERRORS = (
    "KeyboardInterrupt",
    "asyncio.CancelledError",
    "GeneratorExit",
    "SystemExit(3)",
    "StopIteration",
    "StopAsyncIteration",
    "BaseException('bare')",
    "BaseExceptionGroup('group', [KeyboardInterrupt()])",
    "MemoryError",
    "RecursionError('deep')",
    "AssertionError(OddText('x'))",
    "Mute",
    "MuteBase",
    "Nameless",
    "Hidden",
    "Cancelled",
    "SettingError(Odd(), Odd())",
    "UnicodeDecodeError('utf-8', b'x', 0, 1, 'odd')",
    "OSError(5, Mute())",
    "LookupError('\\udce9')",
    "LookupError('x' * 100_000)",
)
"""What ``raise`` is given."""

SPECS = {
    "schedulers": "SchedulerSpec(id='bad', name='Bad', factory=fail)",
    "tools": "ToolSpec(id='bad', name='Bad', run=fail)",
    "filters": "FilterSpec(id='bad', name='Bad', run=fail)",
    "importers": "ImporterSpec(id='bad', name='Bad', suffixes=('bad',), decode=fail)",
    "exporters": "ExporterSpec(id='bad', name='Bad', suffixes=('bad',), encode=fail)",
    "upscalers": "UpscalerSpec(id='bad', name='Bad', run=fail)",
    "animations": "AnimationSpec(id='bad', name='Bad', frame=fail)",
    "panels": "PanelSpec(id='bad', name='Bad', actions=(PanelAction(id='bad', name='Bad', run=fail),))",
    "settings_pages": "SettingsPageSpec(id='bad', name='Bad', parameters=(TextParameter(id='t', label='T'),))",
}
"""A spec of each kind, by the end of its hook's name."""


def hook(name: str, body: str, arguments: str = "") -> str:
    """A marked function."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"\n@hookimpl\ndef shoreline_{name}({arguments}):\n{lines}\n"


def returning(kind: str, expression: str) -> str:
    """A declaring hook that returns this."""
    return hook(kind, f"return {expression}")


def _parameter(fields: str) -> str:
    return returning("filters", f"[FilterSpec(id='p', name='P', run=max, parameters=({fields},))]")


NUMBER = "IntParameter(id='n', label='N', default=1, minimum=0, maximum=5"
AT_IMPORT = {
    "exits": "sys.exit()",
    "interrupted": "raise KeyboardInterrupt",
    "recursion": "deep()",
    "chained": "chained()",
    "module_getattr": "def __getattr__(name): raise KeyboardInterrupt",
    "module_name": "__name__ = Odd()",
    "raises_for_ever": "raise Mute from MuteBase()",
    "syntax": "def broken(:",
    "not_utf8": "x = '\udce9'",
}
"""Statements at the top of a plugin."""

PROCESS_WIDE = {
    "leaves_threads": "for _ in range(5): threading.Thread(target=time.sleep, args=(3600,)).start()",
    "stops_at_exit": "import atexit; atexit.register(time.sleep, 3600)",
    "closes_stdout": "sys.stdout.close()",
    "no_stdout": "sys.stdout = None",
    "leaves_a_process": "import subprocess; subprocess.Popen(['sleep', '30'])",
}
"""Statements at the top of a plugin that is loaded, and outlives itself."""

DECLARED = {
    "mark_number": "def shoreline_tools(): return []\nshoreline_tools.shoreline_impl = 3",
    "mark_odd": "def shoreline_tools(): return []\nshoreline_tools.shoreline_impl = Odd()",
    "mark_empty": "def shoreline_tools(): return []\nshoreline_tools.shoreline_impl = {}",
    "mark_dict": "def shoreline_tools(): return []\nshoreline_tools.shoreline_impl = {'specname': Odd()}",
    "mark_name": returning("tools", "[]") + "shoreline_tools.shoreline_impl['specname'] = Odd()",
    "mark_key": returning("tools", "[]") + "shoreline_tools.shoreline_impl[OddText('x')] = 1",
    "signature": returning("tools", "[]") + "shoreline_tools.__signature__ = Odd()",
    "wrapped": returning("tools", "[]") + "shoreline_tools.__wrapped__ = Odd()",
    "odd": returning("filters", "Odd()"),
    "odd_list": returning("filters", "OddList()"),
    "odd_tuple": returning("filters", "OddTuple()"),
    "odd_items": returning("filters", "[Odd()]"),
    "endless": returning("filters", "Endless()"),
    "liar": returning("filters", "Liar(list)"),
    "raiser": returning("filters", "Raiser()"),
    "liar_spec": returning("filters", "[Liar(FilterSpec)]"),
    "raiser_spec": returning("filters", "[Raiser()]"),
    "odd_id": returning("filters", "[FilterSpec(id=Odd(), name='A', run=max)]"),
    "odd_name": returning("filters", "[FilterSpec(id='a', name=Odd(), run=max)]"),
    "odd_description": returning("filters", "[FilterSpec(id='a', name='A', run=max, description=Odd())]"),
    "long_description": returning("filters", "[FilterSpec(id='a', name='A', run=max, description='x' * 10**7)]"),
    "odd_run": returning("filters", "[FilterSpec(id='a', name='A', run=Raiser())]"),
    "odd_flag": returning("tools", "[ToolSpec(id='a', name='A', run=max, needs_mask=Odd())]"),
    "odd_strength": returning("tools", "[ToolSpec(id='a', name='A', run=max, default_strength=Odd())]"),
    "nan_strength": returning("tools", "[ToolSpec(id='a', name='A', run=max, default_strength=float('nan'))]"),
    "odd_parameters": returning("filters", "[FilterSpec(id='a', name='A', run=max, parameters=Odd())]"),
    "liar_parameter": _parameter("Liar(IntParameter)"),
    "raiser_parameter": _parameter("Raiser()"),
    "own_parameter": "class Own(IntParameter): pass\n" + _parameter("Own" + NUMBER.removeprefix("IntParameter") + ")"),
    "odd_label": _parameter("TextParameter(id='n', label=Odd())"),
    "odd_default": _parameter("TextParameter(id='n', label='N', default=Odd())"),
    "odd_minimum": _parameter("IntParameter(id='n', label='N', default=1, minimum=Odd(), maximum=5)"),
    "huge_maximum": _parameter("IntParameter(id='n', label='N', default=1, minimum=0, maximum=10**400)"),
    "infinite": _parameter("FloatParameter(id='n', label='N', default=1, minimum=0, maximum=float('inf'))"),
    "no_step": _parameter(NUMBER + ", step=0)"),
    "odd_choices": _parameter("ChoiceParameter(id='n', label='N', default='a', choices=Odd())"),
    "odd_choice": _parameter("ChoiceParameter(id='n', label='N', default='a', choices=(('a', Odd()),))"),
    "lone_choice": _parameter("ChoiceParameter(id='n', label='N', default='a', choices=(('a',),))"),
    "odd_suffixes": returning("importers", "[ImporterSpec(id='a', name='A', suffixes=Odd(), decode=max)]"),
    "odd_suffix": returning("exporters", "[ExporterSpec(id='a', name='A', suffixes=(Odd(),), encode=max)]"),
    "odd_types": returning("upscalers", "[UpscalerSpec(id='a', name='A', run=max, file_types=Odd())]"),
    "odd_keyframed": returning("animations", "[AnimationSpec(id='a', name='A', frame=max, keyframed=Odd())]"),
    "int_keyframed": returning("animations", f"[AnimationSpec(id='a', name='A', frame=max, keyframed=({NUMBER}),))]"),
    "odd_actions": returning("panels", "[PanelSpec(id='a', name='A', actions=Odd())]"),
    "odd_action": returning("panels", "[PanelSpec(id='a', name='A', actions=(Liar(PanelAction),))]"),
    "odd_action_id": returning(
        "panels", "[PanelSpec(id='a', name='A', actions=(PanelAction(id=Odd(), name='A', run=max),))]"
    ),
    "odd_page": returning("settings_pages", "[SettingsPageSpec(id='a', name='A', parameters=Odd())]"),
}
"""What a plugin declares that breaks a rule."""

HARMLESS = {
    "subclasses": returning("filters", "[FilterSpec(id=OddText('s'), name=OddText('S'), run=max)]"),
    "globals": "a, b, c = Odd(), Liar(type(fail)), Raiser()" + returning("tools", "[]"),
    "modules_entry": "sys.modules[3] = 4" + returning("tools", "[]"),
    "numpy": returning(
        "tools", "[ToolSpec(id='np', name='N', run=max, needs_mask=np.True_, default_strength=np.float64(0.5))]"
    ),
}
"""Odd, but it can be read."""

MANIFESTS = {
    "nested": b"a = " + b"[" * 3000 + b"]" * 3000,
    "nested_tables": b"a = " + b"{a=" * 3000 + b"1" + b"}" * 3000,
    "long_number": b"api_version = " + b"9" * 60_000,
    "long_hex": b"api_version = 0x" + b"f" * 60_000,
    "long_float": b"api_version = 1e999999999",
    "quadratic": b"a." * 30_000 + b"a = 1",
    "latin": 'id = "é"'.encode("latin-1"),
    "utf16": 'id = "a"'.encode("utf-16"),
    "nul": b'id = "a\0b"',
    "empty": b"",
    "binary": bytes(range(256)) * 100,
    "long": b"# " + b"x" * 100_000,
    "list": b"[[id]]\n" * 5_000,
    "strange_requirement": MANIFEST.format(id="strange_requirement", name="S").encode()
    + b"requires = [\"x; python_version > 'abc' and os_name == 3\"]",
    "many_requirements": MANIFEST.format(id="many_requirements", name="M").encode()
    + b"requires = ["
    + b'"no-such-package",' * 2_000
    + b"]",
    "strange_version": MANIFEST.format(id="strange_version", name="V").encode().replace(b'"1.0"', b'"\\u0000"'),
}
"""What stands in plugin.toml."""


def install_all(folder: Path, *, process_wide: bool) -> dict[str, str]:
    """Write them into a folder of plugins; returns their ids with their sources.

    Those that are ``process_wide`` would keep a test's own process from ending.
    """
    written: dict[str, str] = {}

    def write(plugin_id: str, source: str) -> None:
        place = folder / plugin_id
        place.mkdir(parents=True)
        text = source if "{error}" not in source else source.replace("{error}", "LookupError('lost')")
        (place / "plugin.toml").write_text(MANIFEST.format(id=plugin_id, name=plugin_id.title()), "utf-8")
        (place / "plugin.py").write_bytes(text.encode("utf-8", "surrogateescape"))
        written[plugin_id] = text

    for number, error in enumerate(ERRORS):
        head = HEAD.replace("{error}", error)
        write(f"import_{number}", head + "\nfail()\n")
        write(f"hook_{number}", head + hook("tools", "fail()"))
    for name, source in AT_IMPORT.items():
        write(f"at_import_{name}", HEAD + source + returning("tools", "[]"))
    for name, source in (PROCESS_WIDE if process_wide else {}).items():
        write(f"leaves_{name}", HEAD + source + returning("tools", "[]"))
    for name, source in DECLARED.items():
        write(f"declared_{name}", HEAD + source)
    for name, source in HARMLESS.items():
        write(f"harmless_{name}", HEAD + source)
    for name, content in MANIFESTS.items():
        place = folder / name
        place.mkdir()
        (place / "plugin.toml").write_bytes(content)
        (place / "plugin.py").write_text("raise RuntimeError('must not be imported')\n", "utf-8")
        written[name] = content[:200].decode("latin-1")
    return written
