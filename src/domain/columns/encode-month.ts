import type { MonthColumns } from './month-columns';

/** Another one whenever the shape of the columns is another: bytes of a different one are made anew. */
const format = 'drumbeat-month-3';

const kinds = { Uint8Array, Uint16Array, Uint32Array, Float64Array } as const;
type Kind = keyof typeof kinds;
type Cells = InstanceType<(typeof kinds)[Kind]>;

/** Where an array lies in the bytes behind the head. */
interface Place {
  readonly kind: Kind;
  readonly offset: number;
  readonly length: number;
}

interface Head {
  readonly format: string;
  /** The columns, with a place where each array was. */
  readonly shape: unknown;
}

/** Every array begins at a multiple of so many bytes, as the widest kind needs it. */
const alignment = 8;

/** The columns of a month as bytes: a head in JSON that says where each array lies, and the arrays as they are. */
export function encodeMonth(month: MonthColumns): Buffer {
  const arrays: { readonly cells: Cells; readonly offset: number }[] = [];
  let size = 0;
  const shape: unknown = JSON.parse(
    JSON.stringify(month, (_key, value: unknown) => {
      if (!isCells(value)) return value;
      const place: Place = { kind: value.constructor.name as Kind, offset: size, length: value.length };
      arrays.push({ cells: value, offset: size });
      size = align(size + value.byteLength);
      return { $cells: place };
    }),
  );
  const head = Buffer.from(JSON.stringify({ format, shape } satisfies Head));
  const start = align(4 + head.length);
  const bytes = Buffer.alloc(start + size);
  bytes.writeUInt32LE(head.length, 0);
  head.copy(bytes, 4);
  for (const { cells, offset } of arrays) {
    bytes.set(new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength), start + offset);
  }
  return bytes;
}

/** `null`: the bytes are damaged, or of another format or month. */
export function decodeMonth(month: string, bytes: Uint8Array): MonthColumns | null {
  try {
    // A copy of its own: it begins where arrays of every kind may begin, and nothing else is kept with it.
    const { buffer } = new Uint8Array(bytes);
    const headLength = new DataView(buffer).getUint32(0, true);
    const head = Buffer.from(buffer, 4, headLength).toString();
    const start = align(4 + headLength);
    const { format: found, shape } = JSON.parse(head, (_key, value: unknown) =>
      isPlaced(value) ? toCells(buffer, start, value.$cells) : value,
    ) as Head;
    const columns = shape as MonthColumns;
    return found === format && columns.month === month ? columns : null;
  } catch {
    return null;
  }
}

/** The bytes that the arrays of columns take. */
export function countBytes(columns: unknown): number {
  if (isCells(columns)) return columns.byteLength;
  if (typeof columns !== 'object' || columns === null) return 0;
  return Object.values(columns).reduce((sum: number, part: unknown) => sum + countBytes(part), 0);
}

function toCells(buffer: ArrayBuffer, start: number, { kind, offset, length }: Place): Cells {
  return new kinds[kind](buffer, start + offset, length);
}

function isPlaced(value: unknown): value is { readonly $cells: Place } {
  return typeof value === 'object' && value !== null && '$cells' in value;
}

function isCells(value: unknown): value is Cells {
  return ArrayBuffer.isView(value) && value.constructor.name in kinds;
}

function align(size: number): number {
  return Math.ceil(size / alignment) * alignment;
}
