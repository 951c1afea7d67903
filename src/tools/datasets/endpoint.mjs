/**
 * Lets a page that is served on this machine have a data set prepared, by the script of `npm run datasets` and by nothing else.
 *
 *   GET  /datasets        { "prepares": ["mnist", "cifar10"] }
 *   POST /datasets/NAME   a line of JSON at a time: { "line": progress }, in the end { "ready": true } or { "failure": words }
 *
 * Only pages of this server's own origin, in a browser on this machine, are answered; nothing of a request but the name,
 * which must be one of these, is used. A preparation goes on when the page leaves; who asks again follows it.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const names = ['mnist', 'cifar10'];
const script = fileURLToPath(new URL('../prepare-datasets.mjs', import.meta.url));

/** Runs the script in a process of its own, since decoding would hold up the server; its lines go to `log`. */
function runScript(name, log, signal) {
  const child = spawn(process.execPath, [script, name], { stdio: ['ignore', 'ignore', 'pipe'], signal });
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    log(line);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(last || `The script ended with ${code}.`))));
  });
}

const isLoopback = (address = '') => /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address);
const isLocalName = (host = '') => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);

/** Why a request is not answered, or null. Names and origins are compared, since a foreign page can send to this address too. */
function refusalOf({ socket, method, headers: { host, origin, 'sec-fetch-site': site } }) {
  if (!isLoopback(socket.remoteAddress) || !isLocalName(host)) return 'Data sets are prepared only for this machine.';
  const isForeign = origin === undefined ? method === 'POST' : new URL(origin, 'http://none').host !== host;
  if (isForeign || (site !== undefined && site !== 'same-origin'))
    return 'Data sets are prepared only for the page of this server.';
  return null;
}

function answer(response, status, content) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(content));
}

/** Preparations that are going on, each followed by any number of answers. */
class Preparations {
  going = new Map();
  ended = new AbortController();

  constructor(prepare) {
    this.prepare = prepare;
  }

  follow(name, response) {
    const preparation = this.going.get(name) ?? this.start(name);
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    for (const line of preparation.lines) response.write(line);
    preparation.followers.add(response);
    response.on('close', () => preparation.followers.delete(response));
  }

  start(name) {
    const preparation = { lines: [], followers: new Set() };
    this.going.set(name, preparation);
    const tell = (content) => {
      const line = `${JSON.stringify(content)}\n`;
      preparation.lines.push(line);
      for (const follower of preparation.followers) follower.write(line);
    };
    this.prepare(name, (line) => tell({ line }), this.ended.signal)
      .then(
        () => tell({ ready: true }),
        (error) => tell({ failure: error.message }),
      )
      .finally(() => {
        this.going.delete(name);
        for (const follower of preparation.followers) follower.end();
      });
    return preparation;
  }
}

/** A plugin for vite's two servers. `prepare(name, log, signal)` rejects with words for people; by default it runs the script. */
export function datasetsPlugin(prepare = runScript) {
  const attach = ({ middlewares, httpServer }) => {
    const preparations = new Preparations(prepare);
    httpServer?.once('close', () => preparations.ended.abort());
    middlewares.use('/datasets', (request, response) => {
      const name = (request.url ?? '').replace(/^\//, '').replace(/\?.*$/, '');
      const refusal = refusalOf(request);
      if (refusal) return answer(response, 403, { failure: refusal });
      if (name === '' && request.method === 'GET') return answer(response, 200, { prepares: names });
      if (!names.includes(name)) return answer(response, 404, { failure: 'There is no such data set.' });
      if (request.method !== 'POST') return answer(response, 405, { failure: 'Only POST prepares a data set.' });
      preparations.follow(name, response);
    });
  };
  return { name: 'spikeloom-datasets', configureServer: attach, configurePreviewServer: attach };
}
