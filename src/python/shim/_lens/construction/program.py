"""The text of a file, and in it what is computed before a place and is needed there: that alone is run, so that a script says what it makes its models with and trains none."""
import ast
import builtins
import types

from ..source import bindings, statements
from . import truth

_LONGEST_LOOP = 8  # statements of a loop that may be one that puts a list together, and not one that trains
_MOST_FOLLOWED = 5  # calls that a value is followed through: of the function that takes it, of the one that calls that


class NotSaid(Exception):
    """A text does not say what a value is, without more being run than it is worth."""


class Program:
    """`namespace`: the names of the file where it has run; else what is needed of its own level is run, in a module of the name `module`, dotted."""

    def __init__(self, path, tree, namespace=None, module=""):
        self.path, self.tree = path, tree
        self._namespace = namespace
        self._module = module
        self.settings = None  # (program, function, name of an argument) → settings that stand for it, or None
        self._around = None  # id of a node → the node around it

    @property
    def file_name(self):
        return self.path.rpartition("/")[2]

    def value_at(self, node, followed=_MOST_FOLLOWED):
        """What an expression of the text gives. Raises NotSaid, and what its evaluation raises."""
        names = self.names_at(node, _loaded(node), followed)
        return eval(compile(ast.fix_missing_locations(ast.Expression(node)), self.path, "eval"), names)

    def around(self, node):
        """The nodes around one, the innermost first."""
        if self._around is None:
            self._around = {id(child): parent for parent in ast.walk(self.tree) for child in ast.iter_child_nodes(parent)}
        while (node := self._around.get(id(node))) is not None:
            yield node

    def function_around(self, node):
        """The function whose body a node is in."""
        for one in self.around(node):
            if isinstance(one, statements.FUNCTIONS) and node in one.body:
                return one
            node = one
        return None

    def names_at(self, node, wanted, followed=_MOST_FOLLOWED):
        """{name: value} of those that are `wanted` where a node stands."""
        function = self.function_around(node)
        if function is None:
            if self._namespace is not None:
                return dict(self._namespace)
            return self._run(self._before(self.tree.body, node), wanted, self._begun())
        kept, needed = _needed(self._before(function.body, node), wanted)
        parameters = [one.arg for one in _parameters_of(function) if one.arg in needed]
        names = self._names_of_file(needed) if self.function_around(function) is None else self.names_at(function, needed, followed - 1)
        for parameter in parameters:
            names[parameter] = self._self_of(function, needed, followed) if self._is_self(function, parameter) else self._given(function, parameter, followed)
        return self._executed(kept, names)

    def _names_of_file(self, wanted):
        """As functions see them: also those that are bound behind the functions."""
        if self._namespace is not None:
            return dict(self._namespace)
        return self._run([statement for statement in self.tree.body if not isinstance(statement, ast.If)], wanted, self._begun())

    def _begun(self):
        package = self._module if self.path.endswith("/__init__.py") else self._module.rpartition(".")[0]
        return {"__name__": self._module, "__package__": package, "__file__": self.path, "__builtins__": builtins}

    def _run(self, body, wanted, names):
        kept, needed = _needed(body, wanted)
        return self._executed(kept, names)

    def _executed(self, body, names):
        for statement in body:
            try:
                exec(compile(ast.fix_missing_locations(ast.Module([statement], [])), self.path, "exec", dont_inherit=True), names)
            except (Exception, SystemExit):  # what it would have bound is missed where it is used
                continue
        return names

    def _before(self, body, node):
        """The statements that are run before a node that lies in one of a body; of a loop around it the first turn. What a branch around it asks for is set where it does not hold."""
        around = {id(node), *map(id, self.around(node))}
        found, asked = [], []
        while body:
            statement = next((one for one in body if id(one) in around), None)
            found.extend(body if statement is None else body[:body.index(statement)])
            if isinstance(statement, (ast.For, ast.AsyncFor)):
                first = ast.Call(ast.Name("next", ast.Load()), [ast.Call(ast.Name("iter", ast.Load()), [statement.iter], [])], [])
                found.append(ast.copy_location(ast.Assign([statement.target], first), statement))
            is_entered = statement is not None and not isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef))
            body = next((block for block in statements.blocks(statement) if any(id(one) in around for one in block)), None) if is_entered else None
            if body is not None and isinstance(statement, ast.If):
                asked.append(truth.entered(statement, body is statement.body))
                found.append(asked[-1])
        return asked + found  # what is an argument's is so from the beginning: the statements before the branch ask for it too

    # Arguments of functions

    def _is_self(self, function, parameter):
        return parameter == function.args.args[0].arg and isinstance(next(iter(self.around(function)), None), ast.ClassDef) if function.args.args else False

    def _self_of(self, function, needed, followed):
        """An object with the attributes that a method reads, as the class's `__init__` sets them."""
        owner = next(self.around(function))
        made = types.SimpleNamespace()
        begin = next((one for one in owner.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
        if begin is None or begin is function:
            return made
        wanted = {name for name in needed if name.startswith("self.")}
        kept, needed = _needed(begin.body, wanted)
        names = self._names_of_file(needed)
        for one in _parameters_of(begin)[1:]:
            if one.arg in needed:
                names[one.arg] = self._given(begin, one.arg, followed)
        self._executed(kept, {**names, begin.args.args[0].arg: made})
        return made

    def _given(self, function, name, followed):
        """The value of a function's argument: what the first call of it in the file gives, its default, or settings."""
        if followed <= 0:
            raise NotSaid(name)
        owner = next(iter(self.around(function)), None)
        called = owner.name if function.name == "__init__" and isinstance(owner, ast.ClassDef) else function.name
        for call in (node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and _last_name(node.func) == called):
            if self.function_around(call) is function:
                continue
            given = _argument_of(function, name, call, isinstance(owner, ast.ClassDef))
            if given is not None:
                try:
                    return self.value_at(given, followed - 1)
                except (Exception, SystemExit):
                    continue
        default = _default_of(function, name)
        if default is not None:
            return self.value_at(default, followed - 1)
        settings = self.settings(self, function, name) if self.settings is not None else None
        if settings is None:
            raise NotSaid(name)
        return settings


def _needed(body, wanted):
    """(the statements that bind or change what is wanted, or what these need; all names that are needed)"""
    touched = [_touched(statement) for statement in body]
    needed, kept = set(wanted), set()
    is_new = True
    while is_new:
        is_new = False
        for place in reversed(range(len(body))):
            if place not in kept and not needed.isdisjoint(touched[place]) and _is_worth(body[place]):
                kept.add(place)
                needed |= _loaded(body[place])
                is_new = True
    bound = {name for place in kept for name in touched[place]}
    is_complete = needed <= bound | set(dir(builtins))
    stars = {place for place, statement in enumerate(body) if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"}
    return [_import_of(body[place], needed) for place in sorted(kept if is_complete else kept | stars)], needed


def _import_of(statement, needed):
    """An import statement, of what is needed alone."""
    if not isinstance(statement, ast.ImportFrom) or statement.names[0].name == "*":
        return statement
    names = [alias for alias in statement.names if (alias.asname or alias.name) in needed]
    return ast.copy_location(ast.ImportFrom(statement.module, names, statement.level), statement)


def _touched(statement):
    """Names that a statement binds, and of objects that it changes, `args.lr = 1`, `layers.append(3)`."""
    found = bindings.names_bound([statement])
    for node in statements.of_own_level([statement]):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                    found |= _rooted(one) if isinstance(one, (ast.Attribute, ast.Subscript)) else set()
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            found |= _rooted(node.value.func.value)
    return found


def _rooted(node):
    """The name that an attribute or item is of; of the attributes of `self`, which are many things, that one."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return {f"self.{node.attr}"}
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) and node.id != "self" else set()


def _loaded(node):
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            found.add(inner.id)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "self":
            found.add(f"self.{inner.attr}")
    return found


def _is_worth(statement):
    """Whether it is to be run to know a value: no loop that may train, and nothing that leaves the function."""
    if isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef)):
        return True
    inner = list(statements.of_own_level([statement]))
    if any(isinstance(one, (ast.While, ast.Return, ast.Break, ast.Continue)) for one in inner):
        return False
    return not any(isinstance(one, (ast.For, ast.AsyncFor, ast.With)) for one in inner) or len(inner) <= _LONGEST_LOOP


def _parameters_of(function):
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _argument_of(function, name, call, is_method):
    """The node of an argument in a call; None where the call does not show it."""
    by_name = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if by_name is not None:
        return by_name
    names = [one.arg for one in [*function.args.posonlyargs, *function.args.args]][is_method:]
    place = names.index(name) if name in names else len(call.args)
    return call.args[place] if place < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[:place + 1]) else None


def _default_of(function, name):
    positional = [*function.args.posonlyargs, *function.args.args]
    defaults = dict(zip([one.arg for one in reversed(positional)], reversed(function.args.defaults)))
    defaults.update((one.arg, default) for one, default in zip(function.args.kwonlyargs, function.args.kw_defaults) if default is not None)
    return defaults.get(name)


def _last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
