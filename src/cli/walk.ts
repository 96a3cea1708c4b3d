/** How a step of a conversation ended. A step that had nothing to ask is `passed`: going back does not stop there. */
export type Outcome = 'answered' | 'passed' | 'back';

/**
 * Takes steps in order, and one back wherever one says so.
 *
 * @returns `back` when the first one that asks anything is left that way.
 */
export async function walk(
  steps: Iterable<() => Outcome | Promise<Outcome>>,
): Promise<Exclude<Outcome, 'passed'>> {
  const all = [...steps];
  const asked: number[] = [];
  for (let index = 0; index < all.length; ) {
    const outcome = await all[index]?.();
    if (outcome === 'back') {
      const before = asked.pop();
      if (before === undefined) return 'back';
      index = before;
      continue;
    }
    if (outcome === 'answered') asked.push(index);
    index++;
  }
  return 'answered';
}
