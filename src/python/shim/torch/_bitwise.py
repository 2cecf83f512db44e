"""Operations on the bits of integers; of bools they are the logical ones."""
from ._apply import apply, check_implemented, operand
from ._dtype import BOOL, INTEGER
from ._registry import public
from ._tensor import Tensor


def _operands(input, other, kernel):
    left = operand(input, other if isinstance(other, Tensor) else None)
    right = operand(other, left)
    for tensor in (left, right):
        check_implemented(kernel, tensor.dtype, BOOL, INTEGER)
    return left, right


def _binary(name, kernel):
    def function(input, other):
        return apply(name, *_operands(input, other, kernel))
    function.__name__ = function.__qualname__ = name
    return public(function, inplace=True)


bitwise_and = _binary("bitwise_and", "bitwise_and_cpu")
bitwise_or = _binary("bitwise_or", "bitwise_or_cpu")
bitwise_xor = _binary("bitwise_xor", "bitwise_xor_cpu")
bitwise_left_shift = _binary("bitwise_left_shift", "lshift_cpu")
bitwise_right_shift = _binary("bitwise_right_shift", "rshift_cpu")


@public(inplace=True)
def bitwise_not(input):
    if input.value.dtype == "bool":
        return apply("logical_not", input)
    check_implemented("bitwise_not_cpu", input.dtype, INTEGER)
    return apply("bitwise_xor", input, operand(-1, input)) if input.dtype.is_signed else 255 - input
