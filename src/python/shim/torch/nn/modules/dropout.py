"""Dropout modules."""
from .. import functional as F
from .module import Module


class _DropoutNd(Module):
    function: str

    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p, self.inplace = p, inplace

    def forward(self, input):
        return getattr(F, self.function)(input, self.p, self.training, self.inplace)

    def extra_repr(self):
        return f"p={self.p}, inplace={self.inplace}"


for _name, _function in {"Dropout": "dropout", "Dropout1d": "dropout1d", "Dropout2d": "dropout2d", "Dropout3d": "dropout3d",
                         "AlphaDropout": "alpha_dropout", "FeatureAlphaDropout": "feature_alpha_dropout"}.items():
    globals()[_name] = type(_name, (_DropoutNd,), {"function": _function, "__module__": __name__})
del _name, _function
