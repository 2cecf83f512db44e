"""torch._dynamo.utils: what libraries ask of the compiler."""
from collections import Counter, defaultdict

counters = defaultdict(Counter)  # of graphs and breaks: none are made


def is_compile_supported(device_type):
    return False
