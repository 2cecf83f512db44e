"""What an argument is used for, by the text of what takes it: `nn.Conv2d(c1, …)` takes channels, `for size in sizes` goes through several, `norm(64)` makes a layer.

Asked where the argument's own name says nothing.
"""
import ast
import inspect
import re
import sys
import textwrap
import typing

from .. import framework
from ..missing.ghost import Ghost
from ..running import imports
from ..session import session
from ..signature import parameters_of, signature_of
from .names import CannotAssume, by_name

_FOLLOWED = 3  # calls that an argument is followed through
# Built-in functions that take several things, or one number.
_OF_SEVERAL = frozenset({"len", "zip", "enumerate", "list", "tuple", "sorted", "reversed", "sum", "max", "min", "set", "map", "prod", "cumsum"})
_OF_NUMBERS = {"range": 2, "int": 16, "float": 0.1, "round": 16}
_SEVERAL = [64, 32, 10]
# What layers take the width of, and that of a part of a network: it can be halved and divided into groups and heads.
_WIDTHS = re.compile(r"(in|out)_channels|in_features|num_(channels|features)|embed_dim|normalized_shape|hidden_size|input_size|d_model|planes")
_WIDTH = 64
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
        target = use.scope.target_of(use.call.func) if use.kind == "unpacked" else None
        if target is None:
            continue
        try:
            parameters = list(signature_of(target).parameters.values())
        except (TypeError, ValueError):
            continue
        given = {keyword.arg for keyword in use.call.keywords} | {
            one.name for one in parameters[:sum(not isinstance(given, ast.Starred) for given in use.call.args)] if one.kind is not one.KEYWORD_ONLY}
        return Keywords(target, [one for one in parameters if one.name not in given and one.default is one.empty
                                 and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)])
    return None


def value_of_attribute(name, part):
    """The value of a configuration's attribute or key, by what the file and those that it imports do with it; `part`: makes one that has attributes of its own. Raises CannotAssume."""
    uses = _uses_of_attribute(name)
    kept = [use for use in uses if use.kind == "kept"]
    if any(use.scope.is_taken_apart(use.call) for use in kept):
        return part()
    words = [word for use in kept for word in use.scope.compared_with(use.call)]
    if words:
        return words[0]
    found = [use for use in uses if use.kind != "kept"] + [later for use in kept for later in use.scope.uses_of_kept(use.call) if later.kind != "kept"]
    if not found:
        raise CannotAssume(f"nothing is known of `{name}`")
    return _value_by(name, found, [], _FOLLOWED)[0]


def _uses_of_attribute(name):
    uses = []
    for tree, names in _texts():
        if tree is not None:
            uses += _Scope(None, None, tree, names).uses_of(lambda node: isinstance(node, ast.Attribute) and node.attr == name
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


def is_attribute_gone_through(name):
    """Whether the attribute or key of a configuration must be several things."""
    return any(use.kind == "several" or use.kind == "kept" and use.scope.is_indexed(use.call) for use in _uses_of_attribute(name))


def is_gone_through(callable_, name):
    """Whether the argument must be several things."""
    uses, later = _uses_of(callable_, name)
    return any(use.kind == "several" for use in [*uses, *later])


def _uses_of(callable_, name):
    """(uses of the argument, uses of the attribute that it is kept as)"""
    makers = [_maker_of(callable_)]
    if isinstance(callable_, type):
        makers += [method for method in vars(callable_).values() if inspect.isfunction(method) and method is not makers[0]]
    scopes = [_Scope(maker, callable_) for maker in makers if inspect.isfunction(maker)]
    if not scopes:
        return [], []
    kept = scopes[0].attributes_for(name)
    uses = scopes[0].uses_of(lambda node: isinstance(node, ast.Name) and node.id == name)
    return uses, [use for scope in scopes for use in scope.uses_of(lambda node: isinstance(node, ast.Attribute) and node.attr in kept and _is_self(node.value))]


def _maker_of(callable_):
    return inspect.unwrap(callable_.__init__ if isinstance(callable_, type) else callable_)


def _is_self(node):
    return isinstance(node, ast.Name) and node.id == "self"


def _value_by(name, uses, later, followed):
    for use in [*uses, *later]:
        found = use.passed_on(followed)
        if found is not None:
            return found
    for kind, value, reason in (("several", _SEVERAL, "it goes through several"), ("number", 16, "it calculates with it")):
        if any(use.kind == kind for use in [*uses, *later]):
            return list(value) if isinstance(value, list) else value, reason
    if any(use.kind == "called" for use in uses):
        return _layer_class(name), "it makes layers of it"
    if any(use.kind == "called" for use in later):
        return _layer_class(name)() if _MAKERS[1][0].search(name) else framework.named("torch").passing_on(), "it is called as a layer"
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


class _Use:
    """One place of an argument in the text: `kind` is "passed" | "several" | "number" | "called" | "method" | "other"."""

    def __init__(self, scope, kind, call=None, place=None):
        self.scope, self.kind, self.call, self.place = scope, kind, call, place

    def passed_on(self, followed):
        """(value, reason) by what takes it; None where that says nothing."""
        if self.kind != "passed":
            return None
        function = self.call.func
        if isinstance(function, ast.Name) and function.id in _OF_NUMBERS:
            return _OF_NUMBERS[function.id], f"`{function.id}` takes it"
        target = self.scope.target_of(function)
        if target is None:
            return None
        parameters = parameters_of(target)
        parameter = next((one for one in parameters if one.name == self.place), None) if isinstance(self.place, str) \
            else parameters[self.place] if self.place < len(parameters) else None
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


class _Scope:
    """A function of the user's with its text."""

    def __init__(self, function, owner, tree=None, names=None):
        self._owner = owner
        if tree is not None:
            self._tree, self._globals = tree, names
            return
        self._globals = function.__globals__
        try:
            self._tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        except (OSError, TypeError, SyntaxError):
            self._tree = ast.Module([], [])

    def attributes_for(self, name):
        """What `self` keeps an argument as: `self.body = backbone`."""
        return {target.attr for node in ast.walk(self._tree) if isinstance(node, ast.Assign) and _is_or_else(node.value, name)
                for target in node.targets if isinstance(target, ast.Attribute) and _is_self(target.value)}

    def uses_of(self, is_meant):
        found = []
        for node in ast.walk(self._tree):
            for place, child in _children(node):
                if is_meant(child) and isinstance(child.ctx, ast.Load):
                    use = self._use_in(node, place, child)
                    if use is not None:
                        found.append(use)
        return found

    def _use_in(self, node, place, child):
        if isinstance(node, ast.Call):
            if node.func is child:
                return _Use(self, "called")
            if isinstance(node.func, ast.Name) and node.func.id in _OF_SEVERAL or isinstance(node.func, ast.Attribute) and node.func.attr in _OF_SEVERAL:
                return _Use(self, "several")
            return _Use(self, "unpacked" if place == _UNPACKED else "passed", node, place)
        if isinstance(node, (ast.For, ast.comprehension)) and node.iter is child or isinstance(node, ast.Starred):
            return _Use(self, "several")
        if isinstance(node, ast.Compare) and child in node.comparators and isinstance(node.ops[node.comparators.index(child)], (ast.In, ast.NotIn)):
            return _Use(self, "several")
        if isinstance(node, ast.Subscript) and node.value is child:
            return _Use(self, "attribute" if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else "several")
        if isinstance(node, (ast.BinOp, ast.UnaryOp)):
            return _Use(self, "number")
        if isinstance(node, ast.Attribute):
            return _Use(self, "method" if self._is_called(node) else "attribute")
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets):
            return _Use(self, "kept", node)  # what is done with it is looked up by that name
        if isinstance(node, ast.Assign):
            return _Use(self, "kept", node)
        return _Use(self, "other")

    def is_taken_apart(self, assignment):
        """Whether what something is assigned to has attributes or keys that are read: `stage = cfg["STAGE1"]; stage["BLOCK"]`."""
        targets = {ast.unparse(target) for target in assignment.targets}
        return any(isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) and ast.unparse(node.value) in targets
                   or isinstance(node, ast.Attribute) and ast.unparse(node.value) in targets for node in ast.walk(self._tree))

    def uses_of_kept(self, assignment):
        """Uses of what something is assigned to."""
        targets = {ast.unparse(target) for target in assignment.targets}
        return self.uses_of(lambda node: isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node) in targets)

    def compared_with(self, assignment):
        """Words that it compares with what something is assigned to."""
        targets = {ast.unparse(target) for target in assignment.targets}
        return [node.comparators[0].value for node in ast.walk(self._tree) if isinstance(node, ast.Compare) and ast.unparse(node.left) in targets
                and isinstance(node.comparators[0], ast.Constant) and isinstance(node.comparators[0].value, str)]

    def is_indexed(self, assignment):
        """Whether what something is assigned to is indexed by numbers, or its length asked for."""
        targets = {ast.unparse(target) for target in assignment.targets}
        return any(isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant) and ast.unparse(node.value) in targets
                   or isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and ast.unparse(node.args[0]) in targets
                   for node in ast.walk(self._tree))

    def _is_called(self, attribute):
        return any(isinstance(node, ast.Call) and node.func is attribute for node in ast.walk(self._tree))

    def target_of(self, node):
        """The class or function that a call in the text means; None where that is not known."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super":
            return None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "super" and isinstance(self._owner, type):
            return next((base for base in self._owner.__mro__[1:] if "__init__" in vars(base) and framework.of(base) is not None), None)
        if isinstance(node, ast.Attribute) and _is_self(node.value) and isinstance(self._owner, type):
            method = getattr(self._owner, node.attr, None)
            return method.__get__(object()) if inspect.isfunction(method) else method
        if isinstance(node, ast.Name):
            return self._globals.get(node.id)
        if isinstance(node, ast.Attribute):
            holder = self.target_of(node.value)
            return None if holder is None else getattr(holder, node.attr, None)
        return None


def _is_or_else(node, name):
    """`name`, or what stands for it where it is empty."""
    names = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return any(isinstance(one, ast.Name) and one.id == name for one in names)


_UNPACKED = "**"


def _children(node):
    """[(place, child)]: the place is that of an argument, by its number or name, where the node is a call."""
    if isinstance(node, ast.Call):
        return [(None, node.func), *enumerate(node.args), *[(keyword.arg or _UNPACKED, keyword.value) for keyword in node.keywords]]
    return [(None, child) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.keyword)]
