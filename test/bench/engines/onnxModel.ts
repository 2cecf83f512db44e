// Writes ONNX models (onnx.proto of IR version 8, operator set 17): only the messages and fields that the bench's models need.
import type { BenchTensor } from '../tensorFile.ts';

type Attribute = number | readonly number[] | { readonly float: number };

const IR_VERSION = 8;
const OPERATOR_SET = 17;
/** `TensorProto.DataType.FLOAT` */
const FLOAT = 1;
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

// Protocol-buffer wire format: a key (field number and wire type), then a varint (0), a length and that many bytes (2), or four bytes (5).
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
const integer = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, content: Buffer) => Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
const text = (field: number, content: string) => bytes(field, Buffer.from(content));
const message = (field: number, ...parts: readonly Buffer[]) => bytes(field, Buffer.concat(parts));
function float(field: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), content]);
}

export class OnnxModel {
  readonly #nodes: Buffer[] = [];
  readonly #initializers: Buffer[] = [];
  readonly #inputs: Buffer[] = [];
  readonly #outputs: Buffer[] = [];
  #names = 0;

  input(name: string, shape: readonly number[]): string {
    this.#inputs.push(message(11, valueInfo(name, shape)));
    return name;
  }

  initializer(name: string, { shape, data }: BenchTensor): string {
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.push(message(5, ...shape.map((size) => integer(1, size)), integer(2, FLOAT), text(8, name), bytes(9, raw)));
    return name;
  }

  /** Name of the node's output. */
  node(type: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = `value${this.#names++}`;
    this.#nodes.push(message(
      1, ...inputs.map((name) => text(1, name)), text(2, output), text(4, type),
      ...Object.entries(attributes).map(([name, value]) => message(5, attribute(name, value))),
    ));
    return output;
  }

  output(name: string, shape: readonly number[]): void {
    this.#outputs.push(message(12, valueInfo(name, shape)));
  }

  toBytes(): Uint8Array {
    const graph = message(7, ...this.#nodes, text(2, 'bench'), ...this.#initializers, ...this.#inputs, ...this.#outputs);
    return Buffer.concat([integer(1, IR_VERSION), graph, message(8, text(1, ''), integer(2, OPERATOR_SET))]);
  }
}

function attribute(name: string, value: Attribute): Buffer {
  if (typeof value === 'number') return Buffer.concat([text(1, name), integer(3, value), integer(20, attributeTypes.int)]);
  if ('float' in value) return Buffer.concat([text(1, name), float(2, value.float), integer(20, attributeTypes.float)]);
  return Buffer.concat([text(1, name), ...value.map((item) => integer(8, item)), integer(20, attributeTypes.ints)]);
}

/** A float32 tensor's name and shape. */
function valueInfo(name: string, shape: readonly number[]): Buffer {
  const dimensions = message(2, ...shape.map((size) => message(1, integer(1, size))));
  return Buffer.concat([text(1, name), message(2, message(1, integer(1, FLOAT), dimensions))]);
}
