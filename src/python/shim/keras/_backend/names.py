"""Names that Keras gives: `dense`, `dense_1`, counted per class."""
import collections
import re

_counts = collections.Counter()


def snake_case(name):
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def auto_name(prefix):
    prefix = snake_case(prefix)
    count = _counts[prefix]
    _counts[prefix] += 1
    return f"{prefix}_{count}" if count else prefix


def get_uid(prefix=""):
    _counts[prefix] += 1
    return _counts[prefix]


def reset():
    _counts.clear()
