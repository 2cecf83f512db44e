"""What a file may have changed in the interpreter, put back before the next one runs: functions, classes, constants and tables of our
packages and of the standard library that it replaced, names that it added to them, modules that it entered or took away, files that it
wrote, settings of the process.

`remember` is called once, when everything is imported (src/python/interpreter.ts), so that the snapshot holds what it found.
"""
import contextlib
import decimal
import gc
import logging
import os
import sys
import types
import warnings

from ..workspace import imports
from .intactnames import Namespace, Table, written_by_themselves

_SYSTEM_FOLDERS = frozenset({"dev", "lib", "proc", "shim", "sys"})
_FOLDER = __file__.removesuffix("_lens/running/intact.py")  # of our packages
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: classes of other types cannot be changed


_modules = {}     # sys.modules as it was
_foundations = []  # Namespace and Table of the standard library and of `_lens`
_frameworks = []   # of our other packages
_process = None
_has_run = False  # a file, since the interpreter was started


class _Process:
    def __init__(self):
        self.path = list(sys.path)
        self.recursion_limit = sys.getrecursionlimit()
        self.environment = dict(os.environ)
        self.folder = os.getcwd()
        self.collection = gc.isenabled(), gc.get_threshold()
        self.filters = list(warnings.filters)
        self.loggers = dict(logging.root.manager.loggerDict)
        self.decimals = decimal.getcontext().copy()
        self.files = frozenset(_files())

    def put_back(self):
        sys.path[:] = self.path
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self.recursion_limit)
        if dict(os.environ) != self.environment:
            os.environ.clear()
            os.environ.update(self.environment)
        (gc.enable if self.collection[0] else gc.disable)()
        gc.set_threshold(*self.collection[1])
        if warnings.filters != self.filters:
            warnings.resetwarnings()
            warnings.filters[:] = self.filters
        decimal.setcontext(self.decimals.copy())
        logging.disable(logging.NOTSET)
        logging.root.handlers.clear()
        logging.root.setLevel(logging.WARNING)
        logging.root.manager.loggerDict.clear()
        logging.root.manager.loggerDict.update(self.loggers)
        with contextlib.suppress(OSError):
            os.chdir(self.folder)
        for made in [path for path in _files() if path not in self.files][::-1]:
            with contextlib.suppress(OSError):
                (os.rmdir if os.path.isdir(made) else os.remove)(made)


def _files():
    """Every folder and file that a run could write, a folder before what is in it."""
    waiting = ["/"]
    while waiting:
        folder = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if folder != "/" or entry.name not in _SYSTEM_FOLDERS:
                    yield entry.path
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)


def remember():
    global _process
    _modules.update(sys.modules)
    owners = [module for module in _modules.values() if isinstance(module, types.ModuleType) and module is not sys.modules[__name__] and _is_own(module.__name__)]
    classes = {id(thing): thing for module in owners for thing in vars(module).values() if isinstance(thing, type) and thing.__flags__ & _HEAP_TYPE}
    written = written_by_themselves()
    for owner in (*owners, *(cls for cls in classes.values() if _is_own(cls.__module__))):
        package = _package(owner.__module__ if isinstance(owner, type) else owner.__name__)
        kept = _foundations if package in sys.stdlib_module_names or package == "_lens" else _frameworks
        kept.append(Namespace(owner, written.get(id(owner.__dict__), frozenset()), _is_imported_part))
        if isinstance(owner, types.ModuleType) and package not in sys.stdlib_module_names:
            kept.extend(Table(value) for name, value in vars(owner).items() if name.isupper() and type(value) in Table.KINDS)
    _process = _Process()


def _package(name):
    return name.partition(".")[0]


def _is_own(name):
    """Whether a module of that name is one of the standard library or of our packages."""
    package = _package(name)
    file = getattr(sys.modules.get(package), "__file__", None)
    return package in sys.stdlib_module_names or isinstance(file, str) and file.startswith(_FOLDER)


def _is_imported(name):
    """Whether the module of that name is one of ours, which an import has brought."""
    spec = getattr(sys.modules[name], "__spec__", None)
    return spec is not None and spec.name == name and _is_own(name)


def _is_imported_part(owner, name):
    """Whether that name of a module is one of its submodules, which is imported when it is first needed."""
    whole = f"{owner.__name__}.{name}"
    return whole in sys.modules and sys.modules[whole] is owner.__dict__[name] and _is_imported(whole)


def put_away(names):
    """These modules are closed for good (src/python/interpreter.ts)."""
    for name in names:
        _modules[name] = None


def restore():
    """Before a file runs."""
    global _has_run
    if _process is not None and _has_run:
        # Those of the workspace and ghosts are dropped by who made them.
        for name in [name for name in sys.modules if name not in _modules and getattr(sys.modules[name], "__spec__", None) is None]:
            del sys.modules[name]
        put_foundations_back()
        _put_back(_frameworks)
        _process.put_back()
    _has_run = True


def put_foundations_back():
    """After the user's code has run: what our own code stands on. What a file changes in a framework holds for its models too."""
    for name, module in _modules.items():
        if sys.modules.get(name, _modules) is not module and name.partition(".")[0] not in imports.shadowed:
            sys.modules[name] = module
    _put_back(_foundations)


def _put_back(kept):
    for part in kept:
        if not part.is_intact():
            part.put_back()
