"""DataLoader: batches in PyTorch's order, in this process (workers are not started)."""
from collections.abc import Mapping, Sequence

from _lens.learning import training
from _lens.recording import calls
from _lens.recording.array import Array

from ..._creation import as_tensor, tensor
from ..._dtype import float64
from ..._joining import stack
from ..._tensor import Tensor
from .dataset import IterableDataset, TensorDataset
from .sampler import BatchSampler, RandomSampler, SequentialSampler, fresh_seed


def get_worker_info():
    return None


def default_collate(batch):
    """Samples to a batch: tensors are stacked, numbers become tensors, tuples, lists and dicts are gone into."""
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(list(batch))
    if isinstance(first, Array):
        return stack([as_tensor(item) for item in batch])
    if isinstance(first, float):
        return tensor(list(batch), dtype=float64)
    if isinstance(first, int):
        return tensor(list(batch))
    if isinstance(first, (str, bytes)):
        return batch
    if isinstance(first, Mapping):
        return {key: default_collate([sample[key] for sample in batch]) for key in first}
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*(default_collate(samples) for samples in zip(*batch)))
    if isinstance(first, Sequence):
        if any(len(sample) != len(first) for sample in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        return [default_collate(samples) for samples in zip(*batch)]
    raise TypeError(f"default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {type(first)}")


def default_convert(data):
    """Arrays as tensors, within tuples, lists and dicts."""
    if isinstance(data, Tensor) or isinstance(data, (str, bytes)):
        return data
    if isinstance(data, Array):
        return as_tensor(data)
    if isinstance(data, Mapping):
        return {key: default_convert(value) for key, value in data.items()}
    if isinstance(data, tuple) and hasattr(data, "_fields"):
        return type(data)(*(default_convert(value) for value in data))
    if isinstance(data, (tuple, list)):
        return [default_convert(value) for value in data]
    return data


class DataLoader:
    def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None,
                 pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None, generator=None, *,
                 prefetch_factor=None, persistent_workers=False, pin_memory_device="", in_order=True):
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        if batch_sampler is not None and (batch_size != 1 or shuffle or sampler is not None or drop_last):
            raise ValueError("batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last")
        self.dataset, self.num_workers, self.generator, self.drop_last = dataset, num_workers, generator, drop_last
        self.pin_memory, self.timeout, self.worker_init_fn = pin_memory, timeout, worker_init_fn
        self.streams = isinstance(dataset, IterableDataset)
        if sampler is None and not self.streams:
            sampler = RandomSampler(dataset, generator=generator) if shuffle else SequentialSampler(dataset)
        if batch_sampler is None and batch_size is not None and not self.streams:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        self.batch_size = None if batch_sampler is not None and not isinstance(batch_sampler, BatchSampler) else batch_size
        self.sampler, self.batch_sampler = sampler, batch_sampler
        self._default_collate = collate_fn is None
        self.collate_fn = collate_fn or (default_collate if batch_size is not None else lambda sample: sample)
        if batch_size is not None:
            training.saw_batch_size(getattr(batch_sampler, "batch_size", batch_size))

    def __iter__(self):
        fresh_seed(self.generator)  # PyTorch draws a seed for workers here, whether it has any or not
        return self._stream() if self.streams else self._batches()

    def _batches(self):
        if self.batch_sampler is None:
            for index in self.sampler:
                yield self._prepared(lambda: self.dataset[index])
            return
        at_once = self._default_collate and type(self.dataset) is TensorDataset
        for indices in self.batch_sampler:
            if at_once:
                yield [rows[indices] for rows in self.dataset.tensors]
            elif hasattr(self.dataset, "__getitems__"):
                yield self._prepared(lambda: self.dataset.__getitems__(indices))
            else:
                yield self._prepared(lambda: [self.dataset[index] for index in indices])

    def _prepared(self, samples):
        with calls.muted():  # what prepares data is no part of a model
            return self.collate_fn(samples())

    def _stream(self):
        batch = []
        for sample in self.dataset:
            batch.append(sample)
            if len(batch) == self.batch_size:
                yield self._prepared(lambda: batch)
                batch = []
        if batch and not self.drop_last:
            yield self._prepared(lambda: batch)

    def __len__(self):
        if self.streams:
            whole, rest = divmod(len(self.dataset), self.batch_size)
            return whole + (rest > 0 and not self.drop_last)
        return len(self.sampler if self.batch_sampler is None else self.batch_sampler)
