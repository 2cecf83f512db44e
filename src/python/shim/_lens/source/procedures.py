"""A file's procedures: the functions that its own level calls as statements, `main()` at its end, and those that these call so.

Each is run as the file itself is, statement by statement: what fails in it is reported, and the rest goes on to the model. A body

    dataset = Images(root)
    model = Net()

becomes, with all positions kept,

    try:
        try:
            dataset = Images(root)
        except (Exception, SystemExit) as __lens_error__:
            if __lens_goes_on__(__lens_error__, ("dataset",)):
                dataset = __lens_absent__("dataset")
        …
    finally:
        __lens_leaves__(locals())
"""
import ast

from . import bindings, placing, statements

# What cannot fail, or has to stand where it stands.
_KEPT = (ast.Global, ast.Nonlocal, ast.Pass, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_STARTS = frozenset({"Fire", "run"})
_ENDS = frozenset({"exit", "_exit"})


def names_of(body):
    """Names of the procedures of a file; `body`: the statements of its own level."""
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef) and not _calls_itself(node)}
    found, waiting = set(), [node for node in body if not isinstance(node, (*statements.FUNCTIONS, ast.ClassDef, ast.Try))]
    while waiting:
        node = waiting.pop()
        name = _called(node)
        if name in functions and name not in found:
            found.add(name)
            waiting.extend(functions[name].body)
        if not isinstance(node, (*statements.FUNCTIONS, ast.ClassDef, ast.Try)):
            waiting.extend(inner for block in statements.blocks(node) for inner in block)
    return found


def _calls_itself(function):
    return any(isinstance(node, ast.Name) and node.id == function.name for node in ast.walk(function))


def _called(statement):
    """Name of the function that a statement calls for what it does: `main()`, `sys.exit(main())`, `fire.Fire(main)`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Name) and getattr(call.func, "attr", None) in _STARTS:
        return call.args[0].id
    if isinstance(call, ast.Call) and len(call.args) == 1 and isinstance(call.args[0], ast.Call) and (getattr(call.func, "attr", None) or getattr(call.func, "id", None)) in _ENDS:
        call = call.args[0]
    return call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else None


def tolerant(definition):
    """The definition of a procedure as it is run; the one given stays as it is."""
    inner = [node if isinstance(node, _KEPT) or _is_text(node) else _guarded(node) for node in definition.body]
    leaves = placing.at(ast.Expr(placing.call("leaves", ast.Call(placing.name("locals"), [], []))), definition)
    made = ast.FunctionDef(**{field: getattr(definition, field, None) for field in definition._fields if field != "type_params"},
                           type_params=getattr(definition, "type_params", []))
    made.body = [placing.at(ast.Try(inner, [], [], [leaves]), definition, inner)]
    if _is_text(definition.body[0]):
        made.body.insert(0, definition.body[0])
    return ast.copy_location(made, definition)


def _guarded(node):
    names = sorted(bindings.names_bound([node]))
    goes_on = placing.call("goes_on", placing.name("__lens_error__"), ast.Tuple([ast.Constant(name) for name in names], ast.Load()))
    stand_ins = [ast.Assign([ast.Name(name, ast.Store())], placing.call("absent", ast.Constant(name))) for name in names]
    body = [ast.If(goes_on, stand_ins, [])] if names else [ast.Expr(goes_on)]
    handler = ast.ExceptHandler(ast.Tuple([placing.name("Exception"), placing.name("SystemExit")], ast.Load()), "__lens_error__", body)
    return placing.at(ast.Try([node], [handler], [], []), node, [node])


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
