# Every module class of torch.nn in several constructions: what it prints, and a checksum of its first state after a seed.
import array
import zlib

import torch
from torch import nn

D = torch.float64
torch.manual_seed(1)
CONSTRUCTIONS = {
    nn.Linear: [(1, 1), (3, 5), (7, 2, False), (17, 33), (64, 10), (5, 3, True, None, D)],
    nn.Bilinear: [(2, 3, 4), (5, 1, 7, False), (16, 16, 1)],
    nn.Conv1d: [(1, 1, 1), (3, 8, 5), (4, 6, 3, 2, 1, 1, 2), (4, 4, 3, 1, 1, 2, 4, False), (2, 2, 3, 1, "same", 1, 1, True, "circular")],
    nn.Conv2d: [(1, 1, 1), (3, 64, 7, 2, 3, 1, 1, False), (8, 8, 3, 1, 1, 1, 8), (3, 5, (2, 3), (1, 2), (0, 1)), (6, 9, 3, 1, 2, 2, 3), (1, 3, (1, 7), 1, "valid"), (3, 4, 3, 1, 1, 1, 1, True, "reflect", None, D)],
    nn.Conv3d: [(1, 2, 1), (2, 3, (1, 2, 3)), (4, 4, 3, 1, 1, 1, 4, False)],
    nn.ConvTranspose1d: [(1, 1, 1), (3, 5, 4, 2, 1), (4, 6, 3, 2, 1, 1, 2, False, 2)],
    nn.ConvTranspose2d: [(1, 1, 1), (16, 8, 4, 2, 1), (4, 8, (3, 2), 2, 0, 1, 4), (3, 2, 3, 1, 1, 0, 1, False)],
    nn.ConvTranspose3d: [(2, 3, 2), (4, 4, (1, 2, 3), 2, 0, 1, 2)],
    nn.Embedding: [(1, 1), (10, 3), (33, 17, 0), (7, 5, -1, 2.0), (4, 6, None, None, 2.0, True, True)],
    nn.EmbeddingBag: [(10, 3), (7, 4, None, 2.0, False, "sum"), (5, 9, 1.0, 1.0, False, "max", False, None, True, 2)],
    nn.RNN: [(1, 1), (3, 5, 2, "relu"), (4, 4, 3, "tanh", False, True, 0.5, True)],
    nn.LSTM: [(1, 1), (3, 5, 2), (4, 6, 2, True, True, 0.1, True), (5, 7, 1, False, False, 0.0, False, 3), (5, 8, 2, True, False, 0.0, True, 3)],
    nn.GRU: [(1, 1), (3, 5, 2), (4, 6, 3, False, True, 0.2, True)],
    nn.RNNCell: [(3, 5), (2, 4, False, "relu")], nn.LSTMCell: [(3, 5), (2, 4, False)], nn.GRUCell: [(3, 5), (2, 4, False)],
    nn.BatchNorm1d: [(3,), (5, 1e-3, None), (4, 1e-5, 0.1, False), (4, 1e-5, 0.2, True, False)], nn.BatchNorm2d: [(8,), (4, 1e-4, 0.05, False, False)], nn.BatchNorm3d: [(2,)],
    nn.SyncBatchNorm: [(3,)],
    nn.InstanceNorm1d: [(3,), (5, 1e-3, 0.2, True, True)], nn.InstanceNorm2d: [(3,), (3, 1e-5, 0.1, True)], nn.InstanceNorm3d: [(3,), (3, 1e-5, 0.1, False, True)],
    nn.LayerNorm: [(5,), ((3, 4),), (7, 1e-6, True, False), (7, 1e-6, False)], nn.GroupNorm: [(2, 6), (3, 9, 1e-3, False)], nn.RMSNorm: [(5,), ((2, 3), 1e-6, False), (4, 1e-6)],
    nn.LocalResponseNorm: [(2,), (5, 1e-3, 0.5, 2.0)], nn.CrossMapLRN2d: [(5,), (3, 1e-3, 0.5, 2.0)],
    nn.MultiheadAttention: [(8, 2), (12, 3, 0.1, False), (8, 2, 0.0, True, True), (8, 4, 0.0, True, False, True, 6, 10), (8, 2, 0.0, True, False, False, None, None, True)],
    nn.TransformerEncoderLayer: [(8, 2), (8, 2, 16, 0.0, "gelu", 1e-6, True, True, False)], nn.TransformerDecoderLayer: [(8, 2), (12, 3, 20, 0.2, "relu", 1e-5, True, True)],
    nn.TransformerEncoder: [(nn.TransformerEncoderLayer(4, 2, 8), 2), (nn.TransformerEncoderLayer(4, 2, 8, batch_first=True), 1, nn.LayerNorm(4))],
    nn.TransformerDecoder: [(nn.TransformerDecoderLayer(4, 2, 8), 2, nn.LayerNorm(4))],
    nn.Transformer: [(8, 2, 1, 2, 16), (12, 3, 2, 1, 8, 0.0, "gelu", None, None, 1e-6, True, True, False)],
    nn.AdaptiveLogSoftmaxWithLoss: [(16, 20, [5, 10]), (9, 30, [4, 12, 20], 2.0, True), (8, 10, [3], 4.0, False)],
    nn.PReLU: [(), (3,), (2, 0.1)], nn.RReLU: [(), (0.2, 0.4, True)], nn.LeakyReLU: [(), (0.2, True)], nn.ELU: [(), (0.5, True)], nn.CELU: [(), (0.5,)], nn.SELU: [(), (True,)],
    nn.ReLU: [(), (True,)], nn.ReLU6: [(), (True,)], nn.Sigmoid: [()], nn.Tanh: [()], nn.GELU: [(), ("tanh",)], nn.SiLU: [(), (True,)], nn.Mish: [(), (True,)], nn.GLU: [(), (1,)],
    nn.Hardtanh: [(), (-2, 2.5, True)], nn.Hardswish: [(), (True,)], nn.Hardsigmoid: [(), (True,)], nn.Hardshrink: [(), (0.3,)], nn.Softshrink: [(), (0.3,)], nn.Tanhshrink: [()], nn.Softsign: [()],
    nn.Softplus: [(), (2, 10)], nn.Softmax: [(), (1,)], nn.LogSoftmax: [(), (-1,)], nn.Softmin: [(), (0,)], nn.Softmax2d: [()], nn.LogSigmoid: [()], nn.Threshold: [(0.1, 20), (0.1, 20, True)],
    nn.Dropout: [(), (0.2, True)], nn.Dropout1d: [()], nn.Dropout2d: [(0.3,)], nn.Dropout3d: [()], nn.AlphaDropout: [(0.1,)], nn.FeatureAlphaDropout: [()],
    nn.MaxPool1d: [(3,), (3, 2, 1, 1, True, True)], nn.MaxPool2d: [(3,), ((3, 2), 2, (1, 0), 2, False, True)], nn.MaxPool3d: [(2, (1, 2, 2))],
    nn.AvgPool1d: [(3,), (3, 2, 1, True, False)], nn.AvgPool2d: [(3, 2, 1), ((2, 3), None, 0, False, True, 4)], nn.AvgPool3d: [(2, 2)],
    nn.AdaptiveAvgPool1d: [(1,)], nn.AdaptiveAvgPool2d: [(1,), ((None, 7),)], nn.AdaptiveAvgPool3d: [((1, 2, 3),)],
    nn.AdaptiveMaxPool1d: [(5,)], nn.AdaptiveMaxPool2d: [((5, None), True)], nn.AdaptiveMaxPool3d: [(2,)],
    nn.MaxUnpool1d: [(2,)], nn.MaxUnpool2d: [(2, 2, 0)], nn.MaxUnpool3d: [((1, 2, 3),)], nn.LPPool1d: [(2, 3)], nn.LPPool2d: [(1.2, 3, 2)], nn.LPPool3d: [(2, 3, None, True)],
    nn.FractionalMaxPool2d: [(3, (4, 5))], nn.FractionalMaxPool3d: [(2, None, 0.5)],
    nn.ZeroPad1d: [(2,)], nn.ZeroPad2d: [(1,), ((1, 2, 0, 3),)], nn.ZeroPad3d: [(1,)], nn.ConstantPad1d: [(2, 3.5)], nn.ConstantPad2d: [((1, 1, 2, 0), 3)], nn.ConstantPad3d: [(1, 0.5)],
    nn.ReflectionPad1d: [(2,)], nn.ReflectionPad2d: [((1, 1, 2, 0),)], nn.ReflectionPad3d: [(1,)], nn.ReplicationPad1d: [(2,)], nn.ReplicationPad2d: [(1,)], nn.ReplicationPad3d: [(1,)],
    nn.CircularPad1d: [(2,)], nn.CircularPad2d: [(1,)], nn.CircularPad3d: [((1, 1, 0, 2, 3, 0),)],
    nn.Upsample: [(None, 2), ((4, 5), None, "bilinear", True), (None, (2, 3), "bicubic")], nn.UpsamplingNearest2d: [(None, 2)], nn.UpsamplingBilinear2d: [((3, 4),)],
    nn.PixelShuffle: [(2,)], nn.PixelUnshuffle: [(3,)], nn.ChannelShuffle: [(2,)], nn.Flatten: [(), (0, 2)], nn.Unflatten: [(1, (2, 3)), (1, torch.Size([2, 5]))], nn.Identity: [(), (54, "unused")],
    nn.Fold: [((4, 5), (2, 2)), (8, 3, 1, 1, 2)], nn.Unfold: [(2,), ((2, 3), 1, 2, (1, 2))],
    nn.CosineSimilarity: [(), (2, 1e-6)], nn.PairwiseDistance: [(), (1, 1e-4, True)],
    nn.CrossEntropyLoss: [(), (torch.tensor([1.0, 2.0]), None, -1, None, "sum", 0.1)], nn.NLLLoss: [(), (torch.ones(3),)], nn.NLLLoss2d: [()], nn.BCELoss: [()], nn.BCEWithLogitsLoss: [(), (None, None, None, "sum", torch.ones(2))],
    nn.MSELoss: [()], nn.L1Loss: [()], nn.SmoothL1Loss: [(None, None, "sum", 0.5)], nn.HuberLoss: [("mean", 2.0)], nn.KLDivLoss: [(None, None, "batchmean", True)], nn.PoissonNLLLoss: [()],
    nn.GaussianNLLLoss: [()], nn.CTCLoss: [(3, "sum", True)], nn.MarginRankingLoss: [(0.5,)], nn.HingeEmbeddingLoss: [()], nn.CosineEmbeddingLoss: [(0.2,)], nn.TripletMarginLoss: [()],
    nn.TripletMarginWithDistanceLoss: [()], nn.MultiMarginLoss: [(1, 1.0, torch.ones(3))], nn.MultiLabelMarginLoss: [()], nn.MultiLabelSoftMarginLoss: [(torch.ones(2),)], nn.SoftMarginLoss: [()],
    nn.Sequential: [(), (nn.Linear(2, 2), nn.ReLU())], nn.ModuleList: [(), ([nn.Linear(2, 2), nn.Linear(2, 2), nn.Tanh()],)], nn.ModuleDict: [({"a": nn.ReLU()},)],
    nn.ParameterList: [([torch.zeros(2), torch.ones(2, 3)],)], nn.ParameterDict: [({"a": torch.zeros(2)},)],
    nn.LazyLinear: [(3,)], nn.LazyConv1d: [(4, 3)], nn.LazyConv2d: [(4, 3, 2, 1)], nn.LazyConv3d: [(2, 1)], nn.LazyConvTranspose1d: [(2, 3)], nn.LazyConvTranspose2d: [(2, 3, 2)], nn.LazyConvTranspose3d: [(2, 1)],
    nn.LazyBatchNorm1d: [()], nn.LazyBatchNorm2d: [(1e-3,)], nn.LazyBatchNorm3d: [()], nn.LazyInstanceNorm1d: [()], nn.LazyInstanceNorm2d: [(1e-3, 0.1, True)], nn.LazyInstanceNorm3d: [()],
}


def checksum(tensor):
    code = "d" if tensor.dtype is torch.float64 else "f" if tensor.is_floating_point() else "q"
    return zlib.crc32(array.array(code, tensor.detach().reshape(-1).tolist()).tobytes())


def described(module):
    state = {} if type(module).__name__.startswith("Lazy") else module.state_dict()
    total = 0
    for name, tensor in state.items():
        total = zlib.crc32(f"{total} {name} {tuple(tensor.shape)} {tensor.dtype} {checksum(tensor)}".encode())
    return f"{len(state)} {total:08x} {' '.join(repr(module).split())}"


for cls, constructions in CONSTRUCTIONS.items():
    for arguments in constructions:
        torch.manual_seed(7)
        try:
            print(described(cls(*arguments)))
        except Exception as error:
            print(cls.__name__, arguments, type(error).__name__, error)
