/** As Jira writes them: capital letters and digits, a hyphen, a number. */
const form = /(?<![A-Za-z0-9-])([A-Z][A-Z0-9]{1,9})-([1-9]\d{0,6})(?![A-Za-z0-9])/gu;

/** Words of the trade that look like the key of a project. */
const noProjects = new Set(['AES', 'CVE', 'ES', 'HTTP', 'IEEE', 'ISO', 'MD', 'PEP', 'RFC', 'RSA', 'SHA', 'TLS', 'UTF']);

/** A title that is full of them is told by its first. */
export const mostKeys = 10;

/** The keys of issues that some texts name, each once, in the order in which they are met; at most ten. */
export function findIssueKeys(texts: readonly (string | null)[]): string[] {
  const keys = new Set<string>();
  for (const text of texts) {
    for (const [key, project = ''] of (text ?? '').matchAll(form)) {
      if (!noProjects.has(project)) keys.add(key);
      if (keys.size === mostKeys) return [...keys];
    }
  }
  return [...keys];
}
