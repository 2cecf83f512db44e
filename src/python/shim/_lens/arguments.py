"""Values for arguments that nobody gave: from how the file itself calls the class, else from what names and annotations mean."""
import ast
import dataclasses
import enum
import inspect
import re
import types
import typing

from .session import session
from .signature import signature_of

# Name pattern → value. The first that matches the whole name counts. Sizes are small: what is shown is the shape of a model.
_BY_NAME = (
    (r"(num|n|nb|number_of)_?(classes|labels|categories)|(classes|nclass|n_?cls|num_?class|num_?outputs?)", 10),
    (r"(out|output)_?(dim|size|features|units|channels?)|n_?out(puts?)?|action_(dim|size|space)|num_actions|n_actions", 10),
    (r"(in|input|img|image|num|n)_?(channels?|chans?|planes|ch)|channels?|in_?c|c_in|nc", 3),
    (r"(out|c)_?(channels?|planes|ch|out)|filters|n_?filters|planes|ngf|ndf|nf|base_?(channels|width)", 16),
    (r"(img|image|input|patch_?image)_?(size|resolution|height|width|dim)|height|width|resolution|image_?[hw]", 32),
    (r"patch(_?size|es)?", 4),
    (r"(vocab|vocabulary|num_?embeddings|n_?(tokens?|vocab)|num_?tokens|src_?vocab|(tgt|trg|target)_?vocab)(_?size)?", 1000),
    (r"(n|num|nb|number_of)_?(users?|items?|movies|books|products|nodes|entities|relations|words|symbols|chars|characters|ids)", 1000),
    (r"(hidden|layer|mlp|channel|fc|conv|encoder|decoder|block)_?(dims|sizes|channels_list|widths|layer_sizes|layer_dims|units_list)|(hidden|layer)s?_?(layers_?)?(sizes|dims)|layer_?sizes|dims|widths|sizes", [64, 64]),
    (r"(block|seq(uence)?|context|max|n)_?(size|len(gth)?|seq(uence)?_?len(gth)?|ctx|positions?|position_?embeddings)|maxlen|time_?steps|seq_?len", 64),
    (r"(pad|padding|bos|eos|unk|ignore)(_?(idx|index|id|token))?(_?id)?", 0),
    (r"(embed(ding)?|emb|d|model|hidden|h|latent|z|state|feature|token|n|projection|attn|encoder|decoder)_?(dim(s|ension|ensions)?|size|model|embd|embed|hidden|units|width|features)|d_?model|nhid|ninp|nz|dim|hidden(_?(layer_?)?(size|dim|units|features|channels))?|units|width|neurons", 64),
    (r"(intermediate|ffn?|feed_?forward|mlp|inner|dim_?feedforward)(_?(dim|size|hidden|hidden_?(dim|size)))?|d_?ff|dim_?feedforward", 128),
    (r"(num|n)_?(attention_?)?(heads?|kv_?heads?)|nheads?|heads", 4),
    (r"(num|n|nb)_?(hidden_?|encoder_?|decoder_?|res(idual)?_?)?(layers?|blocks?|stages?)|layers|depth|nlayers|blocks", 2),
    (r"(in|input|n|num)_?(features?|dim|size|units|inputs?)|n_?in|input_?shape|features|obs_?(dim|size)|state_?(dim|size)", 64),
    (r"(kernel|filter)_?size|kernel|k|ksize", 3),
    (r"strides?|dilation(_?rate)?|groups|reduction|expansion|multiplier|width_?mult|factor|scale(_?factor)?|batch_?multiplier", 1),
    (r"up_?(scale|sampling|sample)(_?(factor|ratio))?", 2),
    (r"padding|pad", 1),
    (r"(.*_)?(dropout|drop)(_?(rate|prob|p|path|path_?rate))?|p|rate|(.*_)?p?drop", 0.1),
    (r"eps(ilon)?|layer_?norm_?eps(ilon)?", 1e-5),
    (r"momentum", 0.1),
    (r"alpha|negative_?slope|slope|lr|learning_?rate|temperature|gamma|beta|lambda_?|lam", 0.1),
    (r"mlp_?ratio|expand_?ratio|growth_?rate", 4),
    (r"bias|use_?bias|qkv_?bias|batch_?first", True),
    (r"bidirectional|downsample|verbose|debug|return_.*|pretrained|causal|is_.*", False),
    (r"batch_?size|bs|batch", 32),
    (r"(activation|act)(_?(fn|func|function|name))?|non_?linearity", "relu"),
    (r"device", "cpu"),
    (r"name|mode|task", "model"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), value) for pattern, value in _BY_NAME)

_BY_TYPE = {int: 16, float: 0.1, bool: False, str: "relu", list: [16, 16], tuple: (16, 16), dict: {}}


class CannotAssume(Exception):
    """Nothing sensible is known for an argument."""


class Assumed:
    """A configuration object whose class is not known: each attribute is taken from what its name means, once."""

    def __init__(self, note):
        self._note = note

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = by_name(name)
        self._note(name, value)
        setattr(self, name, value)
        return value

    __getitem__ = __getattr__

    def get(self, name, default=None):
        return default if default is not None else getattr(self, name)


def by_name(name):
    for pattern, value in _PATTERNS:
        if pattern.fullmatch(name):
            return value
    raise CannotAssume(f"nothing is known of `{name}`")


def for_call(callable_, name):
    """(args, kwargs, assumptions) to call a class or function of the file with: as the file does where it does, else assumed.

    Raises CannotAssume. `assumptions` has one sentence per argument that had no value of its own.
    """
    found = as_in_file(callable_, name)
    if found is not None:
        return found
    return assume(callable_, name)


def is_required(callable_):
    """Whether it cannot be called without arguments."""
    return bool(_required(callable_))


def assume(callable_, name):
    assumptions = []
    args, kwargs = [], {}
    for parameter in _required(callable_):
        value = _value_for(parameter, assumptions)
        if not isinstance(value, Assumed):
            assumptions.append(f"{name}: `{parameter.name}` is not given, assumed {_short(value)}")
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            kwargs[parameter.name] = value
        else:
            args.append(value)
    return args, kwargs, assumptions


def _required(callable_):
    try:
        parameters = list(signature_of(callable_).parameters.values())
    except (TypeError, ValueError):
        return []
    return [parameter for parameter in parameters if parameter.default is parameter.empty
            and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)]


def _value_for(parameter, assumptions):
    annotation = parameter.annotation
    if isinstance(annotation, str):
        annotation = session.namespace.get(annotation, _BASIC.get(annotation, annotation))
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        if type(None) in typing.get_args(annotation):
            return None
        annotation = typing.get_args(annotation)[0]
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return next(iter(annotation))
        if dataclasses.is_dataclass(annotation) or annotation.__module__ == "__main__":
            return _constructed(annotation, assumptions)
    try:
        value = by_name(parameter.name)
        return value if not isinstance(annotation, type) or annotation not in _BY_TYPE else _as_type(value, annotation)
    except CannotAssume:
        pass
    kind = origin or annotation
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if re.search(r"conf|cfg|args|hparams|params|options|opt|hp", parameter.name, re.IGNORECASE):
        return _config(parameter.name, assumptions)
    if re.search(r"(layers|dims|sizes|channels|widths|units|features|blocks)$", parameter.name, re.IGNORECASE):
        return [2, 2, 2, 2] if re.search(r"layers|blocks", parameter.name, re.IGNORECASE) else [64, 32, 10]
    raise CannotAssume(f"nothing is known of its argument `{parameter.name}`")


_BASIC = {"int": int, "float": float, "bool": bool, "str": str, "list": list, "tuple": tuple, "dict": dict}


def _as_type(value, kind):
    try:
        return kind(value) if kind in (int, float, bool, str) else _BY_TYPE[kind]
    except (TypeError, ValueError):
        return _BY_TYPE[kind]


def _constructed(cls, assumptions):
    args, kwargs, more = assume(cls, cls.__name__)
    assumptions.extend(more)
    return cls(*args, **kwargs)


def _config(name, assumptions):
    """The file's own configuration class, else an object that knows what its attributes' names mean."""
    for thing in session.namespace.values():
        if isinstance(thing, type) and thing.__module__ == "__main__" and re.search(r"config|hparams|args|cfg", thing.__name__, re.IGNORECASE):
            return _constructed(thing, assumptions)
    return Assumed(lambda attribute, value: assumptions.append(f"`{name}.{attribute}` is not given, assumed {_short(value)}"))


def as_in_file(callable_, name):
    """The arguments of a call of `name` in the file's text, evaluated in the file's namespace; None where there is no usable one."""
    if session.tree is None:
        return None
    for node in ast.walk(session.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name):
            continue
        if not node.args and not node.keywords:
            continue
        try:
            args = [_evaluated(argument) for argument in node.args]
            kwargs = {keyword.arg: _evaluated(keyword.value) for keyword in node.keywords if keyword.arg is not None}
            signature_of(callable_).bind(*args, **kwargs)
        except Exception:
            continue
        return args, kwargs, [f"{name}: constructed as on line {node.lineno}"]
    return None


def _evaluated(node):
    return eval(compile(ast.Expression(node), session.path, "eval"), session.namespace)


def _short(value):
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…"
