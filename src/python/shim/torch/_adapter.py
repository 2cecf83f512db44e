"""What the runner must know of PyTorch: `_lens.framework.Framework` for modules."""
import math
import re

from _lens import framework
from _lens.inputs import methods, structure
from _lens.learning import trainingstep
from _lens.recording import calls
from _lens.recording.array import values_in
from _lens.framework import Buffer, Framework, Parameter
from _lens.package import package_of

from . import _drawing, _drawnloss, _pickling, backends, distributed, overrides
from .autograd import _sweep
from ._dtype import dtype_of, get_default_dtype, set_default_dtype
from ._generator import manual_seed
from ._grad_mode import is_grad_enabled, set_grad_enabled
from ._printing import set_printoptions
from ._tensor import hooked, watched, wrap
from .nn import modules
from .nn.modules import _module_hooks
from .nn.modules.module import Module, is_builtin
from .nn.parameter import is_lazy
from .optim import optimizer

_HINTS = (
    # (classes, what they say of their input)
    ((modules.linear.Linear,), lambda m: {"kind": "linear", "features": m.in_features}),
    ((modules.linear.Bilinear,), lambda m: {"kind": "linear", "features": m.in1_features}),
    ((modules.conv._ConvNd,), lambda m: {"kind": "conv", "features": m.in_channels, "rank": m.rank, "transposed": m.transposed, "from_point": _unfolds_a_point(m)}),
    ((modules.sparse.Embedding, modules.sparse.EmbeddingBag),
     lambda m: {"kind": "embedding", "vocabulary": m.num_embeddings, "features": m.embedding_dim}),
    ((modules.rnn.RNNBase,), lambda m: {"kind": "recurrent", "features": m.input_size, "batch_first": m.batch_first, "hidden": m.hidden_size,
                                       "layers": m.num_layers * (2 if m.bidirectional else 1)}),
    ((modules.rnn.RNNCellBase,), lambda m: {"kind": "linear", "features": m.input_size}),
    ((modules.normalization._NormBase,),
     lambda m: {"kind": "norm", "features": m.num_features, "rank": _rank_of(m), "axis": "channel"}),
    ((modules.normalization.GroupNorm,), lambda m: {"kind": "norm", "features": m.num_channels, "axis": "channel"}),
    ((modules.normalization.LayerNorm, modules.normalization.RMSNorm),
     lambda m: {"kind": "norm", "features": m.normalized_shape[-1], "shape": list(m.normalized_shape), "axis": "last"}),
    ((modules.attention.MultiheadAttention,), lambda m: {"kind": "attention", "features": m.embed_dim, "batch_first": m.batch_first}),
)


def _unfolds_a_point(conv):
    """Whether a transposed convolution makes a map as large as its window of one point, as the first of a generator does of its noise."""
    return conv.transposed and max(conv.stride) == 1 and max(conv.padding) == 0 and min(conv.kernel_size) > 1


def _rank_of(norm):
    """Axes in space, by the class: the user's own class below `_BatchNorm` has only its name."""
    ranks = getattr(norm, "ranks", None)
    digit = re.search(r"([123])d", type(norm).__name__)
    return max(ranks) - 2 if ranks else int(digit[1]) if digit else 2


def _patches_of(module):
    """(module, axes in space, elements of a patch in one channel) of einops' `Rearrange("b c (h p1) (w p2) -> …")` and of `Unfold`, else None."""
    if isinstance(module, modules.shaping.Unfold):
        sizes = module.kernel_size
        return module, 2, math.prod(sizes) if isinstance(sizes, tuple) else sizes ** 2
    pattern = getattr(module, "pattern", None) if package_of(type(module)) == "einops" else None
    if not isinstance(pattern, str):
        return None
    axes = re.findall(r"\([^)]*\)|\S+", pattern.partition("->")[0])
    if len(axes) not in (4, 5) or not axes[-1].startswith("("):
        return None
    return module, len(axes) - 2, math.prod(module.axes_lengths.values())


def _with_patches(found, module, rank, elements):
    """The layer behind takes the patches flat, so it says how many channels they have."""
    features = found[0][1].get("features") or 0
    channels = features // elements if elements and features % elements == 0 and features else None
    return [(module, {"kind": "patches", "features": channels, "rank": rank}), *found]


class Identity(modules.linear.Identity):
    """Takes more than it gives back."""

    def forward(self, input, *args, **kwargs):
        return input


class TorchFramework(Framework):
    name = "torch"
    separator = "."
    model_base = Module
    channel_axis = "first"

    def layer_class(self, name):
        return next(cls for cls in (getattr(part, name, None) for part in vars(modules).values()) if isinstance(cls, type))

    def make_up_for(self, error):
        if not isinstance(error, ValueError) or distributed.is_initialized() or "process group has not been initialized" not in str(error):
            return None
        distributed.init_process_group("gloo")
        return "a group of one process is assumed, which a launcher would have opened"

    def default_dtype(self):
        return get_default_dtype()

    def passing_on(self):
        return Identity

    def is_model(self, thing):
        return isinstance(thing, Module) and "_modules" in thing.__dict__ and not hasattr(type(thing), "_lens_is_data_step")

    def is_model_class(self, thing):
        return isinstance(thing, type) and issubclass(thing, Module)

    def is_container_class(self, cls):
        return is_builtin(cls)

    def definition(self, model):
        return model.__dict__.get("_lens_definition")

    def summary(self, module):
        return module._summary()

    def modules(self, model):
        return list(model.named_modules())

    def parameters(self, model):
        rows, seen = [], set()
        for path, module in model.named_modules():
            for name, parameter in module.__dict__.get("_parameters", {}).items():
                if parameter is not None and id(parameter) not in seen and not is_lazy(parameter):
                    seen.add(id(parameter))
                    rows.append(Parameter(path, module, name, parameter, parameter.requires_grad, self.definition(module)))
        return rows

    def buffers(self, model):
        return [Buffer(path, name, buffer) for path, module in model.named_modules()
                for name, buffer in module.__dict__.get("_buffers", {}).items() if buffer is not None and not is_lazy(buffer)]

    def saved_state(self, model, layout):
        return [([key], tensor) for key, tensor in model.state_dict(keep_vars=True).items()]

    def input_hints(self, model):
        found = [(module, describe(module)) for module in model.modules() for classes, describe in _HINTS if isinstance(module, classes)]
        patches = next((hint for module in model.modules() if (hint := _patches_of(module)) is not None), None)
        return found if patches is None or not found or found[0][1]["kind"] in ("conv", "embedding") else _with_patches(found, *patches)

    def set_mode(self, model, training):
        model.train(bool(training))

    def call(self, model, arguments, training):
        if methods.has_only_training_step(model):
            return trainingstep.as_call(model, *arguments)
        method = methods.instead_of_forward(model)
        if method is None:
            return structure.call(model, arguments)
        return calls.run(lambda: structure.call(method.__get__(model), arguments), "module", type(model).__name__, module=model, builtin=False,
                         definition=self.definition(model), inputs=values_in(arguments), values_of=values_in)

    losses = _drawnloss.LOSSES

    def drawn_loss(self, function, output, settings):
        return _drawnloss.drawn_loss(function, output, settings)

    def takes_gradients(self):
        return is_grad_enabled()

    def begin_run(self):
        """Forgets leaves of the run before, and settings that its file made."""
        watched.clear()
        distributed.begin_run()
        backends.begin_run()
        _pickling.begin_run()
        _sweep.begin_run()
        hooked.clear()
        overrides.activate(False)
        for hooks in (*_module_hooks.every.values(), *optimizer.global_hooks.values()):
            hooks.clear()
        set_grad_enabled(True)
        set_default_dtype(dtype_of("float32"))
        set_printoptions(profile="default")

    def seed(self, seed):
        manual_seed(seed)

    def wrap(self, value):
        return wrap(value)

    def draw(self, spec):
        if spec.dtype == "bool":  # a mask that leaves nothing out
            return _drawing.randint(0, 1, spec.shape, dtype=dtype_of("int64")).bool()
        if spec.dtype.startswith("int"):
            return _drawing.randint(spec.low, spec.high, spec.shape, dtype=dtype_of(spec.dtype))
        return _drawing.randn(spec.shape, dtype=dtype_of(spec.dtype))


framework.register(TorchFramework())
