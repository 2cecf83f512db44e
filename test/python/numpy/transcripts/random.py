# draws the numbers of a seed
np.random.seed(0)
print(np.random.rand(3), np.random.randn(2, 3), np.random.randint(0, 10, 5), np.random.uniform(-1, 1, 3), np.random.normal(5, 2, 4), np.random.random(2), np.random.random_sample())
np.random.seed(42)
print(np.random.randn(), np.random.rand(), np.random.randint(100), np.random.normal(), np.random.uniform(), np.random.randn(3), np.random.choice(5))

# draws integers of every range and type
np.random.seed(1)
print(np.random.randint(5, size=(2, 3)), np.random.randint(-5, 5, 4), np.random.randint(0, 256, 7, dtype=np.uint8), np.random.randint(0, 2, 5), np.random.randint(0, 1000, 3, dtype=np.int32), np.random.randint(0, 2, 6, dtype=bool), np.random.randint([1, 10], [5, 100]))
said(lambda: np.random.randint(5, 5))

# orders and chooses
np.random.seed(2)
a = np.arange(6)
np.random.shuffle(a)
m = np.arange(6).reshape(3, 2)
np.random.shuffle(m)
words = ["a", "b", "c", "d"]
np.random.shuffle(words)
print(a, m, words, np.random.permutation(5), np.random.permutation([10, 20, 30]), np.random.permutation(np.arange(6).reshape(3, 2)))
print(np.random.choice(10, 4), np.random.choice(10, 4, replace=False), np.random.choice([5, 6, 7], (2, 2), p=[0.2, 0.3, 0.5]), np.random.choice(["x", "y"], 3), np.random.choice(6, 3, replace=False, p=np.arange(1, 7) / 21))
said(lambda: np.random.choice(3, 5, replace=False))
said(lambda: np.random.choice(3, p=[0.5, 0.5]))

# draws of other distributions
np.random.seed(3)
print(np.random.exponential(2.0, 3), np.random.binomial(10, 0.3, 5), np.random.poisson(3, 5), np.random.lognormal(0, 1, 2), np.random.laplace(0, 1, 2), np.random.gumbel(size=2), np.random.normal([0, 100], [1, 2]), np.random.standard_normal((1, 2)), np.random.logistic(size=1))

# has generators of one's own
r = np.random.RandomState(7)
state = r.get_state()
first = r.randn(3)
r.set_state(state)
print(first, r.randn(3), np.random.RandomState(7).rand(2), np.random.RandomState([1, 2, 3]).rand(2))

# draws what default_rng draws
rng = np.random.default_rng(42)
print(rng.random(3), rng.integers(0, 10, 5), rng.standard_normal(4), rng.normal(1, 2, 3), rng.uniform(-1, 1, 2), rng.integers(1, 7), rng.random((2, 2)), rng.integers(0, 5, endpoint=True, size=3))
print(rng.choice(5, 3, replace=False), rng.permutation(6), rng.choice([10, 20, 30], 4, p=[0.2, 0.3, 0.5]), rng.choice(20000, 500, replace=False)[:4], rng.random(2, dtype=np.float32), rng.choice(["a", "b", "c"]))
x = np.arange(8)
rng.shuffle(x)
print(x, np.random.default_rng([1, 2]).random(), np.random.default_rng(2 ** 40).integers(0, 2 ** 31 - 1, 3))

# draws thousands of normal numbers alike
z = np.random.default_rng(7).standard_normal(20000)
print(z[::997], z.max(), z.min(), np.random.default_rng(0).normal(size=(500, 3))[-1])
np.random.seed(5)
z = np.random.randn(5000)
print(z[::499], z.max(), z.min())

# draws normal vectors
np.random.seed(4)
print(np.random.multivariate_normal([0, 5], [[1, 0], [0, 4]], 3), np.random.multivariate_normal([1, 1], [[1, 0.5], [0.5, 2]], (2, 2)).round(8), np.random.multivariate_normal([0, 0], [[2, 0.8], [0.8, 1]], 2).round(8), np.random.multivariate_normal([0, 0], [[1, -0.6], [-0.6, 1]]).round(8), np.random.multivariate_normal([0, 0, 0], np.eye(3)))
print(np.random.default_rng(4).multivariate_normal([2, 2], [[0.5, 0], [0, 0.5]], 2))
said(lambda: np.random.multivariate_normal([0, 0], np.eye(3)))
