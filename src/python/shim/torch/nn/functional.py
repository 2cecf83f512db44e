"""torch.nn.functional: the functions, gathered from the files that define them by family."""
from .. import _public_names
from ._activation import (  # noqa: F401
    celu, celu_, elu, elu_, gelu, glu, gumbel_softmax, hardshrink, hardsigmoid, hardswish, hardtanh, hardtanh_, leaky_relu, leaky_relu_,
    log_softmax, logsigmoid, mish, prelu, relu, relu6, relu_, rrelu, rrelu_, selu, selu_, sigmoid, silu, softmax, softmin, softplus, softshrink,
    softsign, tanh, tanhshrink, threshold, threshold_)
from ._attention import multi_head_attention_forward, scaled_dot_product_attention  # noqa: F401
from ._class_loss import ctc_loss, multi_margin_loss, multilabel_margin_loss, multilabel_soft_margin_loss  # noqa: F401
from ._convolution import (  # noqa: F401
    bilinear, conv1d, conv2d, conv3d, conv_tbc, conv_transpose1d, conv_transpose2d, conv_transpose3d, linear)
from ._dropout import alpha_dropout, dropout, dropout1d, dropout2d, dropout3d, feature_alpha_dropout  # noqa: F401
from ._fractional import (  # noqa: F401
    fractional_max_pool2d, fractional_max_pool2d_with_indices, fractional_max_pool3d, fractional_max_pool3d_with_indices)
from ._loss import (  # noqa: F401
    binary_cross_entropy, binary_cross_entropy_with_logits, cosine_embedding_loss, cross_entropy, gaussian_nll_loss, hinge_embedding_loss,
    huber_loss, kl_div, l1_loss, linear_cross_entropy, margin_ranking_loss, mse_loss, nll_loss, poisson_nll_loss, smooth_l1_loss, soft_margin_loss,
    triplet_margin_loss, triplet_margin_with_distance_loss)
from ._normalization import (  # noqa: F401
    batch_norm, group_norm, instance_norm, layer_norm, local_response_norm, normalize, rms_norm)
from ._padding import pad  # noqa: F401
from ._pooling import (  # noqa: F401
    adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d, adaptive_max_pool1d, adaptive_max_pool1d_with_indices, adaptive_max_pool2d,
    adaptive_max_pool2d_with_indices, adaptive_max_pool3d, adaptive_max_pool3d_with_indices, avg_pool1d, avg_pool2d, avg_pool3d, lp_pool1d,
    lp_pool2d, lp_pool3d, max_pool1d, max_pool1d_with_indices, max_pool2d, max_pool2d_with_indices, max_pool3d, max_pool3d_with_indices,
    max_unpool1d, max_unpool2d, max_unpool3d)
from ._resize import (  # noqa: F401
    channel_shuffle, channel_shuffle as native_channel_shuffle, fold, interpolate, pixel_shuffle, pixel_unshuffle, unfold, upsample, upsample_bilinear, upsample_nearest)
from ._sampling import affine_grid, grid_sample  # noqa: F401
from ._similarity import cosine_similarity, pairwise_distance  # noqa: F401
from ._sparse import embedding, embedding_bag, one_hot  # noqa: F401


def __getattr__(name):
    return _public_names.attribute("torch.nn.functional", name)
