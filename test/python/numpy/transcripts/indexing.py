# takes elements, rows and columns
a = np.arange(12).reshape(3, 4)
print(a[1, 2], a[-1], a[:, 1], a[1:, ::2], a[::-1], a[..., -1], a[0][1], a[1, :3], a[np.newaxis].shape, a[:, None, 2].shape)
print(a[2:0:-1, ::-2], a[5:], a[:, 1:1].shape, a[()].shape)

# indexes with lists and arrays
a = np.arange(12).reshape(3, 4)
print(a[[0, 2]], a[[0, 1], [1, 3]], a[np.array([2, 0]), 1], a[:, [3, 0]], a[[-1]], a[np.array([[0, 1], [2, 0]]), 0])
print(a[np.ix_([0, 2], [1, 3])], a[[0, 2], 1:3], a[1:, [0, 1]].shape, np.zeros((2, 3, 4))[:, [0, 1], 0].shape, np.zeros((2, 3, 4))[0, :, [0, 1]].shape)

# indexes with masks
a = np.array([[1, -2, 3], [-4, 5, -6]])
print(a[a > 0], a[a.sum(axis=1) > 0], a[:, np.array([True, False, True])], a[~(a > 0)], a[(a > -3) & (a < 4)])

# writes through every form
a = np.zeros((3, 4))
a[0] = 1
a[:, 1] = [5, 6, 7]
a[1, 2] = 9
a[[0, 2], [3, 3]] = [-1, -2]
a[a == 0] = 0.5
a[2, ::2] += 10
a[-1, -1] *= 2
print(a)
a[:] = 3
a[1:, 1:] = np.arange(6).reshape(2, 3)
a[:, [0, 1]] = a[:, [1, 0]]
print(a)

# writes elements in a loop
y = np.zeros(6)
for i in range(6):
    y[i] = i ** 2
m = np.empty((2, 3), dtype=int)
for i in range(2):
    for j in range(3):
        m[i, j] = 10 * i + j
view = y[1:4]
y[2] = -1
view[0] = 50
print(y, m, view, y.sum())

# keeps an array's type when it is written to
a = np.array([1, 2, 3])
a[0] = 7.9
a[1] = True
print(a, a.dtype)
b = np.array([True, False])
b[1] = 5
print(b)

# takes, puts and finds
a = np.array([10, 20, 30, 40])
print(a.take([0, -1]) if hasattr(a, "take") else np.take(a, [0, -1]), np.take(np.arange(6).reshape(2, 3), [0, 2], axis=1), np.nonzero(a > 15), np.argwhere(a > 15), np.flatnonzero(a > 25))
print(np.where(a > 15, a, -1), np.where(a > 15), np.take_along_axis(np.array([[3, 1, 2]]), np.array([[1, 2, 0]]), axis=1), np.count_nonzero(a > 15), np.extract(a > 15, a))
print(np.select([a < 15, a < 35], [a, a * 10], default=0), np.choose([0, 1, 0, 1], [a, -a]), np.unravel_index(5, (2, 3)), np.clip(a, 15, 35))

# says what is wrong with an index
a = np.zeros((2, 3))
said(lambda: a[2])
said(lambda: a[0, 3])
said(lambda: a[0, 0, 0])
said(lambda: a[1.5])
said(lambda: a["x"])
said(lambda: a[[0, 5]])
said(lambda: a[np.array([True, False, True])])
said(lambda: a[[0, 1], [0, 1, 2]])
said(lambda: a.__setitem__(0, [1, 2]))
said(lambda: np.arange(4).__setitem__(slice(0, 2), [1, 2, 3]))
