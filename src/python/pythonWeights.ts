// A file of weights in a form that `_lens/weights` parses: handed in by whoever starts a run, read by Python piece by piece.
import type { WeightsFormat } from '../protocol/weightsFormat.ts';

export interface PythonWeights {
  readonly name: string;
  readonly format: Exclude<WeightsFormat, 'hdf5' | 'keras'>;
  /** How arrays are named: as in the model, or by the paths of Keras 3's saving_lib. */
  readonly layout: 'names' | 'keras';
  readonly bytes: Uint8Array;
  /** Why it could not be read; null: it was. */
  readonly failure: string | null;
}
