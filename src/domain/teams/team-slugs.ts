const longest = 62;

/** A name as Bitbucket would make a slug of it: small letters, digits and hyphens. */
export function toTeamSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, longest)
    .replace(/^-|-$/gu, '');
  return slug === '' ? 'team' : slug;
}

/** The first of the slug, and the slug with a number, that is not taken. */
export function pickFreeSlug(wanted: string, taken: ReadonlySet<string>): string {
  let slug = wanted;
  for (let count = 2; taken.has(slug); count += 1) {
    slug = `${wanted}-${count}`;
  }
  return slug;
}
