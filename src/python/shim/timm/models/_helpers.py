"""Weights from a file."""
import torch

# What a file of weights may hold them under, beside other things.
_KEYS = ("state_dict_ema", "model_ema", "state_dict", "model")


def load_state_dict(checkpoint_path, use_ema=True, device="cpu", weights_only=False):
    loaded = torch.load(checkpoint_path, map_location=device)
    key = next((key for key in _KEYS[0 if use_ema else 2:] if isinstance(loaded, dict) and loaded.get(key) is not None), None)
    weights = loaded if key is None else loaded[key]
    return {name.removeprefix("module."): tensor for name, tensor in weights.items()}


def load_checkpoint(model, checkpoint_path, use_ema=True, device="cpu", strict=True, remap=False, filter_fn=None, weights_only=False):
    weights = load_state_dict(checkpoint_path, use_ema, device)
    return model.load_state_dict(weights if filter_fn is None else filter_fn(weights, model), strict=strict)


def clean_state_dict(state_dict):
    return {name.removeprefix("module."): tensor for name, tensor in state_dict.items()}
