import type { AnswerApi } from './api-answer';
import type { Parameter } from './parameters';
import type { SchemaName } from './schemas';

/** One route of the API: what is asked, what is answered, and who answers. Router and description are made of it. */
export interface ApiRoute {
  readonly method: 'get' | 'patch' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** Of its JSON. */
  readonly answers: SchemaName;
  readonly answer: AnswerApi;
  /** Rows, which can be had as CSV too, with what they can be asked by. */
  readonly parameters?: readonly Parameter[];
  /** Of the body that is sent; such a route writes. */
  readonly takes?: SchemaName;
}
