/** Ends a request in the place where errors of requests end, with this status and words that tell nothing. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  constructor(readonly status: 400 | 401 | 429 | 503) {
    super('The request was refused.');
  }
}
