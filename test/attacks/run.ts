import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { ATTACKS } from '../../src/attacks/attacks.ts';
import { exitCodeOf, reportForPeople, reportForPrograms } from '../../src/attacks/report.ts';
import { runAttacks } from '../../src/attacks/runner.ts';
import { mustAnswer, readUrl } from '../../src/commands/doctor.ts';
import { readManifest } from '../../src/doctor/record.ts';
import { InputError } from '../../src/errors.ts';
import type { Answers } from '../../src/options/answers.ts';

const USAGE = `npm run attack -- --url URL --answers FILE [--env FILE] [--disturb] [--json] [--allow-host HOST]

  --url         a running server, such as http://127.0.0.1:3000
  --answers     its .secure-express/manifest.json, or a file of answers
  --env         its environment (.env): its keys sign forged tokens rightly
  --disturb     also make accounts, sign in and use up limits
  --json        the report as one JSON document
  --allow-host  a host that is not this machine; attack only what is yours

  exits with 0 where nothing was found, 4 with findings, 2 where the input is wrong`;

/** Attacks a running server, as `npm run attack` does. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args);
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const url = readUrl(values.url, values['allow-host']);
  const { answers, isInHost } = readAnswers(values.answers);
  const settings = values.env === undefined ? undefined : parseEnv(readText(values.env, '--env'));
  await mustAnswer(url);

  const results = await runAttacks(ATTACKS, {
    answers,
    target: {
      url,
      ...(settings && { settings: settings as Record<string, string> }),
      ...(settings?.NODE_ENV === 'production' && { production: true }),
      ...(isInHost && { host: { parts: [], risks: [] } }),
    },
    disturb: values.disturb,
  });
  const report = values.json ? reportForPrograms : reportForPeople;
  process.stdout.write(`${report(url, results)}\n`);
  return exitCodeOf(results);
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        answers: { type: 'string' },
        env: { type: 'string' },
        'allow-host': { type: 'string' },
        disturb: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw refused('arguments', cause instanceof Error ? cause.message : String(cause), USAGE);
  }
}

function readAnswers(file: string | undefined): { answers: Answers; isInHost: boolean } {
  if (file === undefined) throw refused('--answers', 'is missing', USAGE);
  const { answers, document } = readManifest(file);
  return { answers, isInHost: 'host' in document };
}

function readText(file: string, where: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw refused(where, `${file} cannot be read`, 'Give the path of a file.');
  }
}

function refused(where: string, message: string, mend: string): InputError {
  return new InputError({ code: 'bad-attack', message: `${where} ${message}`, where, mend });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isInput = error instanceof InputError;
    const text = isInput ? `${error.message}\n${error.mend}` : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = isInput ? 2 : 1;
  },
);
