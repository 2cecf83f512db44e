"""Layers of packages that are not here which PyTorch has under nearly the same name: split over machines, fused, or in fewer bits, they compute what its own layer does."""
import inspect
import re

from .. import diagnostics, framework
from ..meanings import names
from ..recording import site

# Prefixes and endings that say where or how a layer computes, not what.
_LAYER = re.compile(r"((Vocab|Column|Row)?Parallel|Mixed|Fused|FP32|Fp32|Apex|Quant\w*|Triton|Xformers?|Megatron|TE)*(Linear|Embedding|LayerNorm|RMSNorm|BatchNorm[123]d)(8bitLt|4bit|FP4|NF4)?")
_UNSET = -1  # of a size that a tokenizer decides


def layer_for(name, args, kwargs):
    """PyTorch's own layer for the call of a class by its dotted name, or None where its arguments are no sizes that such a layer takes."""
    found = _LAYER.fullmatch(name.rpartition(".")[2])
    if found is None:
        return None
    kind = found[3]
    cls = framework.named("torch").layer_class(kind)
    taken = list(inspect.signature(cls.__init__).parameters.values())[1:]
    known = {parameter.name for parameter in taken}
    sizes = [parameter.name for parameter in taken if parameter.default is parameter.empty]
    given = {**dict(zip([parameter.name for parameter in taken], args)), **{key: value for key, value in kwargs.items() if key in known}}
    unset = [size for size in sizes if given.get(size) == _UNSET and names.is_known(size)]
    given.update((size, names.by_name(size)) for size in unset)
    if not all(_is_size(given.get(size)) for size in sizes):
        return None
    layer = cls(**{key: value for key, value in given.items() if key in sizes or isinstance(value, (bool, float))})
    diagnostics.report("skipped", "information", f"`{name}` is not here: `nn.{kind}({', '.join(str(given[size]) for size in sizes)})` stands for it{', its size assumed' if unset else ''}", site.here())
    return layer


def _is_size(value):
    if isinstance(value, (tuple, list)):
        return bool(value) and all(map(_is_size, value))
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
