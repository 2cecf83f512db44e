"""Windows of tokens in a grid: which two tokens are how far apart, and which are strangers after a roll. Plain numbers, known without a tensor."""
from functools import cache
from itertools import product


@cache
def relative_positions(*window):
    """For each ordered pair of a window's tokens, the number of their relative position among all that there are, as one flat list."""
    tokens = list(product(*map(range, window)))
    return [_number(one, other, window) for one in tokens for other in tokens]


def _number(one, other, window):
    """Offsets from -(size - 1) as digits of a number, the last axis the least."""
    number = 0
    for first, second, size in zip(one, other, window):
        number = number * (2 * size - 1) + first - second + size - 1
    return number


@cache
def window_regions(height, width, window_height, window_width, shift_height, shift_width):
    """For each window, for each of its tokens, the region that it came from: only tokens of one region were neighbours before the roll."""
    rows, columns = _bands(height, window_height, shift_height), _bands(width, window_width, shift_width)
    return [[rows[top + row] * 3 + columns[left + column] for row in range(window_height) for column in range(window_width)]
            for top in range(0, height, window_height) for left in range(0, width, window_width)]


def _bands(size, window, shift):
    """0 before the last window, 2 for what was rolled in from the other end, 1 between."""
    return [0] * (size - window) + [1] * (window - shift) + [2] * shift
