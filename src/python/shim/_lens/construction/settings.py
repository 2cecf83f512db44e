"""What stands for arguments of a file's functions that nobody gives, `def main(args)`: the settings of a parser of the workspace that has what the file reads of them, else a file of settings
that has what is taken of them."""
import ast

from . import parsers, settingfiles
from .namespace import Sentence


class Settings:
    """Those that reading calls of a text takes. `tree`: of the whole text; `read`: the node that is read, which says what a file of settings must have."""

    def __init__(self, tree, read):
        self._tree, self._read = tree, read
        self._found = {}  # name of an argument → a Namespace, None where nothing has it

    def of(self, argument):
        """What stands for an argument; None where nothing declares what is read of it."""
        if argument not in self._found:
            self._found[argument] = parsers.settings_for({path[0] for path in _paths(self._tree, argument)}) or settingfiles.settings_for(_paths(self._read, argument))
        return self._found[argument]

    def has(self, text):
        """Whether an expression is one of those that were taken, `args.width`."""
        node = ast.parse(text, mode="eval").body
        return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and self._found.get(node.value.id) is not None

    def sentences(self):
        """One for each that was taken."""
        return [Sentence(argument, taken) for argument, taken in self._found.items() if taken is not None]


def _paths(tree, name):
    """[("data", "width")] that are read of a name, `args.data.width`."""
    found, inner = [], set()
    for node in ast.walk(tree):  # what stands outside comes first
        path, below = [], node
        while isinstance(below, ast.Attribute):
            path.insert(0, below.attr)
            below = below.value
            inner.add(id(below))
        if path and id(node) not in inner and isinstance(below, ast.Name) and below.id == name:
            found.append(tuple(path))
    return found
