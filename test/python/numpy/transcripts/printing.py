# prints floats with the digits they need
print(np.array([1.0, 2.5, -3.25]), np.array([0.1, 0.12, 0.123]), np.array([1 / 3, 2 / 3]), np.array([100.0, 0.5]), np.array([1e-3, 1.0]), np.array([0.1 + 0.2]))
print(repr(np.array([1.0, 2.5])), repr(np.array([1 / 3])), repr(np.array([[1.5, -2], [3, 4]])), repr(np.array(3.5)), repr(np.array([1e10, 1])), repr(np.array([123456.789])))

# changes to scientific notation where NumPy does
print(np.array([1e-5, 1.0]), np.array([1e8, 1.0]), np.array([1e7, 1.0]), np.array([0.0001, 0.1]), np.array([0.00001]), np.array([1.5e300, -2e-300]), np.array([12345678.9, 0.1]), np.array([1e16]), np.array([0.0, 1e-10]))
print(np.array([1234.5, 0.001]), np.array([999.0, 1.0]), np.array([1001.0, 1.0]), np.array([1e-4]), np.array([123456789.0]))

# prints single precision
print(np.array([0.1, 0.2], dtype=np.float32), np.float32(1 / 3), repr(np.float32(0.1)), np.array([1 / 3], dtype=np.float32), np.array([1e-8, 1], dtype=np.float32), np.array([16777216.0], dtype=np.float32), repr(np.array([1.5], dtype=np.float32)), np.array([0.1], dtype=np.float16))

# prints integers and booleans aligned
print(np.array([1, -22, 333]), repr(np.array([[1, 10], [100, 1000]])), np.array([True, False]), np.array([True]), np.array([[True], [False]]), repr(np.array([1, 2], dtype=np.int32)), repr(np.array([1], dtype=np.uint8)), np.array(True))

# prints infinity and not-a-number
print(np.array([1.0, np.nan]), np.array([np.inf, -np.inf, 1.25]), np.array([np.nan, np.nan]), np.array([-np.inf]), np.array([np.inf, 1e-10]), np.nan, np.inf, repr(np.float64("nan")))

# prints scalars
print(np.float64(0.1), repr(np.float64(1)), repr(np.int64(5)), np.bool_(True), repr(np.bool_(False)), np.float64(1e20), np.float64(1e-7), np.float64(123456789012345680), repr(np.str_("a")), np.float64(1e16), np.float64(-0.0), np.float64(12345.678))
print([np.float64(1.5), np.int64(2)], {"a": np.float64(0.5)}, (np.float32(0.1),), f"{np.float64(3.14159):.2f} {np.int64(3):03d} {np.float64(2)}", "%.3f %s" % (np.float64(1 / 3), np.float32(0.25)), str(np.float64(2)))

# nests brackets
print(np.arange(8).reshape(2, 2, 2))
print(repr(np.arange(8).reshape(2, 2, 2)))
print(np.zeros((1, 2, 1, 2)))
print(repr(np.zeros((2, 3))))

# prints empty arrays
print(np.array([]), repr(np.array([])), repr(np.zeros((0, 3))), np.zeros((2, 0)), repr(np.array([], dtype=int)))

# breaks long rows
print(np.arange(40))
print(repr(np.arange(30) * 1.5))
print(np.linspace(0, 1, 21))
print(repr(np.linspace(0, 1, 11)))
print(np.arange(60).reshape(2, 30) * 1000)

# summarizes above a thousand elements
print(np.arange(2000))
print(np.arange(10000).reshape(100, 100))
print(repr(np.zeros((50, 50))))
print(np.linspace(0, 1, 1001))
print(np.zeros((3, 1000)))

# obeys print options
np.set_printoptions(precision=3, suppress=True)
print(np.array([1.23456, 1e-9, 1000.5]), np.array([0.0001234]))
np.set_printoptions(precision=8, suppress=False)
with np.printoptions(precision=2):
    print(np.array([1.23456, 2]))
print(np.array([1.23456, 2]), np.array2string(np.array([1.5, 2.25]), separator=", "), np.array2string(np.array([1.23456]), precision=2), np.array2string(np.arange(3), prefix="abc"))
np.set_printoptions(threshold=5, edgeitems=1)
print(np.arange(10))
np.set_printoptions(threshold=1000, edgeitems=3)
print(np.array2string(np.array([1.5, 2]), formatter={"float_kind": lambda x: f"<{x:.1f}>"}), np.array2string(np.array([1.0, -2.5]), floatmode="fixed", precision=2), np.array2string(np.array([1.0, 2]), sign="+"))

# prints mixed magnitudes
print(np.array([[1.5, 22.25], [333.125, 4]]), np.array([-1.5, 0, 1.5]), np.array([[1e-3, 5], [10, 20]]), np.array([3.0, 1e5]), np.array([0.5, 1e6]), np.array([-0.0, 0.0]))
print(np.exp(np.array([-1.0, 0, 1, 2])), np.array([0.001, 0.01, 0.1]), np.array([1e-3, 1e3]), np.array([99999.5]), np.array([2 ** 31 - 1, -1]))
