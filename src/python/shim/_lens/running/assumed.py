"""What the file takes from outside while it runs, assumed and said: command-line arguments, and names that it never binds."""
import ast
import re

from .. import diagnostics, framework
from ..meanings import optionvalue
from ..models import filemodel
from ..recording import site
from ..session import session
from ..source import statements
from ..source.expressions import import_added

# Names that snippets use without importing them → what everyone means by them.
_WELL_KNOWN = {
    "torch": "import torch", "nn": "import torch.nn as nn", "F": "import torch.nn.functional as F",
    "optim": "import torch.optim as optim", "np": "import numpy as np", "numpy": "import numpy", "tf": "import tensorflow as tf",
    "tensorflow": "import tensorflow", "keras": "from tensorflow import keras", "layers": "from tensorflow.keras import layers",
    "Sequential": "from tensorflow.keras import Sequential", "Dense": "from tensorflow.keras.layers import Dense",
    "math": "import math", "os": "import os", "random": "import random", "plt": "import matplotlib.pyplot as plt",
    "DataLoader": "from torch.utils.data import DataLoader",
}

# Names that mean data.
_DATA = re.compile(r"[xX](_?(train|test|val|input|batch|in|data|\d+))?|inputs?(_(data|tensor|batch))?|data|images?|imgs?|batch|features|sample|samples",
                   re.IGNORECASE)
_DATA_SHAPE = (32, 10)


def bind_well_known(tree, path, namespace):
    """Imports what the file uses under its usual name without importing or defining it anywhere, and says so at the first use."""
    wanted = _mentioned(tree)
    if not wanted:
        return
    nodes = session.syntax.outermost_first((ast.Name, ast.arg))
    wanted -= {node.arg if isinstance(node, ast.arg) else node.id for node in nodes if isinstance(node, ast.arg) or not isinstance(node.ctx, ast.Load)}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in wanted:
            wanted.discard(node.id)
            statement = _WELL_KNOWN[node.id]
            try:
                exec(statement, namespace)
            except ImportError:
                continue
            diagnostics.report("skipped", "information", f"`{node.id}` is not imported in this file: taken as `{statement}`",
                               site.of_node(path, node), None, [{"title": f"Add {statement}", "edits": [import_added(path, tree, statement)]}])


def _mentioned(tree):
    """The well-known names that the text has, without those that a statement of the file imports or defines. None where a star import may bind more."""
    wanted = {name for name in _WELL_KNOWN if name in session.text}
    for statement in statements.every(tree.body):
        if isinstance(statement, statements.IMPORTS):
            if any(alias.name == "*" for alias in statement.names):
                return set()
            wanted.difference_update(alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef, ast.ExceptHandler)):
            wanted.discard(statement.name)
    return {name for name in wanted if re.search(rf"\b{name}\b", session.text)}


def bind_data(error, namespace):
    """Gives a name that means data and that the file never binds some numbers, and says so. False where it means something else."""
    owner = filemodel.framework_in_use()
    if owner is None or error.name is None or not _DATA.fullmatch(error.name):
        return False
    namespace[error.name] = owner.draw(framework.InputSpec(_DATA_SHAPE))
    diagnostics.report("skipped", "information",
                       f"`{error.name}` is not defined in this file: assumed standard normal numbers of shape {_DATA_SHAPE}",
                       site.of_traceback(error.__traceback__))
    return True


def parse_known_args(real):
    """`ArgumentParser.parse_known_args` that assumes what is required and was not given: nobody gives arguments here."""

    def parse(self, args=None, namespace=None):
        if args is None:
            args, given = [], []
            for action in self._actions:
                if not _is_missing(action):
                    continue
                words = _words(action)
                args.extend([action.option_strings[-1], *words] if action.option_strings else words)
                given.append(f"{action.option_strings[-1] if action.option_strings else action.dest} = {' '.join(words)}")
            if given:
                diagnostics.report("skipped", "information",
                                   f"required arguments of the command line are assumed: {', '.join(given)}", site.here())
        return real(self, args, namespace)

    return parse


def _is_missing(action):
    if action.option_strings:
        return action.required
    return action.nargs not in ("?", "*", "A...") and action.default is None and action.dest != "==SUPPRESS=="


def _listed(help_text):
    """The words of a help text that lists them, `mnist | folder | fake`, else none."""
    words = [word.strip() for word in (help_text or "").split("|")]
    return words if len(words) > 2 and all(word.isidentifier() for word in words) else []


def _words(action):
    count = action.nargs if isinstance(action.nargs, int) else 1
    return [str(optionvalue.of(action.dest, action.type, list(action.choices or _listed(action.help))))] * count
