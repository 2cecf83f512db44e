"""keras.regularizers: each gives the loss that a weight adds."""
from ._backend import operations as _operations


class Regularizer:
    def __call__(self, x):
        return 0.0

    def get_config(self):
        return {}


class L1L2(Regularizer):
    def __init__(self, l1=0.0, l2=0.0):
        self.l1, self.l2 = float(l1 or 0.0), float(l2 or 0.0)

    def __call__(self, x):
        total = 0.0
        if self.l1:
            total = total + self.l1 * _operations.ops["sum"](_operations.ops["absolute"](x))
        if self.l2:
            total = total + self.l2 * _operations.ops["sum"](_operations.ops["square"](x))
        return total

    def get_config(self):
        return {"l1": self.l1, "l2": self.l2}


class L1(L1L2):
    def __init__(self, l1=0.01):
        super().__init__(l1=l1)


class L2(L1L2):
    def __init__(self, l2=0.01):
        super().__init__(l2=l2)


class OrthogonalRegularizer(Regularizer):
    def __init__(self, factor=0.01, mode="rows"):
        self.factor, self.mode = factor, mode

    def __call__(self, x):
        ops = _operations.ops
        rows = ops["normalize"](x, axis=1) if self.mode == "rows" else ops["transpose"](ops["normalize"](x, axis=0))
        products = ops["matmul"](rows, ops["transpose"](rows))
        n = products.shape[0]
        off = products * (1.0 - _operations.eye(n))
        return self.factor * 0.5 * ops["sum"](ops["absolute"](off)) / (n * (n - 1.0) / 2.0)


l1, l2 = L1, L2


def l1_l2(l1=0.01, l2=0.01):
    return L1L2(l1, l2)


_BY_NAME = {"l1": L1, "l2": L2, "L1": L1, "L2": L2, "l1_l2": L1L2, "L1L2": L1L2, "OrthogonalRegularizer": OrthogonalRegularizer}


def get(identifier):
    if identifier is None or not isinstance(identifier, (str, dict)):
        return identifier
    if isinstance(identifier, dict):
        return _BY_NAME[identifier["class_name"]](**identifier.get("config", {}))
    if identifier not in _BY_NAME:
        raise ValueError(f"Could not interpret regularizer identifier: {identifier}")
    return _BY_NAME[identifier]()
