"""Imports of the workspace's other files: read through the door, from the file's folder and each folder above it up to the root."""
import __future__
import ast
import importlib.machinery
import itertools
import linecache
import posixpath
import re
import sys

from .. import diagnostics, door
from ..session import session
from ..source import loops
from ..source.compiled import TextFile, compiled
from .modules import folders_of, text_of

# Packages of ours that a workspace may be the source of, whose own files are then meant.
_MAY_BE_SHADOWED = ("einops", "timm", "torchvision")
shadowed = set()  # those of which the workspace's files are meant now
_hidden = {}      # name -> module of ours, while the workspace's is in its place

files = []       # CompiledFile of each file of the workspace that was imported
guarded = set()  # (file, line) of imports in a `try` that handles their failure: those are left to fail


_own_path = frozenset(sys.path)


def _folders_added():
    """What the file adds to `sys.path`, relative to its own folder."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(session.path), entry)) for entry in sys.path if isinstance(entry, str) and entry not in _own_path]


class WorkspaceFinder:
    """Finds modules and packages below the folders that `import` would look in if the file were run where it lies."""

    def __init__(self, folders):
        self._folders = folders
        self._wanted = set()  # dotted names that import statements mention

    def note_imports(self, found, package=None):
        """Remembers what a file of `package` imports (`compiled.imports_of`): a folder without `__init__.py` is a package where it has the file that is asked for.

        Else it may be a folder of data that is named like a package which is not here: `import wandb` beside the folder of its runs.
        """
        for level, module, names in found:
            if names is None:
                self._wanted.add(module)
            elif level == 0 or package:
                around = (package or "").split(".")[:1 - level or None] if level else []
                whole = ".".join([*around, *([module] if module else [])])
                self._wanted.add(whole)
                self._wanted.update(f"{whole}.{name}" for name in names)

    def find_spec(self, name, path=None, target=None):
        if path is not None and not any(_is_below(folder, self._folders) for folder in path):
            return None
        last = name.rpartition(".")[2]
        folders = [*self._folders, *_folders_added()] if path is None else list(path)
        if path is None and folders and name == posixpath.basename(folders[-1]):  # the root itself, as a package of its files
            folders.append(folders[-1].rpartition("/")[0])
        for folder in folders:
            base = f"{folder}/{last}"
            for file, is_package in ((f"{base}/__init__.py", True), (f"{base}.py", False)):
                text = text_of(file)
                if text is not None:
                    return self._spec(name, file, text, [base] if is_package else None)
        for folder in folders:
            if self._is_package(name, f"{folder}/{last}"):
                return self._spec(name, f"{folder}/{last}", "", [f"{folder}/{last}"])
        return None

    def _is_package(self, name, folder):
        """Whether a folder without `__init__.py` is what is imported; where no statement mentions the name (`importlib.import_module(f"models.{kind}")`), one that has modules is."""
        mentions = [wanted for wanted in self._wanted if wanted == name or wanted.startswith(name + ".")]
        if not mentions:
            return _has_modules(folder)
        inside = [f"{folder}/{wanted[len(name) + 1:].replace('.', '/')}" for wanted in mentions if wanted != name]
        return any(text_of(f"{path}.py") is not None or text_of(f"{path}/__init__.py") is not None for path in inside)

    def _spec(self, name, file, text, search):
        spec = importlib.machinery.ModuleSpec(name, WorkspaceLoader(self, file, text), origin=file, is_package=search is not None)
        spec.has_location = True
        if search is not None:
            spec.submodule_search_locations = search
        return spec


class WorkspaceLoader:
    """Runs a file of the workspace as a module. Its errors are its importer's, at their place in the file."""

    def __init__(self, finder, file, text):
        self._finder = finder
        self._file = file
        self._text = text

    def create_module(self, spec):
        return session.main if self._is_shown_file() else None

    def _is_shown_file(self):
        """Whether a package asks for the file that is run: that is one module, which enters itself in a registry once."""
        return self._file == session.path and session.main.__package__ is not None

    def exec_module(self, module):
        if self._is_shown_file():
            session.run_as_module()
            return
        text = self._text
        linecache.cache[self._file] = (len(text), None, text.splitlines(True), self._file)
        file = compiled(self._file, text)
        self._finder.note_imports(file.imports, module.__spec__.parent)
        guarded.update((self._file, line) for line in file.guarded_lines)
        files.append(file)
        module.__dict__["__builtins__"] = session.builtins
        if self._file.endswith("/__init__.py"):
            self._run_package(module)
        else:
            exec(file.code, module.__dict__)

    def _run_package(self, module):
        """Statement by statement: one of the parts that a package gathers may fail, and the others are there all the same."""
        flags = 0
        for statement in loops.watched(ast.parse(self._text, self._file), self._text).body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                flags |= sum(getattr(__future__, alias.name).compiler_flag for alias in statement.names)
            code = compile(ast.Module([statement], []), self._file, "exec", flags, dont_inherit=True)
            try:
                exec(code, module.__dict__)
            except Exception as error:
                diagnostics.report_exception(error)

    def get_source(self, name):
        return self._text


_MOST_FOLDERS_WITHIN = 3


def _has_modules(folder, within=_MOST_FOLDERS_WITHIN):
    """Whether a folder has Python files that can be imported, or folders that have."""
    try:
        names = door.list_folder(folder)
    except (FileNotFoundError, PermissionError):
        return False
    if any(name.endswith(".py") and name[:-3].isidentifier() for name in names):
        return True
    return within > 0 and any(_has_modules(f"{folder}/{name[:-1]}", within - 1) for name in names if name.endswith("/") and name[:-1].isidentifier())


def _is_below(folder, folders):
    return any(folder == known or folder.startswith(known + "/") for known in folders)


# Files that train what other files of their folders define, by the names that people give them.
_TRAINING_FILES = ("train", "main", "trainer", "training", "run", "learn", "finetune", "train_net")
_FOLDERS_ABOVE = 3
# Words in the names of those of its own folder that do so where they import it and take gradients: `word_cnn_test.py`.
_OF_TRAINING = re.compile(r"train|main|test|run|learn|tune|fit|solver|experiment", re.IGNORECASE)
_TAKES_GRADIENTS = re.compile(r"\bbackward\s*\(")
_MOST_BESIDE = 4


def training_files():
    """TextFile of each file beside the one that is shown, or in the folders above it, that is named for training; of those that were not imported."""
    if session.path not in _found_for:
        known = {session.path, *(file.path for file in files)}
        paths = [f"{folder}/{name}.py" for folder in folders_of(session.path, session.root)[:_FOLDERS_ABOVE] for name in _TRAINING_FILES]
        texts = {path: text_of(path) for path in paths if path not in known}
        texts.update(_that_import_it({*known, *paths}))
        _found_for[session.path] = [TextFile(path, text) for path, text in texts.items() if text is not None]
    return _found_for[session.path]


def _that_import_it(known):
    """(path, text) of those of its folder that import the file which is shown and train what it defines, without some paths."""
    folder, _, name = session.path.rpartition("/")
    imported = re.compile(rf"^[ \t]*(from|import)[ \t].*\b{re.escape(name.removesuffix('.py'))}\b", re.MULTILINE)
    try:
        names = sorted(door.list_folder(folder)) if session.root is not None else []
    except OSError:
        return []
    paths = [f"{folder}/{one}" for one in names if one.endswith(".py") and _OF_TRAINING.search(one)]
    texts = ((path, text_of(path)) for path in paths if path not in known)
    return itertools.islice(((path, text) for path, text in texts if text and imported.search(text) and _TAKES_GRADIENTS.search(text)), _MOST_BESIDE)


def files_beside():
    """Those, and the files that were imported."""
    return [*files, *training_files()]


_found_for = {}  # path of the file that is shown -> its training files


def prefer_workspace(folders):
    """Puts aside packages of ours that the workspace has itself, until the next run."""
    for package in _MAY_BE_SHADOWED:
        if any(text_of(f"{folder}/{package}/__init__.py") is not None for folder in folders):
            shadowed.add(package)
            for name in [name for name in sys.modules if name.partition(".")[0] == package]:
                _hidden[name] = sys.modules.pop(name)


def clear():
    """Drops the modules of an earlier run."""
    guarded.clear()
    files.clear()
    _found_for.clear()
    for name in [name for name, module in sys.modules.items()
                 if isinstance(getattr(getattr(module, "__spec__", None), "loader", None), WorkspaceLoader)]:
        del sys.modules[name]
    sys.modules.update(_hidden)
    _hidden.clear()
    shadowed.clear()
