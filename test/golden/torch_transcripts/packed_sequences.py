# Packed sequences through recurrent layers: outputs, states and gradients; packing and its errors.
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence, unpack_sequence

torch.manual_seed(0)
kinds = ((nn.LSTM, {"bidirectional": True, "num_layers": 2}), (nn.GRU, {}), (nn.RNN, {"bidirectional": True, "nonlinearity": "relu"}),
         (nn.LSTM, {"proj_size": 2}))
for kind, options in kinds:
    for batch_first in (True, False):
        net = kind(3, 4, batch_first=batch_first, **options)
        x = torch.randn(*((3, 5, 3) if batch_first else (5, 3, 3)), requires_grad=True)
        packed = pack_padded_sequence(x, torch.tensor([3, 5, 1]), batch_first=batch_first, enforce_sorted=False)
        out, state = net(packed)
        y, lengths = pad_packed_sequence(out, batch_first=batch_first, padding_value=-1.0, total_length=6)
        states = state if isinstance(state, tuple) else (state,)
        (y.sum() + sum((s * s).sum() for s in states)).backward()
        print(kind.__name__, tuple(out.data.shape), tuple(y.shape), lengths.tolist(), "%.4f" % y.sum().item())
        print(["%.4f" % s[:, 2].sum().item() for s in states], ["%.4f" % v for v in x.grad.sum(-1).flatten().tolist()])
net = nn.GRU(3, 4)
out, last = net(pack_padded_sequence(torch.randn(4, 2, 3), [2, 4], enforce_sorted=False), torch.randn(1, 2, 4))
print(["%.4f" % v for v in last.flatten().tolist()])

packed = pack_sequence([torch.arange(3), torch.arange(2), torch.arange(1)])
print(packed.data.tolist(), packed.batch_sizes.tolist(), packed.sorted_indices, packed.unsorted_indices)
packed = pack_sequence([torch.arange(1), torch.arange(3), torch.arange(2)], enforce_sorted=False)
print(packed.data.tolist(), packed.batch_sizes.tolist(), packed.sorted_indices.tolist(), packed.unsorted_indices.tolist())
print([sequence.tolist() for sequence in unpack_sequence(packed)])
for lengths in ([1, 3], [3], [3, 0]):
    try:
        pack_padded_sequence(torch.zeros(3, 2, 1), lengths)
    except RuntimeError as error:
        print(error)
