# Elimination (LU) and what tells that a factorization failed instead of raising.
import warnings

import torch

warnings.simplefilter("ignore")
torch.manual_seed(0)
L = torch.linalg
indefinite, singular = torch.tensor([[4.0, 2, 1], [2, -3, 1], [1, 1, 5]]), torch.tensor([[1.0, 2], [2, 4]])


def show(attempt):
    try:
        print(attempt())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)


show(lambda: L.cholesky_ex(indefinite))
show(lambda: L.cholesky_ex(indefinite, upper=True))
show(lambda: L.cholesky_ex(torch.stack([torch.eye(3), indefinite, -torch.eye(3)])).info)
show(lambda: L.inv_ex(singular))
show(lambda: L.solve_ex(singular, torch.ones(2, 1)))
show(lambda: L.solve_ex(torch.zeros(2, 2), torch.ones(2)))
show(lambda: L.lu_factor_ex(singular))
show(lambda: torch.lu(torch.randn(2, 3, 3)))
show(lambda: torch.lu(torch.randn(3, 3), get_infos=True))
show(lambda: L.lu(torch.randn(2, 4, 3)))
show(lambda: L.lu(torch.randn(3, 5)))
for attempt in (lambda: L.lu(torch.randn(3, 3), pivot=False), lambda: L.lu_factor(torch.zeros(2, 2)), lambda: L.lu_factor(torch.zeros(2, 2, 2)), lambda: L.lu_factor(torch.zeros(3)),
                lambda: L.cholesky_ex(indefinite, check_errors=True), lambda: L.inv_ex(torch.zeros(2, 2), check_errors=True), lambda: L.solve_ex(torch.zeros(2, 2), torch.ones(2), check_errors=True)):
    show(attempt)
packed, pivots = L.lu_factor(torch.randn(3, 3))
right = torch.arange(6.0).reshape(3, 2)
for attempt in (lambda: L.lu_solve(packed, pivots, right), lambda: L.lu_solve(packed, pivots, right.T, left=False), lambda: L.lu_solve(packed, pivots, right, adjoint=True), lambda: L.lu_solve(packed, pivots, right.T, left=False, adjoint=True),
                lambda: L.lu_solve(packed, torch.tensor([2, 3, 3], dtype=torch.int32), right), lambda: torch.lu_unpack(packed, torch.tensor([2, 3, 3], dtype=torch.int32)).P, lambda: torch.lu_unpack(packed, pivots),
                lambda: torch.lu_unpack(packed, pivots, unpack_pivots=False), lambda: torch.lu_unpack(packed, pivots, unpack_data=False), lambda: torch.lu_solve(right, packed, pivots), lambda: right.lu_solve(packed, pivots),
                lambda: L.lu_solve(packed, pivots, torch.ones(2, 2)), lambda: L.lu_solve(packed, pivots.long(), right)):
    show(attempt)
x = indefinite.clone().requires_grad_()
print(L.lu(x), L.lu_factor(x), L.lu_factor_ex(x), L.inv_ex(x), L.cholesky_ex(x @ x.T), L.solve_ex(x, right))
b = torch.randn(4, 4, requires_grad=True)
for name, value in (("inv_ex", L.inv_ex(b).inverse), ("solve_ex", L.solve_ex(b, b.T).result), ("cholesky_ex", L.cholesky_ex(b @ b.T + torch.eye(4)).L), ("lu", L.lu(b).L * 2 + L.lu(b).U), ("wide", L.lu(b[:3])[1].sum() + (L.lu(b[:3])[2] ** 2).sum()),
                    ("tall", (L.lu(b[:, :2])[1] ** 2).sum() + (L.lu(b[:, :2])[2] ** 2).sum()), ("solved", L.lu_solve(*L.lu_factor(b), b.T))):
    print(name, torch.autograd.grad((value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum(), b)[0])


# as GPyTorch takes Cholesky's factor: jitter until there is one
def safe_cholesky(A):
    factor, info = torch.linalg.cholesky_ex(A)
    jitter = 0.0
    while torch.any(info):
        jitter = max(jitter * 10, 1e-3)
        A = A + (info > 0).unsqueeze(-1).unsqueeze(-1) * jitter * torch.eye(A.shape[-1])
        factor, info = torch.linalg.cholesky_ex(A)
    return factor, jitter


print(safe_cholesky(torch.stack([torch.eye(2), torch.ones(2, 2) - 0.1 * torch.eye(2)])))
