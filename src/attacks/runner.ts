import { createServer } from 'node:net';
import type { Answers } from '../options/answers.ts';
import { Api } from './api.ts';
import {
  type AppPart,
  type Attack,
  type Bench,
  type Host,
  NEEDS,
  type Need,
  type Outcome,
  type Result,
  type Scene,
  type Target,
} from './attack.ts';
import { openSocket } from './client.ts';
import { ControlFailed, Evidence } from './evidence.ts';

/** So many attacks run beside each other. */
const AT_ONCE = 8;

/** A server under attack, and how far to go. */
export interface Run {
  readonly answers: Answers;
  readonly target: Target;
  readonly bench?: Bench;
  /** Whether accounts may be made and limits be used up. */
  readonly disturb: boolean;
  readonly begins?: AttackListener | undefined;
}

/** Hears of each attack that is tried when it begins: the how manieth it is, and of how many. */
export type AttackListener = (title: string, number: number, all: number) => void;

/**
 * Tries attacks against one server: those that wait beside all others, those that measure time after the crowd, and
 * those that compare what is stored when nothing else is at work.
 */
export async function runAttacks(attacks: readonly Attack[], run: Run): Promise<Result[]> {
  const addresses = await clientAddresses(run.target.url);
  const isLoner = ({ alone, exhausts, waits, undisturbed }: Attack) =>
    !waits && !undisturbed && (alone || (exhausts && !addresses));
  const waiters = attacks.filter(({ waits }) => waits);
  const comparers = attacks.filter(({ undisturbed }) => undisturbed);
  const crowd = attacks.filter(
    (attack) => !attack.waits && !attack.undisturbed && !isLoner(attack),
  );
  // What uses up the one address comes last of all.
  const loners = attacks
    .filter(isLoner)
    .sort((one, other) => Number(one.exhausts ?? 0) - Number(other.exhausts ?? 0));
  const all = attacks.filter((attack) => {
    const why = whyNot(attack, run, addresses);
    return !why || canVisit(attack, why);
  }).length;
  let begun = 0;
  const begins = ({ title }: Attack) => run.begins?.(title, ++begun, all);
  const attempt = (attack: Attack) => tryAttack(attack, run, addresses, begins);
  const waited = Promise.all(waiters.map(attempt));
  const results = [
    ...(await eachAtOnce(crowd, AT_ONCE, attempt)),
    ...(await eachAtOnce(loners, 1, attempt)),
    ...(await waited),
    ...(await eachAtOnce(comparers, 1, attempt)),
  ];
  return results.sort((one, other) => one.attack.id - other.attack.id);
}

async function tryAttack(
  attack: Attack,
  run: Run,
  addresses: Addresses | undefined,
  begins: (attack: Attack) => void,
): Promise<Result> {
  const { answers, target, bench } = run;
  const evidence = new Evidence();
  const started = performance.now();
  const result = (outcome: Outcome): Result => ({
    attack: { id: attack.id, title: attack.title, requirement: attack.requirement },
    outcome,
    notes: evidence.notes,
    looks: evidence.looks,
    sample: evidence.sample,
    milliseconds: Math.round(performance.now() - started),
  });
  const why = whyNot(attack, run, addresses);
  if (why && !canVisit(attack, why)) return result(why);
  begins(attack);

  const scene: Scene = {
    answers,
    target,
    api: new Api(target, answers, addresses?.()),
    evidence,
    anotherAddress: () => addresses?.(),
    start: async (...how) => {
      const own = await neededBench(bench).start(...how);
      return new Api(own, answers, addresses?.());
    },
    canStart: bench !== undefined,
    refusal: (settings) => neededBench(bench).refusal(settings),
  };
  try {
    await attack.visit?.(scene);
    if (!why) await attack.run(scene);
  } catch (error) {
    // What was found before counts all the same.
    if (evidence.findings.length === 0) return result(brokenBy(error));
  }
  if (evidence.findings.length > 0)
    return result({ status: 'unsafe', findings: evidence.findings });
  if (evidence.controls === 0) {
    return result(why ?? brokenBy(new ControlFailed('it has no control')));
  }
  return result(why ? { status: 'safe in part', why: why.why } : { status: 'safe' });
}

/** Whether its visit can be tried where the whole attack cannot; it may yet turn out that a visitor can prove nothing. */
function canVisit(attack: Attack, why: WhyNot): why is NotTried {
  return attack.visit !== undefined && why.status === 'not tried';
}

type NotTried = Extract<Outcome, { status: 'not tried' }>;
type WhyNot = NotTried | { readonly status: 'not applicable' };

/** @returns undefined where the whole of an attack can be tried */
function whyNot(
  attack: Attack,
  { answers, target, bench, disturb }: Run,
  addresses: Addresses | undefined,
): WhyNot | undefined {
  const isHosts = attack.part !== undefined && target.host && seesTo(target.host, attack.part);
  if (!attack.applies(answers) || isHosts) return { status: 'not applicable' };
  const has: Record<Need, boolean> = {
    keys: target.settings !== undefined,
    start: bench !== undefined,
    disable: target.disable !== undefined,
    logs: target.logLines !== undefined,
    storage: target.storage !== undefined,
    addresses: addresses !== undefined,
  };
  if (attack.disturbs && !disturb) return notTried('makes accounts or uses up limits (--disturb)');
  const missing = attack.needs?.filter((need) => !has[need]) ?? [];
  if (missing.length === 0) return undefined;
  return notTried(`needs ${missing.map((need) => NEEDS[need]).join(', ')}`);
}

/** How it listens is always the app's. */
function seesTo({ parts, risks }: Host, part: AppPart): boolean {
  return part === 'server' || (parts.includes(part) && !risks.includes(part));
}

function neededBench(bench: Bench | undefined): Bench {
  if (!bench) throw new Error('this attack does not say that it needs to start servers');
  return bench;
}

function notTried(why: string): NotTried {
  return { status: 'not tried', why, broken: false };
}

function brokenBy(error: unknown): Outcome {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { status: 'not tried', why, broken: true };
}

type Addresses = () => string;

/**
 * Client addresses that nobody has used, so that limits for each address do not mix: on most systems a client may
 * call a server on 127.0.0.1 from all of 127.0.0.0/8. Undefined where that is not so, or where `localhost` is ::1 only.
 */
async function clientAddresses(url: URL): Promise<Addresses | undefined> {
  const isLocal = /^(?:127\.|localhost$)/.test(url.hostname);
  if (!isLocal || !(await canBind('127.83.1.1')) || !(await answersAt(url))) return undefined;
  const used = new Set<string>();
  const part = () => 1 + Math.floor(Math.random() * 254);
  return () => {
    for (;;) {
      const address = `127.${part()}.${part()}.${part()}`;
      if (used.has(address) || address.startsWith('127.0.')) continue;
      used.add(address);
      return address;
    }
  };
}

/** Whether a server is there for a client that has an address of IPv4. */
function answersAt(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(url, '127.83.1.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function canBind(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}

/** Runs a task for each item, a few at a time, and keeps the order of the results. */
export async function eachAtOnce<T, R>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
