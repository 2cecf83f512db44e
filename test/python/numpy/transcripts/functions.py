# vectorizes a function of one number
def relu(x):
    if x <= 0:
        return 0.
    return x

f = np.vectorize(relu)
print(f([0, 4.1, 2.2, -1]), f([[0, 4.1], [5, -1]]), f(np.array([-2.8, 7.3])), f(3), f(-3), repr(f(2.5)), f.__name__)

# lets the first result decide the type
def step(x):
    return 0 if x <= 0 else x

print(np.vectorize(step)([-1.5, 2.7]), np.vectorize(step)([2.7, -1.5]), np.vectorize(step, otypes=[float])([-1.5, 2.7]), np.vectorize(lambda x: "neg" if x < 0 else "pos")([-1, 2]), np.vectorize(lambda x: x > 0)([-1, 2]))

# vectorizes over several arguments
def leaky(x, alpha=0.01):
    return alpha * x if x <= 0 else x

print(np.vectorize(leaky)([-1.0, 2.0]), np.vectorize(leaky)([-1.0, 2.0], 0.5), np.vectorize(leaky)([[-1.0], [2.0]], [0.1, 0.2]), np.vectorize(leaky)([-2.0], alpha=0.3), np.vectorize(lambda a, b: (a + b, a * b))([1, 2], 3))
print(np.vectorize(lambda x, p: x ** p, excluded=[1])([1, 2, 3], 2), np.vectorize(lambda v: v.sum(), signature="(n)->()")(np.ones((2, 3))))

# tells of empty input
said(lambda: np.vectorize(abs)([]))
print(np.vectorize(abs, otypes=[float])([]))

# shows a vectorized function what NumPy shows it
seen = []
np.vectorize(lambda x: seen.append(type(x).__name__) or 0)([1.5, 2.5])
print(seen)

# applies functions along axes and piecewise
print(np.apply_along_axis(lambda r: r.max() - r.min(), 1, np.array([[1, 5], [2, 9]])), np.apply_along_axis(np.sort, 0, np.array([[3, 1], [2, 9]])), np.piecewise(np.array([-1.0, 2.0]), [np.array([True, False]), np.array([False, True])], [0, lambda x: x ** 2]))

# has exponential units written by hand
def elu(x, alpha=1):
    if x <= 0:
        return alpha * (np.exp(x) - 1)
    return x

print(np.vectorize(elu)(np.array([-1, 2.2, -7.3])), elu(-1), repr(elu(-0.5)), np.vectorize(elu)([-1, 0, 1]))

# reads tables of text
import io
text = "# x y\n1 2.5\n3 4.5\n"
print(np.loadtxt(io.StringIO(text)), np.loadtxt(io.StringIO("1,2\n3,4\n"), delimiter=","), np.loadtxt(io.StringIO("a\n5\n6"), skiprows=1), np.loadtxt(io.StringIO("1 2 3\n4 5 6"), usecols=(0, 2), dtype=int), np.loadtxt(io.StringIO("1 2\n3 4"), unpack=True))
print(np.genfromtxt(io.StringIO("1,,3\n4,5,x"), delimiter=","), np.genfromtxt(io.StringIO("h,k\n1,2"), delimiter=",", skip_header=1))
said(lambda: np.loadtxt(io.StringIO("1,2\n3,x\n"), delimiter=","))

# reads the format of arrays
import base64, io
print(np.load(io.BytesIO(base64.b64decode(NPY_FLOATS))), np.load(io.BytesIO(base64.b64decode(NPY_FORTRAN))), np.load(io.BytesIO(base64.b64decode(NPY_WORDS))))
z = np.load(io.BytesIO(base64.b64decode(NPZ)))
print(z.files, z["x"], z["y"].dtype, z["y"], "x" in z)
said(lambda: z["nothing"])

# updates weights as a network by hand does
np.random.seed(0)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2 = np.random.randn(2, 4), np.zeros((1, 4)), np.random.randn(4, 1), np.zeros((1, 1))
for epoch in range(40):
    hidden = np.maximum(0, X @ W1 + b1)
    output = 1 / (1 + np.exp(-(hidden.dot(W2) + b2)))
    loss = np.mean((output - y) ** 2)
    d_output = 2 * (output - y) / y.size * output * (1 - output)
    d_hidden = d_output @ W2.T * (hidden > 0)
    W2 -= 0.5 * hidden.T @ d_output
    b2 -= 0.5 * d_output.sum(axis=0, keepdims=True)
    W1 -= 0.5 * X.T @ d_hidden
    b1 -= 0.5 * d_hidden.sum(axis=0)
    if epoch % 10 == 0:
        print(f"{epoch}: {loss:.6f}")
print(W1.round(5), b2.round(5), (output > 0.5).astype(int).ravel())
