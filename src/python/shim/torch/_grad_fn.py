"""What PyTorch calls the backward function of an operation: seen in `print(tensor)` and in `tensor.grad_fn`.

Most names are the operation's in CamelCase + "Backward0"; the table has the others.
"""
import functools

_NAMES = {
    "max_pool1d": "SqueezeBackward1", "max_pool2d": "MaxPool2DWithIndicesBackward0", "max_pool3d": "MaxPool3DWithIndicesBackward0",
    "avg_pool1d": "SqueezeBackward1", "avg_pool2d": "AvgPool2DBackward0", "avg_pool3d": "AvgPool3DBackward0",
    "adaptive_avg_pool1d": "SqueezeBackward1", "adaptive_avg_pool2d": "AdaptiveAvgPool2DBackward0",
    "adaptive_avg_pool3d": "AdaptiveAvgPool3DBackward0",
    "sum": "SumBackward0", "sum_dim": "SumBackward1", "mean": "MeanBackward0", "mean_dim": "MeanBackward1",
    "max": "MaxBackward1", "max_dim": "MaxBackward0", "min": "MinBackward1", "min_dim": "MinBackward0",
    "prod_dim": "ProdBackward1", "std": "StdBackward0", "var": "VarBackward0",
    "rsub": "RsubBackward1", "clamp_number": "ClampBackward1", "div_number": "DivBackward1", "div_mode": "DivBackward2", "pairwise_distance": "NormBackward1", "pow_tensor": "PowBackward1", "rpow": "PowBackward2", "rrelu": "RreluWithNoiseBackward0", "cast": "ToCopyBackward0", "squeeze_dim": "SqueezeBackward1",
    "norm_dim": "LinalgVectorNormBackward0", "norm": "LinalgVectorNormBackward0", "clone": "CloneBackward0",
    "copy_slices": "CopySlices", "view_as": "ViewBackward0", "masked_fill": "MaskedFillBackward0",
    "batch_norm": "NativeBatchNormBackward0", "layer_norm": "NativeLayerNormBackward0",
    "group_norm": "NativeGroupNormBackward0", "instance_norm": "ViewBackward0", "convolution": "ConvolutionBackward0",
    "logsigmoid": "LogSigmoidBackward0", "prelu": "PreluKernelBackward0", "relu6": "HardtanhBackward0", "selu": "EluBackward0",
    "softsign": "DivBackward0", "tanhshrink": "SubBackward0", "celu": "CeluBackward0", "threshold": "ThresholdBackward0",
    "accumulate": "AccumulateGrad", "unsafe_view": "UnsafeViewBackward0", "smooth_l1_loss": "SmoothL1LossBackward0",
    "cross_entropy": "NllLossBackward0", "nll_loss_nd": "NllLoss2DBackward0",
    "im2col": "Im2ColBackward0", "col2im": "Col2ImBackward0", "adaptive_max_pool1d": "SqueezeBackward0", "median_dim": "MedianBackward1",
    "upsample_bilinear2d_aa": "UpsampleBilinear2DAaBackward0", "upsample_bicubic2d_aa": "UpsampleBicubic2DAaBackward0",
    "quantile": "SqueezeBackward4", "fft_c2c": "FftC2CBackward0", "fft_r2c": "FftR2CBackward0", "fft_c2r": "FftC2RBackward0",
    "max_unpool1d": "SqueezeBackward1", "max_unpool2d": "MaxUnpool2DBackward0", "max_unpool3d": "MaxUnpool3DBackward0",
    "rnn": "StackBackward0", "glu": "GluBackward0", "square": "PowBackward0", "l1_loss": "MeanBackward0",
    "attention_by_formula": "UnsafeViewBackward0", "scaled_dot_product_attention": "ScaledDotProductFlashAttentionForCpuBackward0",
}


class GradFn:
    """A backward function, as `tensor.grad_fn` shows it: of a node of `_history`."""

    def __init__(self, node):
        self._node = node

    def name(self):
        return type(self).__name__

    @property
    def next_functions(self):
        """((function, which of its outputs), …): where the gradient goes on to. Functions of leaves add it to `.grad`."""
        if self._node is None:
            return ()
        return tuple((None, 0) if source is None else (source.shown(), source.output) if hasattr(source, "shown") else (_accumulator(source), 0)
                     for source in self._node.sources)

    @property
    def metadata(self):
        return self.__dict__.setdefault("_metadata", {})

    @property
    def saved_tensors(self):
        if self._node.context is None:
            raise AttributeError(f"'{self.name()}' object has no attribute 'saved_tensors'")
        return self._node.context.saved_tensors

    def __repr__(self):
        return f"<{type(self).__name__} object at {hex(id(self))}>"


def backward_name(operation):
    if operation in _NAMES:
        return _NAMES[operation]
    if operation.startswith("custom:"):
        return operation.removeprefix("custom:") + "Backward"
    # a number of axes has a capital D
    parts = (part.capitalize() for part in operation.split("_"))
    return "".join(part[:-1] + "D" if part[-2:-1].isdigit() and part.endswith("d") else part for part in parts) + "Backward0"


@functools.cache
def _class(name):
    return type(name, (GradFn,), {})


def class_of(operation):
    return _class(backward_name(operation))


def _accumulator(leaf):
    """What adds to a leaf's `.grad`: one object for each leaf."""
    made = leaf.__dict__.get("_accumulator")
    if made is None:
        made = leaf._accumulator = class_of("accumulate")(None)
        made.variable = leaf
    return made
