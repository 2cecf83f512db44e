"""What the names of a model's arguments, and those that its text gives to their sizes, mean; and under which names it keeps sizes."""
import re

TOKENS = re.compile(r"tok|ids?$|idx|word|src|text|indices")  # anywhere in a name; the others are whole names
TEXTS = re.compile(r"((input|target)_?)?(text|token|caption|word)s?(_?(ids?|idx|index|indices))?")  # of no table of the model: what it makes one-hot vectors of, or leaves to a layer
IDS = re.compile(r"(input_?|token_?)?ids|tokens|input_tokens")
IMAGES = re.compile(r"(input_?|x_?)?(im(g|age)|pixel|frame|pic)s?(_\w+)?|pixel_values")
POINTS = re.compile(r"xyz|points?|pts|point_?clouds?|pcd?")
AUDIO = re.compile(r"wav(e|eform)?s?|audio\w*|speech|signal\w*")
SPECTROGRAMS = re.compile(r"(log_?)?mels?(_?spec\w*)?|spec(trogram)?s?|fbank")
FEATURES = re.compile(r"(\w+_)?feat(ure)?s?|(\w+_)?embed(ding)?s?|latents?|z|noise")

MASK = re.compile(r".*mask.*")
QUERIES = re.compile(r"quer(y|ies)_?(embed\w*|pos\w*)|object_queries")
# An argument that carries a recurrent model's state, and one of several that make it up.
STATE = re.compile(r"((lstm|rnn|gru|recurrent)_?)?states?(\[\d\])?|(lstm|rnn|gru)_?hiddens?(\[\d\])?|(h|hx|hidden|hidden_?state)\[\d\]|h|hx|h_?0|hidden|hidden_?state|state|cache|memory_?state|prev.*")
PART_OF_STATE = re.compile(rf"(?=.*\]$)(?:{STATE.pattern})")
# Whether an episode ended before a step: zeros and ones.
ENDINGS = re.compile(r"dones?|terminat(ed|ions?|als?)|resets?|episode_starts?")
# How long each sequence of a padded batch is.
LENGTHS = re.compile(r"(\w+_)?(len|lens|length|lengths)|x_?lens?")
# What an encoder has made of the input, as a decoder takes it.
ENCODED = re.compile(r"enc(oder|oded)?_?(src|inputs?|out(put)?s?|hidden\w*|states?|features?|x)?|memory|encoder_\w+|context")
TIMES = re.compile(r"t|ts|(time_?|diffusion_?)?steps?|times?")
NOISE = re.compile(r"sigmas?|noise_?levels?|noise_labels|time_?cond")
EDGES = re.compile(r"edges?(_?index)?|edge_indices")
EDGE_FEATURES = re.compile(r"edge_?(weight|attr|feats?|type)s?")
MEMBERS = re.compile(r"batch(_?(index|ids?))?|graph_ids?")
ADJACENCY = re.compile(r"adj(_?mat(rix)?|acency(_matrix)?)?s?|a|graph|laplacian|support|g")
CLASSES = re.compile(r"labels?|y|cond|classes|class_?labels?|c")
MARKS = re.compile(r"x_?mark(_\w+)?|(\w+_)?mark|time_?(marks?|stamps?|features?)")
OF_DECODER = re.compile(r".*dec.*")
STARTS = re.compile(r"(start|cur(rent)?|offset)?_?(pos|position|offset|start|step|idx|index|layer|epoch|level|depth)")

# A row of what is looked up, where several arguments are: words of a text.
SEQUENCES = re.compile(r".*(src|trg|tgt|text|tok|sent|seq|question|caption|context_?ids|input_?ids).*")

# The sizes of a tensor, as `forward` names them.
CHANNEL_SIZES = re.compile(r"c|d|e|f|(num_|n_|in_|d_)?(ch|chans?|channels?|dims?|features?|feat|emb\w*|input|model|in|c|d)|embed_?dim|hidden\w*", re.IGNORECASE)
BATCH_SIZES = re.compile(r"b|n|bs|bsz|bz|(n_|num_)?batch\w*|samples", re.IGNORECASE)

# Attributes in which a model keeps how long its sequences are, how many variables they have, how wide its input is, the size of its images, and that of a state.
KEPT_LENGTHS = ("block_size", "seq_len", "max_len", "max_seq_len", "seq_length", "max_length", "context_length", "n_ctx", "context_size", "window_size",
                "lookback", "input_len", "num_steps")
KEPT_VARIABLES = ("enc_in", "channels", "c_in", "n_features", "num_features", "input_size", "input_dim")
KEPT_BANDS = ("n_mel_channels", "n_mels", "num_mels", "n_mel", "mel_dim", "mel_channels")  # of a spectrogram
KEPT_CLASSES = ("class_num", "num_classes", "n_classes", "num_class", "n_class")
KEPT_WIDTHS = ("input_size", "input_dim", "in_features", "n_inputs", "d_model", "in_channels")
KEPT_IMAGE_SIZES = ("img_size", "image_size", "input_resolution", "image_resolution", "input_size", "resolution")
KEPT_IMAGE_SIDES = (("imgH", "imgW"), ("img_h", "img_w"), ("img_height", "img_width"), ("image_height", "image_width"), ("input_height", "input_width"), ("screen_height", "screen_width"), ("height", "width"), ("h", "w"), ("H", "W"))
OWN_IMAGE_SIZES = (*KEPT_IMAGE_SIZES, "size")  # of the model itself: a part may be of a size
KEPT_STATE_SIZES = ("hidden_size", "hidden_dim", "hidden", "nhid", "state_size")
_PARTS_OF_A_WIDTH = ("dim", "size", "channels", "features", "width")


def widths_of(name):
    """Attributes in which a model keeps how wide an argument of this name is: `c_dim` of `c`."""
    return tuple(f"{name}_{part}" for part in _PARTS_OF_A_WIDTH)


def is_batch_behind(sizes):
    """Whether the batch is not the first of the sizes, as they are named."""
    return any(map(BATCH_SIZES.fullmatch, sizes[1:])) and not BATCH_SIZES.fullmatch(sizes[0])
