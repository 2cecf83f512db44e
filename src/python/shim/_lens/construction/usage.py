"""What an argument is used for, by the text of what takes it: `nn.Conv2d(c1, …)` takes channels, `for size in sizes` goes through several, `norm(64)` makes a layer.

Asked where the argument's own name says nothing.
"""
import ast
import inspect
import re
import sys
import typing

from .. import framework, sourcetree
from ..meanings.names import CannotAssume, by_name
from ..missing.ghost import Ghost
from ..recording import site
from ..session import session
from ..signature import parameters_of, signature_of
from ..workspace import imports
from . import written
from .scope import Scope

_FOLLOWED = 3  # calls that an argument is followed through
# Built-in functions that take one number.
_OF_NUMBERS = {"range": 2, "int": 16, "float": 0.1, "round": 16}
_SEVERAL = [64, 32, 10]
# What layers take the width of, and that of a part of a network: it can be halved and divided into groups and heads.
_WIDTHS = re.compile(r"(in|out)_channels|in_features|num_(channels|features)|embed_dim|normalized_shape|hidden_size|input_size|d_model|planes")
_WIDTH = 64
_LIMIT = re.compile(r"^(max|min|num|n)_|_(steps?|len(gth)?|size|dim|count|num|frames?|per_step|iters?|epochs?|level)$", re.IGNORECASE)
_LIMIT_OF_SETTING = 16
_THRESHOLD = re.compile(r"thre?sh(old)?|_(rate|ratio|prob|weight|scale|factor|decay)$", re.IGNORECASE)
_SHARE = 0.5
# Names of what makes layers → the class of `torch.nn` that is meant.
_MAKERS = (
    (re.compile(r"norm|bn", re.IGNORECASE), "BatchNorm2d"), (re.compile(r"act|nonlin|non_lin|relu", re.IGNORECASE), "ReLU"), (re.compile(r"conv", re.IGNORECASE), "Conv2d"),
    (re.compile(r"pool", re.IGNORECASE), "MaxPool2d"), (re.compile(r"drop", re.IGNORECASE), "Dropout"), (re.compile(r"linear|fc", re.IGNORECASE), "Linear"),
)


def value_of(callable_, name, followed=_FOLLOWED):
    """(value, reason) of the argument `name` of a class or function of the user's. Raises CannotAssume."""
    return _value_by(name, *_uses_of(callable_, name), followed)


class Keywords(typing.NamedTuple):
    """What a dictionary must have that is handed on as `**settings`."""

    callable: object
    missing: list  # inspect.Parameter


def keywords_of(callable_, name):
    """The Keywords of an argument that is handed on as keyword arguments; None where it is not."""
    uses, later = _uses_of(callable_, name)
    for use in [*uses, *later]:
        target = use.scope.target_of(use.node.func) if use.kind == "unpacked" else None
        if target is None:
            continue
        try:
            parameters = list(signature_of(target).parameters.values())
        except (TypeError, ValueError):
            continue
        given = {keyword.arg for keyword in use.node.keywords} | {
            one.name for one in parameters[:sum(not isinstance(given, ast.Starred) for given in use.node.args)] if one.kind is not one.KEYWORD_ONLY}
        return Keywords(target, [one for one in parameters if one.name not in given and one.default is one.empty
                                 and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)])
    return None


def value_of_attribute(name, part):
    """The value of a configuration's attribute or key, by what the file and those that it imports do with it; `part`: makes one that has attributes of its own. Raises CannotAssume."""
    uses = _uses_of_attribute(name)
    kept = [use for use in uses if use.kind == "kept"]
    if any(use.scope.is_taken_apart(use.node) for use in kept):
        return part()
    words = [word for use in kept for word in use.scope.compared_with(use.node)]
    if words:
        return words[0]
    found = [use for use in uses if use.kind != "kept"] + [later for use in kept for later in use.scope.uses_of_kept(use.node) if later.kind != "kept"]
    try:
        return _value_by(name, found, [], _FOLLOWED)[0] if found else _of_setting(name)
    except CannotAssume:
        return _of_setting(name)


def _of_setting(name):
    """What stands for a setting of which the uses say nothing: a number where it is a limit by its name, else nothing."""
    asked = re.compile(rf"(get|has)attr\([^()]*['\"]{name}['\"]")
    if any(asked.search(text) for text in (session.text, *(file.text for file in imports.files))):  # the file knows what to do without it
        raise CannotAssume(f"nothing is known of `{name}`")
    return _LIMIT_OF_SETTING if _LIMIT.search(name) else _SHARE if _THRESHOLD.search(name) else None


def _uses_of_attribute(name):
    uses = []
    for tree, names in _texts():
        if tree is not None:
            uses += Scope(tree, names).uses_of(lambda node: isinstance(node, ast.Attribute) and node.attr == name
                                                            or isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == name)
    return uses


def _texts():
    """(tree, names) of the file and of those that it imports."""
    yield session.tree, session.namespace
    modules = {getattr(getattr(module, "__spec__", None), "origin", None): module for module in list(sys.modules.values())}
    for file in imports.files:
        if file.path in modules:
            yield file.syntax.tree, vars(modules[file.path])


def reads_attributes(callable_, name):
    """Whether it is an object, or a dictionary, of which attributes or keys are read."""
    uses, later = _uses_of(callable_, name)
    return any(use.kind == "attribute" for use in [*uses, *later])


def attributes_read(callable_, name):
    """Names of the attributes that are read of an argument."""
    uses, later = _uses_of(callable_, name)
    return {use.node.attr for use in [*uses, *later] if use.kind == "attribute" and isinstance(use.node, ast.Attribute)}


def keys_read(callable_, name):
    """Keys that are read of an argument: `cfg["emb_dim"]`."""
    uses, later = _uses_of(callable_, name)
    return {use.node.slice.value for use in [*uses, *later] if use.kind == "attribute" and isinstance(use.node, ast.Subscript)}


def paths_read(callable_, name):
    """What is read of an argument, each with what is read of that: `("MODEL", "EXTRA", "STAGE1")` of `cfg["MODEL"]["EXTRA"]["STAGE1"]`, of attributes as well."""
    uses, later = _uses_of(callable_, name)
    return {use.scope.path_from(use.node) for use in [*uses, *later] if use.kind == "attribute"}


def is_attribute_gone_through(name):
    """Whether the attribute or key of a configuration must be several things."""
    return any(use.kind == "several" or use.kind == "kept" and use.scope.is_indexed(use.node) for use in _uses_of_attribute(name))


def is_gone_through(callable_, name, followed=_FOLLOWED):
    """Whether the argument must be several things, for a class or for another of the user's that it hands it on to."""
    uses, later = _uses_of(callable_, name)
    if any(use.kind == "several" for use in [*uses, *later]):
        return True
    handed = [_taken_by(use) for use in uses if use.kind == "passed"] if followed else []
    return any(is_gone_through(*taken, followed - 1) for taken in handed if taken is not None)


def uses_below(cls, name):
    """Uses of an argument of a class, and of those of its name that the classes of the user's below it take."""
    uses, later = _uses_in([one for one in cls.__mro__ if _is_users(one)], name)
    return [*uses, *later]


def _is_users(cls):
    return any(site.is_user_file(method.__code__.co_filename) for method in vars(cls).values() if inspect.isfunction(method))


def _uses_of(callable_, name):
    """(uses of the argument, uses of the attribute that it is kept as)"""
    return _uses_in([callable_], name)


def _uses_in(owners, name):
    makers = {maker: owner for owner in owners if inspect.isfunction(maker := _maker_of(owner))}
    methods = {method: owner for owner in owners if isinstance(owner, type) for method in vars(owner).values() if inspect.isfunction(method) and method not in makers}
    made = [Scope.of_function(maker, owner) for maker, owner in makers.items()]
    kept = {attribute for scope in made for attribute in scope.attributes_for(name)}
    scopes = [*made, *(Scope.of_function(method, owner) for method, owner in methods.items())] if made else []
    uses = [use for scope in made for use in scope.uses_of(lambda node: isinstance(node, ast.Name) and node.id == name)]
    return uses, [use for scope in scopes for use in scope.uses_of(lambda node: sourcetree.is_of_self(node) and node.attr in kept)]


def _maker_of(callable_):
    return inspect.unwrap(callable_.__init__ if isinstance(callable_, type) else callable_)


def _value_by(name, uses, later, followed):
    for use in [*uses, *later]:
        found = _passed_on(use, followed)
        if found is not None:
            return found
    for kind, value, reason in (("several", _SEVERAL, "it goes through several"), ("number", 16, "it calculates with it")):
        if any(use.kind == kind for use in [*uses, *later]):
            return list(value) if isinstance(value, list) else value, reason
    if any(use.kind == "called" for use in uses):
        return _layer_class(name), "it makes layers of it"
    if any(use.kind == "called" for use in later):
        return written.make(_layer_class(name) if _MAKERS[1][0].search(name) else framework.named("torch").passing_on()), "it is called as a layer"
    uses, later = [use for use in uses if use.kind != "kept"], [use for use in later if use.kind != "kept"]
    if not uses and later and all(use.kind == "method" for use in later):
        return Ghost(name), "only methods of it are called"
    if not uses and not later:
        return None, "nothing reads it"
    raise CannotAssume(f"nothing is known of its argument `{name}`")


def _layer_class(name):
    for pattern, layer in _MAKERS:
        if pattern.search(name):
            return framework.named("torch").layer_class(layer)
    raise CannotAssume(f"nothing is known of its argument `{name}`, which makes layers")


def _taken_by(use):
    """(class, name there) of the user's own that takes it: `Body(sizes)`, `super().__init__(sizes)`, `Base.__init__(self, sizes)`; None."""
    function = use.node.func
    is_unbound = isinstance(function, ast.Attribute) and function.attr == "__init__" and isinstance(function.value, ast.Name)
    target = use.scope.target_of(function.value if is_unbound else function)
    if not isinstance(target, type) or not _is_users(target):
        return None
    names = [one.name for one in parameters_of(target)]
    place = use.place if isinstance(use.place, str) else next(iter(names[use.place - is_unbound:]), None)
    return (target, place) if place in names else None


def _passed_on(use, followed):
    """(value, reason) by what takes it; None where that says nothing."""
    if use.kind != "passed":
        return None
    function = use.node.func
    if isinstance(function, ast.Name) and function.id in _OF_NUMBERS:
        return _OF_NUMBERS[function.id], f"`{function.id}` takes it"
    target = use.scope.target_of(function)
    if target is None:
        return None
    parameters = parameters_of(target)
    parameter = next((one for one in parameters if one.name == use.place), None) if isinstance(use.place, str) \
        else parameters[use.place] if use.place < len(parameters) else None
    if parameter is None or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        return None
    reason = f"`{ast.unparse(function)}` takes it as `{parameter.name}`"
    if _WIDTHS.fullmatch(parameter.name):
        return _WIDTH, reason
    try:
        return by_name(parameter.name), reason
    except CannotAssume:
        pass
    if followed:
        try:
            return value_of(target, parameter.name, followed - 1)[0], reason
        except (CannotAssume, OSError, TypeError, SyntaxError):
            pass
    return None if parameter.default is parameter.empty else (parameter.default, f"{reason}, which has that default")
