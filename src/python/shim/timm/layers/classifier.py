"""Heads: pooling, dropout, a linear layer."""
from collections import OrderedDict
from functools import partial

from torch import nn

from .adaptive_avgmax_pool import SelectAdaptivePool2d
from .create_act import get_act_layer
from .create_norm import get_norm_layer


def _linear(use_conv):
    return partial(nn.Conv2d, kernel_size=1) if use_conv else nn.Linear


def _classes(num_features, num_classes, use_conv=False):
    return nn.Identity() if num_classes <= 0 else _linear(use_conv)(num_features, num_classes, bias=True)


def create_classifier(num_features, num_classes, pool_type="avg", use_conv=False, input_fmt="NCHW", drop_rate=None):
    """(pooling, layer), or with dropout between them where `drop_rate` is given."""
    pool = SelectAdaptivePool2d(pool_type=pool_type, flatten=bool(pool_type) and not use_conv, input_fmt=input_fmt)
    fc = _classes(num_features * pool.feat_mult(), num_classes, use_conv)
    return (pool, fc) if drop_rate is None else (pool, nn.Dropout(drop_rate), fc)


class ClassifierHead(nn.Module):
    def __init__(self, in_features, num_classes, pool_type="avg", drop_rate=0.0, use_conv=False, input_fmt="NCHW"):
        super().__init__()
        self.in_features, self.use_conv, self.input_fmt = in_features, use_conv, input_fmt
        self.global_pool, fc = create_classifier(in_features, num_classes, pool_type, use_conv=use_conv, input_fmt=input_fmt)
        self.drop = nn.Dropout(drop_rate)
        self.fc = fc
        self.flatten = nn.Flatten(1) if use_conv and pool_type else nn.Identity()

    def reset(self, num_classes, pool_type=None):
        if pool_type is None or pool_type == self.global_pool.pool_type:
            self.fc = _classes(self.in_features * self.global_pool.feat_mult(), num_classes, self.use_conv)
            return
        self.global_pool, self.fc = create_classifier(
            self.in_features, num_classes, pool_type=pool_type, use_conv=self.use_conv, input_fmt=self.input_fmt)
        self.flatten = nn.Flatten(1) if self.use_conv and pool_type else nn.Identity()

    def forward(self, x, pre_logits=False):
        x = self.drop(self.global_pool(x))
        return self.flatten(x if pre_logits else self.fc(x))


class NormMlpClassifierHead(nn.Module):
    """Pooling, norm, and an optional hidden layer before the classes. Without pooling its layers are 1x1 convolutions."""

    def __init__(self, in_features, num_classes, hidden_size=None, pool_type="avg", drop_rate=0.0, norm_layer="layernorm2d", act_layer="tanh"):
        super().__init__()
        self.in_features, self.hidden_size, self.num_features = in_features, hidden_size, hidden_size or in_features
        self.use_conv = not pool_type
        linear = _linear(self.use_conv)
        self.global_pool = SelectAdaptivePool2d(pool_type=pool_type)
        self.norm = get_norm_layer(norm_layer)(in_features)
        self.flatten = nn.Flatten(1) if pool_type else nn.Identity()
        self.pre_logits = nn.Sequential(OrderedDict(
            fc=linear(in_features, hidden_size), act=get_act_layer(act_layer)())) if hidden_size else nn.Identity()
        self.drop = nn.Dropout(drop_rate)
        self.fc = linear(self.num_features, num_classes) if num_classes > 0 else nn.Identity()

    def reset(self, num_classes, pool_type=None):
        if pool_type is not None:
            self.global_pool = SelectAdaptivePool2d(pool_type=pool_type)
            self.flatten = nn.Flatten(1) if pool_type else nn.Identity()
        self.use_conv = self.global_pool.is_identity()
        linear = _linear(self.use_conv)
        if self.hidden_size and isinstance(self.pre_logits.fc, nn.Conv2d) != self.use_conv:
            old, self.pre_logits.fc = self.pre_logits.fc, linear(self.in_features, self.hidden_size)
            self.pre_logits.fc.load_state_dict({
                "weight": old.weight.detach().reshape(self.pre_logits.fc.weight.shape), "bias": old.bias.detach()})
        self.fc = linear(self.num_features, num_classes) if num_classes > 0 else nn.Identity()

    def forward(self, x, pre_logits=False):
        x = self.drop(self.pre_logits(self.flatten(self.norm(self.global_pool(x)))))
        return x if pre_logits else self.fc(x)
