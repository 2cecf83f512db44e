"""Models that are called by their methods, `agent.get_action(observation)`: what the framework sees called are their layers one by one."""
import inspect

from ..inputs import methods
from ..recording import site


def parts_called(models, roots):
    """Ids of the layers of the roots that methods of one of these models called: one that has no forward, or that itself was not called, as one whose forward is called by its name."""
    found, called = set(), {id(root.module) for root in roots}
    for model in models:
        if getattr(model, "_modules", None) is None:
            continue
        has_forward = methods.instead_of_forward(model) is None
        if has_forward and id(model) in called:
            continue
        parts = {id(module) for module in model.modules()} - {id(model)}
        within = [root for root in roots if id(root.module) in parts and (has_forward or root.call.builtin)]
        if within:  # which is rare: lines are looked up in the code of every method
            lines = [*_lines_of(type(model))]
            found |= {id(root.module) for root in within if any(_is_within(root.call.site, *one) for one in lines)}
    return found


def are_of_methods(calls, models):
    """Whether methods of the models made all these calls."""
    lines = [one for cls in {type(model) for model in models} for one in _lines_of(cls)]
    return all(any(_is_within(call.site, *one) for one in lines) for call in calls)


def _lines_of(cls):
    """(file, range of lines) of the methods of a class."""
    for one in cls.__mro__:
        for method in vars(one).values():
            if inspect.isfunction(method):
                code = method.__code__
                last = max((line for *_, line in code.co_lines() if line is not None), default=code.co_firstlineno)
                yield code.co_filename, range(code.co_firstlineno, last + 1)


def _is_within(place, file, lines):
    return place >= 0 and site.table()[place][0] == file and site.table()[place][1] in lines
