# sums along axes
a = np.arange(12).reshape(3, 4)
print(a.sum(), a.sum(axis=0), a.sum(axis=1), a.sum(axis=1, keepdims=True), a.sum(axis=(0, 1)), np.sum(a, axis=-1), a.prod(axis=1), np.sum([True, True]), np.sum([[1.5, 2], [3, 4]], axis=0), np.sum([]))

# finds means and spreads
a = np.array([[1.0, 2, 4], [3, 5, 9]])
print(a.mean(), a.mean(axis=0), a.mean(axis=1, keepdims=True), a.var(), a.std(), a.std(axis=1), a.var(axis=0, ddof=1), np.mean([1, 2]), np.average([1, 2, 3], weights=[3, 2, 1]), np.ptp(a), np.median(a), np.median(a, axis=1))
print(repr(a.mean()), repr(a.std()), repr(np.mean([0.1] * 7)), repr(np.sum([0.1] * 30)), repr(np.std([0.1, 0.7, 0.3])), repr(np.var(np.arange(50) / 7)))

# adds up in NumPy's order
x = np.sin(np.arange(1000) * 0.37)
print(repr(np.round(x, 6).sum()), repr(np.round(x, 6).mean()), repr(np.linspace(0, 1, 333).sum()), repr((np.arange(1, 200) / 7).sum()))

# finds extremes and where they are
a = np.array([[3, 8, 1], [7, 2, 9]])
print(a.max(), a.min(axis=0), a.argmax(), a.argmin(axis=1), a.max(axis=1, keepdims=True), np.amax(a), np.argmax([1, 3, 3]), np.max([2.5, 1]), np.argmax(a, axis=0))
said(lambda: np.max([]))
said(lambda: np.argmax([]))
said(lambda: a.sum(axis=2))

# accumulates and differences
print(np.cumsum([1, 2, 3]), np.cumsum([[1, 2], [3, 4]]), np.cumsum([[1, 2], [3, 4]], axis=0), np.cumprod([1, 2, 3]), np.diff([1, 4, 9, 16]), np.diff([1, 4, 9], n=2), np.diff([[1, 3], [2, 7]], axis=0))

# asks all and any
a = np.array([[True, False], [True, True]])
print(a.all(), a.any(), a.all(axis=0), np.any(a, axis=1), np.all([1, 0]), np.any([]), (np.arange(4) > 1).sum(), np.count_nonzero(a), np.count_nonzero(a, axis=0))

# finds percentiles
x = np.array([7.0, 1, 3, 9, 5])
print(np.percentile(x, 50), np.percentile(x, [25, 75]), np.quantile(x, 0.1), np.percentile(np.arange(8).reshape(2, 4), 30, axis=1), np.median([1, 2, 3, 4]), np.percentile(x, 40, method="lower"))

# counts into bins
print(np.histogram([1, 2, 1, 4, 5.5], bins=4), np.histogram([0.1, 0.9], bins=[0, 0.5, 1]), np.bincount([0, 1, 1, 3]), np.digitize([0.2, 6.4, 3.0], [0, 1, 2.5, 4]), np.histogram(np.arange(4), bins=2, density=True))

# relates variables
x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 5, 9])
print(np.cov(x, y), np.corrcoef(x, y), np.corrcoef(x, y)[0, 1], np.cov(x), np.polyfit(x, y, 1).round(10), np.polyval([1, 0, -1], 3), np.interp([1.5, 9], x, y), np.trapezoid(y, x), np.gradient(y), np.convolve([1, 2, 3], [1, 1], mode="same"))
