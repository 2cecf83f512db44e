"""torch.utils: data loading, hooks, checkpointing."""
from . import checkpoint, data, hooks

__all__ = ["checkpoint", "data", "hooks"]
