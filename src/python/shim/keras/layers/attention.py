"""MultiHeadAttention, Attention and AdditiveAttention."""
import math
import string

from _lens import door

from .. import constraints, initializers, regularizers
from .._backend import drawing, linear, neural, shaping
from .._backend.tensor import scalar, value_of, wrap
from .activation import Softmax
from .core import EinsumDense
from .layer import Layer
from .regularization import Dropout


class MultiHeadAttention(Layer):
    supports_masking = True

    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, seed=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        for name, n in (("num_heads", num_heads), ("key_dim", key_dim)):
            if not isinstance(n, int) or n <= 0:
                raise ValueError(f"Received an invalid value for argument `{name}`, expected a positive integer. Received: {name}={n}")
        self.num_heads, self.key_dim, self.value_dim = num_heads, key_dim, value_dim or key_dim
        self.dropout, self.use_bias, self.seed = dropout, use_bias, seed
        self._wanted_shape = None if output_shape is None else (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self._kernel_initializer, self._bias_initializer = initializers.get(kernel_initializer), initializers.get(bias_initializer)
        self._kernel_regularizer, self._bias_regularizer = regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer)
        self._kernel_constraint, self._bias_constraint = constraints.get(kernel_constraint), constraints.get(bias_constraint)
        self._attention_axes = None if attention_axes is None else (
            (attention_axes,) if isinstance(attention_axes, int) else tuple(attention_axes))
        if self._attention_axes not in (None, (1,)):
            raise door.UnsupportedError("MultiHeadAttention is supported over the one axis between batch and features")

    def _projection(self, name, rank, bound, output_shape):
        """An EinsumDense with initializers of its own, made anew."""
        letters = iter(string.ascii_lowercase)
        given = [next(letters) for _ in range(rank)]
        made = [next(letters) for _ in output_shape]
        free, inner = given[:rank - bound], given[rank - bound:]
        equation = f"{''.join(given)},{''.join(inner + made)}->{''.join(free + made)}"
        return EinsumDense(
            equation, (*[None] * (len(free) - 1), *output_shape), bias_axes="".join(made) if self.use_bias else None, name=name,
            kernel_initializer=_renewed(self._kernel_initializer), bias_initializer=_renewed(self._bias_initializer),
            kernel_regularizer=self._kernel_regularizer, bias_regularizer=self._bias_regularizer,
            kernel_constraint=self._kernel_constraint, bias_constraint=self._bias_constraint, dtype=self._dtype)

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        self.query_dense = self._projection("query", len(query_shape), 1, (self.num_heads, self.key_dim))
        self.query_dense.build(query_shape)
        self.key_dense = self._projection("key", len(key_shape), 1, (self.num_heads, self.key_dim))
        self.key_dense.build(key_shape)
        self.value_dense = self._projection("value", len(value_shape), 1, (self.num_heads, self.value_dim))
        self.value_dense.build(value_shape)
        self._softmax = Softmax(axis=(3,), dtype=self._dtype)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self._dtype, seed=self.seed)
        wanted = self._wanted_shape or (query_shape[-1],)
        self.output_dense = self._projection("attention_output", len(query_shape) + 1, 2, wanted)
        self.output_dense.build((*query_shape[:-1], self.num_heads, self.value_dim))

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None,
             return_attention_scores=False, training=None, use_causal_mask=False):
        key = value if key is None else key
        mask = self._mask(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        q, k, v = self.query_dense(query), self.key_dense(key), self.value_dense(value)
        scale = 1.0 / math.sqrt(float(self.key_dim))
        if self.dropout == 0 and not return_attention_scores:
            attended, scores = neural.attention(q, k, v, None if mask is None else shaping.expand_dims(mask, 1), scale), None
        else:
            scaled = wrap(door.record("mul", [q.value, scalar(scale, q.value.dtype)]))
            scores = linear.einsum("btnh,bsnh->bnts", scaled, k)
            scores = self._softmax(scores, mask=None if mask is None else _spread(mask, scores))
            weights = self._dropout_layer(scores, training=training) if self.dropout > 0 else scores
            attended = linear.einsum("bnts,bsnh->btnh", weights, v)
        output = self.output_dense(attended)
        return (output, scores) if return_attention_scores else output

    def _mask(self, query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask):
        """(B or 1, T, S) of bool, or None: all masks that were given, together."""
        parts = []
        if query_mask is not None:
            parts.append(shaping.expand_dims(query_mask, -1))
        for mask in (value_mask, key_mask):
            if mask is not None:
                parts.append(shaping.expand_dims(mask, -2))
        if use_causal_mask:
            ones = wrap(door.record("full", shape=[1, query.shape[1], value.shape[1]], value=1, dtype="bool"))
            parts.append(shaping.tril(ones))
        if attention_mask is not None:
            parts.append(attention_mask)
        total = None
        for part in parts:
            part = value_of(part, "bool")
            total = part if total is None else door.record("logical_and", [total, part])
        return None if total is None else wrap(total)

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return (*query_shape[:-1], *(self._wanted_shape or (query_shape[-1],)))

    def _has_shape_rule(self):
        return False

    def _sublayers(self):
        names = ("query_dense", "key_dense", "value_dense", "_softmax", "_dropout_layer", "output_dense")
        return [self.__dict__[name] for name in names if name in self.__dict__]

    def _summary(self):
        return f"num_heads={self.num_heads}, key_dim={self.key_dim}"


def _spread(mask, scores):
    """A mask (B, T, S) over all heads of (B, N, T, S)."""
    return shaping.broadcast_to(shaping.expand_dims(mask, 1), scores.shape)


def _renewed(initializer):
    return initializer.clone() if isinstance(initializer, initializers.Initializer) else initializer


class Attention(Layer):
    """Luong-style attention on [query, value, key?]."""

    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.use_scale, self.score_mode, self.dropout = use_scale, score_mode, dropout
        if dropout > 0:
            self.seed_generator = drawing.SeedGenerator(seed)

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones") if self.use_scale else None

    def _scores(self, query, key):
        scores = linear.einsum("btd,bsd->bts", query, key)
        return scores if self.scale is None else scores * self.scale

    def call(self, inputs, mask=None, return_attention_scores=False, training=None, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        scores = self._scores(query, key).value
        kept = None
        if mask is not None and mask[1] is not None:
            kept = value_of(shaping.expand_dims(mask[1], -2), "bool")
        if use_causal_mask:
            causal = door.record("tril", [door.record("full", shape=list(scores.shape[-2:]), value=1, dtype="bool")], diagonal=0)
            kept = causal if kept is None else door.record("logical_and", [kept, causal])
        if kept is not None:
            scores = door.record("where", [kept, scores, scalar(-1e9, scores.dtype)])
        weights = wrap(door.record("softmax", [scores], dim=2))
        if training and self.dropout > 0:
            weights = drawing.dropout(weights, self.dropout, seed=self.seed_generator)
        result = linear.einsum("bts,bsd->btd", weights, value)
        return (result, weights) if return_attention_scores else result


class AdditiveAttention(Attention):
    """Bahdanau-style attention: scores are sums of tanh(query + key)."""

    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        size = input_shape[0][-1]
        self.scale = self.add_weight(name="scale", shape=(size,), initializer="glorot_uniform") if self.use_scale else None

    def _scores(self, query, key):
        sums = neural.plain["tanh"](shaping.expand_dims(query, 2) + shaping.expand_dims(key, 1))
        weighted = sums if self.scale is None else sums * self.scale
        value = value_of(weighted)
        return wrap(door.record("sum", [value], dim=[3], keepdim=False))
