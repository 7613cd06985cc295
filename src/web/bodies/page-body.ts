import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

export type Encoding = 'identity' | 'gzip';

/** A page as it is rendered once, to be sent to many, each with a session of their own in it. */
export interface PageBody {
  /** Of everything but the session. */
  readonly hash: string;
  /** In memory, about. */
  readonly bytes: number;
  /** The document with this session in it. */
  write(session: string, encoding: Encoding): Promise<Buffer>;
}

/**
 * Stands in a rendered page wherever the session of its reader goes. Nobody can know it: no text that somebody wrote
 * is taken for it.
 */
export const sessionMark = `session-${randomUUID()}`;

const deflate = promisify(deflateRaw);
/** An ended piece ends at a byte, so that anything may follow, and refers to nothing before it. */
const pieceOptions = { level: 6, finishFlush: constants.Z_FULL_FLUSH };

/** What is kept for each byte of text: the text, and what is left of it in zipped pieces. */
const bytesKept = 1.3;

export function createPageBody(html: string): PageBody {
  const pieces = html.split(sessionMark).map((piece) => Buffer.from(piece));
  const zip = keepOnce(() => Promise.all(pieces.map((piece) => deflate(piece, pieceOptions))));
  return {
    hash: createHash('sha256')
      .update(JSON.stringify(html.split(sessionMark)))
      .digest('base64url')
      .slice(0, 22),
    bytes: Math.ceil(bytesKept * pieces.reduce((sum, piece) => sum + piece.length, 0)),
    write: async (session, encoding) => {
      const whole = weave(pieces, Buffer.from(session));
      return encoding === 'identity' ? whole : toGzip(weave(await zip(), toStoredBlock(session)), whole);
    },
  };
}

function keepOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

function weave(pieces: readonly Buffer[], between: Buffer): Buffer {
  return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece])));
}

/** A block of DEFLATE that holds its text as it is (RFC 1951, 3.2.4): what is new in a body costs no compression. */
function toStoredBlock(text: string): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt16LE(data.length, 1);
  head.writeUInt16LE(0xffff - data.length, 3);
  return Buffer.concat([head, data]);
}

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty stored block that says it is the last one. */
const lastBlock = Buffer.from([1, 0, 0, 0xff, 0xff]);

/** RFC 1952: one member, of the blocks that `whole` becomes. */
function toGzip(blocks: Buffer, whole: Buffer): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(whole), 0);
  tail.writeUInt32LE(whole.length % 2 ** 32, 4);
  return Buffer.concat([gzipHead, blocks, lastBlock, tail]);
}
