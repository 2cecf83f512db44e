"""What a file may have changed in the interpreter, put back before the next one runs: functions and classes of our packages and of
the standard library that it replaced, modules that it took away, files that it wrote, settings of the process.

`remember` is called once, when everything is imported (src/python/interpreter.ts), so that the snapshot holds what it found.
"""
import contextlib
import gc
import logging
import operator
import os
import sys
import types
import warnings

from . import imports

_SYSTEM_FOLDERS = frozenset({"dev", "lib", "proc", "shim", "sys"})
# Kinds of values that code is made of; all else in a namespace is state, which those who own it begin anew.
_CODE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type, property, classmethod, staticmethod,
         types.MethodDescriptorType, types.WrapperDescriptorType, types.GetSetDescriptorType)
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: classes of other types cannot be changed


class _Namespace:
    """The code that a module or class holds."""

    def __init__(self, owner):
        self.owner = owner
        self.held = owner.__dict__
        self.names = [name for name, value in self.held.items() if isinstance(value, _CODE)]
        self.all_names = frozenset(self.held) if isinstance(owner, type) else None
        # Both in one step of C: thousands of names are compared before each run.
        self.get = operator.itemgetter(*self.names, "__name__" if self.all_names is None else "__module__")
        self.values = self.get(self.held)

    def is_intact(self):
        try:
            return self.get(self.held) == self.values and (self.all_names is None or len(self.held) == len(self.all_names))
        except Exception:  # a name is gone
            return False

    def put_back(self):
        set_name, remove_name = (type.__setattr__, type.__delattr__) if isinstance(self.owner, type) else (setattr, delattr)
        for name, value in zip(self.names, self.values):
            if self.held.get(name) is not value:
                set_name(self.owner, name, value)
        for name in set(self.held) - self.all_names if self.all_names is not None else ():
            if isinstance(self.held[name], _CODE):
                remove_name(self.owner, name)


_modules = {}     # sys.modules as it was
_foundations = []  # _Namespace of the standard library and of `_lens`
_frameworks = []   # of all other packages
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
    owners = [module for module in _modules.values() if isinstance(module, types.ModuleType)]
    classes = {id(thing): thing for module in owners for thing in vars(module).values() if isinstance(thing, type) and thing.__flags__ & _HEAP_TYPE}
    for owner in (*owners, *classes.values()):
        package = (owner.__module__ if isinstance(owner, type) else owner.__name__).partition(".")[0]
        if package != "__main__" and owner is not sys.modules[__name__]:
            (_foundations if package in sys.stdlib_module_names or package == "_lens" else _frameworks).append(_Namespace(owner))
    _process = _Process()


def put_away(names):
    """These modules are closed for good (src/python/interpreter.ts)."""
    for name in names:
        _modules[name] = None


def restore():
    """Before a file runs."""
    global _has_run
    if _process is not None and _has_run:
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


def _put_back(namespaces):
    for namespace in namespaces:
        if not namespace.is_intact():
            namespace.put_back()
