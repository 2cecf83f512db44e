"""What the user's code sees around it while it runs: stdout, `sys.argv`, finders, `argparse`, seeds."""
import argparse
import builtins
import io
import sys
import types

from ..missing import packages
from ..missing.finder import GhostFinder
from ..session import session
from ..source import compiled
from ..workspace import imports, modules
from . import assumed, eventloop, filesystem, intact, outside, workers

_OUTPUT_LIMIT = 64 * 1024


class Output(io.TextIOBase):
    """What the file prints, up to a limit."""

    def __init__(self):
        self._parts = []
        self._room = _OUTPUT_LIMIT

    def write(self, text):
        if self._room > 0:
            self._parts.append(text[:self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._parts.append("\n… (more was printed than is kept)\n")
        return len(text)

    def text(self):
        return "".join(self._parts)


class Surroundings:
    """What the file sees around it while it runs: stdout, `sys.argv`, finders, `argparse`, builtins of its own. Put back afterwards."""

    def __init__(self, path, root, output):
        self._path, self._root, self._output = path, root, output

    def __enter__(self):
        self._saved = (sys.stdout, sys.stderr, sys.argv, sys.meta_path, list(sys.meta_path), argparse.ArgumentParser.parse_known_args,
                       sys.modules.get("__main__"))
        sys.stdout = sys.stderr = self._output
        sys.modules["__main__"] = session.main
        sys.argv = [self._path]
        finder = imports.WorkspaceFinder(modules.search_folders(self._path, self._root, session.main.__package__))
        if session.tree is not None:
            finder.note_imports(compiled.imports_of(session.tree), session.main.__package__)
            imports.guarded.update((session.path, line) for line in compiled.guarded_lines(session.tree))
        sys.meta_path.insert(0, finder)
        sys.meta_path.insert(1, GhostFinder(packages.OF_A_TERMINAL))
        sys.meta_path.append(GhostFinder())
        replaced = filesystem.REPLACED + outside.REPLACED + workers.REPLACED
        self._replaced = [(owner, name, getattr(owner, name)) for owner, name, _ in replaced]
        for owner, name, ours in replaced:
            setattr(owner, name, ours)
        argparse.ArgumentParser.parse_known_args = assumed.parse_known_args(self._saved[5])
        eventloop.install()
        if session.builtins is None:  # a copy, so that a file which replaces or deletes some of them changes nothing for us
            session.builtins = types.ModuleType("builtins")
            vars(session.builtins).update(vars(builtins))
            session.namespace["__builtins__"] = session.builtins
        sys.modules["builtins"] = session.builtins
        return self

    def __exit__(self, *error):
        for owner, name, own in self._replaced:
            setattr(owner, name, own)
        sys.stdout, sys.stderr, sys.argv, sys.meta_path, finders, argparse.ArgumentParser.parse_known_args, main = self._saved
        sys.meta_path[:] = finders
        sys.modules["__main__"] = main
        intact.put_foundations_back()


def of_session():
    """For calls of the user's code after the file has run."""
    return Surroundings(session.path, session.root, Output())
