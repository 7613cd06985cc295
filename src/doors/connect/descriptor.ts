import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The project's own folder, wherever the process was started: three levels above this file, built or not. */
export const projectFolder = path.resolve(__dirname, '../../..');

const descriptorSchema = z.looseObject({
  key: z.string().regex(/^[\w.-]{1,80}$/u),
  name: z.string(),
  baseUrl: z.string(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** What is asked of Bitbucket: atlassian-connect.json with BASE_URL, and APP_KEY if one is set. */
export function readDescriptor(options: { readonly baseUrl: string; readonly appKey: string | null }): Descriptor {
  const text = readFileSync(path.join(projectFolder, 'atlassian-connect.json'), 'utf8');
  const filled = text.replaceAll('{{localBaseUrl}}', () => JSON.stringify(options.baseUrl).slice(1, -1));
  const descriptor = descriptorSchema.parse(JSON.parse(filled));
  return options.appKey === null ? descriptor : { ...descriptor, key: options.appKey };
}
