"""torch.utils.data.distributed.DistributedSampler: one process's share of a data set's indices."""
import math

from ... import distributed
from ..._drawing import randperm
from ..._generator import Generator
from .sampler import Sampler

__all__ = ["DistributedSampler"]


class DistributedSampler(Sampler):
    def __init__(self, dataset, num_replicas=None, rank=None, shuffle=True, seed=0, drop_last=False):
        num_replicas = distributed.get_world_size() if num_replicas is None else num_replicas
        rank = distributed.get_rank() if rank is None else rank
        if not 0 <= rank < num_replicas:
            raise ValueError(f"Invalid rank {rank}, rank should be in the interval [0, {num_replicas - 1}]")
        self.dataset, self.num_replicas, self.rank, self.epoch, self.drop_last = dataset, num_replicas, rank, 0, drop_last
        count = len(dataset)
        self.num_samples = math.ceil((count - num_replicas) / num_replicas if drop_last and count % num_replicas else count / num_replicas)
        self.total_size = self.num_samples * num_replicas
        self.shuffle, self.seed = shuffle, seed

    def __iter__(self):
        count = len(self.dataset)
        indices = randperm(count, generator=Generator().manual_seed(self.seed + self.epoch)).tolist() if self.shuffle else list(range(count))
        if not self.drop_last:
            indices = (indices * math.ceil(self.total_size / max(count, 1)))[:self.total_size]
        return iter(indices[self.rank:self.total_size:self.num_replicas])

    def __len__(self):
        return self.num_samples

    def set_epoch(self, epoch):
        self.epoch = epoch
