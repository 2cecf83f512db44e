// How a loss is called, in the terminal, the panel and the findings.
import type { LossReport } from './report.ts';

type Loss = Pick<LossReport, 'kind' | 'name'>;

const titles: Readonly<Record<Exclude<LossReport['kind'], 'own'>, string>> = {
  'mean-square': 'mean square of the output', sum: 'sum of the output', 'cross-entropy': 'cross-entropy', 'binary-cross-entropy': 'binary cross-entropy', mse: 'mean squared error',
};

/** Functions whose kind has a title here. */
const kindOfFunction: Readonly<Record<string, keyof typeof titles>> = {
  cross_entropy: 'cross-entropy', mse_loss: 'mse', binary_cross_entropy: 'binary-cross-entropy', binary_cross_entropy_with_logits: 'binary-cross-entropy',
};

/** Title of a loss: `cross-entropy`, `smooth_l1_loss`, `the file's own loss`. */
export function lossTitle({ kind, name }: Loss): string {
  if (kind !== 'own') return titles[kind];
  if (name === null) return 'the file\'s own loss';
  return name in kindOfFunction ? titles[kindOfFunction[name]] : name === 'negative_log_likelihood' ? 'negative log-likelihood' : name;
}

/** What a loss compares the output with, as a phrase behind its title; empty where that is nothing, or part of the file's own formula. */
export function targetsPhrase({ name, targets }: Pick<LossReport, 'name' | 'targets'>): string {
  if (targets === 'random') return 'against random targets';
  return targets === 'file' && name !== null ? 'against the file\'s targets' : '';
}
