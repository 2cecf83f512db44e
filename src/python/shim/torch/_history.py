"""What autograd remembers of an operation: what its gradient is passed on to, and the tensors that its backward reads, which nothing may
be written to meanwhile.

The graph is differentiated as a whole, by the recorder; a `Node` knows only what PyTorch's errors and `grad_fn` tell.
"""
import re
import weakref

from ._grad_fn import backward_name, class_of

_made = [0]  # nodes
_unlinked = None  # sources of nodes that are gone, while those are freed

# What the backward of an operation reads. "0": its first tensor; "0?1": that, if the second requires a gradient; "r": its result;
# "t" after a number: as the matrix transposed; ".": something of its own.
_READS = {
    **dict.fromkeys("""abs acos acosh asin asinh atan atanh cos cosh sin sinh log log10 log2 log1p erf erfc erfinv lgamma digamma polygamma i0 silu mish
        gelu elu celu selu leaky_relu softplus hardtanh relu6 hardswish hardsigmoid hardshrink softshrink threshold logsigmoid clamp_number pow square
        softsign glu where masked_fill var max_pool1d max_pool2d max_pool3d avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d adaptive_avg_pool2d
        adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d""".split(), "0"),
    **dict.fromkeys("exp expm1 sqrt rsqrt reciprocal sigmoid tanh tan relu softmax log_softmax rpow cholesky inverse".split(), "r"),
    **dict.fromkeys("logsumexp cumprod logcumsumexp prod prod_dim amax amin std det".split(), "0 r"),
    **dict.fromkeys("scatter scatter_add index_select embedding".split(), "1"),
    **dict.fromkeys("sort topk tanhshrink index max_dim min_dim".split(), "."),
    **dict.fromkeys("mul matmul".split(), "0?1 1?0"),
    **dict.fromkeys("atan2 maximum minimum prelu convolution batch_norm".split(), "0 1"),
    "linear": "0?1 1t?0", "div": "0?1 1", "pow_tensor": "0 1 r?1", "hypot": "0 1 r", "logaddexp": "0 1",
    **dict.fromkeys("remainder fmod".split(), "0?1 1?1"), "gather": "0 1", "rpow": "1 r", "norm": "0 r", "norm_dim": "0 r",
    **dict.fromkeys("layer_norm native_layer_norm".split(), "0 1 2"), "scaled_dot_product_attention": "0 1 2 r",
    "attention_by_formula": "2",
}


def _parsed(text):
    """[(position of the tensor or None for the result, position of what has to require a gradient or None, whether transposed)]"""
    found = []
    for word in text.replace(".", "").split():
        what, _, condition = word.partition("?")
        found.append((None if what == "r" else int(what.rstrip("t")), int(condition) if condition else None, what.endswith("t")))
    return tuple(found)


_READS = {operation: _parsed(text) for operation, text in _READS.items()}  # () of those that read something of their own


class Node:
    """One operation that passes a gradient. `sources`: for each of its tensors the node or leaf that its gradient goes on to, or None."""

    __slots__ = ("operation", "number", "sources", "reads", "is_freed", "output", "context", "_keeps", "_shown")

    def __init__(self, operation, tensors, result=None, op=None):
        _made[0] += 1
        self.operation, self.number = operation, _made[0]
        self.sources = tuple([edge(tensor) for tensor in tensors])
        self.is_freed, self.output, self.context, self._shown = False, 0, None, None
        reads = _READS[operation] if operation in _READS else _READS.get(op)
        self.reads = self._read(reads, tensors, result) if reads else ()
        self._keeps = bool(self.reads) or reads == ()

    def __del__(self):
        # One after another: nodes that free one another, as those of a long loop, are nested more deeply than the stack of WebAssembly holds.
        global _unlinked
        if _unlinked is not None:
            _unlinked.append(self.sources)
            return
        _unlinked, self.sources = [self.sources], ()
        try:
            while _unlinked:
                _unlinked.pop()
        finally:
            _unlinked = None

    def _read(self, reads, tensors, result):
        found = []
        for position, condition, is_transposed in reads:
            if position is None:
                tensor = result
            elif position < len(tensors):
                tensor = tensors[position]
            else:
                continue
            if condition is None or condition < len(self.sources) and self.sources[condition] is not None:
                found.append(_Read(tensor, position is None, is_transposed))
        return tuple(found)

    @property
    def keeps(self):
        """Whether there is something that a backward pass frees."""
        return self._keeps or self.context is not None

    def remember(self, context, results):
        """A call of a function of the user's own: `results` are the pairs of what it saved and of what it gave for it."""
        self.context = context
        given = {id(saved): result for saved, result in results}
        self.reads = tuple(_Read(given.get(id(saved), saved), id(saved) in given, False) for saved in context.saved_tensors if saved is not None)

    def shown(self):
        """What `grad_fn` gives."""
        if self._shown is None:
            self._shown = class_of(self.operation)(self)
        return self._shown


class _Read:
    """A tensor that a backward reads, and how often its memory had been written to."""

    __slots__ = ("counter", "version", "is_result", "is_transposed", "is_view", "tensor", "dtype", "shape")

    def __init__(self, tensor, is_result, is_transposed):
        self.is_result, self.is_transposed = is_result, is_transposed
        self.point_to(tensor)

    def point_to(self, tensor):
        self.counter = writes(tensor)
        self.version = self.counter[0]
        value = tensor.value
        self.is_view, self.tensor, self.dtype, self.shape = tensor._base is not None, weakref.ref(tensor), value.dtype, value.shape


def writes(tensor):
    """[how often the tensor's memory was written to], shared by all its views."""
    storage = tensor._storage
    if storage.writes is None:
        storage.writes = [0]
    return storage.writes


def count():
    """How many nodes there have been."""
    return _made[0]


def remember_write(target, node, since=None):
    """`target` was written to: `node` is the operation. since: it was done in place, by nodes made since then, and what they read of the
    target was put aside; their result is the target's memory."""
    if since is not None:
        _put_aside(target, node, since)
    root = target
    while root._base is not None:
        root = root._base
    if root is target:
        target._node = node
    elif not root._requires:  # its views find that it has changed when they are used
        copied = Node("copy_slices", (root,))
        copied.sources += (node,)
        root._node = copied


def _put_aside(target, last, since):
    counter, pending = writes(target), [last]
    while pending:
        node = pending.pop()
        kept = []
        for read in node.reads:
            if node is last and read.is_result:
                read.point_to(target)
            elif read.counter is counter:
                continue
            kept.append(read)
        node.reads = tuple(kept)
        pending.extend(source for source in node.sources if isinstance(source, Node) and source.number > since)


def edge(tensor):
    """What a gradient of the tensor goes on to: a leaf, a node, or None."""
    if tensor._requires:
        return tensor
    base = tensor._base
    if base is not None and tensor._storage.writes is not None and tensor._viewed_at != tensor._storage.writes[0]:
        tensor._viewed_at = tensor._storage.writes[0]
        tensor._node = Node("as_strided", (base,)) if base.requires_grad else None
    return tensor._node


_FREED = ("Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate "
          "values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
          "graph a second time or if you need to access saved tensors after calling backward.")


# Operations whose results require gradients, which PyTorch then refuses to compute
_WITHOUT_DERIVATIVE = frozenset(("floor_divide", "heaviside"))


def pass_back(outputs, inputs, keeps):
    """Goes over the nodes that a backward pass from `outputs` (to `inputs` only, if any) calls, the latest first: refuses those of which a tensor
    was written to or that were passed before, and frees their tensors unless the graph is kept."""
    nodes = _between([edge(output) for output in outputs], None if inputs is None else [edge(tensor) for tensor in inputs])
    for node in nodes:
        if node.is_freed and node.keeps:
            raise RuntimeError(_FREED)
        if node.operation in _WITHOUT_DERIVATIVE:
            raise RuntimeError(f"derivative for aten::{node.operation} is not implemented")
        for read in node.reads:
            if read.counter[0] != read.version:
                raise RuntimeError(_changed(node, read))
    if not keeps:
        for node in nodes:
            node.is_freed = True


def _between(outputs, inputs):
    """Nodes from the latest to the earliest."""
    found, pending = {}, [node for node in outputs if isinstance(node, Node)]
    while pending:
        node = pending.pop()
        if node.number not in found:
            found[node.number] = node
            pending.extend(source for source in node.sources if isinstance(source, Node))
    if inputs is None:
        return [found[number] for number in sorted(found, reverse=True)]
    ends, leading, ordered = {id(end) for end in inputs}, set(), []
    for number in sorted(found):
        node = found[number]
        if any(id(source) in ends or id(source) in leading for source in node.sources):
            leading.add(id(node))
            ordered.append(node)
    return ordered[::-1]


def _changed(node, read):
    from ._dtype import TENSOR_TYPES
    name = next(name for name, dtype in TENSOR_TYPES.items() if dtype == read.dtype)
    shape = read.shape[::-1] if read.is_transposed else read.shape
    maker = node if read.is_result else None
    tensor = read.tensor()
    if maker is None:
        maker = "as_strided" if read.is_transposed or read.is_view else None if tensor is None else edge(tensor)
    text = f"one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{name} {list(shape)}]"
    if isinstance(maker, Node):
        text += f", which is output {maker.output} of {_short(maker.operation)},"
    elif maker == "as_strided":
        text += ", which is output 0 of AsStrided,"
    return (f"{text} is at version {read.counter[0]}; expected version {read.version} instead. Hint: enable anomaly detection to find the operation that "
            "failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).")


def _short(operation):
    return "torch::autograd::CopySlices" if operation == "copy_slices" else re.sub(r"Backward\d*$", "", backward_name(operation))
