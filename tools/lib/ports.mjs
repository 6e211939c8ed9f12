// Ports that a command is told to listen on.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { refuse } from './requirements.mjs';

const MAX_PORT = 65_535;

/**
 * Ends the process with a sentence unless a server may listen on the port of the loopback.
 * @param {string} option its name, without the dashes @param {string} text
 */
export async function requirePort(option, text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > MAX_PORT) refuse(`--${option} takes a number from 0 to ${MAX_PORT}, not ${text}.`);
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EACCES') refuse(`Port ${port} is privileged. Give one of 1024 or higher with --${option}.`);
    refuse(`Port ${port} is taken. Give another with --${option}.`);
  }
  server.close();
}
