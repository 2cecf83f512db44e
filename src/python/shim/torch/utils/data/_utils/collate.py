"""torch.utils.data._utils.collate: how batches are put together."""
from ..dataloader import default_collate, default_convert  # noqa: F401

np_str_obj_array_pattern = r"[SaUO]"
default_collate_err_msg_format = "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {}"
