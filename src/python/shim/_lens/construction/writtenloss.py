"""The workspace's own loss that a file which trains a model calls, `loss = dice(output, target)`: the one function or class of that purpose which the text of the file names."""
import ast
import inspect
import re

from .. import diagnostics, framework
from ..learning import namedloss, training
from ..models import lossnames
from ..recording import site
from ..session import session
from ..source import expressions
from ..workspace import modules
from .evaluation import Evaluation
from .program import Program
from .settings import Settings

_CLASS = re.compile(r"\w*(Loss|Criterion)")


def functions(owner, name, is_function):
    """[(name, function)] of at most one: what the file shown says, else what a file says that seems to train its model `name`. `is_function`: whether a name is that of a loss's function.

    A file that names a framework's loss besides has none that can be told from its parts.
    """
    for part in (session, *(part for part in session.training_files() if re.search(rf"\b{re.escape(name)}\b", part.text))):
        try:
            called = _called(part.syntax, is_function)
            if called and not namedloss.in_text(owner, part):
                return _one_of(part, called)
        except (SyntaxError, ValueError, RecursionError):
            continue
    return []


def _called(syntax, is_function):
    """Name → the first call of each function or class of the workspace, by how the text has its name, that makes a loss or is one."""
    own = {alias.asname or alias.name for node in syntax.outermost_first(ast.ImportFrom) for alias in node.names}
    own |= {node.name for node in syntax.outermost_first((ast.FunctionDef, ast.ClassDef))}
    found = {}
    for call in syntax.outermost_first(ast.Call):
        word = call.func.id if isinstance(call.func, ast.Name) else None
        if word in own and (_CLASS.fullmatch(word) or is_function(word)):
            found.setdefault(word, call)
    return found


def _one_of(part, called):
    """What the calls are of, where that is one thing and the workspace's."""
    tree = part.syntax.tree
    program = Program(part.path, tree, session.namespace if part is session else None, "" if part is session else modules.module_name(part.path, tree))
    evaluation = Evaluation(program, Settings(tree, tree))
    found = []
    with diagnostics.tried() as attempt, training.of_another_file():
        for word, call in called.items():
            try:
                thing = evaluation.value_at(call.func)
                if inspect.isfunction(thing) and site.is_user_file(thing.__code__.co_filename):
                    found.append((word, thing))
                elif isinstance(thing, type) and lossnames.is_loss(thing) and framework.of_users_class(thing) is not None:
                    found.append((word, evaluation.value_at(call).forward))
            except (Exception, SystemExit) as error:
                diagnostics.log_failure(f"`{expressions.last_name(call.func)}` of {program.file_name} is not taken for the loss", error)
        attempt.drop()
    return found if len(found) == 1 else []
