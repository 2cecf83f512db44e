// Training data from a NumPy archive (`np.savez`): an array of inputs and one of targets, found by their names.
// The `.npy` format: numpy/lib/format.py, versions 1 to 3. Arrays of Python objects (pickles) are never read.
import { unzipSync } from 'fflate';
import { DataError, type Dataset, type Task } from './dataset.ts';
import { examplesDataset } from './userData.ts';

const inputNames: readonly string[] = ['x', 'x_train', 'inputs', 'input', 'data', 'images', 'features', 'arr_0'];
const targetNames: readonly string[] = ['y', 'y_train', 'targets', 'target', 'labels', 'label', 'arr_1'];

/** Bytes of 0 to 255 become 0 to 1; everything else is taken as it is. Throws `DataError`. */
export function npzDataset(task: Task, name: string, bytes: Uint8Array): Dataset {
  const arrays = readNpz(name, bytes);
  const find = (wanted: readonly string[]) => [...arrays.keys()].find((key) => wanted.includes(key.toLowerCase()));
  const [inputKey, targetKey] = [find(inputNames), find(targetNames)];
  if (inputKey === undefined || targetKey === undefined) {
    throw new DataError(`${name} holds ${[...arrays.keys()].join(', ') || 'no arrays'}; the inputs are looked for as ${inputNames.join(', ')}, the targets as ${targetNames.join(', ')}`);
  }
  const inputs = arrays.get(inputKey)!;
  const targets = arrays.get(targetKey)!;
  const count = inputs.shape[0] ?? 0;
  if (targets.shape[0] !== count) throw new DataError(`${name}: ${inputKey} has ${count} examples, ${targetKey} has ${targets.shape[0] ?? 'none'}`);
  const isBytes = inputs.type === '|u1' && task.inputs[0].vocabulary === null;
  return examplesDataset(task, name, {
    count, features: isBytes ? inputs.data.map((value) => value / 255) : inputs.data,
    targets: withoutOneHot(targets, task),
    preparation: isBytes ? 'bytes divided by 255' : '',
  });
}

/** Rows of one-hot classes → class numbers. */
function withoutOneHot({ shape, data }: NpyArray, { kind, classes, targets }: Task): Float32Array {
  if (kind !== 'classes' || shape.length !== 2 || shape[1] !== classes || targets.shape.length !== 1) return data;
  return Float32Array.from({ length: shape[0] }, (_, row) => {
    const scores = data.subarray(row * classes, (row + 1) * classes);
    return scores.indexOf(Math.max(...scores));
  });
}

export interface NpyArray {
  readonly shape: readonly number[];
  /** NumPy's type code, `<f4`. */
  readonly type: string;
  readonly data: Float32Array;
}

/** The arrays of an archive by name. */
export function readNpz(name: string, bytes: Uint8Array): Map<string, NpyArray> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch {
    throw new DataError(`${name} is not an .npz file (a zip archive of .npy arrays)`);
  }
  const arrays = new Map<string, NpyArray>();
  for (const [file, content] of Object.entries(files)) {
    if (file.endsWith('.npy')) arrays.set(file.slice(0, -4), readNpy(`${name}: ${file}`, content));
  }
  return arrays;
}

type ReadElement = (view: DataView, offset: number) => number;

/** Type codes that can be read: bytes per element and how. */
const elementTypes: Readonly<Record<string, readonly [number, ReadElement]>> = {
  '<f4': [4, (view, offset) => view.getFloat32(offset, true)], '>f4': [4, (view, offset) => view.getFloat32(offset)],
  '<f8': [8, (view, offset) => view.getFloat64(offset, true)], '>f8': [8, (view, offset) => view.getFloat64(offset)],
  '<i2': [2, (view, offset) => view.getInt16(offset, true)], '<i4': [4, (view, offset) => view.getInt32(offset, true)],
  '<i8': [8, (view, offset) => Number(view.getBigInt64(offset, true))], '<u2': [2, (view, offset) => view.getUint16(offset, true)],
  '<u4': [4, (view, offset) => view.getUint32(offset, true)], '<u8': [8, (view, offset) => Number(view.getBigUint64(offset, true))],
  '|i1': [1, (view, offset) => view.getInt8(offset)], '|u1': [1, (view, offset) => view.getUint8(offset)], '|b1': [1, (view, offset) => view.getUint8(offset)],
};

/** Reads one array as float32. */
export function readNpy(name: string, bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || bytes[0] !== 0x93 || new TextDecoder('latin1').decode(bytes.subarray(1, 6)) !== 'NUMPY') throw new DataError(`${name} is not a NumPy array`);
  const [lengthBytes, headerLength] = bytes[6] === 1 ? [2, view.getUint16(8, true)] : [4, view.getUint32(8, true)];
  const begin = 8 + lengthBytes + headerLength;
  const header = new TextDecoder().decode(bytes.subarray(8 + lengthBytes, begin));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const element = type === undefined ? undefined : elementTypes[type];
  if (type === undefined || shapeText === undefined || !element) throw new DataError(`${name}: elements of type ${type ?? 'object'} are not read; use float32, float64 or integers`);
  const shape = shapeText.split(',').map((part) => part.trim()).filter(Boolean).map(Number);
  const [size, read] = element;
  const count = shape.reduce((product, length) => product * length, 1);
  if (begin + count * size > bytes.length) throw new DataError(`${name} is cut short`);
  const isColumnMajor = /'fortran_order':\s*True/.test(header);
  const data = new Float32Array(count);
  for (let index = 0; index < count; index++) data[isColumnMajor ? rowMajor(index, shape) : index] = read(view, begin + index * size);
  return { shape, type, data };
}

/** Place in row-major order of an element's place in column-major order. */
function rowMajor(index: number, shape: readonly number[]): number {
  const position = shape.map((length) => {
    const at = index % length;
    index = Math.floor(index / length);
    return at;
  });
  return position.reduce((place, at, axis) => place * shape[axis] + at, 0);
}
