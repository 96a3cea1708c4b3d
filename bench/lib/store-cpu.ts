import { readdirSync, readFileSync } from 'node:fs';

/** A tick of the kernel's accounts (microseconds): 100 Hz on every Linux that matters. */
const TICK = 10_000;

/** Processor time that a server and the processes that it has started have used so far (microseconds; Linux only). */
export function cpuOf(pid: number): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(name))
    .filter((stat) => stat !== undefined)
    .reduce((ticks, stat) => {
      if (stat.pid === pid) return ticks + stat.ticks + stat.ofEnded;
      return stat.parent === pid ? ticks + stat.ticks : ticks;
    }, 0);
  return ticks * TICK;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  /** Of its children that have ended. */
  readonly ofEnded: number;
}

function statOf(name: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The name of the program stands in brackets, and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [, parent, ...rest] = fields.map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = rest.slice(9);
    const ofEnded = childUser + childSystem;
    return { pid: Number(name), parent: parent ?? 0, ticks: user + system, ofEnded };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
