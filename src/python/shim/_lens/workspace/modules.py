"""The folders that files of the workspace are imported from, the dotted names that they are imported by, and their texts."""
import ast
import io
import posixpath
import tokenize

from .. import door
from ..session import session
from ..source import statements


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


def search_folders(path, root, package):
    """`folders_of`, but of a file within a `package` (dotted name or None) the folders within it last: there, a file of the package's own name would hide it."""
    folders = folders_of(path, root)
    inside = 0 if package is None else package.count(".") + 1
    return folders[inside:] + folders[:inside]


def package_of(path, root, tree):
    """Dotted name of the package that a file lies in, so that its relative imports work; None outside of a package.

    A folder without `__init__.py` is one too where the file's relative imports reach into it, and so is then the root.
    """
    reached = max((node.level for node in statements.every(tree.body) if isinstance(node, ast.ImportFrom)), default=0)
    names = []
    for folder in folders_of(path, root):
        if len(names) >= reached and (folder == root.rstrip("/") or text_of(f"{folder}/__init__.py") is None):
            break
        names.insert(0, posixpath.basename(folder))
    return ".".join(names) or None


def module_name(path, tree):
    """The dotted name that a file of the workspace is imported by."""
    package = package_of(path, session.root, tree)
    own = "" if path.endswith("/__init__.py") else posixpath.basename(path).removesuffix(".py")
    return ".".join(part for part in (package, own) if part)


def text_of(file):
    """None where there is no such file."""
    try:
        return decoded(door.read_file(file))
    except (FileNotFoundError, PermissionError):
        return None


def decoded(data):
    """A file's text in the encoding that it names (PEP 263), in UTF-8 where that cannot be had."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode("utf-8-sig", "replace")
