"""The text of a file as what is made with it is read: what lies around a place, what is run before it, and what its calls give to its functions."""
import ast
import builtins

from ..source import expressions, statements
from . import truth


class Program:
    """`namespace`: the names of the file where it has run; else None, and what is needed of its own level is run in a module of the name `module`, dotted."""

    def __init__(self, path, tree, namespace=None, module=""):
        self.path, self.tree, self.namespace = path, tree, namespace
        self._module = module
        self._around = None  # id of a node → the node around it

    @property
    def file_name(self):
        return self.path.rpartition("/")[2]

    def names_at_first(self):
        """What has a name before anything of the file has run."""
        package = self._module if self.path.endswith("/__init__.py") else self._module.rpartition(".")[0]
        return {"__name__": self._module, "__package__": package, "__file__": self.path, "__builtins__": builtins}

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

    def class_of(self, function):
        """The class that a function is a method of; None of another."""
        owner = next(self.around(function), None)
        return owner if isinstance(owner, ast.ClassDef) else None

    def before(self, node):
        """The statements that are run before a node, in the function that it is in or at the file's own level; of a loop around it the first turn.

        What a branch around it asks for is set where it does not hold.
        """
        function = self.function_around(node)
        body = self.tree.body if function is None else function.body
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

    def given_by_calls(self, function, name):
        """The nodes of what the calls of a function give for an argument, without those within the function itself."""
        owner = self.class_of(function)
        called = owner.name if owner is not None and function.name == "__init__" else function.name
        for call in (node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and expressions.last_name(node.func) == called):
            given = _given(function, name, call, owner is not None) if self.function_around(call) is not function else None
            if given is not None:
                yield given


def parameters_of(function):
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def default_of(function, name):
    """The node of an argument's default; None where it has none."""
    positional = [*function.args.posonlyargs, *function.args.args]
    defaults = dict(zip([one.arg for one in reversed(positional)], reversed(function.args.defaults)))
    defaults.update((one.arg, default) for one, default in zip(function.args.kwonlyargs, function.args.kw_defaults) if default is not None)
    return defaults.get(name)


def _given(function, name, call, is_method):
    """The node of an argument in a call; None where the call does not show it."""
    by_name = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if by_name is not None:
        return by_name
    names = [one.arg for one in [*function.args.posonlyargs, *function.args.args]][is_method:]
    place = names.index(name) if name in names else len(call.args)
    return call.args[place] if place < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[:place + 1]) else None
