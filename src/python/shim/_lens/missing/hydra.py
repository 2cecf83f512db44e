"""What `hydra` gives to the files that it configures: settings composed of their YAML files, and objects made of settings.

Composition as in https://hydra.cc/docs/advanced/defaults_list/: each entry of `defaults` is a file of settings that is put at the place of its group; `_self_` is the
file's own settings, behind them unless it is named.
"""
import functools
import importlib
import posixpath
import re

import yaml

from ..session import session
from .settings import Settings, read

_REFERENCE = re.compile(r"\$\{([\w.]+)\}")
_MOST_REFERENCES = 20


class SettingsError(ValueError):
    """A file of settings says something that hydra does not take."""


def composed(folder, name):
    """The settings that a function decorated with `@hydra.main(config_path=folder, config_name=name)` gets. Raises FileNotFoundError."""
    if name is None:
        return Settings()
    found = Settings()
    _compose(found, posixpath.join(posixpath.dirname(session.path), folder or "."), name, (), ())
    return _resolved(found, found)


def _compose(into, folder, name, place, around):
    """`around`: the files whose defaults led here."""
    file = posixpath.normpath(posixpath.join(folder, name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"))
    short = posixpath.basename(file)
    if file in around:
        raise SettingsError(f"{short} is among its own `defaults`")
    with open(file) as opened:
        text = opened.read()
    own, entries = _taken_apart(text, short)
    if "@package _global_" in text.partition("\n")[0]:
        place = ()
    for entry in entries:
        if entry == "_self_":
            _part(into, place).merge_from_other_cfg(own)
            continue
        [(group, options)] = entry.items() if isinstance(entry, dict) else [("", entry)]
        words = str(group).split(" ")
        group, _, package = words[-1].partition("@")
        for option in options if isinstance(options, list) else [options]:
            if option is None:
                continue
            to = () if package == "_global_" else (*place, *(package.split(".") if package else group.split("/") if group else ()))
            try:
                _compose(into, posixpath.join(folder, group), str(option), to, (*around, file))
            except FileNotFoundError:
                if "optional" not in words and group != "hydra" and not group.startswith("hydra/"):
                    raise


def _taken_apart(text, file):
    """(the file's own settings, the entries of its `defaults`) Raises SettingsError."""
    try:
        own = read(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SettingsError(f"{file} is not YAML{'' if mark is None else f' (line {mark.line + 1})'}: {getattr(error, 'problem', None) or 'it cannot be read'}") from None
    if not isinstance(own, dict):
        raise SettingsError(f"{file} has no settings by name, but a {type(own).__name__}")
    entries = own.pop("defaults", None) or []
    if not isinstance(entries, list):
        raise SettingsError(f"`defaults` of {file} is no list")
    for entry in entries:
        if not isinstance(entry, str) and not (isinstance(entry, dict) and len(entry) == 1):
            raise SettingsError(f"an entry of `defaults` in {file} is neither a name nor one `group: name`: {entry}")
    return own, entries if "_self_" in entries else [*entries, "_self_"]


def _part(settings, place):
    for name in place:
        if not isinstance(settings.get(name), Settings):
            settings[name] = Settings()
        settings = settings[name]
    return settings


def _resolved(thing, whole):
    """References to other settings, `${model.width}`, replaced by what they name; those to what is not a setting (`${oc.env:HOME}`) stay."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            thing[name] = _resolved(value, whole)
        return thing
    if isinstance(thing, list):
        return [_resolved(item, whole) for item in thing]
    for _ in range(_MOST_REFERENCES):
        reference = _REFERENCE.search(thing) if isinstance(thing, str) else None
        if reference is None:
            break
        value = _named(whole, reference[1])
        if value is None or isinstance(value, (dict, list)) and reference[0] != thing:
            break
        thing = value if reference[0] == thing else thing.replace(reference[0], str(value))
    return thing


def _named(settings, path):
    for name in path.split("."):
        settings = settings.get(name) if isinstance(settings, dict) else None
    return settings


def instantiate(config, *args, **kwargs):
    """`hydra.utils.instantiate`: the object that settings name by `_target_`, made with the others of them. Raises what making it raises."""
    if isinstance(config, list):
        return [instantiate(item) for item in config]
    if not isinstance(config, dict):
        return config
    settings = {**config, **kwargs}
    target, is_partial, given = settings.pop("_target_", None), settings.pop("_partial_", False), settings.pop("_args_", ())
    is_recursive = settings.pop("_recursive_", True)
    settings.pop("_convert_", None)
    made = {name: instantiate(value) if is_recursive else value for name, value in settings.items()}
    if target is None:
        return Settings(made)
    make = located(target) if isinstance(target, str) else target
    return functools.partial(make, *given, *args, **made) if is_partial else make(*given, *args, **made)


def located(path):
    """`hydra.utils.get_object`: what a dotted path names. Raises ImportError or AttributeError."""
    module, _, name = path.rpartition(".")
    rest = [name]
    while True:
        try:
            found = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, name = module.rpartition(".")
            if not module:
                raise
            rest.insert(0, name)
    for name in rest:
        found = getattr(found, name)
    return found


def working_folder():
    """`hydra.utils.get_original_cwd`"""
    return posixpath.dirname(session.path)


# Names of hydra's functions → ours.
FUNCTIONS = {
    "hydra.utils.instantiate": instantiate, "hydra.utils.call": instantiate, "hydra.instantiate": instantiate,
    "hydra.utils.get_class": located, "hydra.utils.get_method": located, "hydra.utils.get_object": located,
    "hydra.utils.get_original_cwd": working_folder, "hydra.utils.to_absolute_path": lambda path: posixpath.join(working_folder(), path),
}
