// Functions that are rows of a report when a model's own code calls them, as data: what they are to a reader.
// Activation functions are not listed here: they are recognized in the graph, however they are written.

export type LayerFunctionKind = 'linear' | 'pooling' | 'normalization' | 'dropout' | 'embedding' | 'attention' | 'softmax' | 'resize';

/** Functional names of PyTorch, Keras and TensorFlow. */
export const layerFunctions: Readonly<Record<string, LayerFunctionKind>> = {
  linear: 'linear', bilinear: 'linear', matmul: 'linear', mm: 'linear', bmm: 'linear', addmm: 'linear', baddbmm: 'linear', mv: 'linear', dot: 'linear',
  einsum: 'linear', tensordot: 'linear',
  conv1d: 'linear', conv2d: 'linear', conv3d: 'linear', conv: 'linear', convolution: 'linear', separable_conv: 'linear', depthwise_conv: 'linear',
  conv_transpose: 'linear', conv_transpose1d: 'linear', conv_transpose2d: 'linear', conv_transpose3d: 'linear',
  max_pool1d: 'pooling', max_pool2d: 'pooling', max_pool3d: 'pooling', max_pool: 'pooling',
  avg_pool1d: 'pooling', avg_pool2d: 'pooling', avg_pool3d: 'pooling', avg_pool: 'pooling', average_pool: 'pooling', lp_pool1d: 'pooling', lp_pool2d: 'pooling',
  lp_pool3d: 'pooling', max_unpool1d: 'pooling', max_unpool2d: 'pooling', max_unpool3d: 'pooling', fractional_max_pool2d: 'pooling',
  fractional_max_pool3d: 'pooling',
  adaptive_avg_pool1d: 'pooling', adaptive_avg_pool2d: 'pooling', adaptive_avg_pool3d: 'pooling',
  adaptive_max_pool1d: 'pooling', adaptive_max_pool2d: 'pooling', adaptive_max_pool3d: 'pooling',
  batch_norm: 'normalization', batch_normalization: 'normalization', layer_norm: 'normalization', group_norm: 'normalization',
  instance_norm: 'normalization', rms_norm: 'normalization', normalize: 'normalization', local_response_norm: 'normalization',
  dropout: 'dropout', dropout1d: 'dropout', dropout2d: 'dropout', dropout3d: 'dropout', alpha_dropout: 'dropout', feature_alpha_dropout: 'dropout',
  embedding: 'embedding', embedding_lookup: 'embedding', embedding_bag: 'embedding',
  scaled_dot_product_attention: 'attention', dot_product_attention: 'attention', multi_head_attention_forward: 'attention',
  softmax: 'softmax', log_softmax: 'softmax', softmin: 'softmax', gumbel_softmax: 'softmax', logsumexp: 'softmax',
  interpolate: 'resize', upsample: 'resize', pixel_shuffle: 'resize', grid_sample: 'resize',
};

/** Ops that are a row also where no call was recorded: `x @ w` with a matrix that is not made of the input. */
export const linearOps: ReadonlySet<string> = new Set(['linear', 'matmul', 'convolution']);
