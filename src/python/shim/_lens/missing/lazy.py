"""Packages whose submodules are imported when the first of their names is asked for, so that the whole of a large package need not be loaded."""
import importlib
import sys

from . import finder


def attributes(package, names, missing=(), missing_things=()):
    """`package`'s `__getattr__`. `names`: submodule -> the names that the package has of it, or "" for the submodule alone.

    `missing`, `missing_things`: submodules, and classes and functions, of the real package that are not here: ghosts.
    """
    where = {name: module for module, own in names.items() for name in own.split()}

    def get(name):
        if name in where:
            value = getattr(importlib.import_module(f"{package}.{where[name]}"), name)
            setattr(sys.modules[package], name, value)
            return value
        if name in names:
            return importlib.import_module(f"{package}.{name}")
        if name in missing:
            return finder.part(f"{package}.{name}")
        if name in missing_things:
            return finder.thing(f"{package}.{name}")
        raise AttributeError(f"module '{package}' has no attribute '{name}'")

    return get
