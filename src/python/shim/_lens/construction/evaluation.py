"""What an expression in the text of a file gives: what is computed before it and is needed there is run, and nothing else, so that a script says what it makes its models with and trains none."""
import ast
import types

from .needed import kept_for, loaded
from .program import default_of, parameters_of

_MOST_FOLLOWED = 5  # calls that a value is followed through: of the function that takes it, of the one that calls that


class NotSaid(Exception):
    """A text does not say what a value is, without more being run than it is worth."""


class Evaluation:
    """Of expressions of a Program. `settings`: a settings.Settings, for arguments that nobody gives."""

    def __init__(self, program, settings):
        self._program, self._settings = program, settings

    def value_at(self, node, followed=_MOST_FOLLOWED):
        """What an expression gives. Raises NotSaid, and what its evaluation raises."""
        names = self._names_at(node, loaded(node), followed)
        return eval(compile(ast.fix_missing_locations(ast.Expression(node)), self._program.path, "eval"), names)

    def _names_at(self, node, wanted, followed):
        """{name: value} of those that are `wanted` where a node stands."""
        function = self._program.function_around(node)
        if function is None:
            return self._names_of_file(self._program.before(node), wanted)
        kept, wanted = kept_for(self._program.before(node), wanted)
        names = self._names_around(function, wanted, followed)
        owner = self._program.class_of(function)
        for place, parameter in enumerate(parameters_of(function)):
            if parameter.arg in wanted:
                is_self = place == 0 and owner is not None
                names[parameter.arg] = self._self_of(owner, function, wanted, followed) if is_self else self._given(function, parameter.arg, followed)
        return self._executed(kept, names)

    def _names_around(self, function, wanted, followed):
        """As a function sees them: of the file also those that are bound behind it."""
        if self._program.function_around(function) is not None:
            return self._names_at(function, wanted, followed - 1)
        return self._names_of_file([statement for statement in self._program.tree.body if not isinstance(statement, ast.If)], wanted)

    def _names_of_file(self, body, wanted):
        """Those of the file where it has run, else what some of its statements make of them."""
        if self._program.namespace is not None:
            return dict(self._program.namespace)
        return self._executed(kept_for(body, wanted)[0], self._program.names_at_first())

    def _executed(self, body, names):
        for statement in body:
            try:
                exec(compile(ast.fix_missing_locations(ast.Module([statement], [])), self._program.path, "exec", dont_inherit=True), names)
            except (Exception, SystemExit):  # what it would have bound is missed where it is used
                continue
        return names

    def _self_of(self, owner, method, wanted, followed):
        """An object with the attributes that a method reads, as the class's `__init__` sets them."""
        made = types.SimpleNamespace()
        begin = next((one for one in owner.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
        if begin is None or begin is method:
            return made
        kept, wanted = kept_for(begin.body, {name for name in wanted if name.startswith("self.")})
        names = self._names_around(begin, wanted, followed)
        own, *others = parameters_of(begin)
        for one in others:
            if one.arg in wanted:
                names[one.arg] = self._given(begin, one.arg, followed)
        self._executed(kept, {**names, own.arg: made})
        return made

    def _given(self, function, name, followed):
        """The value of a function's argument: what the first call of it in the file gives, its default, or settings."""
        if followed <= 0:
            raise NotSaid(name)
        for given in self._program.given_by_calls(function, name):
            try:
                return self.value_at(given, followed - 1)
            except (Exception, SystemExit):
                continue
        default = default_of(function, name)
        if default is not None:
            return self.value_at(default, followed - 1)
        settings = self._settings.of(name)
        if settings is None:
            raise NotSaid(name)
        return settings
