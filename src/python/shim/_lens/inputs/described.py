"""The sizes of an argument as a method's docstring and first comments describe them: "`x` has shape `[n_steps, batch_size, d_model]`", "# x: (B, T, C)"."""
import ast
import inspect
import re

from .. import sourcetree

_SHAPE = re.compile(r"[\[(]([^\[\]()]+)[\])]")
_SEPARATOR = re.compile(r"\s*,\s*|\s+[x×]\s+")
_SIZE = re.compile(r"[A-Za-z]\w*|\d+")
_SAYS_SHAPE = re.compile(r"shape|dimension|size|:|=|\btensor\b", re.IGNORECASE)
_COMMENTS = 4  # lines of the body that are looked through


def sizes_of(method, name):
    """The names of the sizes, numbers as text; None where nothing is said of them."""
    for line in _lines_of(method):
        mentioned = re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", line, re.IGNORECASE)
        if mentioned is None or not _SAYS_SHAPE.search(line):
            continue
        found = _SHAPE.search(line, mentioned.end())
        if found is not None:
            sizes = tuple(re.sub(r"\s+", "_", size.strip("`$ ")) for size in _SEPARATOR.split(found[1].strip()))
            if sizes and all(_SIZE.fullmatch(size) for size in sizes):
                return sizes
    return None


def _lines_of(method):
    body = sourcetree.of(method).body
    if not body or not isinstance(body[0], ast.FunctionDef):
        return
    yield from (ast.get_docstring(body[0]) or "").splitlines()
    first = body[0].body[0]
    text = inspect.getsource(method).splitlines()
    start = first.end_lineno if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else body[0].lineno - 1
    yield from (line.partition("#")[2] for line in text[start:start + _COMMENTS] if "#" in line)
