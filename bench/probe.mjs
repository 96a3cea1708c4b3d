import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded beside a server with `--import`: tells the process that started it what the server spends. */

const delay = monitorEventLoopDelay({ resolution: 5 });
let cpu = process.cpuUsage();

process.on('message', (message) => {
  if (message === 'watch') {
    cpu = process.cpuUsage();
    delay.enable();
    delay.reset();
    return;
  }
  if (message === 'memory') {
    process.send(process.memoryUsage.rss());
    return;
  }
  const { user, system } = process.cpuUsage(cpu);
  const milliseconds = (nanoseconds) => nanoseconds / 1e6;
  process.send({
    cpu: user + system,
    delay: {
      p50: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      max: milliseconds(delay.max),
    },
  });
  delay.disable();
});

// The server decides when it ends.
process.channel?.unref();
