"""keras.layers"""
from . import convolutional as _convolutional
from . import merging as _merging
from . import pooling as _pooling
from . import regularization as _regularization
from . import reshaping as _reshaping
from .activation import ELU, LeakyReLU, PReLU, ReLU, Softmax, ThresholdedReLU
from .attention import AdditiveAttention, Attention, MultiHeadAttention
from .core import (
    Activation, Dense, EinsumDense, Embedding, Identity, Input, InputLayer, Lambda, Masking, Normalization, Rescaling)
from .input_spec import InputSpec
from .layer import Layer
from .normalization import (
    BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization, UnitNormalization)
from .recurrent import GRU, LSTM, RNN, GRUCell, LSTMCell, SimpleRNN, SimpleRNNCell, StackedRNNCells
from .unsupported import layer_named as _layer_named
from .wrappers import Bidirectional, TimeDistributed, Wrapper

for _module in (_convolutional, _merging, _pooling, _regularization, _reshaping):
    globals().update({_name: _thing for _name, _thing in vars(_module).items()
                      if isinstance(_thing, type) and issubclass(_thing, Layer) and not _name.startswith(("_", "Base"))})
# Keras 1's names of the convolutions, and the functions of the merging layers
for _rank in (1, 2, 3):
    globals()[f"Convolution{_rank}D"] = globals()[f"Conv{_rank}D"]
Convolution2DTranspose = globals()["Conv2DTranspose"]
add, multiply, maximum, minimum, average, subtract, concatenate, dot = (
    getattr(_merging, _name) for _name in ("add", "multiply", "maximum", "minimum", "average", "subtract", "concatenate", "dot"))


def __getattr__(name):
    return _layer_named(name)
