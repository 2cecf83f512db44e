// Weights on their way to Python: what Python's own modules can parse goes as it is; Keras's HDF5 files are converted here.
import { unzipSync } from 'fflate';
import { mostWeightsBytes, weightsEndings, weightsFormatOf, type WeightsFile } from '../protocol/weightsFormat.ts';
import type { PythonWeights } from '../python/pythonWeights.ts';
import type { Hdf5Array } from './hdf5File.ts';

/** Loads dist/hdf5.js, when it is needed. */
export type LoadHdf5 = () => Promise<{ readHdf5(bytes: Uint8Array): Promise<Hdf5Array[]> }>;

/** Where Keras keeps the weights within a `.keras` archive. */
const weightsInKeras = 'model.weights.h5';

const unreadable: Readonly<Record<'hdf5' | 'keras', string>> = {
  hdf5: 'it is not an HDF5 file, or it was cut off',
  keras: `it is not a Keras archive with ${weightsInKeras}, or it was cut off`,
};

/** Never throws: a file that cannot be read comes with the reason, which Python tells beside everything else about the model. */
export async function readWeights({ name, bytes }: WeightsFile, loadHdf5: LoadHdf5): Promise<PythonWeights> {
  const failed = (failure: string): PythonWeights => ({ name, format: 'safetensors', layout: 'names', bytes: new Uint8Array(), failure });
  const format = weightsFormatOf(name);
  if (format === undefined) return failed(`its name ends in none of ${weightsEndings}`);
  if (bytes.length > mostWeightsBytes) return failed(`it has ${bytes.length} bytes; up to 1 GiB is read`);
  if (format !== 'hdf5' && format !== 'keras') return { name, format, layout: 'names', bytes, failure: null };
  try {
    const { readHdf5 } = await loadHdf5();
    const arrays = await readHdf5(format === 'keras' ? weightsOfKeras(bytes) : bytes);
    return { name, format: 'safetensors', layout: 'keras', bytes: asSafetensors(arrays), failure: null };
  } catch (error) {
    return failed(`${unreadable[format]} (${(error as Error).message.split('\n')[0]})`);
  }
}

function weightsOfKeras(archive: Uint8Array): Uint8Array {
  const files = unzipSync(archive, {
    filter: ({ name, originalSize }) => {
      if (name !== weightsInKeras) return false;
      if (originalSize > mostWeightsBytes) throw new Error(`${weightsInKeras} has more than 1 GiB`);
      return true;
    },
  });
  const file = files[weightsInKeras];
  if (!file) throw new Error(`there is no ${weightsInKeras}`);
  return file;
}

/** https://huggingface.co/docs/safetensors: length of the header, header in JSON, the arrays one after another. */
export function asSafetensors(arrays: readonly Hdf5Array[]): Uint8Array {
  let end = 0;
  const header: Record<string, object> = {};
  for (const { path, type, shape, bytes } of arrays) {
    const start = end;
    end += bytes.length;
    header[path] = { dtype: type, shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const result = new Uint8Array(8 + text.length + end);
  new DataView(result.buffer).setBigUint64(0, BigInt(text.length), true);
  result.set(text, 8);
  let at = 8 + text.length;
  for (const { bytes } of arrays) {
    result.set(bytes, at);
    at += bytes.length;
  }
  return result;
}
