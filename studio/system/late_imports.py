"""Libraries that are run when something of theirs is used first, not where they are imported.

As the lazy imports of newer Pythons: ``import numpy as np`` stands at the top of a file as ever, and costs nothing
until a picture has pixels.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    Loader = object  # the real one brings importlib.resources along, and gives nothing that is used here


def import_late(*names: str) -> None:
    """Let the import of these libraries wait until an attribute or a part of theirs is asked for.

    Does nothing for one that is loaded, and for one that is not there.
    """
    for name in names:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            module = _LateModule(name)
            module.__spec__, module.__file__ = spec, spec.origin
            module.__loader__ = _LateLoader(spec.loader)
            sys.modules[name] = module


def import_now(*names: str) -> None:
    """Run what `import_late` has put off."""
    for name in names:
        module = sys.modules.get(name)
        if isinstance(module, _LateModule):
            module.run()


def late_names(package: str, modules: Mapping[str, Iterable[str]]) -> Callable[[str], Any]:
    """A ``__getattr__`` for a package that imports its names when they are used first.

    ``modules`` has the names by the module that they are from. Pass ``__name__`` as the package.
    """
    places = {name: module for module, names in modules.items() for name in names}

    def find(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(places[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return find


class _LateModule(ModuleType):
    """Stands for a library, and becomes it when it lacks an attribute: ``__path__`` too, for parts of a package."""

    def __getattr__(self, name: str) -> Any:
        self.run()
        return ModuleType.__getattribute__(self, name)  # it has another class now

    def run(self) -> None:
        """Become the library."""
        loader = self.__loader__
        if isinstance(loader, _LateLoader):
            loader.run(self)


class _LateLoader(Loader):
    """Runs a module once; other threads wait for it, as they do for any import."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._lock = threading.RLock()
        self._has_begun = False

    def run(self, module: ModuleType) -> None:
        with self._lock:
            if self._has_begun:
                return  # by this thread: what is missing while a module runs is missing
            self._has_begun = True
            assert module.__spec__ is not None
            if (places := module.__spec__.submodule_search_locations) is not None:
                module.__path__ = places
            try:
                self._loader.exec_module(module)
            except BaseException:
                self._has_begun = False  # the next who asks is told as well
                raise
            module.__loader__ = self._loader
            module.__class__ = ModuleType
