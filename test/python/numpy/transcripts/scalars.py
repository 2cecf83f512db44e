# computes with scalars
a, b = np.float64(2.5), np.int64(4)
print(a + b, a * 2, b / 3, b // 3, b % 3, b ** 2, -a, abs(np.float64(-1)), a > b, a == 2.5, 1 / a, 2 ** b, round(a, 1), divmod(b, 3), repr(a + 1), repr(b * 2), repr(b * 1.5), repr(a > 1))

# knows what it is
x = np.float64(1.5)
print(isinstance(x, float), isinstance(x, np.floating), isinstance(np.int64(1), np.integer), isinstance(np.float32(1), np.generic), type(x).__name__, x.dtype, x.shape, x.ndim, x.size, x.item(), type(x.item()).__name__, np.isscalar(x), hash(x) == hash(1.5), x in [1.5])

# has the methods of arrays
x = np.float64(3.7)
print(x.sum(), x.mean(), x.astype(int), x.reshape(1, 1), x.tolist(), x.round(), x.max(), np.int64(5).clip(0, 3), x.copy(), np.float64(4).is_integer())

# goes where Python numbers go
i = np.int64(2)
print([10, 20, 30][i], range(i), "ab" * i, list(range(5))[i:], {1.5: "x"}[np.float64(1.5)], float(np.float32(0.5)), int(np.float64(2.9)), bool(np.int64(0)), sum([np.float64(1), np.float64(2)]), max(np.int64(3), 2), complex(np.float64(1)))
import math
print(math.sqrt(np.float64(4)), math.floor(np.float64(2.5)), round(np.float64(2.567), 2), round(np.float64(2.5)), f"{np.mean([1, 2]):.3f}", f"{np.int64(5):>4}", "{:.1%}".format(np.float64(0.256)), format(np.float32(0.5), ".2f"))

# applies functions to numbers at once
print(np.exp(0), np.sqrt(16), np.maximum(0, -3), np.maximum(0.0, 2.5), np.abs(-3), np.log(np.e), np.sin(np.pi / 2), np.tanh(0.5), repr(np.exp(1)), repr(np.maximum(0, 5)), np.power(2, 3), np.floor(2.7), np.round(2.567, 1), np.sign(-2.0), np.clip(5, 0, 3), np.isnan(np.nan), np.square(3))
print(repr(np.sum([1, 2])), repr(np.mean([1, 2])), repr(np.max([1, 2])), repr(np.argmax([1, 2])), repr(np.dot([1, 2], [3, 4])), repr(np.array([1, 2])[0]), repr(np.array([[1.5]])[0, 0]), repr(np.float32(1) + 1), repr(np.array([True])[0]))

# overflows to infinity
print(np.exp(1000), np.exp(-1000), np.float64(1e308) * 10, np.float64(0) / 0, np.log(0.0), np.float64(-1) ** 0.5, np.int64(1) // np.int64(0) if False else 0)
