"""Arguments as a text gives them: a call in the file, or what stands behind `args=` in a comment."""
import argparse
import ast
import inspect

from ..session import session
from ..signature import signature_of
from .argument import Argument


def of_text(callable_, given):
    """`given`: the text of a comment behind `args=`, `(3, depth=2)` or `dict(depth=2)`, and where it comes from."""
    text, origin = given
    call = ast.parse(f"f{text}" if text.startswith("(") else f"f({text})", mode="eval").body
    if not isinstance(call, ast.Call):
        raise SyntaxError(f"`{text}` are no arguments: write `(3, depth=2)`")
    if len(call.args) == 1 and not call.keywords and not text.startswith("("):
        [only] = call.args
        if isinstance(only, ast.Dict):
            call = ast.Call(call.func, [], [ast.keyword(ast.literal_eval(key), value) for key, value in zip(only.keys, only.values)])
        elif isinstance(only, ast.Call) and isinstance(only.func, ast.Name) and only.func.id == "dict":
            call = only
    return of_call(callable_, call, origin, "the comment" if origin == "comment" else "as given")


def of_call(callable_, call, origin, reason, evaluated=None):
    """{parameter's name: Argument, or a list of them for `*args` and `**kwargs`} of a call's text. Raises what the evaluation raises, TypeError where it does not fit.

    `evaluated`: what an expression of the text gives, in the file's own namespace by default.
    """
    evaluated = evaluated or _value_of

    def argument(name, node):
        return Argument(name, evaluated(node), origin, reason, ast.unparse(node))

    args = []
    for node in call.args:
        if isinstance(node, ast.Starred):
            args.extend(Argument("", value, origin, reason) for value in evaluated(node.value))
        else:
            args.append(argument("", node))
    kwargs = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            kwargs.update({name: Argument(name, value, origin, reason) for name, value in evaluated(keyword.value).items()})
        else:
            kwargs[keyword.arg] = argument(keyword.arg, keyword.value)
    signature = signature_of(callable_)
    bound = signature.bind_partial(*args, **kwargs).arguments
    known = {}
    for name, given in bound.items():
        if signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL:
            known[name] = list(given)
            for position, one in enumerate(given):
                one.name = f"{name}[{position}]"
        elif signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
            known[name] = list(given.values())
        else:
            known[name] = given
            given.name = name
    return known


def _value_of(node):
    code = compile(ast.fix_missing_locations(ast.Expression(node)), session.path, "eval")
    return eval(code, {"Namespace": argparse.Namespace, **session.namespace})
