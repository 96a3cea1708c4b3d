/** A problem's own challenge stands in for the general one that it begins with. */
function challengesFor({ extra }: Problem, challenges: readonly string[]): string[] {
  const own = extra.challenge;
  return own ? [own, ...challenges.filter((general) => !own.startsWith(general))] : [...challenges];
}

