"""Modules that are loaded at their first use instead of at their import, or not at all.

Libraries import much that a program may never touch. A deferred module stands in its place, as
a package that finds its submodules, until something of its own is asked for; then it is loaded as
ever.
"""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


def defer(names: Iterable[str]) -> None:
    """Defer these modules, by their full names."""
    sys.meta_path.insert(0, _Finder(frozenset(names)))


def import_without(name: str, optional: str) -> None:
    """Import a module that takes another along where it is installed, as if it weren't. Whoever
    asks for the other later has it.
    """
    if name in sys.modules or optional in sys.modules:
        return
    sys.modules[optional] = None  # type: ignore[assignment]
    try:
        import_module(name)
    finally:
        del sys.modules[optional]


class _Finder(MetaPathFinder):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec and spec.loader:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Leave a `__getattr__` that the first missing name calls; the module's own replaces it."""

        def load(name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            if _is_part(module, name):
                return import_module(f"{module.__name__}.{name}")
            vars(module).pop("__getattr__", None)
            self._loader.exec_module(module)
            return getattr(module, name)

        vars(module)["__getattr__"] = load


def _is_part(module: ModuleType, name: str) -> bool:
    """Whether the name is a submodule's, which needs nothing of the package itself."""
    full, places = f"{module.__name__}.{name}", getattr(module, "__path__", None)
    return places is not None and PathFinder.find_spec(full, places) is not None
