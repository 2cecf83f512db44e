# Losses with their reductions and weights, functions of nn.functional, optimizers' steps.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(5)
logits, target, weight = torch.randn(4, 3, requires_grad=True), torch.tensor([0, 2, 1, 2]), torch.tensor([1.0, 2.0, 0.5])
x, y, p = torch.randn(4, 3, requires_grad=True), torch.randn(4, 3), torch.rand(4, 3)
dense = torch.softmax(torch.randn(4, 3), 1)
for loss, *inputs in (
    (nn.CrossEntropyLoss(), logits, target), (nn.CrossEntropyLoss(weight=weight), logits, target), (nn.CrossEntropyLoss(label_smoothing=0.1), logits, target), (nn.CrossEntropyLoss(weight=weight, label_smoothing=0.2), logits, target),
    (nn.CrossEntropyLoss(ignore_index=2), logits, target), (nn.CrossEntropyLoss(reduction="sum"), logits, target), (nn.CrossEntropyLoss(reduction="none"), logits, target), (nn.CrossEntropyLoss(), logits, dense),
    (nn.CrossEntropyLoss(), torch.randn(2, 3, 4, requires_grad=True), torch.zeros(2, 4, dtype=torch.long)), (nn.NLLLoss(), F.log_softmax(logits, 1), target), (nn.NLLLoss(weight=weight, reduction="sum"), F.log_softmax(logits, 1), target),
    (nn.MSELoss(), x, y), (nn.MSELoss(reduction="sum"), x, y), (nn.MSELoss(reduction="none"), x, y), (nn.L1Loss(), x, y), (nn.SmoothL1Loss(), x, y), (nn.SmoothL1Loss(beta=0.5), x, y), (nn.HuberLoss(delta=0.7), x, y),
    (nn.BCELoss(), torch.sigmoid(x), p), (nn.BCEWithLogitsLoss(), x, p), (nn.BCEWithLogitsLoss(pos_weight=weight), x, p), (nn.BCELoss(weight=weight), torch.sigmoid(x), p), (nn.KLDivLoss(reduction="batchmean"), F.log_softmax(x, 1), dense),
    (nn.KLDivLoss(reduction="sum", log_target=True), F.log_softmax(x, 1), dense.log()), (nn.PoissonNLLLoss(), x, p), (nn.GaussianNLLLoss(), x, y, p), (nn.HingeEmbeddingLoss(), x, torch.tensor([1.0, -1.0, 1.0])),
    (nn.MarginRankingLoss(margin=0.1), x[0], x[1], torch.ones(3)), (nn.CosineEmbeddingLoss(), x, y, torch.tensor([1, -1, 1, -1])), (nn.TripletMarginLoss(), x, y, p), (nn.SoftMarginLoss(), x, torch.sign(y)),
):
    result = loss(*inputs)
    print(loss, result)
    leaf = inputs[0] if inputs[0].is_leaf else logits if type(loss) is nn.NLLLoss else x
    leaf.grad = None
    result.sum().backward()
    print("  ", leaf.grad.abs().sum())
for value in (F.softmax(x, dim=1), F.normalize(y, dim=1), F.one_hot(target, 3), F.one_hot(target), F.cosine_similarity(x, y), F.pairwise_distance(x, y), F.pad(y, (1, 2), value=3.0), F.pad(y[None], (1, 1), mode="reflect"),
              F.scaled_dot_product_attention(y[None], y[None], y[None]), F.scaled_dot_product_attention(y[None], y[None], y[None], is_causal=True), F.gelu(y), F.softplus(y, 2), F.leaky_relu(y, 0.3), F.hardtanh(y, -0.5, 0.5), F.glu(torch.ones(2, 4)),
              F.interpolate(y[None, None], size=(2, 2)), F.interpolate(y[None, None], scale_factor=1.5, mode="bilinear"), F.layer_norm(y, (3,)), F.elu(y), F.logsigmoid(y), F.softmin(y, 0), F.gumbel_softmax(y, hard=True).sum(1), F.dropout(y, 0.5, training=False),
              F.embedding(target, y), F.linear(y, y), F.max_pool1d(y[None], 2), F.conv1d(y[None], torch.ones(2, 4, 2)), F.relu(y).sum(), F.threshold(y, 0.0, -1.0), F.celu(y), F.tanhshrink(y), F.unfold(y[None, None], (2, 2)), F.mish(y), F.relu6(y * 9)):
    print(value)
for make in (lambda ps: torch.optim.SGD(ps, lr=0.1), lambda ps: torch.optim.SGD(ps, lr=0.1, momentum=0.9, weight_decay=0.01), lambda ps: torch.optim.SGD(ps, 0.1, momentum=0.9, nesterov=True), lambda ps: torch.optim.Adam(ps, lr=0.01),
             lambda ps: torch.optim.Adam(ps, lr=0.01, weight_decay=0.1, amsgrad=True), lambda ps: torch.optim.AdamW(ps, lr=0.01), lambda ps: torch.optim.RMSprop(ps, lr=0.01, momentum=0.5, centered=True), lambda ps: torch.optim.Adagrad(ps, lr=0.1)):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = make(model.parameters())
    for step in [0, 1, 2]:
        optimizer.zero_grad(); loss = model(y).pow(2).mean(); loss.backward(); optimizer.step()
    print(type(optimizer).__name__, f"{loss.item():.5f}", model[0].weight.sum().item().__format__(".4f"))
    print(optimizer)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5); scheduler.step(); print(scheduler.get_last_lr())
print(torch.nn.utils.clip_grad_norm_(model.parameters(), 0.01), model[0].weight.grad.norm())
