import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from 'node:zlib';

/** A body that nobody reads further; its message is for the sender. `status`: how it is answered. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  constructor(
    readonly status: 400 | 413 | 415,
    sentence: string,
  ) {
    super(sentence);
  }
}

type Unpack = (packed: InputType, options: ZlibOptions) => Promise<Buffer>;

const unpackers = new Map<string, Unpack>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The bytes of a body, once it has come whole; those of a compressed one as they were before. More than `largest` bytes,
 * packed or unpacked, are neither waited for nor kept: what is held of a sender never exceeds it.
 * @throws {BodyRefused} for one that is too large, cut off, or packed in a way nobody knows
 */
export async function readBody(request: IncomingMessage, largest: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > largest) throw tooLarge(largest);
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpack = unpackers.get(coding);
  if (unpack === undefined && coding !== 'identity') {
    throw new BodyRefused(415, 'The body is compressed in a way that is not known here: gzip, deflate and br are.');
  }
  const bytes = await readBytes(request, largest);
  return unpack === undefined ? bytes : unpackWithin(unpack, bytes, largest);
}

/** Whether there is one, of whatever length. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function readBytes(request: IncomingMessage, largest: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > largest) refuse(tooLarge(largest));
    };
    const refuse = (error: BodyRefused): void => {
      // The rest runs off unread, for as long as whoever listens lets it.
      request.off('data', take).resume();
      chunks = [];
      reject(error);
    };
    const closed = new BodyRefused(400, 'The body ended before it was whole.');
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => refuse(closed));
    request.once('close', () => {
      if (!request.complete) refuse(closed);
    });
    // Nothing comes any more of one that was closed while somebody thought about its head.
    if (request.destroyed && !request.complete) refuse(closed);
  });
}

/** Of an unpacked body. */
const tooLargeCode = 'ERR_BUFFER_TOO_LARGE';

async function unpackWithin(unpack: Unpack, packed: Buffer, largest: number): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: largest });
  } catch (error) {
    const isTooLarge = typeof error === 'object' && error !== null && 'code' in error && error.code === tooLargeCode;
    throw isTooLarge ? tooLarge(largest) : new BodyRefused(400, 'The body is not compressed as its header says.');
  }
}

function tooLarge(largest: number): BodyRefused {
  return new BodyRefused(413, `The body is larger than ${formatSize(largest)}, which is the most that is read here.`);
}

function formatSize(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes >= 1024 ? `${kilobytes / 1024} MB` : `${kilobytes} KB`;
}
