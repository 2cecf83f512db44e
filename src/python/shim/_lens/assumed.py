"""What the file takes from outside while it runs, assumed and said: command-line arguments, and names that it never binds."""
import re

from . import arguments, diagnostics, filemodel, framework, site

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


def bind_name(error, namespace):
    """Gives a name that the file never binds its usual meaning, and says so. False where it has none."""
    name = error.name
    place = site.of_traceback(error.__traceback__)
    statement = _WELL_KNOWN.get(name)
    if statement is not None:
        try:
            exec(statement, namespace)
        except ImportError:
            return False
        diagnostics.report("skipped", "information", f"`{name}` is not imported in this file: taken as `{statement}`", place)
        return True
    if name is not None and _DATA.fullmatch(name):
        owner = filemodel.framework_in_use()
        if owner is None:
            return False
        namespace[name] = owner.draw(framework.InputSpec(_DATA_SHAPE))
        diagnostics.report("skipped", "information",
                           f"`{name}` is not defined in this file: assumed standard normal numbers of shape {_DATA_SHAPE}", place)
        return True
    return False


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


def _words(action):
    count = action.nargs if isinstance(action.nargs, int) else 1
    if action.choices:
        word = str(next(iter(action.choices)))
    else:
        try:
            word = arguments.by_name(action.dest)
        except arguments.CannotAssume:
            word = 1 if action.type in (int, float) else action.dest
        if action.type in (int, float):
            try:
                word = action.type(word)
            except ValueError:
                word = action.type(1)
        word = str(word)
    return [word] * count
