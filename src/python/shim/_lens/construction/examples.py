"""Python in what is written for readers: the examples in the docstrings of the file shown, `>>> net = Net()`, and in the READMEs around it; each is a Program."""
import ast
import re
from typing import NamedTuple

from ..session import session
from ..source import statements
from ..workspace import readmes
from .program import Program

_PROMPT = re.compile(r"\s*(>>>|\.\.\.)( |$)")
_FENCE = re.compile(r"\s*```\s*(\w*)")
_PYTHON = frozenset({"python", "py", "python3", "pycon"})


class Example(NamedTuple):
    """`owner`: the name of what has the docstring."""

    program: Program
    owner: str


def in_docstrings(cls):
    """Examples of the file that speak of a class: its own and its methods', then those of the file and of its functions. They see the names of the file."""
    for owner, name in _with_docstrings(cls.__name__):
        text = ast.get_docstring(owner, clean=False)
        if text and (">>>" in text or "```" in text):
            body = _parsed([one for block in _blocks(text.split("\n"), owner.body[0].lineno) for one in block])
            if body:
                around = ast.FunctionDef("example", ast.arguments([], [], None, [], [], None, []), body, [], lineno=body[0].lineno, col_offset=0, end_lineno=body[-1].end_lineno)
                yield Example(Program(session.path, ast.Module([around], []), session.namespace), name)


def _with_docstrings(name):
    """(node, what it is called)"""
    own = [node for node in statements.every(session.tree.body) if isinstance(node, ast.ClassDef) and node.name == name]
    for node in own:
        yield node, name
        yield from ((method, f"{name}.{method.name}") for method in node.body if isinstance(method, statements.FUNCTIONS))
    yield session.tree, session.path.rpartition("/")[2]
    yield from ((node, node.name) for node in session.tree.body if isinstance(node, statements.FUNCTIONS))


def in_readmes(name):
    """Programs of the blocks in READMEs of the file's folder and those around it that call a name; a block has what those before it import."""
    asked = re.compile(rf"\b{name}\s*\(")
    for path, text in readmes.texts():
        imported = []
        for block in _blocks(text.split("\n"), 1) if asked.search(text) else ():
            body = _parsed(block)
            if any(asked.search(line) for _, line in block):
                yield Program(path, ast.Module([*imported, *body], []))
            imported += [statement for statement in body if isinstance(statement, statements.IMPORTS)]


def _blocks(lines, first):
    """[[(number, line)]]: what stands between fences that do not name another language, and behind prompts."""
    found, fence = [[]], None  # the indent of the fence that is open; -1: of another language
    for number, line in enumerate(lines, first):
        mark, prompt = _FENCE.match(line), _PROMPT.match(line)
        if mark is not None:
            is_python = not mark[1] or mark[1].lower() in _PYTHON
            fence = None if fence is not None else len(line) - len(line.lstrip()) if is_python else -1
            found.append([])
        elif prompt is not None:
            found[-1].append((number, line[prompt.end():]))
        elif fence is not None and fence >= 0:
            found[-1].append((number, line[fence:]))
    return [block for block in found if block]


def _parsed(block):
    """The statements of numbered lines, where they stand in the file; none where they are not Python."""
    text = "".join(f"{line}\n" for _, line in _without_gaps(block))
    try:
        return ast.increment_lineno(ast.parse(text), block[0][0] - 1).body if block else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _without_gaps(block):
    known = dict(block)
    return [(number, known.get(number, "")) for number in range(block[0][0], block[-1][0] + 1)] if block else []
