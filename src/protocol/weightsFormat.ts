// Which files weights are read from: told by the end of their names, by the command that opens them and the runtime that reads them.

export type WeightsFormat = 'safetensors' | 'npz' | 'torch' | 'hdf5' | 'keras';

const endings: readonly (readonly [ending: string, format: WeightsFormat])[] = [
  ['.safetensors', 'safetensors'],
  ['.npz', 'npz'],
  ['.pt', 'torch'],
  ['.pth', 'torch'],
  ['.weights.h5', 'hdf5'],
  ['.keras', 'keras'],
];

/** The endings as a sentence names them. */
export const weightsEndings = endings.map(([ending]) => ending).join(', ');

/** Larger files are refused before they are read. */
export const mostWeightsBytes = 2 ** 30;

/** A file of weights as whoever starts a run has read it. */
export interface WeightsFile {
  /** As the user named it; reports and messages show it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Undefined where the name says nothing. */
export function weightsFormatOf(name: string): WeightsFormat | undefined {
  return endings.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1];
}
