"""Clouds of points: an alignment that begins as the identity, nearest neighbours by distance, features of edges, maxima over them."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.autograd import Variable


def neighbours(points, count):
    """Indices of each point's nearest, itself included: (batch, points, count)"""
    squares = points.pow(2).sum(-1)
    distances = squares[:, :, None] + squares[:, None] - 2 * torch.matmul(points, points.transpose(-1, -2))
    return torch.topk(distances, count, dim=-1, largest=False, sorted=True).indices


def edges(points, count):
    """Each point beside where its neighbours lie from it: (batch, 2 * width, points, count)"""
    batch, number, width = points.shape
    index = neighbours(points, count)
    index = index + number * torch.arange(batch).reshape(-1, 1, 1)
    near = points.reshape(batch * number, width)[index.flatten()].view(batch, number, count, width)
    own = points[:, :, None].expand_as(near)
    return torch.cat([own, near - own], -1).permute(0, 3, 1, 2).contiguous()


class Align(nn.Module):
    def __init__(self, width=3):
        super().__init__()
        self.width = width
        self.points = nn.Sequential(nn.Conv1d(width, 16, 1), nn.BatchNorm1d(16), nn.ReLU(), nn.Conv1d(16, 32, 1), nn.BatchNorm1d(32), nn.ReLU())
        self.matrix = nn.Linear(32, width ** 2)

    def forward(self, points):
        largest, _ = torch.max(self.points(points.mT), 2, keepdim=True)
        identity = Variable(torch.from_numpy(np.identity(self.width, dtype=np.float32).ravel()), requires_grad=False)
        if points.is_cuda:
            identity = identity.cuda()
        return torch.bmm(points, (self.matrix(largest.squeeze(2)) + identity).view(-1, self.width, self.width))


def edge_layer(before, after):
    return nn.Sequential(nn.Conv2d(2 * before, after, kernel_size=(1, 1), bias=False), nn.BatchNorm2d(after), nn.LeakyReLU(negative_slope=0.2))


class PointClassifier(nn.Module):
    def __init__(self, num_classes=7, count=5):
        super().__init__()
        self.count = count
        self.align = Align()
        self.edges = nn.ModuleList([edge_layer(3, 16), edge_layer(16, 32)])
        self.mix = nn.Conv1d(16 + 32, 64, 1)
        self.classify = nn.Sequential(nn.Dropout(), nn.Linear(128, num_classes), nn.LogSoftmax(dim=-1))

    def forward(self, points):
        x, found = self.align(points), []
        for layer in self.edges:
            x = layer(edges(x, self.count)).amax(dim=-1).transpose(1, 2)
            found.append(x)
        x = F.elu(self.mix(torch.cat(found, dim=-1).transpose(2, 1)))
        pooled = [F.adaptive_max_pool1d(x, 1), F.adaptive_avg_pool1d(x, 1)]
        return self.classify(torch.hstack([values.squeeze(-1) for values in pooled]))
