"""The Python code that a graph stands for, as torch.fx prints it."""
from types import SimpleNamespace

from ._names import qualified, type_name
from .node import Node, map_arg

_OPERATORS = {
    "eq": "{} == {}", "ne": "{} != {}", "lt": "{} < {}", "gt": "{} > {}", "le": "{} <= {}", "ge": "{} >= {}", "pos": "+{}", "neg": "-{}", "invert": "~{}",
    "add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "floordiv": "{} // {}", "truediv": "{} / {}", "div": "{} / {}", "mod": "{} % {}", "pow": "{} ** {}",
    "lshift": "{} << {}", "rshift": "{} >> {}", "and_": "{} & {}", "or_": "{} | {}", "xor": "{} ^ {}", "getitem": "{}[{}]", "matmul": "{} @ {}"}


def python_code(nodes):
    """`src`: a function `forward`, in which each value is let go after its last use."""
    last_user = {}
    for node in reversed(nodes):
        map_arg((node.args, node.kwargs), lambda source: last_user.setdefault(source, node))
    dying = {}
    for source, user in last_user.items():
        dying.setdefault(user, []).append(source)
    parameters, lines, returned = ["self"], [], ""
    for node in nodes:
        if node.op == "placeholder":
            name = node.target.lstrip("*")
            kind = type_name(node.type)
            parameters.append(node.target + (kind and f" : {kind}") + (f" = {node.args[0]!r}" if node.args else ""))
            if node.name != name:
                lines.append(f"{node.name} = {name}")
        elif node.op == "output":
            kind = type_name(node.type)
            returned = kind and f" -> {kind}"
            lines.append(f"return {_repr(node.args[0])}")
        else:
            ends = [source.name for source in dying.get(node, ())]
            if not node.users:
                ends.insert(0, node.name)
            lines.append(f"{node.name} = {_expression(node)}" + (f";  {' = '.join([*ends, 'None'])}" if ends else ""))
    body = "".join(f"    {line}\n" for line in lines) or "    pass\n"
    wrapped = dict.fromkeys(_global_name(qualified(node.target)) for node in nodes if node.op == "call_function" and node.meta.get("is_wrapped"))
    head = "\n".join(f'torch.fx._symbolic_trace.wrap("{name}")' for name in wrapped)
    return SimpleNamespace(src=f"\n{head}\n\ndef forward({', '.join(parameters)}){returned}:\n{body}    ", globals={})


def _repr(arg):
    if isinstance(arg, tuple):
        return "(" + ", ".join(map(_repr, arg)) + ("," if len(arg) == 1 else "") + ")"
    if isinstance(arg, list):
        return "[" + ", ".join(map(_repr, arg)) + "]"
    if isinstance(arg, dict):
        return "{" + ", ".join(f"{key!r}: {_repr(item)}" for key, item in arg.items()) + "}"
    return arg.name if isinstance(arg, Node) else qualified(arg) if callable(arg) and hasattr(arg, "__name__") else repr(arg)


def _arguments(args, kwargs):
    return ", ".join([*map(_repr, args), *(f"{name} = {_repr(item)}" for name, item in kwargs.items())])


def _attribute(base, path):
    for part in path.split("."):
        base = f"{base}.{part}" if part.isidentifier() else f'getattr({base}, "{part}")'
    return base


def _expression(node):
    args, target = node.args, node.target
    if node.op == "get_attr":
        return _attribute("self", target)
    if node.op == "call_module":
        return f"{_attribute('self', target)}({_arguments(args, node.kwargs)})"
    if node.op == "call_method":
        return f"{_attribute(_repr(args[0]), target)}({_arguments(args[1:], node.kwargs)})"
    name = qualified(target).removeprefix("builtins.")
    if name.startswith("operator.") and target.__name__ in _OPERATORS:
        return _OPERATORS[target.__name__].format(*map(_repr, args))
    if name == "getattr" and len(args) == 2 and isinstance(args[1], str) and args[1].isidentifier():
        return f"{_repr(args[0])}.{args[1]}"
    return f"{_global_name(name)}({_arguments(args, node.kwargs)})"


def _global_name(name):
    """What a function is called in the code: those of torch by their path, others by one word."""
    return name if name.startswith("torch.") else name.replace(".", "_")
