"""The examples in the docstrings of the file shown: `>>> net = Net()`, and what stands between fences; each is a Program that is run as a function of the file would be."""
import ast
import re
from typing import NamedTuple

from ..session import session
from ..source import statements
from .program import Program

_PROMPT = re.compile(r"\s*(>>>|\.\.\.)( |$)")
_FENCE = re.compile(r"\s*```\s*(\w*)")
_PYTHON = frozenset({"", "python", "py", "python3", "pycon"})


class Example(NamedTuple):
    """`owner`: the name of what has the docstring."""

    program: Program
    owner: str


def examples(cls):
    """Those of the file that speak of a class: its own and its methods', then those of the file and of its functions."""
    for owner, name in _with_docstrings(cls.__name__):
        first = owner.body[0]
        text = ast.get_docstring(owner, clean=False)
        if text and (">>>" in text or "```" in text):
            body = _parsed(text, first.lineno)
            if body:
                around = ast.FunctionDef("example", ast.arguments([], [], None, [], [], None, []), body, [], lineno=body[0].lineno, col_offset=0, end_lineno=first.end_lineno)
                yield Example(Program(session.path, ast.Module([around], []), session.namespace), name)


def _with_docstrings(name):
    """(node, what it is called)"""
    own = [node for node in statements.every(session.tree.body) if isinstance(node, ast.ClassDef) and node.name == name]
    for node in own:
        yield node, name
        yield from ((method, f"{name}.{method.name}") for method in node.body if isinstance(method, statements.FUNCTIONS))
    yield session.tree, session.path.rpartition("/")[2]
    yield from ((node, node.name) for node in session.tree.body if isinstance(node, statements.FUNCTIONS))


def _parsed(text, line):
    """The statements of the examples in a docstring that begins on a line, where they stand in the file; none where they are not Python."""
    found, is_fenced, indent = [], False, 0
    for one in text.split("\n"):
        fence, prompt = _FENCE.match(one), _PROMPT.match(one)
        if fence is not None:
            is_fenced, indent = not is_fenced and fence[1] in _PYTHON, len(one) - len(one.lstrip())
            found.append("")
        elif prompt is not None:
            found.append(one[prompt.end():])
        else:
            found.append(one[indent:] if is_fenced else "")
    try:
        tree = ast.parse("\n".join(found))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return ast.increment_lineno(tree, line - 1).body
