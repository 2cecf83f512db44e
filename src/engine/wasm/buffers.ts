// The storage of a program before it has addresses. What is computed on the way lies in one arena and shares it over time; what comes from
// outside, and the commands' own words, stay for as long as the program.
import type { DType, Shape } from '../../graph/tensorType.ts';
import { byteLength } from '../tensor.ts';

declare const brand: unique symbol;
export type BufferId = number & { readonly [brand]: 'buffer' };

/** `scratch` lies in the arena too; it does not count as memory that the model needs: a thread's working blocks, little beside the tensors. */
export type BufferRole = 'arena' | 'scratch' | 'lasting';

export interface Buffer {
  readonly bytes: number;
  readonly role: BufferRole;
}

/** A place in a buffer, `offset` in bytes. */
export class Place {
  constructor(readonly buffer: BufferId, readonly offset: number = 0) {}
}

export class Buffers {
  readonly list: Buffer[] = [];

  add(bytes: number, role: BufferRole = 'arena'): BufferId {
    this.list.push({ bytes, role });
    return (this.list.length - 1) as BufferId;
  }

  /** Makes a buffer last for as long as the program. */
  keep(buffer: BufferId): void {
    this.list[buffer] = { ...this.list[buffer], role: 'lasting' };
  }

  of(dtype: DType, shape: Shape, role: BufferRole = 'arena'): BufferId {
    return this.add(byteLength(dtype, shape), role);
  }
}
