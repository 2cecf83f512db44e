"""torch._foreach_…: an operation over the tensors of a list, with a number, a list of numbers or a list of tensors."""
from ._tensor import Tensor

_OPERATIONS = frozenset("abs acos add addcdiv addcmul asin atan ceil clamp_max clamp_min copy cos cosh div erf erfc exp expm1 floor frac lerp lgamma log "
                        "log10 log1p log2 maximum minimum mul neg norm pow reciprocal round rsqrt sigmoid sign sin sinh sqrt sub tan tanh trunc zero".split())
_BETWEEN = {"maximum": "clamp_min", "minimum": "clamp_max"}  # where the other operand is a number


def foreach(name):
    """The function of that name; None where there is none."""
    operation = name.removeprefix("_foreach_")
    in_place = operation.endswith("_")
    operation = operation.rstrip("_")
    if operation not in _OPERATIONS:
        return None

    def one(tensor, others, kwargs):
        method = operation
        if method in _BETWEEN and others and not isinstance(others[0], Tensor):
            method = _BETWEEN[method]
        if method in ("maximum", "minimum") and in_place:
            return tensor.copy_(getattr(tensor, method)(*others))
        return getattr(tensor, method + "_" * in_place)(*others, **kwargs)

    def function(tensors, *others, **kwargs):
        def of(argument, position):
            return argument[position] if isinstance(argument, (list, tuple)) else argument
        results = []
        for position, tensor in enumerate(tensors):
            given = [of(other, position) for other in others]
            named = {key: of(value, position) for key, value in kwargs.items()}
            if operation in ("addcdiv", "addcmul") and len(given) == 3:
                named["value"] = given.pop()
            results.append(one(tensor, given, named))
        return None if in_place else tuple(results)
    function.__name__ = name
    return function
