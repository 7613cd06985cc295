/** Bitbucket refuses the connection's secret or its token: nothing but a new install (or an administrator) helps. */
export class ConnectionRefused extends Error {
  constructor(readonly reason: string) {
    super(`Bitbucket refused the connection: ${reason}`);
    this.name = 'ConnectionRefused';
  }
}

/** Bitbucket could not answer just now: no connection, a time-out, 429 or 5xx. Worth another attempt later. */
export class ExchangeUnavailable extends Error {
  constructor(
    readonly status: number | null,
    readonly reason: string,
  ) {
    super(`Bitbucket could not be asked: ${reason}`);
    this.name = 'ExchangeUnavailable';
  }
}
