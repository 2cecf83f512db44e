# Attention in its forms, and losses over classes: alignments, margins, several labels, clusters.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(7)
q, k, v = (torch.randn(2, 2, n, 4, requires_grad=True) for n in (3, 5, 5))
mask = torch.tensor([[True, False, True, True, False], [True] * 5, [False] * 5])
bias = torch.randn(1, 2, 3, 5, requires_grad=True)


def attend(*operands, **options):
    y = F.scaled_dot_product_attention(*operands, **options)
    print(y)
    leaves = [tensor for tensor in (*operands, options.get("attn_mask")) if tensor is not None and tensor.requires_grad]
    for gradient in torch.autograd.grad((y * torch.arange(1.0, y.numel() + 1).reshape(y.shape)).sum(), leaves):
        print("  ", gradient.sum(), gradient.abs().sum())


attend(q, k, v)
attend(q, k, v, is_causal=True)
attend(q, k, v, attn_mask=mask)
attend(q, k, v, attn_mask=bias)
attend(q, k, v, attn_mask=bias[:, :1].detach().expand(2, 1, 3, 5))
attend(q, k, v, scale=0.3)
attend(q[0], k[0], v[0])
attend(q[0, 0], k[0, 0], v[0, 0], is_causal=True)
attend(q, k[:, :1], v[:, :1], enable_gqa=True)
attend(q, k[:1, :1], v[:1])
layer = nn.MultiheadAttention(4, 2, batch_first=True).eval()
print(layer(q[0], k[0], v[0])[0].sum(), layer(q[0], k[0], v[0], need_weights=False)[0].sum())
logits = torch.randn(6, 2, 4, requires_grad=True)
logs, targets = F.log_softmax(logits, 2), torch.tensor([[1, 2, 2], [3, 1, 0]])
lengths, counts = torch.tensor([6, 5]), torch.tensor([3, 2])
for loss in (F.ctc_loss(logs, targets, lengths, counts), F.ctc_loss(logs, targets, (6, 5), (3, 2), reduction="sum"), nn.CTCLoss(reduction="none")(logs, targets, lengths, counts), F.ctc_loss(logs, torch.tensor([1, 2, 2, 3, 1]), lengths, counts),
             nn.CTCLoss(blank=3, zero_infinity=True)(logs, torch.tensor([[1, 1, 2], [0, 1, 2]]), torch.tensor([3, 6]), torch.tensor([3, 3])), F.ctc_loss(logs[:, 0], torch.tensor([1, 2]), torch.tensor(6), torch.tensor(2))):
    print(loss, torch.autograd.grad(loss.sum(), logits, retain_graph=True)[0].flatten()[:10])
x, y, labels = torch.randn(3, 4, requires_grad=True), torch.tensor([2, 0, 3]), torch.tensor([[0, 3, -1, 1], [1, -1, 0, 2], [3, 2, 1, 0]])
several, weight = torch.tensor([[1.0, 0, 0, 1], [0, 1, 1, 0], [1, 1, 0, 0]]), torch.tensor([1.0, 0.5, 2.0, 1.0])
for loss in (F.multi_margin_loss(x, y), F.multi_margin_loss(x, y, p=2, margin=0.5, weight=weight, reduction="none"), nn.MultiMarginLoss(reduction="sum")(x, y), F.multilabel_margin_loss(x, labels), nn.MultiLabelMarginLoss(reduction="none")(x, labels),
             F.multilabel_soft_margin_loss(x, several), nn.MultiLabelSoftMarginLoss(weight, reduction="none")(x, several), F.triplet_margin_with_distance_loss(x, x.roll(1, 0), x.roll(2, 0), swap=True), nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: (a - b).abs().sum(-1), margin=2.0)(x, x.flip(0), x * 0.1)):
    print(loss, torch.autograd.grad(loss.sum(), x)[0].flatten()[:8])
torch.manual_seed(8)
clusters = nn.AdaptiveLogSoftmaxWithLoss(8, 12, [3, 6], div_value=2.0)
hidden = torch.randn(4, 8)
output, loss = clusters(hidden, torch.tensor([0, 4, 11, 2]))
print(clusters, output, loss, (clusters.log_prob(hidden).exp().sum(1) - 1).abs().max() < 1e-6, clusters.predict(hidden))
print(nn.CTCLoss(), nn.MultiMarginLoss(), nn.MultiLabelMarginLoss(), nn.TripletMarginWithDistanceLoss())

# The last projection of an attention may give another width than it takes, as CLIP's pooling does.
torch.manual_seed(5)
x = torch.randn(5, 2, 8)
wide = [torch.randn(8, 8) for _ in range(3)]
out, weights = F.multi_head_attention_forward(
    x[:1], x, x, 8, 2, None, torch.zeros(24), None, None, False, 0.0, torch.randn(3, 8), torch.randn(3),
    use_separate_proj_weight=True, q_proj_weight=wide[0], k_proj_weight=wide[1], v_proj_weight=wide[2], training=True, need_weights=False)
print(tuple(out.shape), weights, torch.round(out.mean() * 100).item())
