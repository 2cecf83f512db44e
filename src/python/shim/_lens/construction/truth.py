"""What must be set for a condition to hold, or not to: `args.masks`, `not model.self_condition`, `dim % heads == 0`, `kind in ("a", "b")`."""
import ast

_OPPOSITE = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
             ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt}
_MIRRORED = {ast.Eq: ast.Eq, ast.Is: ast.Is, ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}


def settings_for(test, is_true=True):
    """[(name or attribute, expression)]: what is set to which value, as nodes; one condition after another of those that must all hold, of alternatives the first. Nothing where the text does not say."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return settings_for(test.operand, not is_true)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is is_true:
            return [setting for value in test.values for setting in settings_for(value, is_true)]
        return next((found for value in test.values if (found := settings_for(value, is_true))), [])
    if _can_be_set(test):
        return [(test, ast.Constant(is_true))]
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _compared(test.left, type(test.ops[0]), test.comparators[0], is_true)
    return []


def entered(branch, is_true=True):
    """The statement that sets what an `if` asks for where its test is not what it must be: true for its body, false for what is else."""
    asked = [ast.Assign([_stored(target)], value) for target, value in settings_for(branch.test, is_true)]
    return ast.copy_location(ast.If(ast.UnaryOp(ast.Not(), branch.test) if is_true else branch.test, asked or [ast.Pass()], []), branch)


def _stored(node):
    return ast.Name(node.id, ast.Store()) if isinstance(node, ast.Name) else ast.Attribute(node.value, node.attr, ast.Store())


def _compared(left, kind, right, is_true):
    kind = kind if is_true else _OPPOSITE[kind]
    if kind is ast.In and _can_be_set(left):
        return [(left, ast.Call(ast.Name("next", ast.Load()), [ast.Call(ast.Name("iter", ast.Load()), [right], [])], []))]
    if not _can_be_set(left) and _can_be_set(right) and kind in _MIRRORED:
        left, kind, right = right, _MIRRORED[kind], left
    if kind in (ast.Eq, ast.Is, ast.LtE, ast.GtE) and _can_be_set(left):
        return [(left, right)]
    if kind in (ast.Lt, ast.Gt) and _can_be_set(left):
        return [(left, ast.BinOp(right, ast.Sub() if kind is ast.Lt else ast.Add(), ast.Constant(1)))]
    if kind is ast.Eq and isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mod) and isinstance(right, ast.Constant) and right.value == 0:
        return _divisible(left.left, left.right)
    return []


def _divisible(number, divisor):
    """The number that is divided becomes the next multiple of the other, or a constant's divisor one."""
    if _can_be_set(number):
        return [(number, ast.parse(f"-(-({ast.unparse(number)}) // ({ast.unparse(divisor)})) * ({ast.unparse(divisor)})", mode="eval").body)]
    return [(divisor, ast.Constant(1))] if _can_be_set(divisor) else []


def _can_be_set(node):
    """A name, or an attribute of one, of an attribute."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and not node.id.startswith("__")
