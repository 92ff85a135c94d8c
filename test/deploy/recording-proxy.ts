import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it went over the wire. */
export interface RecordedCall {
  /** `Glue CreateJob`, `Iam GetRole`, `S3 PUT /bucket/key`. */
  readonly name: string;
  /** Whether it can change something. */
  readonly writes: boolean;
  readonly body: string;
  /** Behind the `?` of the address. */
  readonly query: string;
}

/** What becomes of a request: passed on, cut before the endpoint sees it, or after it acted, or within its answer. */
export type Fate = 'pass' | 'cut-before' | 'cut-after' | 'truncated' | Answer;

/** An answer in the endpoint's stead. */
interface Answer {
  readonly status: number;
  /** Name of AWS's error. */
  readonly error: string;
  readonly message?: string;
  /** Answer with a page of HTML instead. */
  readonly html?: boolean;
}

/** An HTTP proxy in front of the endpoint. */
export interface RecordingProxy {
  readonly url: string;
  readonly calls: RecordedCall[];
  /** Decides per request; passes everything at first. */
  fate: (call: RecordedCall) => Fate | Promise<Fate>;
  /** Names of the calls that can change something else than the lock. */
  writes(): readonly string[];
  /** Forgets the calls, and passes everything again. */
  clear(): void;
  stop(): Promise<void>;
}

/** Starts a proxy that records every request and can make them fail. */
export async function startProxy(target: string): Promise<RecordingProxy> {
  const calls: RecordedCall[] = [];
  const proxy = {
    calls,
    fate: (_: RecordedCall): Fate | Promise<Fate> => 'pass',
    writes: () => calls.map((call) => (call.writes ? call.name : '')).filter(isChange),
    clear(): void {
      calls.length = 0;
      proxy.fate = () => 'pass';
    },
  };
  const server = createServer((incoming, outgoing) => {
    void readBody(incoming).then(async (body) => {
      const call = describeCall(incoming, body);
      calls.push(call);
      const fate = await proxy.fate(call);
      if (fate === 'cut-before') return incoming.socket.destroy();
      if (typeof fate === 'object') {
        return answerWith(outgoing, fate, !/^(Query|S3) /.test(call.name));
      }
      const { method, headers, url } = incoming;
      const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
        if (fate === 'cut-after') {
          answer.resume();
          answer.once('end', () => incoming.socket.destroy());
          return;
        }
        if (fate === 'truncated') return truncate(answer, outgoing);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.once('error', () => incoming.socket.destroy());
      return onward.end(body);
    });
  });
  const url = await listen(server);
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(proxy, { url, stop });
}

/** The head of an answer, half of its body, and an end of the connection. */
function truncate(answer: IncomingMessage, outgoing: ServerResponse): void {
  void readBody(answer).then((body) => {
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    const length = String(Math.max(body.length, 2));
    outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': length });
    outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
  });
}

function isChange(name: string): boolean {
  return name !== '' && !name.endsWith('/lock.json');
}

function answerWith(outgoing: ServerResponse, answer: Answer, json: boolean): void {
  const { status, error, message = error, html } = answer;
  const xml = `<ErrorResponse><Error><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const body =
    html === true ? '<!doctype html>' : json ? JSON.stringify({ __type: error, message }) : xml;
  outgoing.writeHead(status, json ? { 'x-amzn-errortype': error } : {});
  outgoing.end(body);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on a port, not a pipe
  return `http://127.0.0.1:${port}`;
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function describeCall(incoming: IncomingMessage, bytes: Buffer): RecordedCall {
  const body = bytes.toString('utf8');
  const query = incoming.url?.split('?')[1] ?? '';
  const target = incoming.headers['x-amz-target'];
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  const isForm = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const operation =
    typeof target === 'string' ? target.split('.')[1] : isForm === true ? action : undefined;
  if (operation !== undefined) {
    const service = typeof target === 'string' ? serviceOf(target) : 'Query';
    return {
      name: `${service} ${operation}`,
      writes: changes(operation),
      body,
      query,
    };
  }
  const method = incoming.method ?? '';
  const path = decodeURIComponent(incoming.url?.split('?')[0] ?? '');
  // Lake Formation posts JSON to a path that is the operation's name; no bucket's name has a capital.
  if (method === 'POST' && /^\/[A-Z]\w+$/.test(path)) {
    return { name: `LakeFormation ${path.slice(1)}`, writes: changes(path.slice(1)), body, query };
  }
  return {
    name: `S3 ${method} ${path}`,
    writes: method !== 'GET' && method !== 'HEAD',
    body,
    query,
  };
}

function serviceOf(target: string): string {
  if (target.startsWith('ResourceGroupsTaggingAPI')) return 'Tagging';
  if (target.startsWith('AWSEvents.')) return 'Events';
  return target.startsWith('TrentService.') ? 'Kms' : 'Glue';
}

function changes(operation: string): boolean {
  return !/^(BatchGet|Describe|Get|List|Search)/.test(operation);
}
