"""How the operations record: `apply` for a new tensor, `view` for a view, `write` for an in-place change, `operand` for a scalar."""
import math

from _lens import door
from _lens.recording.array import Array

from ._dtype import DTYPES, FLOAT, INTEGER, REAL_OF, SCALAR_TYPES, number_dtype, scalar_dtype
from ._grad_mode import _Mode
from ._history import Node, remember_write, writes
from ._layout import arrange, is_row_by_row, lay_out, strides_of
from ._tensor import Tensor, wrap

_FLOATS = frozenset(name for name, dtype in DTYPES.items() if dtype.category == FLOAT)
_DETACH = ("detach", {})


def apply(op, *tensors, operation=None, **attributes):
    """Records `op` over tensors; the result requires a gradient as PyTorch's would. `operation` names its backward function."""
    result = result_of(door.record(op, values(op, tensors), **attributes), tensors, operation or op, op)
    return result if all(map(is_row_by_row, tensors)) else arrange(result, op, operation, tensors, attributes)


def apply_all(op, *tensors, operation=None, **attributes):
    """As `apply`, with all outputs."""
    recorded = door.record_all(op, values(op, tensors), **attributes)
    results = [result_of(value, tensors, operation or op, op) for value in recorded]
    if not all(map(is_row_by_row, tensors)):
        for result in results:
            arrange(result, op, operation, tensors, attributes)
    return results


def values(op, tensors):
    for position, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            name = "input" if position == 0 else "other"
            raise TypeError(f"{op}(): argument '{name}' (position {position + 1}) must be Tensor, not {type_name(tensor)}")
        if tensor._is_complex:
            refuse_complex(op)
    return [tensor.value for tensor in tensors]


def check_tensor(thing, function, argument="input", position=1):
    if not isinstance(thing, Tensor):
        raise TypeError(f"{function}(): argument '{argument}' (position {position}) must be Tensor, not {type_name(thing)}")


def check_implemented(kernel, dtype, *categories):
    """Refuses types of other categories, as a kernel that PyTorch has of these only."""
    if dtype.category not in categories:
        raise NotImplementedError(f'"{kernel}" not implemented for \'{SCALAR_TYPES[dtype.name]}\'')


def type_name(thing):
    """A type as error messages name it."""
    cls = type(thing)
    return cls.__name__ if cls.__module__ in ("builtins", "torch") else f"{cls.__module__}.{cls.__name__}"


def result_of(value, tensors, operation, op=None):
    """A tensor holding `value`, computed from `tensors` by `operation` (and as `op`, if by one)."""
    for tensor in tensors:
        if tensor._is_complex:
            refuse_complex(operation)
    result = wrap(value)
    if value.dtype in _FLOATS and any(tensor.requires_grad for tensor in tensors):
        if _Mode.enabled:
            result._node = Node(operation, tensors, result, op)
        else:
            result._storage.value = door.record("detach", [value])
    return result


def named(tensor, operation, of=None):
    """The same value as the result of an operation that was composed of others; `of`: the tensors that it was given, where they get no gradient through those others."""
    result = result_of(tensor.value, of or (tensor,), operation)
    return result if is_row_by_row(tensor) else lay_out(result, strides_of(tensor))


def refuse_complex(operation):
    """Complex tensors have operations of their own (`_complex_math`); this one is not among them."""
    raise door.UnsupportedError(f"{operation} of complex tensors is not supported yet")


def constant(data, dtype, shape):
    """A tensor of known numbers."""
    if dtype.is_complex:
        return _complex([part for number in data for part in (complex(number).real, complex(number).imag)], dtype, shape)
    return wrap(door.constant(data, dtype.name, shape))


def _complex(parts, dtype, shape):
    from ._complex import of_pairs
    return of_pairs(constant(parts, DTYPES[REAL_OF[dtype.name]], (*shape, 2)))


def filled(shape, number, dtype):
    """A tensor of one number."""
    if dtype.is_complex:
        number = complex(number)
        return _complex([number.real, number.imag], dtype, ()).expand(*shape).clone()
    if isinstance(number, float) and not math.isfinite(number):  # JSON has no such numbers
        value = door.constant([number], dtype.name, ())
        return wrap(door.record("expand", [value], shape=list(shape)) if shape else value)
    if dtype.category == INTEGER and isinstance(number, float):
        number = int(number)
    return wrap(door.record("full", shape=list(shape), value=number, dtype=dtype.name))


def with_zero_gradient(result, *sources, operation):
    """`result`, of which the gradients with respect to `sources`, which broadcast to its shape, are zeros rather than none."""
    for source in sources:
        if isinstance(source, Tensor) and source.requires_grad:
            result = apply("where", filled((), False, DTYPES["bool"]), source, result, operation=operation)
    return result


def is_number(thing):
    """A Python or NumPy number (a NumPy scalar may be an array of rank 0)."""
    return isinstance(thing, (int, float)) or (not isinstance(thing, Tensor) and getattr(thing, "shape", None) == ()
                                               and hasattr(thing, "item"))


def number_of(thing):
    return thing if isinstance(thing, (int, float)) else thing.item()


def operand(thing, beside=None):
    """The tensor for an operand: itself, an array's, or a Python number in the type it takes beside `beside`. None: not an operand."""
    if isinstance(thing, Tensor):
        return thing
    if is_number(thing):
        number = number_of(thing)
        return filled((), number, scalar_dtype(number, beside.dtype) if beside is not None else number_dtype(number))
    if isinstance(thing, Array):
        return thing.view_of(into=Tensor)
    return None


def view(tensor, operation, *steps, of_storage=False):
    """A view: `steps` after the tensor's own, or from its storage on. Gradients pass between a view and its base unless they are switched off."""
    if tensor._is_complex:
        refuse_complex(operation)
    if not _Mode.enabled and tensor.requires_grad:
        result = tensor.view_of(*steps, _DETACH, into=Tensor, of_storage=of_storage)
        result._of_result, result._made = not tensor.is_leaf, "no_grad"
        result._is_untracked = tensor._is_untracked
        return result
    result = tensor.view_of(*steps, into=Tensor, of_storage=of_storage)
    # of a view of a view, the first: a chain of them is not walked again and again
    result._base = tensor if tensor._requires or tensor._base is None else tensor._base
    if tensor._of_result:
        result._of_result = True
    if tensor._is_untracked:
        result._is_untracked = True
    if tensor.requires_grad:
        result._node = Node(operation, (tensor,))
    if tensor._storage.writes is not None:
        result._viewed_at = tensor._storage.writes[0]
    return result


def detached(tensor):
    """The same storage, through which no gradient passes."""
    result = tensor.view_of(_DETACH, into=Tensor) if tensor.requires_grad else tensor.view_of(into=Tensor)
    result._of_result = tensor._of_result or tensor.requires_grad and not tensor.is_leaf
    result._is_untracked = tensor._is_untracked
    return result


def write(target, source, operation="copy_slices", in_place=False, since=None, overlapping=False):
    """In-place: `target`, its base and all views of it hold `source`'s value from now on. Returns `target`.

    in_place: `source` is what the operation that is done in place has made of `target`; since: of more than one, the count of nodes before it. overlapping: see `Array.assign`.
    """
    if target._is_complex or source._is_complex:
        refuse_complex("an in-place change")
    if _Mode.enabled and (target.requires_grad or source.requires_grad or target._made == "no_grad"):
        check_writable(target)
    value, own = source.value, target.value
    if value.shape != own.shape:
        raise RuntimeError(f"output with shape {list(own.shape)} doesn't match the broadcast shape {list(value.shape)}")
    if value.dtype != own.dtype:
        if DTYPES[value.dtype].category > DTYPES[own.dtype].category:
            raise RuntimeError(f"result type {SCALAR_TYPES[value.dtype]} can't be cast to the desired output type "
                               f"{SCALAR_TYPES[own.dtype]}")
        value = door.record("cast", [value], dtype=own.dtype)
    node = None
    if not _Mode.enabled:
        value = door.record("detach", [value]) if source.requires_grad else value
    elif source.requires_grad or target.requires_grad:
        node = source._node if in_place and source._node is not None else Node(operation, (target, source))
    if target._of_result or not _Mode.enabled and target.requires_grad and not target.is_leaf:
        _assign_past_gradients(target, value, overlapping)
    else:
        target.assign(value, overlapping)
    if not target._is_untracked:
        writes(target)[0] += 1
    if node is not None:
        remember_write(target, node, since if in_place else None)
    return target


def _assign_past_gradients(target, value, overlapping):
    """A write that autograd does not see: the storage has other numbers, and passes gradients as before (new + (old − old), of which the second is 0)."""
    storage, old = target._storage, target._storage.value
    target.assign(value, overlapping)
    if old.dtype in _FLOATS:
        none = door.record("sub", [old, door.record("detach", [old])])
        storage.value = door.record("add", [door.record("detach", [storage.value]), none])


_MADE = {
    "no_grad": "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and "
               "error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block "
               "(if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).",
    "many": "Output {} of {} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions "
            "do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one.",
}


def check_writable(target):
    if target._made is not None:
        raise RuntimeError(_MADE["no_grad"] if target._made == "no_grad" else _MADE["many"].format(*target._made))
    if target._requires:
        raise RuntimeError("a leaf Variable that requires grad is being used in an in-place operation.")
    base = target._base
    while base is not None:
        if base._requires:
            raise RuntimeError("a view of a leaf Variable that requires grad is being used in an in-place operation.")
        base = base._base
