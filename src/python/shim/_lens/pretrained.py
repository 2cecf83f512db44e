"""What a model of `transformers` gives, so that the file's own layers behind it are shown: random numbers of the usual widths in place of its outputs.

Its layers, and what it computes, are out of reach: that is said where it is made.
"""
from . import door
from .array import Array

_HIDDEN = 768               # of BERT base, GPT-2, ViT base
_LABELS = 2
_VOCABULARY = 30522
_STEPS = 16
_GENERATOR = 1_000_004      # its own, so that the file draws what it would draw with the real model

_CONFIG = {"hidden_size": _HIDDEN, "d_model": _HIDDEN, "n_embd": _HIDDEN, "dim": _HIDDEN, "num_labels": _LABELS, "vocab_size": _VOCABULARY,
           "num_attention_heads": 12, "num_hidden_layers": 12, "hidden_dropout_prob": 0.1, "max_position_embeddings": 512}


class Config:
    """Sizes of the base models; what else is asked of it is None."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _CONFIG.get(name)


class Pretrained:
    """A model made elsewhere: called, it gives an Output. It has no parameters here, and takes any method call."""

    def __init__(self):
        self.config = Config()

    def __call__(self, *args, **kwargs):
        given = next((value for value in [*args, *kwargs.values()] if isinstance(value, Array)), None)
        shape = given.value.shape if given is not None else (1, _STEPS)
        return Output(shape[0] if shape else 1, shape[1] if len(shape) == 2 else _STEPS)

    forward = __call__

    def parameters(self, recurse=True):
        return iter(())

    def named_parameters(self, *args, **kwargs):
        return iter(())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self


class Output:
    """`last_hidden_state` (batch, steps, hidden), `pooler_output` (batch, hidden), `logits` (batch, labels): by name, by place, or unpacked."""

    def __init__(self, batch, steps):
        self._shapes = {"last_hidden_state": (batch, steps, _HIDDEN), "pooler_output": (batch, _HIDDEN), "logits": (batch, _LABELS)}

    def __getattr__(self, name):
        if name not in self._shapes:
            raise AttributeError(name)
        from torch._tensor import wrap
        made = wrap(door.record("normal", generator=_GENERATOR, shape=list(self._shapes[name]), mean=0.0, std=1.0, dtype="float32"))
        setattr(self, name, made)
        return made

    def __getitem__(self, key):
        return getattr(self, key if isinstance(key, str) else list(self._shapes)[key])

    def __iter__(self):
        return iter((self.last_hidden_state, self.pooler_output))
