# makes arrays of nested lists and infers their type
print(np.array([1, 2, 3]), np.array([1.0, 2]), np.array([True, False]), np.array([[1, 2], [3, 4.5]]))
print(np.array([1, 2]).dtype, np.array([1, 2.5]).dtype, np.array([True]).dtype, np.array([]).dtype)
print(np.array([[[1]]]).shape, np.array(5).shape, np.array(range(4)), np.array((1, 2)))

# fills arrays with one number
print(np.zeros(3), np.ones((2, 2), dtype=int), np.full((2, 2), 7), np.full(2, 0.5), np.empty((0, 3)).shape)
print(np.zeros_like(np.array([1, 2])), np.ones_like([1.5, 2]), np.full_like(np.array([1, 2]), 9))

# makes ranges
print(np.arange(5), np.arange(2, 8, 2), np.arange(0, 1, 0.25), np.arange(5, 0, -2), np.arange(3.0))
print(np.linspace(0, 1, 5), np.linspace(0, 10, 4, endpoint=False), np.logspace(0, 3, 4), np.geomspace(1, 256, 9))
print(np.linspace(-3, 3, 7), np.linspace(2, 3, 5, retstep=True))

# makes matrices of a rule
print(np.eye(3), np.eye(2, 3, k=1), np.identity(2, dtype=int), np.diag([1, 2, 3]), np.diag(np.arange(9).reshape(3, 3), 1))
print(np.tri(3), np.tril(np.ones((3, 3))), np.triu(np.arange(9).reshape(3, 3), 1), np.vander([1, 2, 3], 3))

# makes grids
X, Y = np.meshgrid(np.linspace(0, 1, 3), [5, 6])
print(X, Y, np.mgrid[0:2, 0:3], np.ogrid[0:2, 0:2][0].shape, np.indices((2, 2)))
print(np.c_[np.arange(3), np.ones(3)], np.r_[1:3, 7, 0:1:3j], np.fromfunction(lambda i, j: i + j, (2, 3), dtype=int))

# knows its own attributes
a = np.zeros((2, 3, 4), dtype=np.float32)
print(a.shape, a.ndim, a.size, a.dtype, a.itemsize, a.nbytes, a.strides, len(a), a.T.shape, a.flags.c_contiguous)

# converts between types
a = np.array([1.7, -2.3, 0.0])
print(a.astype(int), a.astype(np.float32), a.astype(bool), a.astype("int32").dtype, np.float32(0.1), np.int64(7), np.uint8(200))
print(np.array([1, 2], dtype=float), np.asarray([1, 2], dtype="float32"), np.array(["1.5", "2"]).astype(float))

# compares types with their names
print(np.dtype("float32") == np.float32, np.float64 == np.dtype(float), np.dtype(int).name, np.dtype("f4").str, repr(np.dtype(bool)))
print(np.issubdtype(np.float32, np.floating), np.issubdtype(np.int64, np.floating), np.issubdtype(int, np.integer))
print(np.finfo(np.float32).eps, np.finfo(float).max, np.iinfo(np.int32).max, np.iinfo("uint8").max)

# promotes types as NumPy 2 does
i, f, b, h = np.array([1, 2]), np.array([1, 2], dtype=np.float32), np.array([True, False]), np.array([1, 2], dtype=np.int8)
print((i + f).dtype, (f + 1.5).dtype, (f * np.float64(2)).dtype, (h + 1).dtype, (b + b).dtype, (b + 1).dtype, (b * 1.5).dtype, (i / 2).dtype)
print(np.result_type(np.int32, np.float32), np.promote_types("int8", "uint8"), np.exp(h).dtype, np.sqrt(f).dtype, np.sum(h).dtype, np.mean(f).dtype)
print((np.float32(3) + 1).dtype, (np.int64(3) * 1.5).dtype, (np.float32(1) + np.float64(1)).dtype, np.can_cast(int, float), np.can_cast(float, int))

# stacks arrays that lie in lists
rows = [np.arange(3), np.arange(3) * 2]
print(np.array(rows), np.array([np.float32(1), np.float32(2)]).dtype, np.array([[np.float64(1), 2], [3, 4]]))

# copies, and shares memory where NumPy shares it
a = np.arange(6)
b, c, d = a.reshape(2, 3), a[::2], a.copy()
b[0, 0] = 100
c[1] = -1
d[5] = 55
print(a, b, c, d, b.base is a, np.shares_memory(a, c), np.shares_memory(a, d))
a.T[1] = 7
v = a.reshape(3, 2).T
v[0] = 0
print(a, v.ravel(), a.ravel() is a)

# refuses ragged lists
said(lambda: np.array([[1, 2], [3]]))
said(lambda: np.array([1, [2, 3]]))

# iterates over rows and elements
for row in np.arange(4).reshape(2, 2):
    print(row, row.sum())
print([x for x in np.array([1.5, 2])], list(np.arange(3)), [type(x).__name__ for x in np.array([1, 2])], 3 in np.arange(5))
print([(i, int(x)) for i, x in np.ndenumerate(np.arange(4).reshape(2, 2))], list(np.ndindex(2, 2)))

# becomes Python
a = np.array([[1, 2], [3, 4]])
print(a.tolist(), a.item(2), a[0, 1].item(), float(np.array([2.5])[0]), int(np.array(3)), bool(np.array([1])), type(a.tolist()[0][0]).__name__)
said(lambda: bool(a))
said(lambda: a.item())

# holds strings and objects
s = np.array(["cat", "dog", "horse"])
print(s, repr(s), s[1], s == "dog", s.dtype, s.tolist(), np.unique(["b", "a", "b"]), s[[0, 2]], len(s), np.where(s == "cat", 1, 0))
print(np.array([1, "a"]), np.array([None, 1.5]), repr(np.array([{"a": 1}, 2], dtype=object)))
