# reshapes
a = np.arange(12)
print(a.reshape(3, 4), a.reshape((2, -1)), a.reshape(2, 2, 3), a.reshape(-1, 1).shape, a.reshape(3, 4).T, a.reshape(3, 4).flatten(), a.reshape(3, 4).T.ravel(), a.reshape(3, 4, order="F"))
said(lambda: a.reshape(5, 3))
said(lambda: a.reshape(-1, -1))
said(lambda: a.reshape(5, -1))

# moves and adds axes
a = np.zeros((2, 3, 4))
print(a.transpose().shape, a.transpose(1, 0, 2).shape, np.transpose(a, (2, 0, 1)).shape, np.swapaxes(a, 0, 2).shape, np.moveaxis(a, 0, -1).shape, np.expand_dims(a, 1).shape, np.squeeze(np.zeros((1, 3, 1))).shape, np.squeeze(np.zeros((1, 3, 1)), axis=0).shape, np.atleast_2d([1, 2]).shape)
said(lambda: np.squeeze(a, axis=0))
said(lambda: a.transpose(0, 1))
said(lambda: np.expand_dims(a, 7))

# joins
a, b = np.array([[1, 2], [3, 4]]), np.array([[5, 6]])
print(np.concatenate([a, b]), np.concatenate([a, b.T], axis=1), np.concatenate([a, b], axis=None), np.vstack([a, b]), np.hstack([a, a]), np.stack([a, a]).shape, np.stack([[1, 2], [3, 4]], axis=1), np.column_stack([[1, 2], [3, 4]]), np.dstack([[1, 2], [3, 4]]), np.append([1, 2], [3]), np.append(a, b, axis=0), np.block([[a, a], [a, a]]))
said(lambda: np.concatenate([a, np.ones((1, 3))]))
said(lambda: np.concatenate([a, np.ones(3)]))
said(lambda: np.stack([np.ones(2), np.ones(3)]))
said(lambda: np.concatenate([]))

# splits
print(np.split(np.arange(6), 3), np.split(np.arange(6), [2, 5]), np.array_split(np.arange(5), 3), np.hsplit(np.arange(4).reshape(2, 2), 2), np.vsplit(np.arange(4).reshape(2, 2), 2))
said(lambda: np.split(np.arange(5), 2))

# repeats, pads and rolls
print(np.tile([1, 2], 2), np.tile([[1], [2]], (2, 2)), np.repeat([1, 2], 3), np.repeat([[1, 2], [3, 4]], 2, axis=0), np.repeat([1, 2], [1, 3]))
print(np.pad([1, 2], 1), np.pad([[1, 2]], ((0, 1), (1, 0))), np.pad([1, 2, 3], 2, mode="reflect"), np.pad([1, 2], 1, mode="edge"), np.pad([1, 2, 3], (1, 2), constant_values=9), np.pad([1, 2, 3], 2, mode="wrap"), np.pad([1, 2, 3], 2, mode="symmetric"))
print(np.roll([1, 2, 3, 4], 1), np.roll([[1, 2], [3, 4]], 1, axis=0), np.flip([[1, 2], [3, 4]]), np.flip([[1, 2], [3, 4]], 1), np.fliplr([[1, 2]]), np.flipud([[1], [2]]), np.rot90([[1, 2], [3, 4]]))

# broadcasts
print(np.broadcast_to([1, 2], (2, 2)), np.broadcast_shapes((2, 1), (1, 3)), np.broadcast_arrays([1, 2], [[1], [2]])[0], np.broadcast_to(3, (2,)))
said(lambda: np.broadcast_to([1, 2, 3], (2, 2)))

# inserts, deletes and trims
print(np.insert([1, 2, 3], 1, 9), np.delete([1, 2, 3, 4], [0, 2]), np.delete(np.arange(6).reshape(2, 3), 1, axis=1), np.insert(np.ones((2, 2)), 1, 5, axis=0), np.trim_zeros([0, 0, 1, 0]), np.resize([1, 2, 3], (2, 3)))

# sorts
a = np.array([[3, 1, 2], [9, 7, 8]])
print(np.sort(a), np.sort(a, axis=0), np.argsort([3, 1, 2]), a[:, ::-1], np.sort([3, 1, 2])[::-1], np.argsort(a, axis=1), np.lexsort(([1, 0, 1], [2, 2, 1])), np.sort(["b", "a"]))
b = np.array([3.5, 1.5, 2.5])
b.sort()
print(b, np.searchsorted([1, 2, 3], 2.5), np.searchsorted([1, 2, 3], [0, 2, 9], side="right"), np.partition([4, 1, 3, 2], 0)[0])

# treats arrays as sets
print(np.unique([3, 1, 2, 3]), np.unique([3, 1, 3], return_counts=True), np.unique([3, 1, 3], return_index=True, return_inverse=True), np.unique([[1, 2], [1, 2], [0, 5]], axis=0))
print(np.intersect1d([1, 2, 3], [2, 3, 4]), np.union1d([1, 2], [2, 3]), np.setdiff1d([1, 2, 3], [2]), np.isin([1, 2, 3], [2, 9]), np.setxor1d([1, 2], [2, 3]))
