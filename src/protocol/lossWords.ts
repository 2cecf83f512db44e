// The kinds of losses, and how a loss is called, in the terminal, the panel and the findings.
import type { LossKind, LossReport } from './report.ts';

interface KindOfLoss {
  readonly title: string;
  /** Functions of the frameworks that are this kind, and are called by its title. */
  readonly functions: readonly string[];
  /** And those that are this kind of an output in another form: called by their own names. */
  readonly alike?: readonly string[];
}

export const lossKinds: Readonly<Record<Exclude<LossKind, 'own'>, KindOfLoss>> = {
  'mean-square': { title: 'mean square of the output', functions: [] },
  sum: { title: 'sum of the output', functions: [] },
  'cross-entropy': { title: 'cross-entropy', functions: ['cross_entropy'], alike: ['nll_loss'] },
  'binary-cross-entropy': { title: 'binary cross-entropy', functions: ['binary_cross_entropy', 'binary_cross_entropy_with_logits'] },
  mse: { title: 'mean squared error', functions: ['mse_loss'] },
  likelihood: { title: 'negative log-likelihood', functions: ['negative_log_likelihood'] },
};

const titleOfFunction = new Map(Object.values(lossKinds).flatMap(({ title, functions }) => functions.map((name) => [name, title] as const)));

/** Whether one of some functions is a kind of loss. */
export function isAmong(kind: LossKind, names: readonly string[]): boolean {
  if (kind === 'own') return false;
  const { functions, alike = [] } = lossKinds[kind];
  return names.some((name) => functions.includes(name) || alike.includes(name));
}

/** Title of a loss: `cross-entropy`, `smooth_l1_loss`, `the file's own loss`; of several outputs, `cross-entropy of 3 outputs`, `mean of the losses of 3 outputs (cross-entropy, mean squared error)`. */
export function lossTitle({ kind, name, others = [] }: Pick<LossReport, 'kind' | 'name' | 'others'>): string {
  const title = kind !== 'own' ? lossKinds[kind].title : name === null ? 'the file\'s own loss' : titleOfFunction.get(name) ?? name;
  if (others.length === 0) return title;
  const titles = [...new Set([title, ...others.map((other) => lossTitle({ kind: other, name: null }))])];
  const outputs = `${others.length + 1} outputs`;
  return titles.length === 1 ? `${title.replace(/ of the output$/, '')} of ${outputs}` : `mean of the losses of ${outputs} (${titles.join(', ')})`;
}

/** What a loss compares the output with, as a phrase behind its title; empty where that is nothing, or part of the file's own formula. */
export function targetsPhrase({ name, targets }: Pick<LossReport, 'name' | 'targets'>): string {
  if (targets === 'random') return 'against random targets';
  return targets === 'file' && name !== null ? 'against the file\'s targets' : '';
}
