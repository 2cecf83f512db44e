// Where a model's input comes from, in words.
import type { InputOrigin, PlainInputReport } from '../src/protocol/report.ts';

export const originTexts: Readonly<Record<InputOrigin | PlainInputReport['origin'], string>> = {
  file: 'from the file', text: 'as a text of the workspace calls it, which is not run', declared: 'declared by the model', comment: 'from the comment in the file', inferred: 'assumed: it fits the layers',
  assumed: 'assumed: nothing in the model says what it takes', option: 'as asked for',
  default: 'its default',
};
