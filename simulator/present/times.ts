import type { Instant } from '../world/model';

/** `2021-08-05T05:05:46.992571+00:00`: six digits. The last three are invented from the instant, always the same. */
export function toMicroseconds(at: Instant): string {
  const rest = String(Math.abs(at * 7919) % 1000).padStart(3, '0');
  return `${new Date(at).toISOString().slice(0, 23)}${rest}+00:00`;
}

/** `2021-07-12T19:56:45+00:00`: what git keeps. */
export function toSeconds(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

/** `Thu, 05 Aug 2021 05:05:47 GMT`: in headers. */
export function toHttpDate(at: Instant): string {
  return new Date(at).toUTCString();
}
