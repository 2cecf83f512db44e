"""Settings by attribute: what yacs, OmegaConf, EasyDict and their kin give to the files that are configured with them.

Models take their sizes from such objects, so that these keep what is put into them and what lies in the files of settings (YAML) that they are told to read.
"""
import ast
import copy
import dataclasses

import yaml



class Settings(dict):
    """A dict whose items are attributes too; dicts put into it become Settings."""

    def __init__(self, *init, new_allowed=False, key_list=None, **more):
        super().__init__()
        self.update(*[given for given in init[:1] if given is not None], **more)

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        self.pop(name, None)

    def __setitem__(self, name, value):
        super().__setitem__(name, _held(value))

    def update(self, *given, **more):
        for name, value in dict(*given, **more).items():
            self[name] = value

    def setdefault(self, name, value=None):
        if name not in self:
            self[name] = value
        return self[name]

    def __deepcopy__(self, memo):
        return type(self)({name: copy.deepcopy(value, memo) for name, value in self.items()})

    def clone(self):
        return copy.deepcopy(self)

    copy = copy_and_resolve_references = clone

    def freeze(self, *args):
        """Nothing is frozen: what a file may change, and what not, is no matter here."""

    defrost = lock = unlock = set_new_allowed = register_deprecated_key = register_renamed_key = freeze

    def is_frozen(self):
        return False

    is_new_allowed = is_frozen

    def merge_from_other_cfg(self, other):
        """Items of `other`, those of its parts beside those of the same parts here."""
        for name, value in dict(other).items():
            if isinstance(value, dict) and isinstance(self.get(name), Settings):
                self[name].merge_from_other_cfg(value)
            else:
                self[name] = value

    def merge_from_file(self, cfg_filename):
        """Raises FileNotFoundError where the workspace has no such file."""
        self.merge_from_other_cfg(_read(cfg_filename))

    def merge_from_list(self, pairs):
        """["MODEL.WIDTH", "8", …]"""
        for path, value in zip(pairs[::2], pairs[1::2]):
            *parts, last = path.split(".")
            part = self
            for name in parts:
                part = part.setdefault(name, Settings())
            part[last] = _literal(value)

    def to_dict(self):
        return {name: value.to_dict() if isinstance(value, Settings) else value for name, value in self.items()}

    def dump(self, *args, **kwargs):
        return yaml.safe_dump(self.to_dict())


def _read(file):
    """The settings in a file: its name, or the file itself."""
    if hasattr(file, "read"):
        return read(file)
    with open(file) as opened:
        return read(opened)


def read(text):
    """The settings in a text of YAML, or in an open file of it."""
    return yaml.safe_load(text) or {}


def _held(value):
    if isinstance(value, Settings) or not isinstance(value, dict):
        return [_held(item) for item in value] if type(value) is list else value
    return Settings(value)


def _literal(value):
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return value


class HParams(Settings):
    """`tf.contrib.training.HParams`"""

    def values(self):
        return self.to_dict()

    def add_hparam(self, name, value):
        self[name] = value

    set_hparam = add_hparam

    def parse(self, values):
        """"width=8,rate=0.1": as each of the settings is written."""
        for pair in filter(None, values.split(",")):
            name, _, value = pair.partition("=")
            self[name.strip()] = _literal(value)
        return self


class OmegaConf:
    """`omegaconf.OmegaConf`: functions that make and take apart settings."""

    @staticmethod
    def create(obj=None, flags=None):
        return _held({} if obj is None else obj)

    @staticmethod
    def load(file_):
        return _held(_read(file_))

    @staticmethod
    def structured(obj):
        return Settings({field.name: getattr(obj, field.name, None) for field in dataclasses.fields(obj)})

    @staticmethod
    def merge(*configs):
        merged = Settings()
        for config in configs:
            merged.merge_from_other_cfg(config)
        return merged

    @staticmethod
    def to_container(cfg, **options):
        return cfg.to_dict() if isinstance(cfg, Settings) else cfg

    @staticmethod
    def from_cli(args_list=None):
        return Settings()

    @staticmethod
    def from_dotlist(dotlist):
        settings = Settings()
        settings.merge_from_list([part for item in dotlist for part in item.split("=", 1)])
        return settings

    @staticmethod
    def select(cfg, key, default=None):
        for name in key.split("."):
            cfg = cfg.get(name, default) if isinstance(cfg, dict) else default
        return cfg

    @staticmethod
    def to_yaml(cfg, **options):
        return cfg.dump()

    @staticmethod
    def is_config(obj):
        return isinstance(obj, Settings)

    is_dict = is_config

    @staticmethod
    def set_struct(cfg, value):
        """Nothing is closed here."""

    set_readonly = resolve = register_new_resolver = set_struct


# Names of packages that are not here -> what stands for them.
STAND_INS = {
    "yacs.config.CfgNode": Settings, "fvcore.common.config.CfgNode": Settings, "detectron2.config.CfgNode": Settings,
    "omegaconf.OmegaConf": OmegaConf, "omegaconf.DictConfig": Settings, "omegaconf.dictconfig.DictConfig": Settings, "omegaconf.ListConfig": list,
    "easydict.EasyDict": Settings, "addict.Dict": Settings, "munch.Munch": Settings, "box.Box": Settings,
    "tensorflow.contrib.training.HParams": HParams,
    "ml_collections.ConfigDict": Settings, "ml_collections.config_dict.ConfigDict": Settings, "mmcv.ConfigDict": Settings, "mmengine.ConfigDict": Settings,
}
# Those of which settings are all that a model file takes.
PACKAGES = frozenset(("yacs", "omegaconf", "easydict", "addict", "munch", "box", "ml_collections"))
