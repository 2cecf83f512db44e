"""torch.utils: data loading, hooks, checkpointing."""
from . import _pytree, checkpoint, data, hooks, model_zoo, tensorboard

__all__ = ["checkpoint", "data", "hooks", "model_zoo", "swap_tensors"]


def swap_tensors(t1, t2):
    """Exchanges all that two tensors are."""
    first = (t1._storage, t1._steps, dict(t1.__dict__), type(t1))
    t1._init(t2._storage, t2._steps)
    t1.__dict__, t1.__class__ = dict(t2.__dict__), type(t2)
    t2._init(first[0], first[1])
    t2.__dict__, t2.__class__ = first[2], first[3]
