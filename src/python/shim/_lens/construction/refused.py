"""Values for assumed arguments of a model that its own text refuses: `assert dim % heads == 0`, `if not model.learned_variance: raise ValueError(…)` say which they must be."""
import ast

from .. import sourcetree
from ..recording import site
from ..session import session
from ..signature import parameters_of
from ..workspace import imports
from . import truth, written
from .argument import short

_MOST_REFUSALS = 4  # of one model, one behind another


def tried(chosen, make):
    """What `make` gives with some Arguments, or with what the text asks for where it refuses them. Raises what it raises with the first ones."""
    first = None
    for _ in range(_MOST_REFUSALS):
        try:
            return make(chosen)
        except (Exception, SystemExit) as error:
            first = first or error
            chosen = _otherwise(error, chosen)
            if chosen is None:
                break
    raise first


def _otherwise(error, chosen):
    """The Arguments with other values for those that an assertion is on; None where it is on none that was assumed."""
    frame, line = _raised_in(error)
    test, is_true = (None, True) if frame is None else _test_at(frame.f_code.co_filename, line)
    changed = chosen
    for target, value in truth.settings_for(test, is_true) if test is not None else ():
        try:
            value = eval(compile(ast.fix_missing_locations(ast.Expression(value)), "<assertion>", "eval"), frame.f_globals, frame.f_locals)
            changed = _with_value(changed, frame, line, target, value)
        except Exception:  # what it asks for is nothing that can be given
            continue
    return None if changed is chosen else changed


def _raised_in(error):
    """(frame, line) where it was raised, of the user's text; (None, 0) where something else raised it."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return (last.tb_frame, last.tb_lineno) if last is not None and site.is_user_file(last.tb_frame.f_code.co_filename) else (None, 0)


def _test_at(path, line):
    """(test, whether it must hold) of the assertion on a line, or of the branch that raises there; (None, True) where there is neither."""
    tree = session.tree if path == session.path else next((file.syntax.tree for file in imports.files if file.path == path), None)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Assert) and node.lineno <= line <= node.end_lineno:
            return node.test, True
        if isinstance(node, ast.If):
            for block, is_true in ((node.body, False), (node.orelse, True)):
                if any(isinstance(one, ast.Raise) and one.lineno <= line <= one.end_lineno for one in block):
                    return node.test, is_true
    return None, True


def _with_value(chosen, frame, line, target, value):
    """The Arguments with a value for what a test's text names in a frame: an assumed argument, a part of an object that was made for one, what the model keeps of one."""
    if isinstance(target, ast.Name):
        given = [(target.id, value)]
    elif not isinstance(target.value, ast.Name):
        return chosen
    else:
        holder = frame.f_locals.get(target.value.id)
        argument, made = _assumed(chosen, lambda one: one.value is holder), written.parts_of(holder)
        if argument is not None and made is not None:
            cls, args, kwargs = made
            given = dict(_asked_of(cls, target.attr, value))
            chosen = chosen.with_value(argument, written.make(cls, *args, **{**kwargs, **given}))
            chosen.sentences.extend(f"{cls.__name__}: `{name}` is assumed {short(one)}, as line {line} asks for" for name, one in given.items())
            return chosen
        given = _asked_of(type(holder), target.attr, value)
    for name, one in given:
        argument = _assumed(chosen, lambda other: other.name == name)
        chosen = chosen if argument is None else chosen.with_value(argument, one)
    return chosen


def _assumed(chosen, is_meant):
    return next((one for one in chosen.listed if one.origin == "assumed" and is_meant(one)), None)


def _asked_of(cls, attribute, value):
    """[(argument's name, its value)] by which an attribute of an instance has a value: the argument of that name, or what the class's text sets the attribute to."""
    names = {one.name for one in parameters_of(cls)}
    if attribute in names:
        return [(attribute, value)]
    for node in ast.walk(sourcetree.of(cls)):
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) and target.attr == attribute for target in node.targets):
            if isinstance(node.value, ast.Name):
                asked = [(node.value.id, value)]
            else:
                settings = truth.settings_for(node.value, value) if isinstance(value, bool) else ()
                asked = [(target.id, one.value) for target, one in settings if isinstance(target, ast.Name) and isinstance(one, ast.Constant)]
            return [(name, one) for name, one in asked if name in names]
    return []
