# Eigenvalues of general matrices, and functions of complex ones; vectors by what does not depend on the number of size 1 before them.
import torch

torch.manual_seed(1)
L = torch.linalg


def show(attempt):
    try:
        print(attempt())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)


for attempt in (lambda: L.eigvals(torch.tensor([[4.0, 2, 1], [2, -3, 1], [1, 1, 5]])), lambda: L.eigvals(torch.tensor([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]])), lambda: L.eigvals(torch.randn(2, 4, 4)), lambda: L.eigvals(torch.tril(torch.ones(4, 4))),
                lambda: L.eigvals(torch.zeros(3)), lambda: L.eig(torch.zeros(3, 2)), lambda: L.eigvals(torch.ones(2, 2, dtype=torch.int64)), lambda: L.eigvals(torch.eye(2, dtype=torch.float64)).dtype):
    show(attempt)
a, c, right = torch.randn(4, 4, requires_grad=True), torch.randn(3, 3, dtype=torch.cfloat, requires_grad=True), torch.randn(3, 2, dtype=torch.cfloat)
h = (c.detach() @ c.detach().mH + torch.eye(3)).requires_grad_()
print(L.eigvals(a))
for name, value, leaf in (("eigvals", L.eigvals(a).abs(), a), ("vectors", L.eig(a).eigenvectors.abs(), a), ("spectral radius", L.eigvals(a).abs().max(), a), ("parts", L.eigvals(a).real + L.eigvals(a).imag ** 2, a), ("complex", L.eig(c).eigenvectors.abs(), c),
                          ("solve", torch.view_as_real(L.solve(c, right)), c), ("solve, vector", torch.view_as_real(L.solve(c, right[:, 0])), c), ("inv", torch.view_as_real(L.inv(c)), c), ("inverse", torch.view_as_real(c.inverse()), c), ("det", torch.view_as_real(L.det(c)), c), ("cholesky", L.cholesky(h).abs(), h),
                          ("eigh", L.eigh(h).eigenvectors.abs(), h), ("eigvalsh", L.eigvalsh(h), h), ("matrix_exp", torch.view_as_real(torch.matrix_exp(c * 0.1)), c), ("matrix_power", torch.view_as_real(L.matrix_power(c, 2)), c), ("svdvals", L.svdvals(c), c), ("triangular", torch.view_as_real(L.solve_triangular(c, right, upper=True)), c)):
    print(name, value)
    gradient = torch.autograd.grad((value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum(), leaf)[0]
    print("  ", gradient.abs() if leaf is h else gradient)
print(L.matrix_rank(c), (L.cholesky(h) @ L.cholesky(h).mH - h).abs().max() < 1e-5, L.cholesky(h, upper=True).shape)
values, vectors = L.eig(a)
print(((vectors * values) @ L.inv(vectors) - a).abs().max() < 1e-5, vectors.abs().square().sum(0))
# a complex leaf's gradients are complex
z = torch.tensor([1 + 2j, -1j], requires_grad=True)
print(torch.autograd.grad((z * z).abs().sum(), z), torch.autograd.grad(z * z, z, grad_outputs=torch.ones_like(z)))
seen = []
y = z * 2
y.register_hook(lambda gradient: seen.append(gradient.dtype))
y.retain_grad()
y.abs().sum().backward()
print(seen, y.grad.dtype, z.grad)
show(lambda: (z * z).sum().backward())
