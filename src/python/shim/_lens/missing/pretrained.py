"""What a model of `transformers` gives, so that the file's own layers behind it are shown: random numbers in place of its outputs.

They are as wide as the layers that the file puts behind it take, else as its name says, else of the usual width.
Its layers, and what it computes, are out of reach: that is said where it is made.
"""
import re
import sys

from .. import door, framework
from ..recording import site
from ..recording.array import Array
from ..session import session
from . import absent

_HIDDEN = 768               # of BERT base, GPT-2, ViT base
# Words of a published model's name → its width, the first that the name has.
_WIDTHS = {"gpt2-xl": 1600, "gpt2-large": 1280, "gpt2-medium": 1024, "large": 1024, "tiny": 128, "mini": 256, "small": 512}
_LABELS = 2
_VOCABULARY = 30522
_STEPS = 16
_GENERATOR = 1_000_004      # its own, so that the file draws what it would draw with the real model

_WIDTH_NAMES = ("hidden_size", "d_model", "n_embd", "dim")
_CONFIG = {"num_labels": _LABELS, "vocab_size": _VOCABULARY, "num_attention_heads": 12, "num_hidden_layers": 12, "hidden_dropout_prob": 0.1, "max_position_embeddings": 512}


class Config:
    """Sizes of the base models, and the width of this one; what else is asked of it is None."""

    def __init__(self, width):
        self._width = width

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._width if name in _WIDTH_NAMES else _CONFIG.get(name)


class Pretrained:
    """A model made elsewhere: called, it gives an Output. It has no parameters here, and takes any method call."""

    def __init__(self, name=""):
        """`name`: of the published model, where the file says one."""
        width = next((width for word, width in _WIDTHS.items() if isinstance(name, str) and re.search(rf"(^|\W){word}(\W|$)", name)), _HIDDEN)
        self.config = Config(width)

    def __call__(self, *args, **kwargs):
        given = next((value for value in [*args, *kwargs.values()] if isinstance(value, Array)), None)
        shape = given.value.shape if given is not None else (1, _STEPS)
        return Output(shape[0] if shape else 1, shape[1] if len(shape) == 2 else _STEPS, _width_taken(self.config.hidden_size))

    forward = __call__

    def parameters(self, recurse=True):
        return iter(())

    def named_parameters(self, *args, **kwargs):
        return iter(())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self


def _width_taken(usual):
    """The width that the layers beside a stand-in take, where none of them takes the usual one: the first's of the module that calls it, or of the file's own level."""
    frame = site.user_frame(sys._getframe(1))
    holder = None if frame is None else frame.f_locals.get("self")
    models = [holder] if framework.of(holder) is not None else [thing for thing in session.namespace.values() if framework.of(thing) is not None]
    taken = [hint["features"] for model in models if not isinstance(model, type)
             for _, hint in framework.of(model).input_hints(model) if hint["kind"] != "embedding" and hint.get("features")]
    return usual if not taken or any(features % usual == 0 for features in taken) else taken[0]


class Output:
    """`last_hidden_state` (batch, steps, hidden), `pooler_output` (batch, hidden), `logits` (batch, labels): by name, by place, or unpacked."""

    def __init__(self, batch, steps, width):
        self._shapes = {"last_hidden_state": (batch, steps, width), "pooler_output": (batch, width), "logits": (batch, _LABELS)}

    def __getattr__(self, name):
        if name not in self._shapes:
            raise AttributeError(name)
        made = framework.named("torch").wrap(door.record("normal", generator=_GENERATOR, shape=list(self._shapes[name]), mean=0.0, std=1.0, dtype="float32"))
        absent.outputs[made.value.id] = made.value.shape[-1]
        setattr(self, name, made)
        return made

    def __getitem__(self, key):
        return getattr(self, key if isinstance(key, str) else list(self._shapes)[key])

    def __iter__(self):
        return iter((self.last_hidden_state, self.pooler_output))
