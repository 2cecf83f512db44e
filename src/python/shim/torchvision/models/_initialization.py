"""Fills that a model family gives its layers after they were made, in the order of the tree: each fill draws from the same stream."""
from torch import nn


def initialize(model, rules):
    """Calls, for each module of the model, the fill of the first class in `rules` that it is an instance of."""
    for module in model.modules():
        for classes, fill in rules.items():
            if isinstance(module, classes):
                fill(module)
                break


def weight_by(fill, bias=nn.init.zeros_):
    """A fill of a layer: its weight by `fill`, and its bias, if it has one, by `bias`."""
    def fill_layer(layer):
        fill(layer.weight)
        if layer.bias is not None:
            bias(layer.bias)
    return fill_layer
