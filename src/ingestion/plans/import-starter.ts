import { planRepositoryImport, planWorkspaceImport, type ImportPlanParts } from './import-plan';

export interface ImportStarter {
  /** Imports one repository anew, or with `null` the whole workspace. */
  restart(workspace: string, repositoryUuid: string | null): Promise<void>;
}

/** `kick` wakes the workers of this process. */
export function createImportStarter(parts: ImportPlanParts & { readonly kick: () => void }): ImportStarter {
  return {
    async restart(workspace, repositoryUuid) {
      if (repositoryUuid === null) await planWorkspaceImport(parts, workspace);
      else await planRepositoryImport(parts, workspace, repositoryUuid);
      parts.kick();
    },
  };
}
