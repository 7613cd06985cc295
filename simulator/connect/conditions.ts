import { z } from 'zod';
import { isMember, isOwner } from '../world/rights';
import type { Workspace } from '../world/model';

const single = z.looseObject({
  condition: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  invert: z.boolean().default(false),
});
type Single = z.infer<typeof single>;
export type Condition =
  Single | { readonly type: 'and' | 'AND' | 'or' | 'OR'; readonly conditions: readonly Condition[] };

/** As the descriptor writes them: one, or several put together. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([z.object({ type: z.enum(['and', 'AND', 'or', 'OR']), conditions: z.array(conditionSchema) }), single]),
);

interface Looking {
  readonly workspace: Workspace;
  readonly viewerUuid: string;
}

const permissions: Readonly<Record<string, (looking: Looking) => boolean>> = {
  'has_workspace_permission member': ({ workspace, viewerUuid }) => isMember(workspace, viewerUuid),
  'has_workspace_permission owner': ({ workspace, viewerUuid }) => isOwner(workspace, viewerUuid),
  'has_account_permission admin': ({ workspace, viewerUuid }) => isOwner(workspace, viewerUuid),
};

/** Whether a module is shown. What is not known here is not met: so Bitbucket could hide it too. */
export function meets(conditions: readonly Condition[], looking: Looking): boolean {
  return conditions.every((one) => meetsOne(one, looking));
}

function meetsOne(one: Condition, looking: Looking): boolean {
  if ('condition' in one) {
    const check = permissions[`${one.condition} ${String(one.params['permission'])}`];
    return check !== undefined && check(looking) !== one.invert;
  }
  return one.type.toLowerCase() === 'and'
    ? meets(one.conditions, looking)
    : one.conditions.some((each) => meetsOne(each, looking));
}
