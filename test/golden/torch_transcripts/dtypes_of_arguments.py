# Arguments whose dtypes do not go together: targets of losses, factors of products, sources of copies.
import torch
import torch.nn.functional as F

scores = torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.0, -0.5]])
calls = {
    "binary_cross_entropy": lambda: F.binary_cross_entropy(scores.sigmoid(), many),
    "binary_cross_entropy_with_logits": lambda: F.binary_cross_entropy_with_logits(scores, many),
    "the same, weighted": lambda: F.binary_cross_entropy_with_logits(scores, many, pos_weight=torch.full((3,), 2.0)),
    "cross_entropy of classes": lambda: F.cross_entropy(scores, classes),
    "cross_entropy of probabilities": lambda: F.cross_entropy(scores, many),
    "cross_entropy, smoothed": lambda: F.cross_entropy(scores, classes, label_smoothing=0.1),
    "nll_loss": lambda: F.nll_loss(scores, classes),
    "mse_loss": lambda: F.mse_loss(scores, many),
    "l1_loss": lambda: F.l1_loss(scores, many),
    "smooth_l1_loss": lambda: F.smooth_l1_loss(scores, many),
    "kl_div": lambda: F.kl_div(scores.log_softmax(1), many),
    "multilabel_soft_margin_loss": lambda: F.multilabel_soft_margin_loss(scores, many),
    "hinge_embedding_loss": lambda: F.hinge_embedding_loss(scores, many),
    "dropout": lambda: F.dropout(many, 0.0),
    "dropout of some": lambda: F.dropout(many, 0.5).dtype,
    "lerp": lambda: torch.lerp(scores, many, 0.5),
    "index_copy": lambda: scores.index_copy(0, torch.tensor([0]), many[:1]),
    "masked_scatter": lambda: scores.masked_scatter(scores > 0, many),
    "gather": lambda: scores.gather(1, many),
    "scatter": lambda: scores.scatter(0, many, 1.0),
    "dot": lambda: torch.dot(scores[0], many[0]),
    "mv": lambda: torch.mv(scores, many[0]),
    "matrix @ vector": lambda: scores @ many[0],
    "mm": lambda: torch.mm(scores, many.T),
    "bmm": lambda: torch.bmm(scores[None], many.T[None]),
    "batch @ matrix": lambda: scores[None] @ many.T,
    "batch @ batch": lambda: scores[None] @ many.T[None],
    "addmm, input": lambda: torch.addmm(many[:, :2], scores, scores.T),
    "addmm, factor": lambda: torch.addmm(scores[:, :2], scores, many.T),
    "linear": lambda: F.linear(scores, many),
    "linear, bias": lambda: F.linear(scores, scores, many[0, :2]),
    "cat of none": lambda: torch.cat([]),
}
for name in ("float16", "float32", "float64", "int64", "int32", "uint8", "int8", "bool"):
    dtype = getattr(torch, name)
    classes, many = torch.tensor([0, 1]).to(dtype), torch.tensor([[1, 0, 1], [0, 1, 0]]).to(dtype)
    for what, call in calls.items():
        try:
            print(name, what, "=>", call())
        except Exception as error:
            print(name, what, "=>", type(error).__name__ + ":", str(error).split("\n")[0])
