import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** The machine and the moment of a run, as lines of Markdown. */
export function describeMachine(): string {
  const [cpu] = cpus();
  return [
    `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- ${cpu?.model.trim() || 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `- Node ${process.version}, ${platform()} ${arch()}, kernel ${release()}`,
    `- load average at the start: ${loadAverage()}`,
  ].join('\n');
}

/** Of the last minute, five and fifteen. */
export function loadAverage(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(', ');
}
