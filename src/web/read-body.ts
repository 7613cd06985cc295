import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';

/** In bytes. */
const largestBody = 5 * 1024 * 1024;
/** It asks nothing of Express of a request. */
const readEncoded = express.raw({ limit: largestBody, type: () => true }) as PlainHandler;

type PlainHandler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * The bytes of a body, once it has come whole; those of a compressed one as they were before.
 * @throws an error whose `status` says what is wrong with the body: 413 for more than 5 MB, which is not waited for
 */
export function readBody(request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestBody) reject(createRefusal(413));
      else chunks.push(chunk);
    });
    request.once('close', () => {
      if (!request.complete) reject(createRefusal(400));
    });
    if (request.headers['content-encoding'] === undefined) {
      if (Number(request.headers['content-length']) > largestBody) reject(createRefusal(413));
      request.once('end', () => resolve(Buffer.concat(chunks)));
      return;
    }
    readEncoded(request, response, (error?: unknown) => {
      const body: unknown = 'body' in request ? request.body : null;
      if (error instanceof Error) reject(error);
      else resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    });
  });
}

function createRefusal(status: 400 | 413): Error {
  return Object.assign(new Error('The body cannot be read.'), { status });
}
