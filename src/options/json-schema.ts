import type { Option } from './option.ts';
import { defaultOf } from './resolve.ts';
import { optionNamed, options } from './schema.ts';

/** The JSON Schema (draft 2020-12) of a file of answers. */
export function answersSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Answers of create-secure-express',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(options.map((option) => [option.name, propertyOf(option)])),
    },
    allOf: options.filter((option) => option.when !== undefined).map(conditionOf),
  };
}

function propertyOf(option: Option): object {
  const { kind } = option;
  const costs =
    kind.id === 'choice' ? kind.offered.map(({ value, cost }) => `${value}: ${cost}.`) : [];
  // The package manager's default is the one that runs us, which no schema can know.
  const value = option.name === 'packageManager' ? undefined : defaultOf(option, NO_CIRCUMSTANCES);
  return {
    title: option.question,
    description: [option.risk, ...costs].filter((line) => line !== undefined).join(' '),
    ...kind.jsonSchema(),
    ...(value === undefined ? {} : { default: value }),
  };
}

const NO_CIRCUMSTANCES = { packageManager: 'npm' } as const;

/** An option that depends on another is refused unless the other has one of the deciding values. */
function conditionOf(option: Option): object {
  if (option.when === undefined) return {};
  const { option: decider, is } = option.when;
  const byDefault = is.includes(String(defaultOf(optionNamed(decider), NO_CIRCUMSTANCES)));
  return {
    if: {
      properties: { [decider]: { enum: is } },
      // Left out, the deciding option has its default.
      ...(byDefault ? {} : { required: [decider] }),
    },
    else: { properties: { [option.name]: false } },
  };
}
