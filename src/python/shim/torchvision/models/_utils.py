"""torchvision.models._utils: what several families use, and files import from here."""
from collections import OrderedDict

from torch import nn


class IntermediateLayerGetter(nn.ModuleDict):
    """The children of a model up to the last one that is asked for; called, it returns their outputs under the names of `return_layers`."""

    def __init__(self, model, return_layers):
        children = OrderedDict(model.named_children())
        if not set(return_layers) <= set(children):
            raise ValueError("return_layers are not present in model")
        wanted = {str(name) for name in return_layers}
        last = max(position for position, name in enumerate(children) if name in wanted)
        super().__init__(OrderedDict(list(children.items())[:last + 1]))
        self.return_layers = return_layers

    def forward(self, x):
        found = OrderedDict()
        for name, module in self.items():
            x = module(x)
            if name in self.return_layers:
                found[self.return_layers[name]] = x
        return found


def _make_divisible(v, divisor, min_value=None):
    """The multiple of `divisor` next to `v`, not below `min_value`, and not below nine tenths of `v`."""
    nearest = max(divisor if min_value is None else min_value, int(v + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < 0.9 * v else nearest
