"""Eigenvalues and eigenvectors of general matrices, which are complex, and of complex ones that are their own conjugate transposed.

Eigenvectors are known up to a number of size 1: here the largest component of each is real and positive.
"""
from ._apply import apply_all, named
from ._complex import ComplexTensor, of_pairs, pairs_of
from ._dtype import FLOAT, SCALAR_TYPES
from ._reductions import _return_type

_EIG, _EIGH = _return_type("linalg_eig", "eigenvalues eigenvectors"), _return_type("linalg_eigh", "eigenvalues eigenvectors")


def _pairs(name, A):
    if A.dim() < 2:
        raise RuntimeError(f"linalg.{name}: The input tensor A must have at least 2 dimensions.")
    if not A._is_complex and A.dtype.category != FLOAT:
        raise RuntimeError(f"Unknown Complex ScalarType for {SCALAR_TYPES[A.value.dtype]}")
    rows, columns = A.shape[-2:]
    if rows != columns:
        raise RuntimeError(f"linalg.{name}: A must be batches of square matrices, but they are {rows} by {columns} matrices")
    return pairs_of(A)


def eig(A, name="eig"):
    return _EIG(*map(of_pairs, apply_all("eig", _pairs(name, A), operation="linalg_eig", hermitian=False)))


def eigvals(A):
    return eig(A, "eigvals").eigenvalues


def hermitian(A, UPLO="L"):
    """What `eigh` gives of a complex A, of which one triangle is read."""
    triangle = A.tril() if UPLO in "Ll" else A.triu()
    strict = A.tril(-1) if UPLO in "Ll" else A.triu(1)
    _pairs("eigh", A)
    mean = (A + A.mH) / 2  # which passes the gradient: PyTorch's is one with respect to both triangles
    mirrored = mean + (triangle + strict.mH - mean).detach()
    values, vectors = apply_all("eig", mirrored._pairs, operation="linalg_eigh", hermitian=True)
    return _EIGH(named(values.select(-1, 0), "linalg_eigh"), of_pairs(vectors, cls=ComplexTensor))
