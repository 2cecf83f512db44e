"""The loss that a file names and that no step of it takes: in a function that nothing calls, in a loop over data that are not here.

Where it names one alone, it is taken of the model's output and of targets that are drawn, of the kind that this loss compares with.
"""
import ast

from .. import door
from ..recording import site
from ..session import session
from . import ownloss, training


def named(owner, name):
    """Function of each loss of the framework that the file's text calls or makes → (path, the first ast.Call); where it does neither, of the files that seem to train its model `name`."""
    if session.tree is None or not owner.losses:
        return {}
    return in_text(owner, session) or next((found for part in session.training_files() if name and name in part.text and (found := in_text(owner, part))), {})


def in_text(owner, part):
    """Those that one text has; `part`: the session, or a TextFile."""
    try:
        taken = [call for call in part.syntax.outermost_first(ast.Call) if _name_of(call) in owner.losses]
    except (SyntaxError, ValueError, RecursionError):
        return {}
    found = {}
    for call in sorted(taken, key=lambda call: (call.lineno, call.col_offset)):
        found.setdefault(owner.losses[_name_of(call)], (part.path, call))
    return found


def _name_of(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)


def of_output(owner, name, output, seed):
    """The Loss of the first output (a Value) of a model of that name; None where the file names none alone, or one that takes more than an output and targets.

    One of quick-train's kinds is told to `training`, and taken where its random targets are.
    """
    losses = named(owner, name)
    if training.found.loss is not None or len(losses) != 1:
        return None
    [(function, (path, call))] = losses.items()
    door.manual_seed(seed + 2)
    loss = owner.drawn_loss(function, owner.wrap(output), _settings(call))
    return None if loss is None else ownloss.Loss(loss.value, site.of_node(path, call), function, targets="random")


def _settings(call):
    """Keywords of a call that are plain values."""
    found = {}
    for keyword in (keyword for keyword in call.keywords if keyword.arg is not None):
        try:
            found[keyword.arg] = ast.literal_eval(keyword.value)
        except (ValueError, TypeError):
            continue
    return found
