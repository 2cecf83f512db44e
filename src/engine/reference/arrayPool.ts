// Arrays of intermediate values, used again once a value is no longer needed, and the count of bytes in use.
import type { DType, Shape } from '../../graph/tensorType.ts';
import { elementCount } from '../../graph/tensorType.ts';
import { representation, type TypedArray } from '../tensor.ts';

/** Free arrays by class and length. What leaves a run is never given back to it. */
export class ArrayPool {
  private readonly free = new Map<string, TypedArray[]>();
  private freeBytes = 0;
  private usedBytes = 0;

  /** Bytes of free arrays. */
  get keptBytes(): number {
    return this.freeBytes;
  }

  /** Bytes that a run would need if this much more were taken. */
  bytesWith(byteLength: number): number {
    return this.usedBytes + byteLength;
  }

  /** An array whose contents are arbitrary. `limitBytes` bounds what is kept for reuse. */
  take(dtype: DType, shape: Shape, limitBytes: number): TypedArray {
    const length = elementCount(shape);
    const Storage = representation[dtype].storage;
    const byteLength = length * Storage.BYTES_PER_ELEMENT;
    this.usedBytes += byteLength;
    const free = this.free.get(key(Storage.name, length))?.pop();
    if (free !== undefined) {
      this.freeBytes -= byteLength;
      return free;
    }
    if (this.usedBytes + this.freeBytes > limitBytes) this.clear();
    return new Storage(length);
  }

  give(array: TypedArray): void {
    this.usedBytes -= array.byteLength;
    this.freeBytes += array.byteLength;
    const name = key(array.constructor.name, array.length);
    const free = this.free.get(name);
    if (free === undefined) this.free.set(name, [array]);
    else free.push(array);
  }

  /** The run is over: what it handed out is no longer the pool's. */
  forget(): void {
    this.usedBytes = 0;
  }

  /** Lets go of what is kept. */
  clear(): void {
    this.free.clear();
    this.freeBytes = 0;
  }
}

function key(storage: string, length: number): string {
  return `${storage} ${length}`;
}
