/// <reference path="./webAssembly.d.ts" />
// The kernels' memory: one WebAssembly memory that all threads share, dealt out in ranges. It grows as needed, to 4 GiB at most.
import type { TensorBlock } from '../engine.ts';
import { MemoryLimitError } from '../engineError.ts';
import { partsOf, representation, type Tensor, type TypedArray } from '../tensor.ts';
import { elementCount, type DType, type Shape } from '../../graph/tensorType.ts';
import { aligned, FreeList } from './freeList.ts';

const pageBytes = 65536;
/** What WebAssembly can address with 32 bits, less a page: the end of a range is an address too, and must not be 0. */
export const maximumBytes = 65535 * pageBytes;

export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly #free: FreeList;
  #usedBytes = 0;

  /** `reserved`: bytes at the start that are not dealt out. */
  constructor(reserved: number) {
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(reserved / pageBytes), maximum: maximumBytes / pageBytes, shared: true });
    this.#free = new FreeList(reserved);
  }

  /** Bytes dealt out at this moment. */
  get usedBytes(): number {
    return this.#usedBytes;
  }
  /** Bytes that the memory has grown to. */
  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  /** The address of `bytes` bytes, whose contents are arbitrary. Throws a RangeError where the memory cannot grow so far. */
  allocate(bytes: number): number {
    const address = this.#free.allocate(bytes);
    const missing = address + aligned(bytes) - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / pageBytes));
      } catch (error) {
        this.#free.release(address, bytes);
        throw new RangeError(`no memory for ${bytes} bytes beside the ${this.#usedBytes} in use`, { cause: error });
      }
    }
    this.#usedBytes += bytes;
    return address;
  }

  release(address: number, bytes: number): void {
    this.#free.release(address, bytes);
    this.#usedBytes -= bytes;
  }

  /** A tensor that lies at `address`. */
  tensorAt(dtype: DType, shape: Shape, address: number): Tensor {
    const Storage = representation[dtype].storage as new (buffer: ArrayBufferLike, start: number, length: number) => TypedArray;
    return { dtype, shape, data: new Storage(this.memory.buffer, address, elementCount(shape)) };
  }

  /** The address of an array that lies in this memory; undefined: it lies elsewhere. */
  addressOf(array: TypedArray): number | undefined {
    return this.#arrays.has(array) ? array.byteOffset : undefined;
  }

  /** Tensors one after the other in a range of their own, known to `addressOf`. Throws `MemoryLimitError`. */
  allocateBlock(dtype: DType, shapes: readonly Shape[]): TensorBlock {
    const count = shapes.reduce((sum, shape) => sum + elementCount(shape), 0);
    const whole = this.tensorAt(dtype, [count], this.#allocateBytes(dtype, count * representation[dtype].storage.BYTES_PER_ELEMENT));
    const block = partsOf(whole, shapes);
    for (const { data } of [whole, ...block.parts]) this.#arrays.add(data);
    return block;
  }

  #allocateBytes(dtype: DType, bytes: number): number {
    try {
      return this.allocate(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new MemoryLimitError(null, `A block of ${dtype}`, this.#usedBytes + bytes, maximumBytes, 'addresses');
    }
  }

  /** Gives the range of a block back. */
  releaseBlock({ whole, parts }: TensorBlock): void {
    for (const { data } of parts) this.#arrays.delete(data);
    if (this.#arrays.delete(whole.data)) this.release(whole.data.byteOffset, whole.data.byteLength);
  }

  readonly #arrays = new Set<TypedArray>();
}
