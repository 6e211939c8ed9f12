import { once } from 'node:events';

/**
 * Has a server listen on the loopback, at PORT or 3000, and gives its address.
 * @param {import('node:http').Server} server
 */
export async function listen(server) {
  const { PORT = '3000' } = process.env;
  try {
    await once(server.listen(Number(PORT), '127.0.0.1'), 'listening');
  } catch (error) {
    const why = error.code === 'EADDRINUSE' ? 'is taken' : 'can’t be listened on';
    console.error(`Port ${PORT} ${why}. Set PORT to another one.`);
    process.exit(1);
  }
  return `http://127.0.0.1:${server.address().port}`;
}
