"""Which array of a file is which of the model's: by name, as `load_state_dict(strict=False)` does it."""
import re

# What wrappers put before a model's names: DataParallel, torch.compile, LightningModule.
_PREFIXES = ("module.", "_orig_mod.", "model.")
# What files hold beside a model's own state.
_NOT_STATE = re.compile(r"(^|/)(optimizer|metrics|loss_tracker)(/|$)")


class Target:
    """One array of the model that a file may hold: `names` are all that it may have there, the one to show first."""

    def __init__(self, names, array):
        self.names = [name for name in names if name]
        self.array = array

    @property
    def name(self):
        return self.names[0]


class Match:
    """`pairs`: [(Target, Stored)]; `missing`: Targets without an array; `unexpected`: names of arrays without a Target."""

    def __init__(self, pairs, missing, unexpected):
        self.pairs, self.missing, self.unexpected = pairs, missing, unexpected


def targets_of(state):
    """Targets for [(names, array)]; tied arrays, which appear under several names, are one."""
    found = {}
    for names, array in state:
        if id(array) in found:
            found[id(array)].names.extend(names)
        else:
            found[id(array)] = Target(names, array)
    return list(found.values())


def matched(targets, arrays):
    """`arrays`: {name: Stored} of the file."""
    arrays = {name: stored for name, stored in arrays.items() if not _NOT_STATE.search(name)}
    if arrays and all(re.fullmatch(r"arr_\d+", name) for name in arrays):
        arrays = _by_place(targets, arrays)
    arrays = _without_prefixes({name for target in targets for name in target.names}, arrays)
    pairs, missing, used = [], [], set()
    for target in targets:
        name = next((name for name in target.names if name in arrays), None)
        if name is None:
            missing.append(target)
        else:
            pairs.append((target, arrays[name]))
            used.update(target.names)
    return Match(pairs, missing, [name for name in arrays if name not in used])


def _by_place(targets, arrays):
    """`np.savez(file, *model.get_weights())`: the arrays in the order of the model's own."""
    in_order = sorted(arrays.items(), key=lambda item: int(item[0][4:]))
    names = [target.name for target in targets]
    return {names[place] if place < len(names) else name: stored for place, (name, stored) in enumerate(in_order)}


def _without_prefixes(wanted, arrays):
    """The same arrays, with wrappers' prefixes taken off for as long as that makes more names fit."""
    def fitting(names):
        return sum(name in wanted for name in names)

    improved = True
    while improved:
        improved = False
        for prefix in _PREFIXES:
            shorter = {_without(prefix, name): stored for name, stored in arrays.items()}
            # taken off one after another: the first alone may not fit yet
            again = {_without(other, name) for name in shorter for other in _PREFIXES}
            if len(shorter) == len(arrays) and shorter.keys() != arrays.keys() and max(fitting(shorter), fitting(again)) > fitting(arrays):
                arrays, improved = shorter, True
    return arrays


def _without(prefix, name):
    # a compiled part of a model carries its prefix within
    return name.replace(prefix, "") if prefix == "_orig_mod." else name.removeprefix(prefix)
