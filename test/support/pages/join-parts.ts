import type { CsvParts } from '../../../src/web/presentation/frame/page-dependencies';

/** The whole of a file that is answered part after part. */
export async function joinParts(parts: CsvParts): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
