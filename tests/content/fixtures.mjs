// The sample projects, served in both ways: from the manifest, and as what they are, Node projects.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const MAX_MESSAGES = 100;

export function readFixtures(root) {
  const resolved = new Map();
  for (const own of JSON.parse(fs.readFileSync(path.join(root, 'manifest.json'), 'utf8')).fixtures) {
    const base = own.base ? resolved.get(own.base) : undefined;
    if (own.base && !base) throw new Error(`${own.name}: its base ${own.base} must come before it`);
    const id = (route) => `${route.method} ${route.path}`;
    const routes = new Map([...(base?.routes ?? []), ...(own.routes ?? []).map((route) => [id(route), route])]);
    resolved.set(own.name, {
      ...own,
      routes,
      behaviour: own.behaviour ?? base?.behaviour ?? [],
      faults: own.faults ?? base?.faults ?? {},
      folders: [path.join(root, own.name), ...(base?.folders ?? [])]
    });
  }
  return [...resolved.values()];
}

export async function serve(handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }
  };
}

export function serveFixture(fixture) {
  const messages = chatMessages(fixture.behaviour);
  return serve(async (req, res) => {
    const { pathname } = new URL(req.url, 'http://localhost');
    const send = (status, type, body) => res.writeHead(status, type && { 'content-type': type }).end(body);
    if (fixture.faults.cors !== 'none') res.setHeader('access-control-allow-origin', '*');
    if (req.method === 'OPTIONS') {
      if (fixture.faults.cors !== 'none') {
        res.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
        res.setHeader('access-control-allow-headers', 'Content-Type');
      }
      return send(204);
    }
    const route = fixture.routes.get(`${req.method} ${pathname}`);
    if (route) return res.writeHead(route.status, route.headers).end(route.body);
    const answer = pathname === '/api/messages' ? messages?.[req.method]?.(await readBody(req)) : undefined;
    if (answer) return send(answer.status, 'application/json; charset=utf-8', JSON.stringify(answer.json));
    const file = req.method === 'GET' && fileOf(fixture, pathname);
    if (file) return send(200, `${TYPES[path.extname(file)]}; charset=utf-8`, fs.readFileSync(file));
    send(404, 'text/html; charset=utf-8', `<!DOCTYPE html><pre>Cannot ${req.method} ${pathname}</pre>`);
  });
}

function chatMessages(behaviour) {
  const validate = behaviour.includes('chat-messages');
  if (!validate && !behaviour.includes('chat-messages-without-validation')) return undefined;
  const messages = [];
  let lastId = 0;
  const clean = (value) => (typeof value === 'string' ? value.trim() : '');
  return {
    GET: () => ({ status: 200, json: messages }),
    POST: (body) => {
      let draft;
      try {
        draft = JSON.parse(body);
      } catch {
        // Not JSON: there is no text.
      }
      const text = clean(draft?.text);
      if (validate && !text) return { status: 400, json: { error: 'A message needs a text.' } };
      const message = { id: ++lastId, author: clean(draft?.author) || 'Anonymous', text };
      messages.push(message);
      if (messages.length > MAX_MESSAGES) messages.shift();
      return { status: 201, json: message };
    }
  };
}

async function readBody(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function fileOf(fixture, pathname) {
  let name;
  if (pathname === '/') name = 'views/index.html';
  else if (/^\/_api\/([\w-]+\.js|package\.json)$/.test(pathname)) name = pathname.slice('/_api/'.length);
  else if (pathname.startsWith('/public/')) name = pathname.slice(1);
  if (!name) return undefined;
  return fixture.folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

// Lays base and overlay over each other in a folder of their own, with the packages of this folder, and runs the start script.
export async function startProject(fixture, packages) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'grade-fixture-'));
  for (const layer of [...fixture.folders].reverse()) fs.cpSync(layer, folder, { recursive: true });
  fs.symlinkSync(packages, path.join(folder, 'node_modules'));
  const [command, ...args] = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).scripts.start.split(' ');
  const port = await freePort();
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (status) => reject(new Error(`${fixture.name} ended with status ${status}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      fs.rmSync(folder, { recursive: true });
    }
  };
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
