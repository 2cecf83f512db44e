"""torch.nn.functional.pad."""
from _lens import calls
from _lens.array import values_in

from .._apply import apply
from .._size import integer


@calls.function("pad", values_in)
def pad(input, pad, mode="constant", value=None):
    """`pad`: (before, after) of the last axis, then of the one before it, …"""
    amounts = [integer(amount) for amount in pad]
    if len(amounts) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if len(amounts) > 2 * input.dim():
        raise RuntimeError(f"Padding length should be less than or equal to two times the input dimension but got padding length "
                           f"{len(amounts)} and input of dimension {input.dim()}")
    pairs = [[0, 0] for _ in range(input.dim())]
    for position in range(len(amounts) // 2):
        pairs[-1 - position] = amounts[2 * position:2 * position + 2]
    name = "constant_pad_nd" if mode == "constant" else f"{mode}_pad"
    return apply("pad", input, operation=name, pads=pairs, mode=mode, value=0 if value is None else value)
