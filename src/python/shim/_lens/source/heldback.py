"""Conditions that hold back the first step of training: `if global_step > learning_starts:` before a `loss.backward()`, or before a call of what takes it.

Each becomes `__lens_due__(…)` (see `loops`), its position kept.
"""
import ast

from . import statements


class Steps:
    """The training steps of a text. Few texts have the word at all."""

    def __init__(self, tree, text):
        self._is_there = "backward" in text
        self._functions = self._that_take(tree.body) if self._is_there else set()

    def _that_take(self, body):
        """Names of functions and methods that take gradients themselves."""
        return {node.name for node in statements.every(body) if isinstance(node, statements.FUNCTIONS)
                and any(_called(inner) == "backward" for inner in statements.of_own_level(node.body))}

    def hasten(self, loop):
        """Lets the conditions within a loop that hold back a step be asked by way of `__lens_due__`, in place."""
        if not self._is_there:
            return
        for node in statements.of_own_level(loop.body):
            if isinstance(node, ast.If) and not node.orelse and self._takes_step(node.body):
                test = node.test
                node.test = ast.copy_location(ast.Call(ast.copy_location(ast.Name("__lens_due__", ast.Load()), test), [test], []), test)

    def _takes_step(self, body):
        names = {_called(node) for node in statements.of_own_level(body)}
        return "backward" in names or bool(names & self._functions)


def _called(statement):
    """Last name of what a statement calls: of `loss = self.agent.update(batch)`, `update`; None where it is no call."""
    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) else None
    if not isinstance(value, ast.Call):
        return None
    return value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", None)
