/** What is made of an object is made once and kept as long as the object lives. */
export function makeOnce<Source extends object, Made>(make: (source: Source) => Made): (source: Source) => Made {
  const kept = new WeakMap<Source, { readonly made: Made }>();
  return (source) => {
    const found = kept.get(source) ?? { made: make(source) };
    kept.set(source, found);
    return found.made;
  };
}
