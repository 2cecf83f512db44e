"""Control flow as functions: only the way that is taken is recorded."""
from ._creation import creator


@creator
def cond(pred, true_fn, false_fn, operands=()):
    return (true_fn if bool(pred) else false_fn)(*operands)


@creator
def while_loop(cond_fn, body_fn, carried_inputs):
    while bool(cond_fn(*carried_inputs)):
        carried_inputs = body_fn(*carried_inputs)
    return carried_inputs
