"""A file of settings of the workspace, YAML or JSON, as what a model is configured with: the nearest that has what the model reads, `experiments/small.yaml` for `cfg["MODEL"]["WIDTH"]`."""
import json

import yaml

from ..missing.settings import Settings
from ..workspace import neighbours
from .namespace import Namespace

_MOST_FILES = 20  # that are parsed


def settings_for(paths):
    """A Namespace with what the first file says that has all of some paths of names; None where none has."""
    names = {name for path in paths for name in path}
    if not names or all(path[0].startswith("__") for path in paths):
        return None
    parsed = 0
    for file, text in neighbours.texts(neighbours.SETTINGS):
        if not all(name in text for name in names):
            continue
        parsed += 1
        if parsed > _MOST_FILES:
            return None
        found = _read(file, text)
        if found is not None and all(_has(found, path) for path in paths):
            return Namespace.with_defaults(found, f"{file.rpartition('/')[2]} is assumed")
    return None


def _read(file, text):
    """The Settings in a text; None where there are none."""
    try:
        found = json.loads(text) if file.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        return None
    return Settings(found) if isinstance(found, dict) and all(isinstance(name, str) for name in found) else None


def _has(settings, path):
    for name in path:
        if not isinstance(settings, dict) or name not in settings:
            return False
        settings = settings[name]
    return True
