// A model's report as text: what it is and what it was given, the table of its layers, totals, findings.
import { lossTitle, targetsPhrase } from '../protocol/lossWords.ts';
import type { InspectReport, LossReport, ModelReport } from '../protocol/report.ts';
import { formatLocation } from '../protocol/source.ts';
import { formatAmount, formatFlops, formatShape } from '../protocol/amounts.ts';
import { formatMeanStd, formatNumber } from '../protocol/figures.ts';
import { findingLines } from './findingsText.ts';
import { layerTable } from './table.ts';
import type { Style } from './terminalStyle.ts';

const frameworks: Readonly<Record<ModelReport['framework'], string>> = { torch: 'PyTorch', keras: 'Keras', tensorflow: 'TensorFlow', numpy: 'NumPy' };

const origins: Readonly<Record<ModelReport['inputs'][number]['origin'], string>> = {
  file: 'from the file', text: 'as in a text', declared: 'as declared', comment: 'from the comment', inferred: 'assumed', assumed: 'assumed', option: 'as given',
};

/** `isFresh`: of a model that is not in training, whose targets are others. `file`: where the model is defined; a loss in another one names that. */
function lossText(loss: LossReport, isFresh: boolean, file: string | undefined): string {
  const { value, range, origin } = loss;
  const where = range && range.file !== file ? ` of ${range.file.split('/').at(-1)}` : '';
  const place = range ? `(line ${range.line}${where})` : origin === 'assumed' ? '(assumed)' : '';
  return [lossTitle(loss), formatNumber(value, 4), isFresh ? targetsPhrase(loss) : '', isFresh ? place : ''].filter(Boolean).join(' ');
}

export interface ReportFacts {
  readonly seed: number;
  readonly mode: InspectReport['mode'];
  readonly width: number;
  readonly style: Style;
  /** What the figures are of, in place of where the inputs come from. */
  readonly source?: string;
}

/** Lines for one model. */
export function reportLines(model: ModelReport, { seed, mode, width, style, source }: ReportFacts): string[] {
  const { name, framework, definition, inputs, output, loss, layers, parameterCount, trainableParameterCount, flops, assumptions } = model;
  const inputText = inputs.map(({ shape, dtype, origin }) => `${formatShape(shape)}${dtype === 'float32' ? '' : ` ${dtype}`} ${origins[origin]}`).join(', ');
  const facts = [
    source ?? (inputs.length > 0 ? `input ${inputText}` : ''), loss ? lossText(loss, source === undefined, definition?.file) : '', `seed ${seed}`, `${mode} mode`,
  ].filter(Boolean);
  const frozen = parameterCount - trainableParameterCount;
  const totals = [
    `${formatAmount(parameterCount, 'parameter')}${frozen > 0 ? ` (${formatAmount(frozen, 'parameter')} not trained)` : ''}`, formatFlops(flops),
    output ? `output ${formatShape(output.shape)}${output.mean === null || output.std === null ? '' : `  ${formatMeanStd(output.mean, output.std)}`}` : '',
  ].filter(Boolean);
  return [
    `${style.bold(name)}  ${style.dim(`${frameworks[framework]}${definition ? `  ${formatLocation(definition)}` : ''}`)}`,
    style.dim(facts.join(' · ')),
    ...assumptions.map((assumption) => style.dim(assumption)),
    '',
    ...(layers.length > 0 ? layerTable(layers, width, style) : [style.dim('no layer was called')]),
    '',
    totals.join(' · '),
    ...(model.findings.length > 0 ? ['', ...findingLines(model.findings, style)] : []),
  ];
}
