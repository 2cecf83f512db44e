"""What the arguments behind the first may be, beside a first input that is tried: by what a text says of them, else by `argumentrules`."""
from ..framework import InputSpec
from . import argumentnames, argumentrules, described

_CHOICES = 12               # of all arguments behind the first


def other_inputs(subject, first, given):
    """Lists of what to give for the remaining required arguments. `given`: place → what is given there in any case."""
    choices = [()]
    for place, name in enumerate(subject.names[1:subject.required], 1):
        choices = [(*chosen, option) for chosen in choices
                   for option in ([given[place]] if place in given else _options_of(subject, name, first, chosen))][:_CHOICES]
    return choices


def _options_of(subject, name, first, chosen):
    """`chosen`: what the arguments between get."""
    usual, said = argumentrules.options_of(subject, name, first, chosen), list(_as_described(subject, name, first))
    width = subject.width_of(name)
    if width and not said and first.shape:
        usual = [InputSpec((first.shape[0], width)), *usual]
    if not said or "mask" in name.lower():
        return [*usual, *[InputSpec(spec.shape, "bool") for spec in said]]
    as_said = [option for option in usual if isinstance(option, InputSpec) and option.shape == said[0].shape]
    return [*as_said, *(said if not as_said else []), *[option for option in usual if option not in as_said]]


def _as_described(subject, name, first):
    """What the text says of another argument, with the sizes that the first one has under the same names."""
    sizes, own = described.sizes_of(subject.method, name), described.sizes_of(subject.method, subject.names[0])
    if sizes is None:
        return
    known = dict(zip(own, first.shape)) if own is not None and len(own) == len(first.shape) else {}
    found = [known.get(size) or subject.size_named(size) or (first.shape[0] if first.shape and argumentnames.BATCH_SIZES.fullmatch(size) else None) for size in sizes]
    if len(found) > 1 and None not in found:
        yield InputSpec(found)
