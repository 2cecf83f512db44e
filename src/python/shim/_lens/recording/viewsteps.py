"""Steps of views: what each makes of the value before it, and the way back for what is written through the view.

A step is (op, attributes), of an op of the graph that only moves elements, or a `gather`: elements of the value before it, counted row by row.
"""
from .. import door
from .layout import contiguous_strides, places


def gather_step(offset, shape, strides, layout=None):
    """Elements at strides of the value before, laid out row by row. layout: where they lie in the storage, if elsewhere."""
    found = places(offset, shape, strides)
    return ("gather", {"places": door.constant(found, "int64", (len(found),)), "overlaps": len(set(found)) < len(found), "shape": list(shape),
                       "layout": layout or (offset, list(shape), list(strides))})


def has_shared_places(steps):
    """Whether elements of a view by `steps` may have one place in common: what is written cannot be taken back step by step."""
    return any(op == "expand" or op == "gather" and attributes["overlaps"] for op, attributes in steps)


def memory_steps(shape, strides):
    """From a storage's value to its elements one by one, as they lie in memory."""
    flat = ("reshape", {"shape": [-1]})
    if strides is None or list(strides) == contiguous_strides(shape):
        return (flat,)
    return ("permute", {"dims": sorted(range(len(shape)), key=lambda d: (-strides[d], d))}), flat


def applied(value, steps):
    """The value that a view by `steps` has."""
    for op, attributes in steps:
        if op == "gather":
            flat = door.record("reshape", [value], shape=[-1])
            value = door.record("reshape", [door.record("index", [flat, attributes["places"]], dims=[0])], shape=attributes["shape"])
        else:
            value = door.record(op, [value], **attributes)
    return value


def written_back(base, steps, value):
    """`base` with the part that `steps` view replaced by `value`."""
    levels = [base]
    for step in steps[:-1]:
        levels.append(applied(levels[-1], (step,)))
    for level, step in zip(reversed(levels), reversed(steps)):
        value = _written_back(level, step, value)
    return value


def _written_back(base, step, value):
    op, attributes = step
    if op == "reshape":
        return door.record("reshape", [value], shape=list(base.shape))
    if op == "permute":
        dims = attributes["dims"]
        inverse = [0] * len(dims)
        for position, dim in enumerate(dims):
            inverse[dim] = position
        return door.record("permute", [value], dims=inverse)
    if op == "detach":
        return value
    if op == "flip":
        return door.record("flip", [value], **attributes)
    if op == "slice":
        return door.record("slice_scatter", [base, value], **attributes)
    if op == "gather":
        flat, source = (door.record("reshape", [each], shape=[-1]) for each in (base, value))
        changed = door.record("index_put", [flat, source, attributes["places"]], dims=[0], accumulate=False)
        return door.record("reshape", [changed], shape=list(base.shape))
    raise AssertionError(f"{op} is not a view op")


def joined(steps, more):
    """`steps` and those after them, with two that amount to one put together: views of views have few steps however long their chain."""
    for step in more:
        together = _together(steps[-1], step) if steps else None
        steps = (*steps, step) if together is None else (*steps[:-1], *together)
    if not steps and more:  # a view stays one: what it is a view of may be a leaf, whose gradient comes by its own value, not by the storage's
        return (("permute", {"dims": sorted(more[-1][1]["dims"])}),)
    return steps


def _together(first, second):
    """What two steps amount to, or None: both are needed."""
    op, attributes = second
    if first[0] != op:
        return None
    if op in ("reshape", "detach"):
        return (second,)
    if op == "permute":
        dims = [first[1]["dims"][d] for d in attributes["dims"]]
        return ((op, {"dims": dims}),) if dims != sorted(dims) else ()
    if op == "slice" and first[1]["dim"] == attributes["dim"]:
        before = first[1]
        count = -(-(attributes["end"] - attributes["start"]) // attributes["step"])
        if count > 0:
            start, step = before["start"] + attributes["start"] * before["step"], before["step"] * attributes["step"]
            return ((op, {"dim": attributes["dim"], "start": start, "end": start + (count - 1) * step + 1, "step": step}),)
    return None
