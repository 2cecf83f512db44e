# computes with operators and broadcasts
a, b = np.array([1, 2, 3]), np.array([[10], [20]])
print(a + b, a * 2, 2 - a, a / 2, a // 2, a % 2, -a, a ** 2, 2 ** a, abs(-a), +a, divmod(a, 2))
print(1 / np.array([1.0, 2.0, 4.0]), np.array([7, -7]) // 2, np.array([7, -7]) % 3, np.array([7.5, -7.5]) % 2, np.array([1, 2]) ** 0.5)
print(a @ a, np.eye(2) @ np.array([3, 4]), a.dot(a), np.arange(6).reshape(2, 3) @ np.arange(3))

# compares
a = np.array([1, 2, 3])
print(a > 1, a == [1, 0, 3], a != 2, (a >= 2) & (a < 3), (a < 2) | (a > 2), ~(a > 1), a == None, np.array([1.5]) <= 1.5)
print(np.logical_and(a > 1, a < 3), np.logical_not(a > 1), np.logical_xor(True, [True, False]), np.equal(a, 2), np.greater(a, [0, 2, 4]))

# writes in place
a = np.array([1.0, 2.0])
b = a
a += 1
a *= [2, 3]
a -= 0.5
a /= 2
print(a, b is a)
i = np.array([1, 2])
i += 2
i //= 2
print(i)
said(lambda: i.__iadd__(0.5))
said(lambda: i.__itruediv__(2))

# has the functions of real numbers
x = np.array([0.5, 1.0, 2.0])
print(np.exp(x), np.log(x), np.sqrt(x), np.sin(x), np.cos(x), np.tan(x), np.tanh(x), np.sinh(x), np.arctan(x), np.log1p(x), np.expm1(x))
print(np.log2(x), np.log10(x), np.square(x), np.reciprocal(x), np.cbrt(x), np.exp2(x), np.deg2rad([180.0]), np.hypot(3, [4.0]), np.arctan2([1.0], 1), np.logaddexp(0, x))
print(np.floor([-1.5, 1.5]), np.ceil([-1.5, 1.5]), np.trunc([-1.5, 1.5]), np.rint([0.5, 1.5, 2.5]), np.round([1.25, 1.35, -2.5], 1), np.around(2.567, 2), np.sign([-2.0, 0, 3]))
print(np.maximum([1, 5], [3, 2]), np.minimum(4, [3, 6]), np.fmax([np.nan, 1], 0), np.absolute([-1, 2]), np.heaviside([-1, 0, 2.0], 0.5), np.sinc([0, 0.5]))

# takes out= and where=
a, out = np.array([1.0, 4.0, 9.0]), np.zeros(3)
r = np.sqrt(a, out=out)
print(out, r is out, np.add(a, 1, where=a > 2, out=np.full(3, -1.0)), np.multiply(a, 2, dtype=np.float32).dtype)
print(np.divide(a, [1, 0, 3], out=np.zeros(3), where=np.array([True, False, True])))

# reduces with functions of two
print(np.add.reduce([1, 2, 3]), np.multiply.reduce([[1, 2], [3, 4]], axis=1), np.add.accumulate([1, 2, 3]), np.maximum.accumulate([1, 3, 2, 5]), np.multiply.outer([1, 2], [3, 4]), np.subtract.outer([5, 6], [1, 2]))
x = np.zeros(3)
np.add.at(x, [0, 0, 2], 1)
print(x, np.logical_or.reduce([False, True]), np.minimum.reduce([4, 2, 8]))

# knows infinity and not-a-number
x = np.array([1, np.nan, np.inf, -np.inf])
print(x, np.isnan(x), np.isinf(x), np.isfinite(x), np.nan_to_num(x, posinf=1e3, neginf=-1e3), np.nan == np.nan, np.nansum(x[:2]), np.nanmean([1, np.nan, 3]), np.nanmax([1, np.nan]))
print(np.array([1.0, 0.0]) / 0.0, np.log(np.array([0.0])), np.sqrt(np.array([-1.0])), np.float64(1) / 0, np.inf - np.inf, np.max([1, np.nan]))

# is close or equal
print(np.allclose([1, 2], [1, 2 + 1e-9]), np.isclose([1, 2], [1.1, 2]), np.array_equal([1, 2], [1, 2]), np.array_equal([1, 2], [1, 3]), np.isclose(0.1 + 0.2, 0.3), np.allclose([np.nan], [np.nan], equal_nan=True))

# has the functions people write by hand
def relu(x):
    return np.maximum(0, x)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

x = np.array([-3, -1, 0, 2, 5])
print(relu(x), relu(-2), relu(3.5), sigmoid(x), softmax(np.array([1.0, 2.0, 3.0])), softmax(np.array([[1.0, 2], [3, 5]])), np.where(x > 0, x, 0.01 * x), (x > 0).astype(int), x * (x > 0))
print((relu(x) == 0).mean(), np.mean(relu(x) == 0) * 100, sigmoid(0), sigmoid(0) * (1 - sigmoid(0)))

# says what is wrong with shapes and types
said(lambda: np.ones(3) + np.ones(4))
said(lambda: np.ones((2, 3)) * np.ones((3, 2)))
said(lambda: np.ones((2, 3)) @ np.ones((2, 3)))
said(lambda: np.dot(np.ones((2, 3)), np.ones((2, 3))))
said(lambda: np.dot(np.ones(3), np.ones(4)))
said(lambda: np.array([1, 2]) ** -1)
said(lambda: np.array([True]) - np.array([True]))
said(lambda: -np.array([True]))
said(lambda: np.array([1.0]) & np.array([1.0]))
said(lambda: np.uint8(300))
said(lambda: np.array([1, 2], dtype=np.uint8) + 300)
said(lambda: np.array([1, 2]).nothing)

# computes bits of integers
a = np.array([5, 6])
print(a & 3, a | 8, a ^ 1, ~a, a << 2, a >> 1, np.gcd(12, [8, 9]), np.lcm(4, 6), np.bitwise_and(True, [True, False]))
