"""Conditions that hold back the first step of training: `if global_step > learning_starts:` before a `loss.backward()`, or before a call of what takes it.

Each becomes `__lens_due__(…)` (see `loops`), its position kept. What a body calls is known by its last name in the text, and by the class of its object when it is asked:

    if step > 1000:                →    if __lens_due__(step > 1000, ("Agent.update",), lambda: agent.update):
        agent.update(batch)
"""
import ast
import copy
import functools
import linecache
import re

from . import placing, statements

# Also what stands at the file's own level, where the definitions before it have ended.
_DEFINITION_OR_STEP = re.compile(r"^([ \t]*)(?:(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|[^#\n]*\bbackward[ \t]*\()|^(?=[A-Za-z_])", re.MULTILINE)

# Names of what another file's agent does when it learns.
_LEARNS = re.compile(r"update(_\w+)?|learn(_\w+)?|train(_\w+)?|optimize(_\w+)?|fit|replay")


@functools.lru_cache(maxsize=16)
def steps_of(text):
    """Names of a text's functions and methods that take gradients themselves, with those around them (`Agent.update`); None where nothing in it does."""
    if "backward" not in text:
        return None
    names, around = set(), []  # (indentation, name) of the definitions that a line may lie in
    for indentation, name in _DEFINITION_OR_STEP.findall(text):
        while around and len(around[-1][0]) >= len(indentation):
            around.pop()
        if name:
            around.append((indentation, name))
        elif around:
            names.add(".".join(one for _, one in around))
    return frozenset(names)


def hasten(loop, steps):
    """Lets the conditions within a loop that hold back a step be asked by way of `__lens_due__`, in place. `steps`: see `steps_of`."""
    last_names = {step.rpartition(".")[2] for step in steps or ()}
    for node in statements.of_own_level(loop.body):
        called = _called_by(node.body) if isinstance(node, ast.If) and not node.orelse else {}
        if "backward" in called:
            _ask(node)
        elif found := [copy.deepcopy(called[name]) for name in called if name in last_names or steps is None and _LEARNS.fullmatch(name)]:
            _ask(node, ast.Constant(tuple(sorted(steps or ()))), *(ast.Lambda(ast.arguments([], [], None, [], [], None, []), one) for one in found))


def pace(loop, steps):
    """Lets loops within a loop that takes a step of training, and take none themselves, end when they have had their time, in place: thousands of moves of an agent before it learns of them."""
    if steps is None:
        return
    taking = {"backward", *(step.rpartition(".")[2] for step in steps)}
    if taking.isdisjoint(_called_by(loop.body)):
        return
    waiting = list(loop.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*statements.FUNCTIONS, ast.ClassDef)):
            continue
        if isinstance(node, ast.For) and taking.isdisjoint(_called_by(node.body)):
            node.iter = placing.at(placing.call("paced", node.iter), node.iter, [node.iter])
        else:
            waiting.extend(inner for block in statements.blocks(node) for inner in block)


def _ask(node, *more):
    test = node.test
    node.test = placing.at(placing.call("due", test, *more), test, [test])


def takes_gradients(steps, callees):
    """Whether one of some functions, by what they are at run time, takes gradients; so does what does not say what it is, where `steps` of the text are known. `callees`: give the functions."""
    for callee in callees:
        try:
            function = callee()
            name = function.__qualname__.replace("<locals>.", "")
            found = steps or steps_of("".join(linecache.getlines(function.__code__.co_filename))) or ()
        except Exception:
            if steps:
                return True
            continue
        if name in found:
            return True
    return False


def _called_by(body):
    """Last names of what the statements of a body call → the expressions: of `loss = self.agent.update(batch)`, `update` → `self.agent.update`."""
    found = {}
    for statement in statements.of_own_level(body):
        value = statement.value if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) else None
        if isinstance(value, ast.Call) and isinstance(value.func, (ast.Attribute, ast.Name)):
            found[value.func.attr if isinstance(value.func, ast.Attribute) else value.func.id] = value.func
    return found
