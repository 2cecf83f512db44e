"""Sizes and axes that do not fit, written where a tensor is reshaped or several are joined."""
import math

from .. import mismatches
from ..mismatches import sizes_of
from ..source import expressions
from .failure import Mend


def _sizes(failure, wanted, given):
    """`x.view(-1, 400)`: the last size that is written out and can be another."""
    sizes, wanted, count = wanted, sizes_of(wanted), int(given)
    batch = _batch_of(failure, count)
    remains = f"{count} elements do not fill [{sizes}]: the sizes before this line decide what remains; `x.flatten(1)` follows them"
    given = _sizes_written(failure.expression, len(wanted))
    if batch is None or given is None:
        return Mend(remains)
    known = [batch if size == -1 else size for size in wanted]
    for position in reversed(range(len(wanted))):
        others = math.prod(known[:position] + known[position + 1:])
        if wanted[position] == -1 or given[position].integer is None or not others or count % others:
            continue
        size = count // others
        return Mend(f"{wanted[position]} should be {size}: its {count} elements are {count // batch} for each of {batch} samples; `x.flatten(1)` follows them",
                    f"Change {wanted[position]} to {size}", [given[position].replaced(str(size))])
    return Mend(remains)


def _batch_of(failure, count):
    """The leading size of the tensor that was to be reshaped."""
    tensor = failure.local("self")
    shape = getattr(tensor if tensor is not None else failure.local("input"), "shape", None)
    return shape[0] if shape and math.prod(shape) == count and shape[0] else None


def _sizes_written(expression, count):
    """The sizes of `x.view(2, 3)`, `x.view((2, 3))`, `torch.reshape(x, (2, 3))`."""
    if expression is None or expression.called not in ("view", "reshape"):
        return None
    given = expression.arguments
    if given and hasattr(given[-1].node, "elts"):
        given = [type(given[-1])(given[-1].file, node) for node in given[-1].node.elts]
    return given if len(given) == count else None


def _joined(failure, *_):
    """`torch.cat(…, dim=0)` of tensors that fit along another axis."""
    if failure.expression is None or failure.expression.called not in ("cat", "concat", "concatenate"):
        return None
    tensors = failure.local("tensors") or ()
    axes = _axes_that_fit([tuple(tensor.shape) for tensor in tensors])
    if len(axes) != 1:
        return None
    given = failure.expression.keyword("dim") or failure.expression.keyword("axis")
    at = type(given)(given.file, given.node.value) if given is not None else failure.expression.arguments[1] if len(failure.expression.arguments) > 1 else None
    if at is None:
        edit = failure.expression.argument_added(f"dim={axes[0]}")
    else:
        edit = at.replaced(str(axes[0])) if at.integer is not None else None
    return Mend(f"`dim` should be {axes[0]}: along that axis they fit", f"Join along dim={axes[0]}", [edit])


def _stacked(failure, one, other):
    axes = _axes_that_fit([tuple(sizes_of(shape)) for shape in (one, other)])
    return Mend(f"they can be joined, not stacked: `torch.cat(…, dim={axes[0]})`") if len(axes) == 1 else None


def _axes_that_fit(shapes):
    """Axes but for which all shapes are equal."""
    if len({len(shape) for shape in shapes}) != 1:
        return []
    return [axis for axis in range(len(shapes[0])) if len({shape[:axis] + shape[axis + 1:] for shape in shapes}) == 1]


def _not_whole(failure):
    """A float where an int is wanted: given here, or to the layer when it was made."""
    made = expressions.call_at(failure.call.definition) if failure.layer is not None else failure.expression
    whole = made.made_whole() if made is not None else None
    return Mend("it takes whole numbers: `//` divides without a remainder, `int(…)` drops what is behind the point", "Divide without a remainder", [whole])


ROWS = (
    (r"must be (?:tuple of ints|int)\b.*(?:type|got|not) float|slice indices must be integers", _not_whole),
    (mismatches.VIEW, _sizes),
    (r"Sizes of tensors must match except in dimension", _joined),
    (r"Dimension out of range", _joined),
    (r"stack expects each tensor to be equal size, but got \[(.*?)\] at entry 0 and \[(.*?)\] at entry", _stacked),
)
