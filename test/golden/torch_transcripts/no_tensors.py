# What is no tensor, weights of other classes, and masks of other shapes.
import torch
import torch.nn.functional as F
from torch import nn


def check(text):
    try:
        print(text, "=>", eval(text))
    except Exception as error:
        print(text, "=>", type(error).__name__ + ":", str(error).split("\n")[0])


x, y = torch.arange(6.0).reshape(2, 3), torch.tensor([0, 1])
for a in (
    "(x,)",
    "[x]",
    "None",
    "'a'",
    "3",
    "{'a': x}",
):
    for text in ("nn.Linear(3,2)({})", "F.linear({}, x)", "nn.CrossEntropyLoss()({}, y)", "nn.CrossEntropyLoss()(x, {})", "F.nll_loss({}, y)", "nn.MSELoss()({}, x)", "nn.BCEWithLogitsLoss()({}, x)", "nn.ReLU()({})", "F.relu({})", "F.gelu({})", "nn.Flatten()({})", "nn.Dropout(0.5)({})", "nn.Embedding(3,2)({})", "torch.sigmoid({})", "torch.tanh({})", "torch.mean({})", "torch.sum({})"):
        check(text.format(a))
for text in (
    "F.cross_entropy(x, y, weight=torch.ones(2))",
    "F.cross_entropy(x, y, weight=torch.ones(3,1))",
    "F.nll_loss(x, y, weight=torch.ones(4))",
    "F.cross_entropy(x, y, weight=torch.ones(2), label_smoothing=.1)",
    "F.cross_entropy(x[:,:,None], y[:,None], weight=torch.ones(2))",
):
    check(text)
q = torch.ones(2,3,4)
for text in (
    "attn_mask=torch.zeros(2,2)",
    "attn_mask=torch.zeros(3,3)",
    "attn_mask=torch.zeros(2,3,3)",
    "attn_mask=torch.zeros(4,3,3)",
    "attn_mask=torch.zeros(1,2,3,3)",
    "key_padding_mask=torch.zeros(3,2)",
    "key_padding_mask=torch.zeros(2,3)",
    "key_padding_mask=torch.zeros(2,3).bool()",
    "key_padding_mask=torch.zeros(3).bool()",
    "attn_mask=torch.zeros(3,3).long()",
    "attn_mask=torch.zeros(3,3).int(), key_padding_mask=torch.zeros(2,3).bool()",
):
    check(f'nn.MultiheadAttention(4,2,batch_first=True)(q,q,q,{text})[0].shape')
for text in (
    "nn.MultiheadAttention(4,2)(q[None],q,q)",
    "nn.MultiheadAttention(4,2)(q,q[None],q)",
    "nn.MultiheadAttention(4,2)(q[0],q,q)",
    "nn.MultiheadAttention(4,2,batch_first=True)(q[0],q[0],q[0],key_padding_mask=torch.zeros(2,3))",
    "nn.TransformerEncoderLayer(4,2)(q[None])",
    "nn.TransformerEncoderLayer(4,2)(q,src_mask=torch.zeros(4,4))",
):
    check(text)
