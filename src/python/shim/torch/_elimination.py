"""Elimination, A = P L U: what torch.linalg and torch have of it.

A tensor of pivots remembers the order of rows that it stands for, which is one gather; other pivots are followed step by step.
"""
from . import _creation as creation
from ._apply import apply, apply_all, filled, named
from ._dtype import int32, int64
from ._known import known, numbers_of
from ._reductions import _return_type
from ._registry import public

_LU, _LU_FACTOR = _return_type("linalg_lu", "P L U"), _return_type("linalg_lu_factor", "LU pivots")
_LU_FACTOR_EX, _LU_UNPACK = _return_type("linalg_lu_factor_ex", "LU pivots info"), _return_type("lu_unpack", "P L U")


def _check(A, pivot, name):
    if A.dim() < 2:
        raise RuntimeError(f"torch.lu_factor: Expected tensor with 2 or more dimensions. Got size: {list(A.shape)} instead")
    if not pivot:
        raise RuntimeError(f"linalg.{name}: LU without pivoting is not implemented on the CPU")


def _factor(A, pivot, name, operation):
    _check(A, pivot, name)
    packed, pivots, order = apply_all("lu", A, operation=operation)
    pivots._row_order = order
    return packed, pivots


def _info(packed):
    """Where the first pivot is 0, from 1; 0: nowhere."""
    from ._decompositions import first_of
    return first_of(packed.detach().diagonal(0, -2, -1) == 0)


def lu(A, *, pivot=True):
    packed, pivots = _factor(A, pivot, "lu_factor", "linalg_lu")
    P, L, U = lu_unpack(packed, pivots)
    return _LU(P, named(L, "linalg_lu"), named(U, "linalg_lu"))


def lu_factor_ex(A, *, pivot=True, check_errors=False):
    if check_errors:
        return _LU_FACTOR_EX(*lu_factor(A, pivot=pivot), filled(A.value.shape[:-2], 0, int32))
    packed, pivots = _factor(A, pivot, "lu_factor", "linalg_lu_factor_ex")
    return _LU_FACTOR_EX(packed, pivots, _info(packed))


def lu_factor(A, *, pivot=True):
    packed, pivots, info = lu_factor_ex(A, pivot=pivot)
    if known(info):
        for batch, place in enumerate(numbers_of(info)):
            if place:
                which = f"(Batch element {batch}): " if info.dim() else ""
                raise RuntimeError(f"torch.linalg.lu_factor: {which}U[{place},{place}] is zero and using it on lu_solve would result in a division by zero. If you still "
                                   "want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)")
    return _LU_FACTOR(packed, pivots)


def _order(pivots, rows):
    """The row that each row of L U was."""
    made = getattr(pivots, "_row_order", None)
    if made is not None:
        return made
    places = creation.arange(rows)
    order = places.expand(*pivots.value.shape[:-1], rows)
    for step in range(pivots.value.shape[-1]):
        other = (pivots.select(-1, step).unsqueeze(-1) - 1).to(int64)
        from_other, from_step = order.gather(-1, other), order.narrow(-1, step, 1)
        order = apply("where", places == step, from_other, apply("where", places == other, from_step, order))
    return order


@public(function_only=True)
def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True):
    m, n = LU_data.value.shape[-2:]
    if LU_pivots.dtype is not int32:
        raise RuntimeError("torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\n"
                           "Note: this function is intended to be used with the output produced by torch.linalg.lu_factor")
    k = min(m, n)
    P = L = U = filled((0,), 0, LU_data.dtype)
    if unpack_data:
        unit = creation.eye(m, k, dtype=LU_data.dtype)
        L, U = named(LU_data.narrow(-1, 0, k).tril(-1) + unit, "lu_unpack"), named(LU_data.narrow(-2, 0, k).triu(), "lu_unpack")
    if unpack_pivots:
        P = (creation.arange(m).unsqueeze(-1) == _order(LU_pivots, m).unsqueeze(-2)).to(LU_data.dtype)
    return _LU_UNPACK(P, L, U)


def lu_solve(LU, pivots, B, *, left=True, adjoint=False):
    """X of A X = B, or of X A = B; adjoint: of A's transposed in place of A."""
    if pivots.dtype is not int32:
        raise RuntimeError("linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32")
    n, (rows, columns) = LU.value.shape[-1], B.value.shape[-2:]
    if n != (rows if left else columns):
        equation = "AX = B" if left else "XA = B"
        raise RuntimeError(f"linalg.lu_solve: Incompatible shapes of A and B for the equation {equation} ({n}x{n} and {rows}x{columns})")
    if not left:
        return lu_solve(LU, pivots, B.mT, adjoint=not adjoint).mT
    order = _order(pivots, n)
    if adjoint:
        return named(_rows(_triangles(LU, B, True), order.argsort(-1)), "linalg_lu_solve")
    return named(_triangles(LU, _rows(B, order), False), "linalg_lu_solve")


def _triangles(LU, B, adjoint):
    def solved(A, B, upper, unitriangular):
        return apply("triangular_solve", A, B, operation="linalg_lu_solve", upper=upper, unitriangular=unitriangular)
    if adjoint:
        return solved(LU.mT, solved(LU.mT, B, False, False), True, True)
    return solved(LU, solved(LU, B, False, True), True, False)


def _rows(B, order):
    """B's rows in an order; batches broadcast."""
    from ._size import broadcast_shapes
    batch = broadcast_shapes(B.value.shape[:-2], order.value.shape[:-1])
    rows, columns = B.value.shape[-2:]
    return B.expand(*batch, rows, columns).gather(-2, order.unsqueeze(-1).expand(*batch, rows, columns))
