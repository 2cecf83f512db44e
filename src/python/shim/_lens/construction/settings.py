"""What stands for arguments of a file's functions that nobody gives, `def main(args)`: the settings of a parser of the workspace that has what the file reads of them."""
import ast

from . import parsers
from .namespace import Sentence


class Settings:
    """Those that reading one call of a text takes."""

    def __init__(self, tree):
        self._tree = tree
        self._found = {}  # name of an argument → a Namespace, None where no parser has it

    def of(self, argument):
        """What stands for an argument; None where no parser declares what is read of it."""
        if argument not in self._found:
            self._found[argument] = parsers.settings_for({node.attr for node in ast.walk(self._tree)
                                                          if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == argument})
        return self._found[argument]

    def has(self, text):
        """Whether an expression is one of those that were taken, `args.width`."""
        node = ast.parse(text, mode="eval").body
        return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and self._found.get(node.value.id) is not None

    def sentences(self):
        """One for each that was taken."""
        return [Sentence(argument, taken) for argument, taken in self._found.items() if taken is not None]
