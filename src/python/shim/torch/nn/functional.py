"""torch.nn.functional: the functions, gathered from the files that define them by family."""
from .. import _public_names
from ._activation import (  # noqa: F401
    celu, celu_, elu, elu_, gelu, glu, gumbel_softmax, hardshrink, hardsigmoid, hardswish, hardtanh, hardtanh_, leaky_relu, leaky_relu_,
    log_softmax, logsigmoid, mish, prelu, relu, relu6, relu_, rrelu, selu, selu_, sigmoid, silu, softmax, softmin, softplus, softshrink,
    softsign, tanh, tanhshrink, threshold, threshold_)
from ._attention import multi_head_attention_forward, scaled_dot_product_attention  # noqa: F401
from ._convolution import (  # noqa: F401
    bilinear, conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d, conv_transpose3d, linear)
from ._dropout import alpha_dropout, dropout, dropout1d, dropout2d, dropout3d, feature_alpha_dropout  # noqa: F401
from ._loss import (  # noqa: F401
    binary_cross_entropy, binary_cross_entropy_with_logits, cosine_embedding_loss, cross_entropy, gaussian_nll_loss, hinge_embedding_loss,
    huber_loss, kl_div, l1_loss, margin_ranking_loss, mse_loss, nll_loss, poisson_nll_loss, smooth_l1_loss, soft_margin_loss,
    triplet_margin_loss)
from ._normalization import (  # noqa: F401
    batch_norm, group_norm, instance_norm, layer_norm, local_response_norm, normalize, rms_norm)
from ._padding import pad  # noqa: F401
from ._pooling import (  # noqa: F401
    adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d, adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d,
    avg_pool1d, avg_pool2d, avg_pool3d, lp_pool2d, max_pool1d, max_pool2d, max_pool3d)
from ._resize import (  # noqa: F401
    channel_shuffle, fold, grid_sample, interpolate, pixel_shuffle, pixel_unshuffle, unfold, upsample)
from ._similarity import cosine_similarity, pairwise_distance  # noqa: F401
from ._sparse import embedding, embedding_bag, one_hot  # noqa: F401


def __getattr__(name):
    raise _public_names.missing("torch.nn.functional", name)
