"""Imports of the workspace's other files: read through the door, from the file's folder and each folder above it up to the root."""
import importlib.machinery
import importlib.util
import linecache
import sys

from . import door, loops


class WorkspaceFinder:
    """Finds modules and packages below the folders that `import` would look in if the file were run where it lies."""

    def __init__(self, folders):
        self._folders = folders

    def find_spec(self, name, path=None, target=None):
        last = name.rpartition(".")[2]
        for folder in self._folders if path is None else path:
            base = f"{folder}/{last}"
            for file, is_package in ((f"{base}/__init__.py", True), (f"{base}.py", False)):
                text = _text_of(file)
                if text is not None:
                    return self._spec(name, file, text, [base] if is_package else None)
        return None

    def _spec(self, name, file, text, search):
        spec = importlib.machinery.ModuleSpec(name, WorkspaceLoader(file, text), origin=file, is_package=search is not None)
        spec.has_location = True
        if search is not None:
            spec.submodule_search_locations = search
        return spec


class WorkspaceLoader:
    """Runs a file of the workspace as a module. Its errors are its importer's, at their place in the file."""

    def __init__(self, file, text):
        self._file = file
        self._text = text

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        text = self._text
        linecache.cache[self._file] = (len(text), None, text.splitlines(True), self._file)
        tree = compile(text, self._file, "exec", _ONLY_AST, dont_inherit=True)
        exec(compile(loops.watched(tree, self._file), self._file, "exec", dont_inherit=True), module.__dict__)

    def get_source(self, name):
        return self._text


_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST


def folders_of(path, root):
    """Where the file's imports are looked up: its own folder, then upward to the root. Nowhere without a root."""
    if root is None:
        return []
    root = root.rstrip("/")
    folder = path.rpartition("/")[0]
    folders = []
    while folder.startswith(root) and (folder == root or folder[len(root)] == "/"):
        folders.append(folder)
        folder = folder.rpartition("/")[0]
    return folders or [root]


def clear():
    """Drops the modules of an earlier run."""
    for name in [name for name, module in sys.modules.items()
                 if isinstance(getattr(getattr(module, "__spec__", None), "loader", None), WorkspaceLoader)]:
        del sys.modules[name]


def _text_of(file):
    try:
        return door.read_file(file).decode("utf-8-sig", "replace")
    except (FileNotFoundError, PermissionError):
        return None
