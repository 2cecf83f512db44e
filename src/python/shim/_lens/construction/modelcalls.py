"""Where the workspace's text calls a model on data, in code that may never be run: `net = Net()` and `net(torch.rand(2, 3, 224, 224))` in a function `test`, in another file, in an example of a docstring."""
import ast
from typing import NamedTuple

from ..models import factories
from ..session import session
from ..source import expressions, statements
from . import examples, places
from .program import Program, parameters_of

# Methods and functions that give the same model back; what else is made of it takes something else.
_KEEPING = frozenset({"to", "cuda", "cpu", "eval", "train", "float", "double", "half", "requires_grad_", "apply", "DataParallel", "DistributedDataParallel", "compile", "build"})

_MOST_FOLLOWED = 2  # functions that give what another one gives


class ModelCall(NamedTuple):
    """A call of a model in the text of a Program. `where`: of the text, "`test`, line 70"; `is_own`: whether that is the file shown."""

    program: Program
    node: ast.Call
    where: str
    is_own: bool


def of(name, cls):
    """ModelCalls of what is made by a name, those of the file shown first; then of the other functions of the file that make the class."""
    own = list(dict.fromkeys([name, cls.__name__, *factories.all_of_class(cls.__name__)]))
    program = Program(session.path, session.tree, session.namespace)
    for one in own:
        for node in places.named_in_file(session.namespace.get(one, cls), one):
            yield from (ModelCall(program, call, _said(program, call, True), True) for call in of_made(program, node))
    for example in examples.in_docstrings(cls):
        for node in (node for node in ast.walk(example.program.tree) if isinstance(node, ast.Call) and not set(own).isdisjoint(ast.unparse(node.func).split("."))):
            yield from (ModelCall(example.program, call, f"the docstring of `{example.owner}`, line {call.lineno}", True) for call in of_made(example.program, node))
    for one in dict.fromkeys([name, cls.__name__]):
        for program, node in places.calls_elsewhere(session.namespace.get(one, cls), one):
            yield from (ModelCall(program, call, _said(program, call, False), False) for call in of_made(program, node))


def _said(program, call, is_own):
    function = program.function_around(call)
    names = [] if function is None else [f"`{function.name}`"]
    if not is_own:
        names.append(f"of {program.file_name}" if names else program.file_name)
    return f"{' '.join(names)}, line {call.lineno}" if names else f"line {call.lineno}"


def of_made(program, made, followed=_MOST_FOLLOWED):
    """The calls of the model that a call makes, in the order of the text: of the expression itself, of what it is assigned to, in a function that takes it, or where one that gives it is called."""
    node = made
    for around in program.around(made):
        if isinstance(around, ast.Attribute) and around.value is node:
            node = around
        elif isinstance(around, ast.Call) and around.func is node:
            if isinstance(node, ast.Call) or node.attr == "forward":
                return [around]
            if node.attr not in _KEEPING:
                return []
            node = around
        elif isinstance(around, ast.Call) and node in around.args and expressions.last_name(around.func) in _KEEPING:
            node = around
        elif isinstance(around, ast.Assign) and around.value is node and len(around.targets) == 1 and isinstance(around.targets[0], (ast.Name, ast.Attribute)):
            return _of_holder(program, around, ast.unparse(around.targets[0]))
        elif isinstance(around, ast.Call) and node in around.args and isinstance(around.func, ast.Name):
            return _of_taken(program, around.func.id, around.args.index(node))
        elif isinstance(around, ast.Return) and followed > 0:
            return _of_given(program, program.function_around(around), followed)
        else:
            return []
    return []


def _functions(program):
    return [node for node in ast.walk(program.tree) if isinstance(node, statements.FUNCTIONS)]


def _of_taken(program, name, place):
    """Calls of what a function of the file takes at a place: `check(Net())`."""
    taken = [(function, parameters_of(function)[place].arg) for function in _functions(program) if function.name == name and len(parameters_of(function)) > place]
    return [call for function, parameter in taken for call in _calls_on(function, parameter)]


def _of_given(program, given, followed):
    """Calls of what a function gives: where it is called, and where a function has an argument of its name, as one of pytest's fixtures is given."""
    called = [node for node in ast.walk(program.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == given.name]
    fixed = [function for function in _functions(program) if given.name in (parameter.arg for parameter in parameters_of(function))] if given.decorator_list else []
    return [*(call for node in called for call in of_made(program, node, followed - 1)), *(call for function in fixed for call in _calls_on(function, given.name))]


def _of_holder(program, assigned, holder):
    """Calls of what a statement assigns to a name in the same function, or to an attribute in the same class, up to where that becomes something else."""
    function = program.function_around(assigned)
    is_attribute = "." in holder
    owner = program.class_of(function) if function is not None and is_attribute else None
    return _calls_on(owner or function or program.tree, holder, assigned.end_lineno if owner is None else None)


def _calls_on(within, holder, line=0):
    """Calls of what a name or an attribute stands for, behind a line and up to where that becomes something else; of an attribute of `self`, with None for the line, anywhere."""
    found = []
    for node in sorted((node for node in ast.walk(within) if hasattr(node, "lineno")), key=lambda node: (node.lineno, node.col_offset)):
        if line is not None and node.lineno <= line:
            continue
        if isinstance(node, ast.Assign) and holder in map(ast.unparse, node.targets) and not _keeps(node.value, holder):
            if line is not None:
                break
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (holder, f"{holder}.forward") and (node.args or node.keywords):
            found.append(node)
    return found


def _keeps(value, holder):
    """Whether what is assigned is the model still: `net = nn.DataParallel(net)`, `net = net.to(device)`."""
    while isinstance(value, ast.Call) and expressions.last_name(value.func) in _KEEPING:
        if not value.args and not isinstance(value.func, ast.Attribute):
            return False
        value = value.args[0] if value.args and ast.unparse(value.args[0]) == holder else value.func.value if isinstance(value.func, ast.Attribute) else value.args[0]
    return ast.unparse(value) == holder
