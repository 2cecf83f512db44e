"""torch.hub: nothing is downloaded. Saved weights have a stand-in that leaves a model's weights as they are; models of others are refused."""
import re
from urllib.parse import urlparse  # noqa: F401

from _lens import diagnostics
from _lens.door import UnsupportedError
from _lens.recording import site

from ._pickling import stand_in

HASH_REGEX = re.compile(r"-([a-f0-9]*)\.")
_folder = "/root/.cache/torch/hub"


def load_state_dict_from_url(url, model_dir=None, map_location=None, progress=True, check_hash=False, file_name=None, weights_only=False):
    return stand_in("nothing is downloaded", "torch.hub.load_state_dict_from_url")


def download_url_to_file(url, dst, hash_prefix=None, progress=True):
    stand_in("nothing is downloaded", "torch.hub.download_url_to_file")


def load(repo_or_dir, model, *args, source="github", trust_repo=None, force_reload=False, verbose=True, skip_validation=False, **kwargs):
    raise UnsupportedError(f"torch.hub.load is not supported: the code of {model!r} in {repo_or_dir!r} would have to be downloaded")


def list(github, force_reload=False, skip_validation=False, trust_repo=None, verbose=True):
    """Scripts put these names beside those that they know themselves, as choices of an option: none is no reason to end there."""
    diagnostics.report("skipped", "information", f"torch.hub.list gives no names: {github!r} would have to be downloaded", site.here())
    return []


def help(github, model, force_reload=False, skip_validation=False, trust_repo=None):
    raise UnsupportedError(f"torch.hub.help is not supported: {github!r} would have to be downloaded")


def get_dir():
    return _folder


def set_dir(d):
    global _folder
    _folder = d


def _get_torch_home():
    return _folder.removesuffix("/hub")
