"""Functions of the module torch whose arguments are in another order than those of torch.nn.functional by the same name, and cells and networks of these."""
from ._apply import check_tensor
from ._creation import arange
from ._registry import FUNCTIONS
from .nn import functional as F

_REDUCTIONS = ("none", "mean", "sum")


def _publish(function):
    FUNCTIONS[function.__name__] = function
    return function


@_publish
def batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled=False):
    return F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)


@_publish
def instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled=False):
    return F.instance_norm(input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps)


@_publish
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5, cudnn_enable=True):
    return F.layer_norm(input, normalized_shape, weight, bias, eps)


@_publish
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5, cudnn_enabled=True):
    return F.group_norm(input, num_groups, weight, bias, eps)


@_publish
def embedding(weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False):
    check_tensor(weight, "embedding", "weight")
    return F.embedding(indices, weight, None if padding_idx == -1 else padding_idx, scale_grad_by_freq=scale_grad_by_freq)


def _dropout(name, called, inplace=False):
    def function(input, p, train):
        return getattr(F, called)(input, p, train, inplace)
    function.__name__ = name
    return _publish(function)


for _name, _called in (("dropout", "dropout"), ("alpha_dropout", "alpha_dropout"), ("feature_dropout", "dropout2d"),
                       ("feature_alpha_dropout", "feature_alpha_dropout")):
    _dropout(_name, _called)
    _dropout(_name + "_", _called, inplace=True)


def _loss(name, *settings):
    """A loss whose reduction is a number: 0 none, 1 mean, 2 sum."""
    def function(*args, **kwargs):
        inputs = args[:_LOSS_INPUTS.get(name, 2)]
        given = {**dict(zip((*settings, "reduction"), args[len(inputs):])), **kwargs}
        reduction = given.pop("reduction", 1)
        return getattr(F, name)(*inputs, **given, reduction=reduction if isinstance(reduction, str) else _REDUCTIONS[reduction])
    function.__name__ = name
    return _publish(function)


_LOSS_INPUTS = {"cosine_embedding_loss": 3, "margin_ranking_loss": 3, "triplet_margin_loss": 3}
for _name, *_settings in (("binary_cross_entropy_with_logits", "weight", "pos_weight"), ("kl_div",), ("hinge_embedding_loss", "margin"),
                          ("cosine_embedding_loss", "margin"), ("margin_ranking_loss", "margin"), ("triplet_margin_loss", "margin", "p", "eps", "swap"),
                          ("poisson_nll_loss", "log_input", "full", "eps")):
    _loss(_name, *_settings)


@_publish
def convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups):
    rank = input.dim() - 2
    if transposed:
        return getattr(F, f"conv_transpose{rank}d")(input, weight, bias, stride, padding, output_padding, groups, dilation)
    return getattr(F, f"conv{rank}d")(input, weight, bias, stride, padding, dilation, groups)


@_publish
def constant_pad_nd(input, pad, value=0):
    return F.pad(input, pad, value=value)


@_publish
def affine_grid_generator(theta, size, align_corners):
    return F.affine_grid(theta, size, align_corners)


@_publish
def grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners):
    return F.grid_sample(input, grid, ("bilinear", "nearest", "bicubic")[interpolation_mode], ("zeros", "border", "reflection")[padding_mode], align_corners)


@_publish
def native_layer_norm(input, normalized_shape, weight, bias, eps):
    """The normalized tensor, its mean and its reciprocal standard deviation."""
    axes = list(range(-len(normalized_shape), 0))
    return (F.layer_norm(input, normalized_shape, weight, bias, eps), input.mean(axes, keepdim=True),
            (input.var(axes, unbiased=False, keepdim=True) + eps).rsqrt())


@_publish
def pdist(input, p=2.0):
    """The distances of each two rows, in the order of the upper triangle."""
    if input.dim() != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {input.dim()}D")
    count = input.value.shape[0]
    rows = [row for row in range(count) for _ in range(row + 1, count)]
    columns = [column for row in range(count) for column in range(row + 1, count)]
    if not rows:
        return arange(0).to(input.dtype)
    return F.pairwise_distance(input[rows], input[columns], p, eps=0.0)


F.pdist = pdist


def _cell(name, mode):
    def function(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
        from .nn.modules.rnn import _step
        state = _step(mode, F.linear(input, w_ih, b_ih), tuple(hx) if mode == "LSTM" else (hx,), w_hh, b_hh)
        return state if mode == "LSTM" else state[0]
    function.__name__ = name
    return _publish(function)


for _name, _mode in (("lstm_cell", "LSTM"), ("gru_cell", "GRU"), ("rnn_tanh_cell", "RNN_TANH"), ("rnn_relu_cell", "RNN_RELU")):
    _cell(_name, _mode)


def _network(name, mode):
    """A recurrent layer of given weights, over a padded input and its flags, or over packed data and the batch's sizes."""
    def function(input, *args):
        from .nn.modules.rnn import run_network
        return run_network(mode, input, *args)
    function.__name__ = name
    return _publish(function)


for _name, _mode in (("lstm", "LSTM"), ("gru", "GRU"), ("rnn_tanh", "RNN_TANH"), ("rnn_relu", "RNN_RELU")):
    _network(_name, _mode)
del _name, _called, _settings, _mode
