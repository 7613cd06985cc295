import { mostBotPatterns, mostExclusions } from '../exclusions-change';
import { flag, listOf, object, table, text, uuid, type Schema } from './schema-parts';

/** As they are read. */
export const settings = object({
  timezone: { ...text, description: 'IANA name.' },
  levels: table,
  incident_rules: object({ revert: flag, branch_prefixes: listOf(text), title_prefixes: listOf(text) }),
  exclusions: object({ people: listOf(uuid), bots: listOf(text), repositories: listOf(uuid) }),
});

/** Names only what is to be different. */
export const settingsChange: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    timezone: text,
    levels: table,
    incident_rules: {
      type: 'object',
      additionalProperties: false,
      properties: {
        revert: flag,
        branch_prefixes: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 2, maxLength: 50 } },
        title_prefixes: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 2, maxLength: 50 } },
      },
    },
    exclusions: {
      type: 'object',
      additionalProperties: false,
      description: 'Who and what is left out of every number.',
      properties: {
        people: { type: 'array', maxItems: mostExclusions, items: text, description: 'UUIDs.' },
        bots: {
          type: 'array',
          maxItems: mostBotPatterns,
          items: { type: 'string', maxLength: 100 },
          description: 'Patterns of display names, `*` for any text: such accounts are bots.',
        },
        repositories: { type: 'array', maxItems: mostExclusions, items: text, description: 'UUIDs.' },
      },
    },
  },
};
