"""Python's operators, the same for tensors, variables and symbolic tensors: each is a function of the table in `elementwise`."""

# operator -> name of the public function; reflected ones take their operands the other way round
_BINARY = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floor_divide", "mod": "mod",
    "pow": "power", "matmul": "matmul",
}
_COMPARISONS = {"eq": "equal", "ne": "not_equal", "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal"}
_LOGICAL = {"and": "logical_and", "or": "logical_or", "xor": "logical_xor"}
_UNARY = {"neg": "negative", "abs": "absolute", "invert": "logical_not"}


class Operators:
    """Mixin that gives a class the operators; `functions` is filled by `operations` when all of them are defined."""

    __slots__ = ()
    __hash__ = object.__hash__
    __array_priority__ = 100

    def __pos__(self):
        return self

    def __getitem__(self, key):
        return functions["getitem"](self, key)


functions = {}


def _binary(name, reflected=False):
    def operator(self, other):
        if other is None or isinstance(other, str):
            return NotImplemented
        return functions[name](other, self) if reflected else functions[name](self, other)
    return operator


def _unary(name):
    return lambda self: functions[name](self)


for _operator, _name in {**_BINARY, **_LOGICAL}.items():
    setattr(Operators, f"__{_operator}__", _binary(_name))
    setattr(Operators, f"__r{_operator}__", _binary(_name, reflected=True))
for _operator, _name in _COMPARISONS.items():
    setattr(Operators, f"__{_operator}__", _binary(_name))
for _operator, _name in _UNARY.items():
    setattr(Operators, f"__{_operator}__", _unary(_name))
