import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepts, end, freePorts, printed, start } from './child.mjs';
import { until } from './until.mjs';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Web STOMP without TLS, and whatever `guest` wants. */
const plain = ({ amqp, stomp, webStomp }) => `
listeners.tcp.1 = 127.0.0.1:${amqp}
stomp.listeners.tcp.1 = 127.0.0.1:${stomp}
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = ${webStomp}
web_stomp.ws_frame = text
`;

/**
 * Starts a RabbitMQ with Web STOMP of its own: own folder, own ports, own port mapper, loopback only. `configured` gives its
 * configuration for these ports, `plugins` the text of its list of them.
 */
export async function startRabbitmq({ configured = plain, plugins = '[rabbitmq_web_stomp].\n' } = {}) {
  if (!existsSync(SERVER)) throw new Error('RabbitMQ is not installed: apt-get install -y --no-install-recommends rabbitmq-server');
  const home = await mkdtemp(join(tmpdir(), 'rabbitmq-test-'));
  const file = (name) => join(home, name);
  const [amqp, webStomp, stomp, dist, mapper] = await freePorts(5);
  await Promise.all([mkdir(file('mnesia')), mkdir(file('log'))]);
  await writeFile(file('enabled_plugins'), plugins);
  await writeFile(file('rabbitmq.conf'), `${configured({ amqp, stomp, webStomp })}
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
`);
  const env = {
    ...process.env,
    HOME: home,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(mapper),
    RABBITMQ_NODENAME: 'test@localhost',
    RABBITMQ_DIST_PORT: String(dist),
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: file('mnesia'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none',
  };

  // Erlang would start its port mapper itself, as a daemon that outlives it; ours ends with the test.
  const epmd = start('epmd', ['-address', '127.0.0.1', '-port', String(mapper)], { env });
  const children = [epmd];
  async function stop() {
    for (const child of children.toReversed()) await end(child);
    await rm(home, { recursive: true });
  }
  try {
    await until(() => accepts(mapper), { what: 'epmd answers' });
    const server = start(SERVER, [], { env });
    children.push(server);
    // It loads its users between opening the two.
    await printed(server, async () => await accepts(webStomp) && await accepts(amqp));
  } catch (error) {
    await stop();
    throw error;
  }
  return { amqp: `amqp://guest:guest@127.0.0.1:${amqp}/%2f`, webStomp: `ws://127.0.0.1:${webStomp}/ws`, ports: { amqp, webStomp }, stop };
}
