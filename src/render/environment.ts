import { type EnvVariable, type Feature, resolve } from '../features/feature.ts';
import type { ProjectAnswers } from '../options/answers.ts';

/** The variables that features ask for, in order. */
export const variablesOf = (
  features: readonly Feature[],
  answers: ProjectAnswers,
): readonly EnvVariable[] => features.flatMap(({ env }) => resolve(env ?? [], answers));

/**
 * The environment as a file. Defaults are shown commented out; drawn secrets stand only in the real file, and
 * `.env.example` has an empty line for each.
 */
export function environmentFile(
  features: readonly Feature[],
  answers: ProjectAnswers,
  withSecrets: boolean,
): string {
  const head = withSecrets
    ? '# The settings of this machine, secrets among them: git ignores this file.\n'
    : `# Copy this file to .env. Fresh secrets for it: ${answers.packageManager} run keys\n`;
  const variables = variablesOf(features, answers).map(
    ({ name, comment, fallback, drawSecret }) => {
      if (!drawSecret) return `# ${comment}\n# ${name}=${resolve(fallback ?? '', answers)}\n`;
      return `# ${comment}\n${name}=${withSecrets ? drawSecret(answers) : ''}\n`;
    },
  );
  return [`${head}# A line that is commented out shows the default.\n`, ...variables].join('\n');
}

/** The environment as the rows of a Markdown table: name, default, meaning. */
export function environmentRows(features: readonly Feature[], answers: ProjectAnswers): string {
  return variablesOf(features, answers)
    .map(({ name, comment, fallback, drawSecret, optional }) => {
      const required = optional ? 'none' : 'none: required';
      const value = drawSecret ? required : code(resolve(fallback ?? '', answers));
      return `| \`${name}\` | ${value} | ${comment.replaceAll('|', '\\|')} |\n`;
    })
    .join('');
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
