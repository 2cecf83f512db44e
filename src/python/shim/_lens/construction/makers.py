"""What of the file makes a class: a function that gives an instance of it, or a method of its own."""
import ast
import inspect
import re

from .. import framework
from .. import diagnostics
from ..session import session
from . import arguments, lenscomments
from .made import Made


def by_function(candidate, request):
    """A class that needs arguments, made by a function of the file that needs none (`def small(): return Net([2, 2])`), or None."""
    cls, name = candidate.made, candidate.name
    if not isinstance(cls, type) or not arguments.is_required(cls) or lenscomments.comment_for(candidate, request) or arguments.as_in_file(cls, name):
        return None
    for node in session.tree.body:
        function = session.namespace.get(node.name) if isinstance(node, ast.FunctionDef) else None
        if not inspect.isfunction(function) or arguments.is_required(function):
            continue
        if not any(isinstance(inner, ast.Return) and isinstance(inner.value, ast.Call) and isinstance(inner.value.func, ast.Name)
                   and inner.value.func.id == name for inner in session.syntax.within(node)):
            continue
        framework.seed_everything(request.seed)
        try:
            model = function()
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"`{name}` is not made by `{node.name}()` of line {node.lineno}", error)
            continue
        if isinstance(model, cls):
            return Made(model, assumptions=[f"{name}: made by `{node.name}()` of line {node.lineno}"])
    return None


# Methods of a class that make an instance of it, without those that ask for files or servers.
# (Beside those, such as `efficientnet_b0` of `EfficientNet`, or one that is annotated with its class.)
_OWN_MAKER = re.compile(r"(from|build|create|make|get|default)(_(?!pretrained|checkpoint|file|path)\w+)?$")


def _is_own_maker(cls, name, method):
    annotated = getattr(method, "__annotations__", {}).get("return")
    return bool(_OWN_MAKER.match(name)) or name.replace("_", "").lower().startswith(cls.__name__.lower()) or annotated in (cls, cls.__name__)


def by_own_method(candidate, request):
    """A class whose arguments are not known, made by a method of its own (`EfficientNet.from_name(…)`), or None."""
    cls = candidate.made
    if not isinstance(cls, type) or lenscomments.comment_for(candidate, request):
        return None
    for name, method in vars(cls).items():
        if not isinstance(method, (classmethod, staticmethod)) or not _is_own_maker(cls, name, method.__func__):
            continue
        maker = getattr(cls, name)
        framework.seed_everything(request.seed)
        try:
            chosen = arguments.for_call(maker, f"{candidate.name}.{name}")
            model = maker(*chosen.args, **chosen.kwargs)
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"`{candidate.name}` is not made by `{candidate.name}.{name}`", error)
            continue
        if isinstance(model, cls):
            return Made(model, chosen.listed, [f"{candidate.name}: made by `{candidate.name}.{name}`", *chosen.sentences])
    return None
