"""Values for the arguments that a model is made with: those of a `# lens:` comment, else those of the file's own calls, else what `completion` assumes."""
import ast

from .. import diagnostics, signature
from ..missing import absent
from ..models import factories
from ..session import session
from . import completion, importedclasses, writtencalls
from .argument import Argument
from .names import by_name, is_known


def for_call(callable_, name, given=None):
    """The Arguments to call a class or function of the file with: `given` (of a comment) before those of the file's own call, those before assumed ones.

    Raises CannotAssume, and what the evaluation of `given` raises.
    """
    if given is None:
        found = as_in_file(callable_, name) or as_in_imported(callable_, name)
        if found is not None:
            return found
    return completion.completed(callable_, name, {} if given is None else writtencalls.of_text(callable_, given))


def is_required(callable_):
    """Whether it cannot be called without arguments."""
    return any(signature.is_required(parameter) for parameter in signature.parameters_of(callable_))


def can_assume(callable_, name):
    """Whether values are known for all that it requires."""
    try:
        for_call(callable_, name)
    except Exception:
        return False
    return True


def _is_of_absent(name, argument):
    """Whether an argument of a call's text is of a package that is not here: a thing of it, or a size of its empty data."""
    if not isinstance(argument, Argument):
        return False
    if absent.is_missing(argument.value):
        return True
    size = by_name(name) if is_known(name) else None
    return bool(absent.packages()) and type(argument.value) is int and argument.value == 0 and argument.text != "0" and type(size) is int and size > 0


def as_in_file(callable_, name):
    """The Arguments of a call of `name` in the file's text, evaluated in the file's namespace; None where there is no usable one."""
    if session.tree is None:
        return None
    makers = factories.lines()
    nodes = [node for node in session.syntax.outermost_first(ast.Call) if isinstance(node.func, ast.Name) and node.func.id == name
             and (node.args or node.keywords)]
    # a function that makes a variant of a model says no more of it than its own defaults do
    within = {id(node) for node in nodes if any(node.lineno in lines for lines in makers)}
    nodes = [node for node in nodes if id(node) not in within] + [node for node in nodes if id(node) in within and is_required(callable_)]
    for node in nodes:
        found = _as_written(callable_, name, node, f"line {node.lineno}", session.namespace)
        if found is not None:
            found.line = node.lineno
            return found
    return None


def as_in_imported(callable_, name):
    """The Arguments of a call of a class in a function of a file that the file imports; None where there is no usable one."""
    for file, module in importedclasses.modules() if isinstance(callable_, type) and callable_.__module__ != "__main__" else ():
        for node in importedclasses.calls_in(file, module):
            found = _as_written(callable_, name, node, f"line {node.lineno} of {file.path.rpartition('/')[2]}", vars(module)) if vars(module)[node.func.id] is callable_ else None
            if found is not None:
                return found
    return None


def _as_written(callable_, name, node, place, namespace):
    """The Arguments of a call in a text; None where it says not all that is required, or cannot be evaluated."""
    try:
        said = writtencalls.of_call(callable_, node, "file", f"as on {place}", namespace)
        known = {parameter: argument for parameter, argument in said.items() if not _is_of_absent(parameter, argument)}
        found = completion.completed(callable_, name, known)
    except Exception as error:
        diagnostics.log_failure(f"the arguments that `{name}` has on {place} are not taken", error)
        return None
    if found.sentences and len(known) == len(said):
        return None
    found.sentences.append(f"{name}: constructed as on {place}" + (
        "" if len(known) == len(said) else f", without what comes of {absent.listed(absent.packages())}, which is not here"))
    return found
