// Reads HDF5 files with the HDF5 library itself (h5wasm). A program of its own in dist/: 4 MB that are loaded only when such a file is given.
import { Dataset, File, Group, Module, ready } from 'h5wasm';

/** A dataset of numbers, copied out of the file: row-major, little-endian. */
export interface Hdf5Array {
  /** Groups and name, joined by `/`, without a leading one. */
  readonly path: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** What is called of the library beside its documented classes: half-precision numbers have no typed array there. */
interface RawLibrary {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  get_dataset_data(file: bigint, path: string, count: null, offset: null, strides: null, address: bigint): number;
}

const path = '/weights.h5';
const INTEGER = 0;
const FLOAT = 1;
const ENUM = 8;

/** Throws where it is not an HDF5 file or is cut off. Datasets of text and the like are left out. */
export async function readHdf5(bytes: Uint8Array): Promise<Hdf5Array[]> {
  await ready;
  const library = Module as unknown as RawLibrary;
  library.FS.writeFile(path, bytes);
  try {
    const file = new File(path, 'r');
    // The library tells of a file that it cannot open by an id, not by an exception.
    if (file.file_id < 0n) throw new Error('this is not an HDF5 file');
    try {
      return datasetsBelow(file).flatMap((dataset) => readDataset(library, dataset) ?? []);
    } finally {
      file.close();
    }
  } finally {
    library.FS.unlink(path);
  }
}

function datasetsBelow(file: File): Dataset[] {
  const found: Dataset[] = [];
  const seen = new Set<string>();
  const waiting: Group[] = [file];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    for (const name of group.keys()) {
      const entity = group.get(name);
      if (entity instanceof Dataset) found.push(entity);
      else if (entity instanceof Group && !seen.has(entity.path)) {
        // Links may lead in circles.
        seen.add(entity.path);
        if (entity.path.split('/').length < 64) waiting.push(entity);
      }
    }
  }
  return found;
}

function readDataset(library: RawLibrary, dataset: Dataset): Hdf5Array | undefined {
  const { type, size, signed, shape, total_size: count, littleEndian } = dataset.metadata;
  const code = typeCode(type, size, signed, dataset.attrs['dtype']?.value);
  if (code === undefined || !shape) return undefined;
  if (size > 1 && !littleEndian) throw new Error(`${dataset.path} is stored in big-endian order`);
  const length = size * count;
  const address = library._malloc(Math.max(length, 1));
  if (address === 0) throw new Error(`${dataset.path} is too large`);
  try {
    if (library.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(address)) < 0) throw new Error(`${dataset.path} is damaged`);
    return { path: dataset.path.replace(/^\//, ''), type: code, shape, bytes: library.HEAPU8.slice(address, address + length) };
  } finally {
    library._free(address);
  }
}

/** The name that safetensors has for a type; undefined: no numbers. */
function typeCode(type: number, size: number, signed: boolean, note: unknown): string | undefined {
  if (note === 'bfloat16' && size === 2) return 'BF16';
  if (type === FLOAT) return size === 2 || size === 4 || size === 8 ? `F${size * 8}` : undefined;
  if (type === INTEGER) return `${signed ? 'I' : 'U'}${size * 8}`;
  return type === ENUM && size === 1 ? 'BOOL' : undefined;
}
