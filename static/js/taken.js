// The elements of `root` that match and that this behaviour has not had before.
const had = new Map();

export function fresh(root, selector, behaviour) {
  if (!had.has(behaviour)) had.set(behaviour, new WeakSet());
  const seen = had.get(behaviour);
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) found.unshift(root);
  const unseen = found.filter((element) => !seen.has(element));
  unseen.forEach((element) => seen.add(element));
  return unseen;
}
