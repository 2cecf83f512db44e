"""Which of a model's layers are asked for."""
from torch import _assert


def feature_take_indices(num_features, indices=None, as_set=False):
    """(positions, the largest of them). `indices`: None for all, a number for that many at the end, or positions that may be negative."""
    if indices is None:
        indices = num_features
    if isinstance(indices, int):
        _assert(0 < indices <= num_features, f"last-n ({indices}) is out of range (1 to {num_features})")
        taken = list(range(num_features - indices, num_features))
    else:
        taken = [index + num_features if index < 0 else index for index in indices]
        for index in taken:
            _assert(0 <= index < num_features, f"feature index {index} is out of range (0 to {num_features - 1})")
    return (set(taken) if as_set else taken), max(taken)
