"""What names of arguments mean: `num_classes`, `in_channels`, `vocab_size` → a value that suits a small model."""
import re

# Name pattern → value. The first that matches the whole name counts. Sizes are small: what is shown is the shape of a model.
_BY_NAME = (
    (r"(input|in|image|img|obs|observation|state|frame)_?shape|shape|i?img_dims?", (3, 32, 32)),
    (r"(num|n|nb|number_of)_?(classes|labels|categories)|(classes|nclass(es)?|n_?cls|num_?class|num_?outputs?)", 10),
    (r"(out|output)_?(dim|size|features|units|channels?)|n_?out(puts?)?|action_(dim|size|space(_n)?)|num_actions|n_actions", 10),
    (r"((n|num)_)?(in|input|img|image|num|n)_?(channels?|chans?|planes|ch|nc)|channels?|in_?c|c_in|nc", 3),
    (r"(n_?)?mels?(_?(channels|bins|dim))?|n_mel_channels", 80),
    (r"(out|c)_?(channels?|planes|ch|out|nc)|filters|n_?filters|planes|ngf|ndf|nf|gc|base_?(channels|width)", 16),
    (r"(img|image|input|patch_?image|screen|frame)_?(size|resolution|height|width|dim|h|w)|height|width|w|resolution|image_?[hw]", 32),
    (r"patch(_?size|es)?", 4), (r"cardinality", 8),
    (r"enc_in|dec_in|c_out|n_?vars?|num_?variables|n_?variables|n_?series", 7),
    (r"(label|pred(iction)?|forecast|target|horizon|out(put)?)_?(len(gth)?|window|steps)|horizon", 16),
    (r"n_?fft|fft_?(size|length)|filter_length|win(dow)?_?(length|size)", 1024), (r"hop_?(length|size)", 256), (r"sampl(ing|e)_?rate|sr", 22050), (r"(mel_)?f_?min", 0.0), (r"(mel_)?f_?max", 8000.0),
    (r"sigma_?min", 0.01), (r"sigma_?max", 50.0), (r"num_?scales", 10), (r"d_?(in|out|k|v|q|hid)|dim_?(in|out|head)|head_?dim|z_?(channels|dim)", 64),
    (r"(e|d|enc|dec|encoder|decoder)_layers?", 2), (r"top_?k|num_?kernels", 2), (r"distil(ling)?", False),
    (r"(voc|vocab|vocabulary|num_?embeddings|n_?(tokens?|vocab)|num_?tokens|(n|num)?_?(src|source|tgt|trg|target|input|output|enc|dec)_?(vocab|tokens?|words?))(_?(size|len))?", 1000),
    (r"(n|num|nb|number_of)_?(users?|items?|movies|books|products|nodes|entities|relations|words|symbols|chars|characters|ids)", 1000),
    (r"(hidden|layer|mlp|channel|fc|conv|encoder|decoder|block)_?(dims|sizes|channels_list|widths|layer_sizes|layer_dims|units_list)|(hidden|layer)s?_?(layers_?)?(sizes|dims)|layer_?sizes|dims|widths|sizes", [64, 64]),
    (r"(block|seq(uence)?|context|ctx|max|n)_?(size|len(gth)?|seq(uence)?_?len(gth)?|ctx|positions?|position_?embeddings)|maxlen|time_?steps|seq_?len", 64),
    (r"(random_?)?seed|random_state", 0),
    (r"(pad|padding|bos|sos|eos|unk|ignore|cls|sep|mask)(_?(idx|index|id|token))?(_?id)?", 0),
    (r"(embed(ding)?|emb|d|model|hidden|h|latent|z|state|feature|token|n|projection|attn|encoder|decoder|style|vision|visual|text|transformer)_?(dim(s|ension|ensions)?|size|model|embd|embed|hidden|units|width|features)|d_?model|nhid|ninp|nembed|nemb|nz|dim|size|hidden(_?(layer_?)?(size|dim|units|features|channels))?|units|width|neurons|(num|n)_?hiddens|(key|query|value)_?size|symbols_embedding_dim|nh|n_?(attn|ffn)", 64),
    (r"d_ffn|d_mlp|(intermediate|ffn?|feed_?forward|mlp|inner|dim_?feedforward)(_?(dim|size|hidden|hidden_?(dim|size)))?|d_?ff|dim_?feedforward|ffn_?num_?(input|hiddens?)", 128),
    (r"((num|n|attn|attention|encoder|decoder)_?)+(heads?|kv_?heads?)|n?heads", 4),
    (r"((num|n|block|layer)_?)?repeats?", 2), (r"(num|n)_?(kv|key_value|query)_?groups", 2), (r"seg(ment)?_?(num|len(gth)?)|(num|n)_?seg(ment)?s?", 4), (r"d_?conv", 4), (r"(d|n|ssm)_?state", 16), (r"dt_?rank", 4), (r"rope_?(theta|base)|theta_?base", 10_000.0),
    (r"(num|n|nb)_?(hidden_?|encoder_?|decoder_?|res(idual)?_?)?(layers?|blocks?|stages?)|layers|depth|nlayers|blocks|nb|n_?mlp|(num|n)_?blks", 2),
    (r"(in|input|n|num)_?(feat(ure)?s?|dim|size|units|inputs?)|n_?in|features|obs_?(dim|size)|state_?(dim|size)", 64),
    (r"(kernel|filter)_?size|kernel|k|ksize", 3),
    (r"strides?|dilation(_?rate)?|groups|reduction|expansion|multiplier|width_?mult|((reduction|expansion)_?)?factor|scale(_?factor)?|batch_?multiplier", 1),
    (r"up_?(scale|sampling|sample)(_?(factor|ratio))?", 2),
    (r"padding|pad", 1),
    (r"(.*_)?(dropout|drop)(_?(rate|prob|p|path|path_?rate))?|p|rate|(.*_)?p?drop", 0.1),
    (r"eps(ilon)?|layer_?norm_?eps(ilon)?", 1e-5),
    (r"momentum", 0.1),
    (r"alpha|negative_?slope|slope|lr|learning_?rate|temperature|gamma|beta|lambda_?|lam", 0.1),
    (r"(mlp|expand)_?ratio|growth_?rate|expand", 4),
    (r"bias|use_?bias|qkv_?bias|batch_?first", True),
    (r"bidirectional|downsample|verbose|debug|return_.*|pretrained|causal|is_.*|fp16\w*|amp|mask_padding", False),
    (r"batch_?size|bs|batch", 32),
    (r"(activation|act)(_?(fn|func|function|name))?|non_?linearity", "relu"),
    (r"device", "cpu"),
    (r"name|mode|task", "model"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), value) for pattern, value in _BY_NAME)


# What part of a model a size is of.
_PREFIX = re.compile(r"(src|source|trg|tgt|target|dec(oder)?|enc(oder)?|text|image|visual|vision|audio|prenet|postnet|attention|location|initial|base|transformer)_", re.IGNORECASE)


class CannotAssume(AttributeError):
    """Nothing sensible is known for an argument; of a configuration, that it has no such attribute. `argument`: of the model that was to be made."""

    argument = None


# Names that mean what another one does where a text has that one too: the outputs of a forecast are the series that it is made from, and the height of an image has a width.
BESIDE = {"c_out": "enc_in", "h": "w"}


def by_name(name):
    """Raises CannotAssume."""
    for word in (name, _PREFIX.sub("", name)):
        for pattern, value in _PATTERNS:
            if pattern.fullmatch(word):
                return value
    raise CannotAssume(f"nothing is known of `{name}`")


def is_known(name):
    try:
        by_name(name)
    except CannotAssume:
        return False
    return True


# What names mean within a family of models only: those that are written for the settings of one repository, and so know each other's names.
# A class that has two of a family's names or more is of it.
_FAMILIES = (
    {"embed": "timeF", "embed_type": "timeF", "freq": "h", "task_name": "long_term_forecast", "moving_avg": 25, "e_layers": 2, "d_layers": 1, "enc_in": 7, "dec_in": 7, "c_out": 7,
     "seq_len": 96, "label_len": 48, "pred_len": 96, "top_k": 2, "num_kernels": 2, "factor": 1},  # forecasts of time series, as Informer's code has them
)


def in_family(words):
    """{name: value} of the families that the names of a class are of."""
    return {name: value for family in _FAMILIES if len(family.keys() & words) > 1 for name, value in family.items() if name in words}


# Patterns of plurals → what a number for them is tried as next, and the other way round.
_OTHERWISE = (
    (r".*(channels|chans|sizes|dims|widths|filters|units|features|planes|hidden|kernels)(_list)?", [32, 64]),
    (r".*(layers|blocks|depths?|stages|repeats|heads)", [2, 2, 2, 2]),
    (r".*(shape|dims?)", 64),
    (r"(\w+_)?(kernel|filter)(_?size)?|ksize", (3, 3)),
    (r".*(size|resolution|patch|window)\w*", (32, 32)),
)


def otherwise(name):
    """Another value that a name may mean, where the usual one is not taken; None where none is known."""
    return next((value for pattern, value in _OTHERWISE if re.fullmatch(pattern, name, re.IGNORECASE)), None)
