// Derivatives of attention and of the loss of alignments. Attention's backward pass is an op of its own, which need not keep the
// weights; its second derivative is taken of the formula that it stands for.
import {
  add, cast, emit, emitAll, full, matmul, mul, once, reshape, sub, sum, transpose, tril, where, type Term,
} from '../emitter.ts';
import type { Attention } from '../opAttributes.ts';
import { OpError } from '../opError.ts';
import type { VjpRules } from './vjpRule.ts';

/** softmax(query · keyᵀ · scale + mask), 0 in rows that see nothing: those of which the sum's logarithm is −∞. */
function weightsOf([query, key, logSums, mask]: readonly (Term | undefined)[], { isCausal, scale }: Attention): Term {
  let scores = mul(matmul(query!, transpose(key!)), scale);
  const rank = scores.shape.length;
  // JSON has no −∞; what is this far below counts as nothing
  const unseen = -1e30;
  if (mask !== undefined) scores = mask.dtype === 'bool' ? where(mask, scores, unseen) : add(scores, mask);
  if (isCausal) scores = where(cast(tril(full(scores, scores.shape.slice(-2), 1)), 'bool'), scores, unseen);
  const isBlind = emit('isinf', [reshape(logSums!, [...logSums!.shape, 1])], {});
  return where(isBlind, 0, emit('softmax', [scores], { dim: rank - 1 }));
}

/** The gradient with respect to the scores: w (g · valueᵀ − Σ w g · valueᵀ) */
function ofScores(g: Term, value: Term, weights: Term): Term {
  const ofWeights = matmul(g, transpose(value));
  return mul(weights, sub(ofWeights, sum(mul(weights, ofWeights), [weights.shape.length - 1], true)));
}

export const attentionVjps = {
  scaled_dot_product_attention: ({ g, inputs: [query, key, value, mask], inputs, outputs: [y, logSums], attributes }) => {
    const given = [g, query, key, value, y, logSums, ...(mask === undefined ? [] : [mask])];
    const gradients = once(() => emitAll('scaled_dot_product_attention_backward', given, attributes));
    return [
      () => gradients()[0], () => gradients()[1], () => gradients()[2],
      () => ofScores(g, value, weightsOf([query, key, logSums, mask], attributes)),
    ].slice(0, inputs.length);
  },
  scaled_dot_product_attention_backward: ({ inputs, attributes, through }) => {
    const [g, query, key, value, , logSums, mask] = inputs;
    const gradients = once(() => {
      const weights = weightsOf([query, key, logSums, mask], attributes);
      const dScores = ofScores(g, value, weights);
      return through([
        mul(matmul(dScores, key), attributes.scale), mul(matmul(transpose(dScores), query), attributes.scale), matmul(transpose(weights), g),
      ]);
    });
    return inputs.map((_, at) => () => gradients()[at]);
  },
  ctc_loss: ({ g, inputs, outputs, attributes }) => [
    () => emit('ctc_loss_backward', [g, ...inputs, ...outputs], attributes), null, null, null,
  ],
  ctc_loss_backward: ({ inputs }) => inputs.map(() => () => {
    throw new OpError('derivative for aten::_ctc_loss_backward is not implemented');
  }),
} satisfies Partial<VjpRules>;
