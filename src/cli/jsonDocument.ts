// Figures as JSON: numbers that are not finite become strings.
import { encodeNumbers } from '../protocol/numbers.ts';

/** One document, indented to be read. */
export function jsonDocument(value: unknown): string {
  return JSON.stringify(encodeNumbers(value), null, 1);
}

/** One line. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(encodeNumbers(value));
}
