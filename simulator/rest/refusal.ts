import type { Json } from '../present/account';

/** Thrown to answer with an error as Bitbucket words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly detail: Json = {},
  ) {
    super(message);
  }
}

export function toErrorBody(refusal: Refusal): Json {
  return { type: 'error', error: { message: refusal.message, ...refusal.detail } };
}
