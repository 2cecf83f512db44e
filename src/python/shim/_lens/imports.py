"""Imports of the workspace's other files: read through the door, from the file's folder and each folder above it up to the root."""
import ast
import importlib.machinery
import io
import linecache
import sys
import tokenize

from . import door, loops, statements
from .session import session

guarded = set()  # (file, line) of imports in a `try` that handles their failure: those are left to fail


class WorkspaceFinder:
    """Finds modules and packages below the folders that `import` would look in if the file were run where it lies."""

    def __init__(self, folders):
        self._folders = folders
        self._wanted = set()  # dotted names that import statements mention: folders cannot be listed, only files asked for

    def note_imports(self, tree, file):
        """Remembers what a file imports, so that a folder without `__init__.py` is known by the file in it that is asked for."""
        _note_guarded(tree, file)
        for node in statements.every(tree.body):
            if isinstance(node, ast.Import):
                self._wanted.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                self._wanted.add(node.module)
                self._wanted.update(f"{node.module}.{alias.name}" for alias in node.names)

    def find_spec(self, name, path=None, target=None):
        if path is not None and not any(_is_below(folder, self._folders) for folder in path):
            return None
        last = name.rpartition(".")[2]
        folders = list(self._folders if path is None else path)
        for folder in folders:
            base = f"{folder}/{last}"
            for file, is_package in ((f"{base}/__init__.py", True), (f"{base}.py", False)):
                text = _text_of(file)
                if text is not None:
                    return self._spec(name, file, text, [base] if is_package else None)
        for folder in folders:
            if any(self._is_there(f"{folder}/{last}", wanted[len(name) + 1:]) for wanted in self._wanted if wanted.startswith(name + ".")):
                return self._spec(name, f"{folder}/{last}", "", [f"{folder}/{last}"])
        return None

    @staticmethod
    def _is_there(base, rest):
        path = f"{base}/{rest.replace('.', '/')}"
        return _text_of(f"{path}.py") is not None or _text_of(f"{path}/__init__.py") is not None

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
        return None

    def exec_module(self, module):
        text = self._text
        linecache.cache[self._file] = (len(text), None, text.splitlines(True), self._file)
        tree = ast.parse(text, self._file)
        self._finder.note_imports(tree, self._file)
        module.__dict__["__builtins__"] = session.builtins
        exec(compile(loops.watched(tree, self._file), self._file, "exec", dont_inherit=True), module.__dict__)

    def get_source(self, name):
        return self._text


def _is_below(folder, folders):
    return any(folder == known or folder.startswith(known + "/") for known in folders)


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


def package_of(path, root):
    """Dotted name of the package that a file lies in, so that its relative imports work; None outside of a package."""
    names = []
    for folder in folders_of(path, root):
        if folder == root.rstrip("/") or _text_of(f"{folder}/__init__.py") is None:
            break
        names.insert(0, folder.rpartition("/")[2])
    return ".".join(names) or None


def clear():
    """Drops the modules of an earlier run."""
    guarded.clear()
    for name in [name for name, module in sys.modules.items()
                 if isinstance(getattr(getattr(module, "__spec__", None), "loader", None), WorkspaceLoader)]:
        del sys.modules[name]


def _text_of(file):
    try:
        return _decoded(door.read_file(file))
    except (FileNotFoundError, PermissionError):
        return None


def _decoded(data):
    """A file's text in the encoding that it names (PEP 263), in UTF-8 where that cannot be had."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode("utf-8-sig", "replace")


_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


def _note_guarded(tree, file):
    for node in statements.every(tree.body):
        if isinstance(node, ast.Try) and any(_handles_import_error(handler) for handler in node.handlers):
            guarded.update((file, child.lineno) for child in statements.every(node.body) if isinstance(child, statements.IMPORTS))


def _handles_import_error(handler):
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in _IMPORT_ERRORS for kind in types)
