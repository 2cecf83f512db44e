"""torch.testing: tensors compared, with PyTorch's tolerances."""
from .._creation import as_tensor, tensor
from .._dtype import DTYPES
from .._tensor import Tensor

_TOLERANCES = {"float16": (1e-3, 1e-5), "bfloat16": (1.6e-2, 1e-5), "float32": (1.3e-6, 1e-5), "float64": (1e-7, 1e-7),
               "complex64": (1.3e-6, 1e-5), "complex128": (1e-7, 1e-7)}


def assert_close(actual, expected, *, allow_subclasses=True, rtol=None, atol=None, equal_nan=False, check_device=True, check_dtype=True,
                 check_layout=True, check_stride=False, msg=None):
    if isinstance(expected, dict):
        pairs = [(actual[key], expected[key]) for key in expected]
    elif isinstance(expected, (list, tuple)) and not isinstance(expected, Tensor):
        if len(actual) != len(expected):
            raise AssertionError(f"The length of the sequences mismatch: {len(actual)} != {len(expected)}")
        pairs = list(zip(actual, expected))
    else:
        _assert_pair(as_tensor(actual), as_tensor(expected), rtol, atol, equal_nan, check_dtype, msg)
        return
    for ours, theirs in pairs:
        assert_close(ours, theirs, rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=check_dtype, msg=msg)


def _assert_pair(actual, expected, rtol, atol, equal_nan, check_dtype, msg):
    if actual.shape != expected.shape:
        raise AssertionError(msg or f"The values for attribute 'shape' do not match: {actual.shape} != {expected.shape}.")
    if check_dtype and actual.dtype != expected.dtype:
        raise AssertionError(msg or f"The values for attribute 'dtype' do not match: {actual.dtype} != {expected.dtype}.")
    bounds = [_TOLERANCES.get(each.dtype.name, (0.0, 0.0)) for each in (actual, expected)]
    rtol = max(bound[0] for bound in bounds) if rtol is None else rtol
    atol = max(bound[1] for bound in bounds) if atol is None else atol
    if not actual.is_floating_point() and not actual.is_complex():
        actual, expected = actual.double(), expected.double()
    wrong = ~actual.isclose(expected.to(actual.dtype), rtol=rtol, atol=atol, equal_nan=equal_nan)
    count = int(wrong.sum())
    if not count:
        return
    if callable(msg):
        msg = msg("")
    kind = "Scalars" if actual.dim() == 0 else "Tensor-likes"
    largest = float((actual - expected).abs().max())
    if actual.dim() == 0:
        raise AssertionError(msg or f"{kind} are not close!\n\nExpected {expected.item()} but got {actual.item()}.\n"
                             f"Absolute difference: {largest} (up to {atol} allowed)\n"
                             f"Relative difference: {largest / abs(expected.item()) if expected.item() else float('inf')} (up to {rtol} allowed)")
    raise AssertionError(msg or f"{kind} are not {'equal' if rtol == atol == 0 else 'close'}!\n\nMismatched elements: {count} / {actual.numel()} "
                         f"({100 * count / actual.numel():.1f}%)\nGreatest absolute difference: {largest} (up to {atol} allowed)")


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=""):
    assert_close(actual, tensor(expected) if not isinstance(expected, Tensor) else expected, rtol=rtol, atol=atol, equal_nan=equal_nan,
                 check_dtype=False, msg=msg or None)


def make_tensor(*shape, dtype, device=None, low=None, high=None, requires_grad=False, noncontiguous=False, exclude_zero=False, memory_format=None):
    from .._creation import empty
    sizes = shape[0] if len(shape) == 1 and not isinstance(shape[0], int) else shape
    low, high = (-9 if low is None else low), (9 if high is None else high)
    made = empty(sizes, dtype=dtype)
    made = made.uniform_(low, high) if DTYPES[dtype.name].is_floating_point else made.random_(int(low), int(high))
    return made.requires_grad_() if requires_grad else made
