import { z } from 'zod';
import { viewPages } from '../presentation/frame/view-pages';

const text = z.string();

const savedView = z.object({
  id: text,
  name: text,
  page: z.enum(viewPages),
  query: text.meta({ description: 'As behind the "?" of the address of a page.' }),
  can_delete: z.boolean(),
});
export const viewList = z.object({
  items: z.array(savedView),
  default_query: text.nullable().meta({ description: 'null: as built in.' }),
});
export const newView = z.strictObject({ name: text, page: z.enum(viewPages), query: text });
export const keptView = z.strictObject({ query: text });
export const newDefault = z.strictObject({ query: text.nullable() });
export const viewAnswer = z.object({ said: text, id: text.optional() });
