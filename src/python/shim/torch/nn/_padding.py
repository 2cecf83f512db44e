"""torch.nn.functional.pad."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply
from .._creation import ones_like
from .._elementwise import where
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
    if mode not in ("constant", "reflect", "replicate", "circular"):
        raise NotImplementedError(f"Unrecognised padding mode {mode}")
    if mode != "constant":
        if value is not None and value != 0:
            raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
        if not 1 <= len(amounts) // 2 <= 3 or input.dim() - len(amounts) // 2 not in (1, 2):
            raise NotImplementedError(f"Padding size {len(amounts)} is not supported for {input.dim()}D input tensor.")
    pairs = [[0, 0] for _ in range(input.dim())]
    for position in range(len(amounts) // 2):
        pairs[-1 - position] = amounts[2 * position:2 * position + 2]
    name = "constant_pad_nd" if mode == "constant" else f"{mode}_pad"
    if value is not None and not math.isfinite(value):  # which no attribute can be
        inside, padded = (apply("pad", one, operation=name, pads=pairs, mode=mode, value=0) for one in (ones_like(input), input))
        return where(inside != 0, padded, value)
    return apply("pad", input, operation=name, pads=pairs, mode=mode, value=0 if value is None else value)
