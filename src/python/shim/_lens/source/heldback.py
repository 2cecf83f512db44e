"""Conditions that hold back the first step of training: `if global_step > learning_starts:` before a `loss.backward()`, or before a call of what takes it.

Each becomes `__lens_due__(…)` (see `loops`), its position kept.
"""
import ast
import re

from . import statements

_DEFINITION_OR_STEP = re.compile(r"^([ \t]*)(?:(?:async[ \t]+)?def[ \t]+(\w+)|[^#\n]*\bbackward[ \t]*\()", re.MULTILINE)


def steps_of(text):
    """Names of a text's functions and methods that take gradients themselves; None where nothing in it does."""
    if "backward" not in text:
        return None
    names, around = set(), []  # (indentation, name) of the definitions that a line may lie in
    for indentation, name in _DEFINITION_OR_STEP.findall(text):
        while around and len(around[-1][0]) >= len(indentation):
            around.pop()
        if name:
            around.append((indentation, name))
        elif around:
            names.add(around[-1][1])
    return frozenset(names)


def hasten(loop, steps):
    """Lets the conditions within a loop that hold back a step be asked by way of `__lens_due__`, in place. `steps`: see `steps_of`."""
    if steps is None:
        return
    for node in statements.of_own_level(loop.body):
        if isinstance(node, ast.If) and not node.orelse and _takes_step(node.body, steps):
            test = node.test
            node.test = ast.copy_location(ast.Call(ast.copy_location(ast.Name("__lens_due__", ast.Load()), test), [test], []), test)


def _takes_step(body, steps):
    names = {_called(node) for node in statements.of_own_level(body)}
    return "backward" in names or bool(names & steps)


def _called(statement):
    """Last name of what a statement calls: of `loss = self.agent.update(batch)`, `update`; None where it is no call."""
    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) else None
    if not isinstance(value, ast.Call):
        return None
    return value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", None)
