import { duration } from './layout.ts';

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const PACE_MS = 100;

/**
 * Shows on one line of a terminal that something goes on, and for how long.
 *
 * @param write to the terminal.
 * @param text what goes on, in less than a line; as a function, asked anew each time it is drawn.
 * @returns what takes the line away again.
 */
export function startSpinner(
  write: (text: string) => void,
  text: string | (() => string),
): () => void {
  const started = performance.now();
  let frame = 0;
  const draw = () => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const took = seconds === 0 ? '' : ` ${duration(seconds * 1000).replace('.0', '')}`;
    write(
      `\r${FRAMES[frame++ % FRAMES.length]} ${typeof text === 'string' ? text : text()} …${took}\u001b[K`,
    );
  };
  draw();
  const timer = setInterval(draw, PACE_MS);
  return () => {
    clearInterval(timer);
    write('\r\u001b[K');
  };
}
