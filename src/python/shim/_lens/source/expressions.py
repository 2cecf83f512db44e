"""Expressions of the user's files at their places, and edits of them: what a mend would have the file say.

An edit is `{"site", "newText"}`: a place of a file (`_lens.recording.site`) and what it should read; `TextEdit` in src/protocol/report.ts.
"""
import ast
import linecache
import operator

from ..recording import site
from ..session import session
from ..signature import signature_of

_files = {}  # (file, first line) -> _File, None where it cannot be read


def clear():
    _files.clear()


def call_at(site_id):
    """The call that stands at a site, as an Expression; None: something else stands there."""
    return _at(site_id, ast.Call)


def attribute_at(site_id):
    return _at(site_id, ast.Attribute)


def name_at(site_id):
    return _at(site_id, ast.Name)


def method_around(site_id):
    """The innermost function definition that holds a site."""
    file, position = _place(site_id)
    if file is None:
        return None
    around = [node for node in file.functions if node.lineno <= position[0] and position[2] <= node.end_lineno]
    return Expression(file, max(around, key=lambda node: node.lineno)) if around else None


def import_added(path, tree, statement):
    """An edit that imports something: behind the imports that the file begins with, else ahead of its first statement."""
    position, text = (1, 0), f"{statement}\n"
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            position, text = (node.end_lineno, node.end_col_offset), f"\n{statement}"
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            if text.endswith("\n"):
                position = (min([node.lineno, *[decorator.lineno for decorator in getattr(node, "decorator_list", [])]]), 0)
            break
    return {"site": site.of_position(path, *position, *position), "newText": text}


def line_above(site_id, text):
    """An edit that puts a line above the one that a site begins on, as deep as it."""
    path, line = site.table()[site_id][:2]
    before = linecache.cache[path][2][line - 1] if path in linecache.cache else ""
    return {"site": site.of_position(path, line, 0, line, 0), "newText": f"{before[:len(before) - len(before.lstrip())]}{text}\n"}


class Expression:
    """A node of a file's syntax tree."""

    def __init__(self, file, node):
        self.file, self.node = file, node

    @property
    def line(self):
        return self.node.lineno

    @property
    def text(self):
        return ast.get_source_segment(self.file.text, self.node)

    @property
    def parent(self):
        node = self.file.parents.get(id(self.node))
        return None if node is None else Expression(self.file, node)

    @property
    def is_sizes(self):
        """Whether it is an integer, or several, written out: `400`, `-1`, `(4, 5)`."""
        nodes = self.node.elts if isinstance(self.node, (ast.Tuple, ast.List)) else [self.node]
        return bool(nodes) and all(_integer(node) is not None for node in nodes)

    @property
    def integer(self):
        return _integer(self.node)

    def replaced(self, text):
        return self._edit((self.node.lineno, self.node.col_offset, self.node.end_lineno, self.node.end_col_offset), text)

    def inserted_before(self, text):
        return self._edit((self.node.lineno, self.node.col_offset) * 2, text)

    def inserted_after(self, text):
        return self._edit((self.node.end_lineno, self.node.end_col_offset) * 2, text)

    def _edit(self, position, text):
        return {"site": site.of_position(self.file.path, *position), "newText": text}

    def made_whole(self):
        """The only division within it as one without a remainder, `//`; None where there are several, or none."""
        divisions = [node for node in ast.walk(self.node) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
        if len(divisions) != 1 or divisions[0].left.end_lineno != divisions[0].right.lineno:
            return None
        [division] = divisions
        between = self.file.text.split("\n")[division.right.lineno - 1].encode()[division.left.end_col_offset:division.right.col_offset]
        column = division.left.end_col_offset + between.index(b"/")
        return self._edit((division.right.lineno, column) * 2, "/")

    # Calls

    @property
    def called(self):
        """The last name of what is called: `Linear` of `nn.Linear(…)`."""
        return last_name(self.node.func)

    @property
    def called_of(self):
        """What stands before that: `torch.nn` of `torch.nn.Linear(…)`, nothing of `Linear(…)`."""
        function = self.node.func
        return ast.get_source_segment(self.file.text, function.value) if isinstance(function, ast.Attribute) else ""

    def last_name_replaced(self, text):
        """The same with another last name: of `nn.Conv2D`, or of what a call calls."""
        node = self.node.func if isinstance(self.node, ast.Call) else self.node
        end = (node.end_lineno, node.end_col_offset)
        return self._edit((end[0], end[1] - len(last_name(node).encode()), *end), text)

    @property
    def arguments(self):
        """What is given by position; empty where some of it is unpacked (`*sizes`)."""
        given = self.node.args
        return [] if any(isinstance(node, ast.Starred) for node in given) else [Expression(self.file, node) for node in given]

    def keyword(self, name):
        return next((Expression(self.file, keyword) for keyword in self.node.keywords if keyword.arg == name), None)

    def argument(self, callable_, name):
        """What is given for a parameter of `callable_`, by position or by name; None: it is not given by itself."""
        keyword = self.keyword(name)
        if keyword is not None:
            return Expression(self.file, keyword.node.value)
        names = [parameter.name for parameter in signature_of(callable_).parameters.values()
                 if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)]
        position = names.index(name) if name in names else len(names)
        return self.arguments[position] if position < len(self.arguments) else None

    def argument_added(self, text):
        """With one more argument behind those that are there; None where nothing can stand behind them."""
        last = max([*self.node.args, *[keyword.value for keyword in self.node.keywords]], key=lambda node: (node.end_lineno, node.end_col_offset), default=None)
        if last is None or isinstance(last, ast.GeneratorExp):
            return None
        return Expression(self.file, last).inserted_after(f", {text}")


class _File:
    """A file, or the lines of it that matter, at their numbers."""

    def __init__(self, path, text):
        self.path, self.text = path, text
        self.by_position, self.parents, self.functions = {}, {}, []
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.expr):
                self.by_position.setdefault((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset), []).append(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.append(node)
            for child in ast.iter_child_nodes(node):
                self.parents[id(child)] = node


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


_ARITHMETIC = {ast.Mult: operator.mul, ast.Add: operator.add, ast.Sub: operator.sub}


def _integer(node):
    """The value of an integer that is written out, `16 * 5 * 5` too; None: it is something else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _integer(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        left, right = _integer(node.left), _integer(node.right)
        return None if left is None or right is None else _ARITHMETIC[type(node.op)](left, right)
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _place(site_id):
    """(_File, position) of a site; (None, None) where its file cannot be read."""
    if site_id is None or site_id < 0:
        return None, None
    path, *position = site.table()[site_id]
    lines = linecache.cache[path][2] if path in linecache.cache else []
    first, last = _piece(path, position[0], len(lines))
    if (path, first) not in _files:
        try:
            _files[path, first] = _File(path, "\n" * (first - 1) + "".join(lines[first - 1:last])) if lines else None
        except (SyntaxError, ValueError, RecursionError):
            _files[path, first] = None
    return _files[path, first], tuple(position)


def _piece(path, line, last):
    """The lines of the top-level statement that a line of the file is in: a file may be long. All lines of another file."""
    if path == session.path and session.tree is not None:
        for node in session.tree.body:
            first = min([node.lineno, *[decorator.lineno for decorator in getattr(node, "decorator_list", [])]])
            if first <= line <= node.end_lineno:
                return first, node.end_lineno
    return 1, last


def _at(site_id, kind):
    file, position = _place(site_id)
    if file is None:
        return None
    return next((Expression(file, node) for node in file.by_position.get(position, []) if isinstance(node, kind)), None)
