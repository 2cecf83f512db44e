"""The older name of builders, weights and walks."""
from ._builder import build_model_with_cfg, load_custom_pretrained, load_pretrained, resolve_pretrained_cfg  # noqa: F401
from ._helpers import clean_state_dict, load_checkpoint, load_state_dict  # noqa: F401
from ._manipulate import adapt_input_conv, checkpoint_seq, named_apply  # noqa: F401
