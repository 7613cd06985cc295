/** What the server says about the page in its head; `null` when it does not. */
export function readMeta(name, root = document) {
  return root.querySelector(`meta[name="${name}"]`)?.content ?? null;
}

export function writeMeta(name, content) {
  let meta = document.querySelector(`meta[name="${name}"]`);
  if (meta === null) {
    meta = document.createElement('meta');
    meta.name = name;
    document.head.append(meta);
  }
  meta.content = content;
}

export function findPage(root = document) {
  return root.getElementById('page');
}
