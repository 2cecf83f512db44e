"""numpy.testing: the assertions that scripts make of their numbers."""
from ._comparing import allclose, array_equal
from ._operands import array_of


def _fail(message, actual, desired, note):
    raise AssertionError("\n".join(filter(None, ("", message, note, f" ACTUAL: {actual!r}", f" DESIRED: {desired!r}"))))


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True):
    if array_of(actual).shape != array_of(desired).shape and array_of(desired).ndim or not allclose(actual, desired, rtol, atol, equal_nan):
        _fail(f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}", actual, desired, err_msg)


def assert_array_equal(actual, desired, err_msg="", verbose=True):
    if not array_equal(actual, desired, equal_nan=True):
        _fail("Arrays are not equal", actual, desired, err_msg)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    if not allclose(actual, desired, 0, 1.5 * 10 ** -decimal, True):
        _fail(f"Arrays are not almost equal to {decimal} decimals", actual, desired, err_msg)


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    assert_array_almost_equal(actual, desired, decimal, err_msg)


def assert_equal(actual, desired, err_msg="", verbose=True):
    if not array_equal(actual, desired, equal_nan=True):
        _fail("Items are not equal:", actual, desired, err_msg)


def assert_raises(exception_class, callable=None, *args, **kwargs):
    import unittest
    case = unittest.TestCase()
    return case.assertRaises(exception_class) if callable is None else case.assertRaises(exception_class, callable, *args, **kwargs)
