"""Imports of what is not here: each missing package is said once, on its import line, and is a module of ghosts."""
import importlib.machinery
import sys
import types

from .. import diagnostics
from ..recording import site
from ..workspace import imports
from . import ghost, packages, settings


class GhostModule(types.ModuleType):
    """The module that an import of a missing package gives."""

    __version__ = "999.0.0"  # what asks for it takes the branch for the newest

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        dotted = f"{self.__name__}.{name}"
        return settings.STAND_INS[dotted] if dotted in settings.STAND_INS else ghost.Ghost(dotted)

    def __call__(self, *args, **kwargs):
        return ghost.called(self.__name__, args, kwargs)

    # What `from` asks a package of ours for as for a module may be a class.

    def __mro_entries__(self, bases):
        thing = ghost.Ghost(self.__name__)
        return thing.__mro_entries__(tuple(thing if base is self else base for base in bases))

    def __instancecheck__(self, instance):
        return False

    __subclasscheck__ = __instancecheck__

    def __or__(self, other):
        return self

    __ror__ = __or__


GhostModule.__name__ = "module"  # as of ghosts: messages have it under the name that the file knows


class GhostFinder:
    """The last of the finders: what nobody else has becomes a ghost, if the user's code asks for it. With `names`, the first, for these alone."""

    def __init__(self, names=None):
        self._names = names

    def find_spec(self, name, path=None, target=None):
        if self._names is not None and name not in self._names:
            return None
        frame = _importer()
        if frame is None:
            return None
        place = site.of_frame(frame)
        parent = sys.modules.get(name.rpartition(".")[0])
        if not isinstance(parent, GhostModule):
            if (frame.f_code.co_filename, site.table()[place][1]) in imports.guarded:
                return None
            said = packages.sentence(name)
            if said is not None:
                diagnostics.report("skipped", "information", said, place)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return GhostModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def part(name):
    """The ghost of a module that a package of ours lacks, said on the line that asks for it."""
    diagnostics.report("skipped", "information", packages.sentence_of_part(name), site.here())
    module = sys.modules[name] = GhostModule(name)
    module.__path__ = []
    return module


def thing(name):
    """The ghost of a class or function that a package of ours lacks, said on the line that asks for it."""
    diagnostics.report("skipped", "information", packages.sentence_of_part(name), site.here())
    return ghost.Ghost(name)


def clear():
    """Drops the ghosts of an earlier run."""
    ghost.clear()
    for name in [name for name, module in sys.modules.items() if isinstance(module, GhostModule)]:
        parent, _, child = name.rpartition(".")
        if parent in sys.modules and not isinstance(sys.modules[parent], GhostModule):
            vars(sys.modules[parent]).pop(child, None)
        del sys.modules[name]


def _importer():
    """The frame that imports, if it is the user's own: the standard library's optional imports are left to fail."""
    frame = sys._getframe(2)
    while frame is not None and (frame.f_code.co_filename.startswith("<frozen importlib") or frame.f_globals.get("__name__") == "importlib"):
        frame = frame.f_back
    return frame if frame is not None and site.is_user_file(frame.f_code.co_filename) else None
