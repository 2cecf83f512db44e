"""Files of the workspace, compiled: kept from run to run, since an edit of one file of a package leaves its hundreds of others as they are."""
import ast
import contextlib
import re

from . import foreign, forwardcalls, loops, statements, tables
from .parsed import without_collections
from .syntax import Syntax

_MOST_FILES = 1000
_files = {}  # path -> CompiledFile, the one used last at the end

# A text without these words trains nothing: there is no loop in it that is to be left.
_TRAINING = re.compile(r"optim|backward|loss|train_|\bfit\(|GradientTape")
_LOOP = re.compile(r"^[ \t]*(?:for|while)\b", re.MULTILINE)
# Hundreds of lines that begin with a number, a text or a bracket and end with a comma.
_TABLE = re.compile(r"(?:^[ \t]*[\[({\"'\d-].*,[ \t]*\n){300}", re.MULTILINE)
_TRIED_IMPORT = re.compile(r"^[ \t]*try:.*\n(?:[ \t]*(?:#.*)?\n)*[ \t]+(?:import|from)\b", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|.*)|import[ \t]+(.*))", re.MULTILINE)
_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


class TextFile:
    def __init__(self, path, text):
        self.path = path
        self.text = text
        self._syntax = None

    @property
    def syntax(self):
        """Its nodes, for questions about its text; raises SyntaxError where it has none."""
        if self._syntax is None:
            self._syntax = Syntax(ast.parse(self.text, self.path))
        return self._syntax


class CompiledFile(TextFile):
    def __init__(self, path, text):
        super().__init__(path, text)
        if "\0" in text:  # of which Python says neither file nor line
            raise SyntaxError(f"{path.rpartition('/')[2]} is not the text of a Python file: it has null bytes", (path, 1, 1, ""))
        with foreign.told_of(text):
            self._compile(path, text)

    def _compile(self, path, text):
        # A syntax tree as Python objects costs several times what compiling costs.
        if _TRIED_IMPORT.search(text) or _LOOP.search(text) and _TRAINING.search(text) or _TABLE.search(text) or forwardcalls.methods_of_agents(text):
            with without_collections():
                tree = ast.parse(text, path)
            self.imports = imports_of(tree)
            self.guarded_lines = guarded_lines(tree)
            loops.watched(tree, text)
            with contextlib.ExitStack() as left_out:
                for statement in tree.body:
                    left_out.enter_context(tables.left_out(statement))
                self.code = compile(tree, path, "exec", dont_inherit=True)
            self._tables = [table for statement in tree.body for table in statement.lens_tables]  # which the code asks for
        else:
            self.imports = _imports_in(text)
            self.guarded_lines = ()
            self.code = compile(text, path, "exec", dont_inherit=True)


def compiled(path, text):
    known = _files.pop(path, None)
    if known is None or known.text != text:
        known = CompiledFile(path, text)
    _files[path] = known
    if len(_files) > _MOST_FILES:
        del _files[next(iter(_files))]
    return known


def imports_of(tree):
    """[(level, module, names)] of the import statements of a file; `names` is None for `import module`."""
    found = []
    for node in statements.every(tree.body):
        if isinstance(node, ast.Import):
            found.extend((0, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or "", [alias.name for alias in node.names]))
    return found


def _imports_in(text):
    """As `imports_of`, by the text alone: a few words too many do no harm."""
    found = []
    for dots, module, names, modules in _IMPORT.findall(text):
        if modules:
            found.extend((0, name, None) for name in re.findall(r"[\w.]+", modules))
        else:
            found.append((len(dots), module, re.findall(r"\w+", names)))
    return found


def guarded_lines(tree):
    """Lines of the imports in a `try` that handles their failure."""
    return {child.lineno for node in statements.every(tree.body) if isinstance(node, ast.Try) and any(map(_handles_import_error, node.handlers))
            for child in statements.every(node.body) if isinstance(child, statements.IMPORTS)}


def _handles_import_error(handler):
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in _IMPORT_ERRORS for kind in types)
