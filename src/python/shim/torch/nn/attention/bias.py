"""torch.nn.attention.bias: causal masks by the corner that they begin at."""
from ..._creation import ones


def causal_upper_left(*size):
    return ones(*size).tril().bool()


def causal_lower_right(*size):
    rows, columns = size
    return ones(rows, columns).tril(columns - rows).bool()
