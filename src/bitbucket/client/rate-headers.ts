/** What an answer says of the requests that are allowed. */
export interface ToldLimit {
  /** Of an hour; `null`: it does not say, or nothing that is a number. */
  readonly limit: number | null;
  /** Little of it is left. */
  readonly isNear: boolean;
}

/** `X-RateLimit-Limit` and `X-RateLimit-NearLimit`, as they stand in the headers; `null` where they do not. */
export function parseRateHeaders({
  rateLimit,
  nearLimit,
}: {
  readonly rateLimit: string | null;
  readonly nearLimit: string | null;
}): ToldLimit {
  const digits = /^\s*(\d{1,12})\s*$/u.exec(rateLimit ?? '')?.[1];
  const limit = digits === undefined ? null : Number(digits);
  return { limit: limit === 0 ? null : limit, isNear: nearLimit?.trim().toLowerCase() === 'true' };
}
