// Tensors in one file, in the safetensors layout (8 bytes length, a JSON header, the data), so that engines of any language begin with
// the same numbers.
import { readFileSync, writeFileSync } from 'node:fs';
import { elementCount } from '../../src/graph/tensorType.ts';

/** `int32` also stands for class numbers and token ids, which an engine widens as it needs. */
export interface BenchTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}
export type BenchTensors = Readonly<Record<string, BenchTensor>>;

interface Entry {
  readonly dtype: 'F32' | 'I32';
  readonly shape: readonly number[];
  /** Begin and end, in bytes after the header. */
  readonly data_offsets: readonly [number, number];
}

export function writeTensors(path: string, tensors: BenchTensors): void {
  const header: Record<string, Entry> = {};
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (data.length !== elementCount(shape)) throw new Error(`${name} has ${data.length} elements for the shape [${shape.join(', ')}]`);
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: data instanceof Float32Array ? 'F32' : 'I32', shape, data_offsets: [begin, end] };
  }
  // Padded with spaces, so that the data is aligned for every dtype.
  const text = JSON.stringify(header);
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([length, json, ...Object.values(tensors).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))]));
}

export function readTensors(path: string): BenchTensors {
  const file = readFileSync(path);
  const start = 8 + Number(file.readBigUInt64LE());
  const header = JSON.parse(file.subarray(8, start).toString()) as Record<string, Entry>;
  return Object.fromEntries(Object.entries(header).map(([name, { dtype, shape, data_offsets: [begin, end] }]) => {
    const bytes = file.buffer.slice(file.byteOffset + start + begin, file.byteOffset + start + end) as ArrayBuffer;
    return [name, { shape, data: dtype === 'F32' ? new Float32Array(bytes) : new Int32Array(bytes) }];
  }));
}
