"""A file's procedures: the functions that its own level calls as statements, `main()` at its end, and those that these call so; with them the constructors of the classes
that derive from nothing, `trainer = Trainer(args)`, and the methods that are called as statements of what was made so, `trainer.train()`.

Each is run as the file itself is, statement by statement: what fails in it is reported, and the rest goes on to the model. A body

    self.dataset = Images(root)
    model = Net()

becomes, with all positions kept,

    try:
        try:
            self.dataset = Images(root)
        except (Exception, SystemExit) as __lens_error__:
            if __lens_goes_on__(__lens_error__, ("self.dataset",)):
                self.dataset = __lens_absent__("dataset")
        …
    finally:
        __lens_leaves__(locals())
"""
import ast

from . import bindings, placing, statements

# What cannot fail, or has to stand where it stands.
_KEPT = (ast.Global, ast.Nonlocal, ast.Pass, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_STARTS = frozenset({"Fire", "run"})
_COMMANDS = ("main", "train")
_ENDS = frozenset({"exit", "_exit"})


def command_of(offered):
    """Of what a command line offers by name, that which is run; None."""
    return next((offered[name] for name in _COMMANDS if name in offered), None)


def names_of(body):
    """Names of the procedures of a file, of methods with their class, `Trainer.train`; `body`: the statements of its own level."""
    return _Search(body).found


class _Search:
    """What is called decides which bodies are looked at next."""

    def __init__(self, body):
        self.found = set()
        self._functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
        self._methods = {node.name: _methods_of(node) for node in body if _derives_from_nothing(node)}
        self._waiting = [(body, {})]  # statements, and the class that names were made of: {"trainer": "Trainer"}
        while self._waiting:
            self._look_through(*self._waiting.pop())

    def _look_through(self, body, made):
        for node in statements.of_own_level(body, (ast.Try,)):  # a file handles itself what fails in its `try`
            call = _called(node, self._functions)
            if call is not None:
                self._note(call, made)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and getattr(node.value.func, "id", None) in self._methods:
                self._note(node.value, made)
                made.update((ast.unparse(target), node.value.func.id) for target in node.targets)

    def _note(self, call, made):
        function = call.func
        if isinstance(function, ast.Name) and function.id in self._functions:
            self._add(function.id, self._functions[function.id], {})
        elif isinstance(function, ast.Name):
            self._add_method(function.id, "__init__")
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call) and getattr(function.value.func, "id", None) in self._methods:  # Trainer(args).train()
            self._add_method(function.value.func.id, "__init__")
            self._add_method(function.value.func.id, function.attr)
        elif made and isinstance(function, ast.Attribute):
            self._add_method(made.get(ast.unparse(function.value)), function.attr)

    def _add_method(self, cls, name):
        method = self._methods.get(cls, {}).get(name)
        if method is not None:
            self._add(f"{cls}.{name}", method, {"self": cls})

    def _add(self, name, function, made):
        if name not in self.found and not _calls_itself(function):
            self.found.add(name)
            self._waiting.append((function.body, made))


def _derives_from_nothing(node):
    return isinstance(node, ast.ClassDef) and not node.keywords and all(ast.unparse(base) == "object" for base in node.bases)


def _methods_of(node):
    return {inner.name: inner for inner in node.body if isinstance(inner, ast.FunctionDef) and not inner.decorator_list}


def _calls_itself(function):
    return any(getattr(node, "id", None) == function.name or getattr(node, "attr", None) == function.name for node in ast.walk(function) if isinstance(node, (ast.Name, ast.Attribute)))


def _called(statement, functions):
    """The call that a statement is, of a function that it calls for what it does: `main()`, `sys.exit(main())`, `fire.Fire(main)`. `functions`: names of the file's."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    if call.args and isinstance(call.args[0], ast.Name) and getattr(call.func, "attr", None) in _STARTS:
        return ast.Call(call.args[0], [], [])
    if getattr(call.func, "attr", None) == "Fire":
        offered = dict(zip(functions, functions)) if not call.args else _names_by_text(call.args[0])
        command = command_of(offered)
        return None if command is None else ast.Call(ast.Name(command, ast.Load()), [], [])
    if len(call.args) == 1 and isinstance(call.args[0], ast.Call) and (getattr(call.func, "attr", None) or getattr(call.func, "id", None)) in _ENDS:
        return call.args[0]
    return call


def _names_by_text(node):
    """{"train": "fit"} of the text `{"train": fit}`."""
    pairs = zip(node.keys, node.values) if isinstance(node, ast.Dict) else ()
    return {key.value: value.id for key, value in pairs if isinstance(key, ast.Constant) and isinstance(value, ast.Name)}


def tolerant(definition, names):
    """A definition as it is run: a function whose name is among those of the procedures, a class some of whose methods are; the one given stays as it is, and is given where
    nothing of it is a procedure."""
    if isinstance(definition, ast.FunctionDef) and definition.name in names:
        return _tolerant(definition)
    if not isinstance(definition, ast.ClassDef) or not any(name.startswith(f"{definition.name}.") for name in names):
        return definition
    return _with_body(definition, [_tolerant(node) if isinstance(node, ast.FunctionDef) and f"{definition.name}.{node.name}" in names else node for node in definition.body])


def _tolerant(function):
    inner = [node if isinstance(node, _KEPT) or _is_text(node) else _guarded(node) for node in function.body]
    leaves = placing.at(ast.Expr(placing.call("leaves", ast.Call(placing.name("locals"), [], []))), function)
    body = [placing.at(ast.Try(inner, [], [], [leaves]), function, inner)]
    return _with_body(function, function.body[:1] + body if _is_text(function.body[0]) else body)


def _with_body(definition, body):
    made = type(definition)(**{field: getattr(definition, field, None) for field in definition._fields if field != "type_params"}, type_params=getattr(definition, "type_params", []))
    made.body = body
    return ast.copy_location(made, definition)


def _guarded(node):
    names, attributes = sorted(bindings.names_bound([node])), sorted(bindings.attributes_bound([node]))
    lost = [*names, *[f"self.{name}" for name in attributes]]
    goes_on = placing.call("goes_on", placing.name("__lens_error__"), ast.Tuple([ast.Constant(name) for name in lost], ast.Load()))
    stand_ins = [ast.Assign([ast.Name(name, ast.Store())], placing.call("absent", ast.Constant(name))) for name in names]
    stand_ins += [ast.Assign([ast.Attribute(placing.name("self"), name, ast.Store())], placing.call("absent", ast.Constant(name))) for name in attributes]
    body = [ast.If(goes_on, stand_ins, [])] if lost else [ast.Expr(goes_on)]
    handler = ast.ExceptHandler(ast.Tuple([placing.name("Exception"), placing.name("SystemExit")], ast.Load()), "__lens_error__", body)
    return placing.at(ast.Try([node], [handler], [], []), node, [node])


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
