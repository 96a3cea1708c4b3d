import { type EnvVariable, type Feature, resolve } from '../features/feature.ts';
import type { ProjectAnswers } from '../options/answers.ts';

/** The variables that features ask for, in order. */
export const variablesOf = (
  features: readonly Feature[],
  answers: ProjectAnswers,
): readonly EnvVariable[] => features.flatMap(({ env }) => resolve(env ?? [], answers));

/** The first line of a `.env`. */
export const SETTINGS_HEAD =
  '# The settings of this machine, secrets among them: git ignores this file.\n';

/**
 * Variables as the paragraphs of a file of settings. Defaults are shown commented out; secrets are drawn, or left empty
 * for an example.
 */
export function settingsOf(
  variables: readonly EnvVariable[],
  answers: ProjectAnswers,
  withSecrets: boolean,
): string {
  return variables
    .map(({ name, comment, fallback, drawSecret }) => {
      const value = drawSecret
        ? `${name}=${withSecrets ? drawSecret(answers) : ''}`
        : `# ${name}=${resolve(fallback ?? '', answers)}`;
      return `# ${comment}\n${value}\n`;
    })
    .join('\n');
}

/** A project's environment as a file: `.env` with its secrets, or `.env.example`. */
export function environmentFile(
  features: readonly Feature[],
  answers: ProjectAnswers,
  withSecrets: boolean,
): string {
  const head = withSecrets
    ? SETTINGS_HEAD
    : `# Copy this file to .env. Fresh secrets for it: ${answers.packageManager} run keys\n`;
  const settings = settingsOf(variablesOf(features, answers), answers, withSecrets);
  return `${head}# A line that is commented out shows the default.\n\n${settings}`;
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
