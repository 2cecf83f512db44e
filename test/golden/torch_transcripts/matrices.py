# Decompositions, solutions and functions of matrices; eigenvectors and singular vectors by what does not depend on their sign.
import torch

torch.manual_seed(6)
a = torch.randn(2, 3, 3)
spd = (a @ a.mT + 0.5 * torch.eye(3)).requires_grad_()
m, wide, b = torch.randn(3, 3, requires_grad=True), torch.randn(2, 4, requires_grad=True), torch.randn(3, 2, requires_grad=True)
tall = torch.randn(4, 2, requires_grad=True)
L = torch.linalg
for name, value, leaf in (
        ("cholesky", L.cholesky(spd), spd), ("inv", L.inv(m), m), ("det", L.det(m), m), ("logdet", torch.logdet(spd), spd), ("slogdet", L.slogdet(m).logabsdet, m), ("solve", L.solve(m, b), m), ("solve, right", L.solve(m, b.T, left=False), b), ("solve, vector", L.solve(m, b[:, 0]), b),
        ("triangular", L.solve_triangular(m.triu(), b, upper=True), m), ("qr", L.qr(tall).R, tall), ("qr, wide", L.qr(wide)[0] @ L.qr(wide)[1].tril(), wide), ("eigvalsh", L.eigvalsh(spd), spd), ("eigh", L.eigh(spd).eigenvectors.pow(4), spd), ("svdvals", L.svdvals(wide), wide),
        ("svd", L.svd(tall, full_matrices=False).U.pow(2), tall), ("svd, V", L.svd(wide, full_matrices=False).Vh.abs(), wide), ("pinv", L.pinv(tall), tall), ("pinv, wide", torch.pinverse(wide), wide), ("lstsq", L.lstsq(tall, tall[:, :1] * 2 + 1).solution, tall),
        ("power", L.matrix_power(m, 3), m), ("power, negative", torch.matrix_power(m, -2), m), ("exp", torch.matrix_exp(m), m), ("nuclear", L.matrix_norm(wide, "nuc"), wide), ("spectral", L.norm(wide, 2), wide), ("norms", torch.stack([L.matrix_norm(m, order) for order in ("fro", 1, -1, float("inf"), -float("inf"), 2, -2)]), m),
        ("cond", L.cond(m), m), ("cholesky_solve", torch.cholesky_solve(b, L.cholesky(spd[0])), b), ("cholesky_inverse", torch.cholesky_inverse(L.cholesky(spd[1])), spd), ("cross", L.cross(m, m.roll(1, 0)), m), ("multi_dot", L.multi_dot([wide, tall, wide]), tall), ("vector_norm", L.vector_norm(m, 3, dim=1), m)):
    print(name, value)
    print("  ", torch.autograd.grad((value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum(), leaf)[0])
print(L.qr(tall, mode="complete").Q.shape, L.qr(wide), L.qr(tall, mode="r")[1], L.svd(tall)[0].shape, L.matrix_rank(torch.ones(3, 3)), L.matrix_rank(m), L.det(torch.eye(2) * 2), L.slogdet(-torch.eye(3)), torch.det(spd), torch.inverse(spd)[0], L.eigvalsh(torch.diag(torch.tensor([3.0, 1.0, 2.0]))))
print(L.pinv(torch.ones(2, 3)), L.vander(torch.tensor([1.0, 2.0, 3.0])), L.vecdot(m, m), L.diagonal(spd), torch.norm(wide, "nuc"), L.cond(torch.eye(3), 1), torch.linalg.norm(m, "fro", (0, 1)))
u, s, vh = L.svd(a)
print(torch.allclose(u @ torch.diag_embed(s) @ vh, a, atol=1e-5), (u.mT @ u - torch.eye(3)).abs().max() < 1e-5)
for attempt in (lambda: torch.linalg.inv(torch.zeros(2, 2)), lambda: torch.linalg.cholesky(-torch.eye(2)), lambda: torch.linalg.solve(torch.zeros(2, 2), torch.ones(2))):
    try:
        print(attempt().tolist())
    except torch.linalg.LinAlgError as error:
        print(type(error).__name__, isinstance(error, RuntimeError), error)
