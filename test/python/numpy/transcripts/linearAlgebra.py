# multiplies
a, b = np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]])
print(a @ b, np.dot(a, b), np.matmul(a, [1, 1]), np.dot([1, 2], [3, 4]), np.dot(a, 2), np.inner([1, 2], [3, 4]), np.outer([1, 2], [3, 4]), np.vdot(a, b), np.kron([1, 2], [1, 1]), np.cross([1, 0, 0], [0, 1, 0]), np.trace(a))
print(np.matmul(np.ones((2, 3, 4)), np.ones((4, 5))).shape, np.tensordot(a, b, axes=1), np.tensordot(a, b, axes=([0], [1])), np.dot(np.ones((2, 3, 4)), np.ones((5, 4, 6))).shape)

# contracts by letters
a, b = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)
print(np.einsum("ij,jk->ik", a, b), np.einsum("ij->ji", a), np.einsum("ij->", a), np.einsum("ii", np.eye(3)), np.einsum("i,j->ij", [1, 2], [3, 4]), np.einsum("ij,ij->i", a, a), np.einsum("bij,bjk->bik", np.ones((2, 3, 4)), np.ones((2, 4, 2))).shape, np.einsum("...i->...", a), np.einsum("ij,jk", a, b))

# solves and inverts
m = np.array([[4.0, 1, 2], [1, 3, 0], [2, 0, 5]])
print(np.linalg.inv(m).round(8), np.linalg.solve(m, [1, 2, 3]).round(8), round(float(np.linalg.det(m)), 8), np.linalg.cholesky(m).round(8), np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), 5))
said(lambda: np.linalg.inv(np.ones((2, 2))))
said(lambda: np.linalg.inv(np.ones((2, 3))))

# measures
x = np.array([3.0, -4.0])
m = np.array([[1.0, 2], [3, 4]])
print(np.linalg.norm(x), np.linalg.norm(x, 1), np.linalg.norm(x, np.inf), np.linalg.norm(m), np.linalg.norm(m, axis=0), np.linalg.norm(m, axis=1, keepdims=True), np.linalg.norm(m, "fro"), np.linalg.norm(x, ord=3).round(10))
print(np.linalg.matrix_rank(np.array([[1.0, 2], [2, 4]])), np.linalg.cond(m).round(8), np.linalg.norm(m, 2).round(8))

# decomposes
m = np.array([[2.0, 1], [1, 3]])
w, v = np.linalg.eigh(m)
print(w.round(8), np.allclose(v @ np.diag(w) @ v.T, m), np.linalg.eigvalsh(m).round(8))
a = np.array([[1.0, 2], [3, 4], [5, 6]])
u, s, vt = np.linalg.svd(a, full_matrices=False)
q, r = np.linalg.qr(a)
print(s.round(8), np.allclose(u @ np.diag(s) @ vt, a), q.round(8), r.round(8), np.linalg.pinv(a).round(8), np.linalg.lstsq(a, np.array([1.0, 2, 4]), rcond=None)[0].round(8))

# has eigenvalues that are complex
m = np.array([[0.0, 1, 0.2], [-1, 0, 0.3], [0.5, 0.1, 0.7]])
w, v = np.linalg.eig(m)
print(w.shape, w.dtype, np.sort(np.abs(w)).round(6), max(abs(np.linalg.eigvals(m))).round(6), np.sort(w.real).round(6), np.sort(np.imag(w)).round(6), np.iscomplexobj(w), len(w))
print(np.linalg.eigvals(np.eye(2)), np.sort(np.linalg.eigvals(np.array([[1, 2], [3, 4]]))).round(6), (np.abs(np.linalg.eigvals(m)) < 1).all(), np.abs(np.conj(v)).shape)
r = np.random.RandomState(0).rand(20, 20) - 0.5
print(np.abs(np.linalg.eigvals(r * 0.9 / np.max(np.abs(np.linalg.eigvals(r))))).max().round(6))
said(lambda: np.linalg.eigvals(np.ones((2, 3))))
