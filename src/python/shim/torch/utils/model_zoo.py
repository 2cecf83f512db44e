"""torch.utils.model_zoo: `load_url` by its older place."""
from ..hub import load_state_dict_from_url as load_url  # noqa: F401
from ..hub import load_state_dict_from_url
