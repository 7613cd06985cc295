import type { Answer } from './transport';

/** What became of a request, in one of few words: for counting. */
export type AnswerClass = '2xx' | '3xx' | '429' | '4xx' | '5xx' | 'no_answer' | 'too_large';

export function toAnswerClass(answer: Answer): AnswerClass {
  if (answer.kind !== 'answer') return answer.kind;
  if (answer.status === 429) return '429';
  const classes = ['2xx', '3xx', '4xx', '5xx'] as const;
  return classes[Math.floor(answer.status / 100) - 2] ?? '5xx';
}

/** When the answer left, milliseconds since 1970 by Bitbucket's clock, to the second; `null`: it does not say. */
export function toSentAt(answer: Answer): number | null {
  const at = answer.kind === 'answer' && answer.headers.date !== null ? Date.parse(answer.headers.date) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
