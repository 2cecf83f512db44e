"""What the file takes from outside while it runs, assumed and said: command-line arguments, and names that it never binds."""
import argparse
import ast
import re

from .. import diagnostics, framework
from ..meanings import optionvalue
from ..models import filemodel
from ..recording import site
from ..session import session
from ..source import statements
from ..source.expressions import import_added
from ..workspace import files
from . import commandline

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
    """`ArgumentParser.parse_known_args` that takes what is required, and a file of settings, from a command line that the workspace writes down, and else assumes what is required: nobody
    gives arguments here."""

    def parse(self, args=None, namespace=None):
        if args is None:
            missing = [action for action in self._actions if _is_missing(action)]
            wanted = [action for action in self._actions if action.option_strings and (action in missing or _is_of_settings(action))]
            args, taken = _from_command_line(wanted)
            given = []
            for action in missing:
                if action in taken:
                    continue
                words = _words(action)
                args.extend([action.option_strings[-1], *words] if action.option_strings else words)
                given.append(f"{action.option_strings[-1] if action.option_strings else action.dest} = {' '.join(words)}")
            if given:
                diagnostics.report("skipped", "information", f"required arguments of the command line are assumed: {', '.join(given)}", site.here())
        return real(self, args, namespace)

    return parse


def _from_command_line(wanted):
    """(words, the actions that they are for) of the command line which gives most of some actions; of equal ones the first."""
    best, line = {}, None
    for one in commandline.lines() if wanted else ():
        found = {action: values for action in wanted if (values := one.values_of(action.option_strings, _count(action))) is not None and _is_possible(action, values)}
        if len(found) > len(best):
            best, line = found, one
    words = [word for action, values in best.items() for word in (action.option_strings[-1], *values)]
    if best:
        diagnostics.report("skipped", "information", f"arguments of the command line are those of {line.where}: {' '.join(words)}", site.here())
    return words, set(best)


def _is_possible(action, values):
    try:
        kept = [action.type(value) if action.type is not None else value for value in values]
    except Exception:
        return False
    return (action.choices is None or all(value in action.choices for value in kept)) and (not _is_of_settings(action) or all(files.is_there(value) for value in values))


def _is_of_settings(action):
    return action.default in (None, "") and action.nargs in (None, 1) and optionvalue.names_settings(action.dest)


def _count(action):
    return action.nargs if isinstance(action.nargs, int) else 1


def _is_missing(action):
    if action.option_strings:
        return action.required or _is_used_unasked(action)
    return action.nargs not in ("?", "*", argparse.REMAINDER, argparse.PARSER) and action.default is None and action.dest != "==SUPPRESS=="


# Options that name a folder to write to.
_FOLDER = re.compile(r"(\w+_)?(dir|directory|folder)", re.IGNORECASE)


def _is_used_unasked(action):
    """Whether an option that nobody must give has no value, and the file opens or makes what it names without asking whether it has one."""
    name = action.dest
    if action.default not in (None, "") or action.nargs is not None or action.type not in (None, str) or type(action).__name__ != "_StoreAction":
        return False
    if not (_FOLDER.fullmatch(name) or optionvalue.names_settings(name)) or not re.search(rf"\.{name}\b", session.text):
        return False
    if optionvalue.names_settings(name) and optionvalue.of(name, action.type) == name:  # the workspace has no such file
        return False
    return re.search(rf"\b(if|elif|not|and|or|while)\s+(\w+\.)*{name}\b|\b{name}\b\s*(is\b|[=!]=|or\b|and\b|if\b)", session.text) is None


def _listed(help_text):
    """The words of a help text that lists them, `mnist | folder | fake`, else none."""
    words = [word.strip() for word in (help_text or "").split("|")]
    return words if len(words) > 2 and all(word.isidentifier() for word in words) else []


def _words(action):
    return [str(optionvalue.of(action.dest, action.type, list(action.choices or _listed(action.help))))] * _count(action)
