"""Message passing over edges: scatter sums, a softmax per target node, attention heads, readout per graph."""
import torch
from torch import nn, Tensor
from torch.nn import Parameter
import torch.nn.functional as F


def edge_softmax(scores: Tensor, index: Tensor, num_nodes: int) -> Tensor:
    shape = (num_nodes, scores.size(1))
    largest = torch.full(shape, float("-inf")).scatter_reduce(0, index[:, None].expand_as(scores), scores.detach(), reduce="amax")
    weights = (scores - largest.index_select(0, index)).exp()
    total = torch.zeros(shape).index_add(0, index, weights)
    return weights / (total[index] + 1e-16)


class GraphAttention(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, heads: int = 2, negative_slope: float = 0.2):
        super().__init__()
        self.heads, self.out_channels, self.negative_slope = heads, out_channels, negative_slope
        self.lin = nn.Linear(in_channels, heads * out_channels, bias=False)
        self.att_src = Parameter(torch.Tensor(1, heads, out_channels))
        self.att_dst = Parameter(torch.Tensor(1, heads, out_channels))
        self.bias = Parameter(torch.Tensor(heads * out_channels))
        self.reset_parameters()

    def reset_parameters(self):
        gain = nn.init.calculate_gain("leaky_relu", self.negative_slope)
        nn.init.xavier_uniform_(self.lin.weight, gain=gain)
        nn.init.xavier_normal_(self.att_src)
        nn.init.xavier_normal_(self.att_dst)
        nn.init.zeros_(self.bias)

    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        num_nodes = x.size(0)
        source, target = edge_index
        h = self.lin(x).view(-1, self.heads, self.out_channels)
        alpha = (h * self.att_src).sum(-1)[source] + (h * self.att_dst).sum(-1)[target]
        alpha = edge_softmax(F.leaky_relu(alpha, self.negative_slope), target, num_nodes)
        messages = h[source] * alpha.unsqueeze(-1)
        out = torch.zeros_like(h).scatter_add_(0, target.view(-1, 1, 1).expand_as(messages), messages)
        return out.flatten(1) + self.bias


class GraphClassifier(nn.Module):
    def __init__(self, num_features=6, hidden=8, num_classes=3):
        super().__init__()
        self.conv1 = GraphAttention(num_features, hidden)
        self.conv2 = GraphAttention(hidden * 2, hidden)
        self.norm = nn.BatchNorm1d(hidden * 2)
        self.pool = nn.Linear(hidden * 2, 1)
        self.readout = nn.Sequential(nn.Linear(hidden * 4, hidden), nn.ELU(), nn.Dropout(0.25), nn.Linear(hidden, num_classes))

    def forward(self, x, edge_index, batch):
        edge_index = torch.cat([edge_index, torch.arange(x.size(0)).repeat(2, 1)], dim=1)
        x = F.elu(self.conv1(x, edge_index))
        x = F.elu(self.norm(self.conv2(x, edge_index)))
        graphs = int(batch.max()) + 1
        counts = torch.bincount(batch, minlength=graphs).clamp(min=1).to(x.dtype)
        gate = torch.sigmoid(self.pool(x))
        mean = torch.zeros(graphs, x.size(1)).index_add_(0, batch, x * gate) / counts[:, None]
        largest = torch.stack([x[batch == g].max(dim=0).values if (batch == g).any() else x.new_zeros(x.size(1)) for g in range(graphs)])
        return self.readout(torch.cat([mean, largest], dim=1))
