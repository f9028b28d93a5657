// Makes the examples of a page run: each `figure.example` gets a button and a place for what its example shows.
// One runs at a time, in a frame of its own; when the frame goes, its session goes with it.

const WORDS = {
  en: {
    run: 'Run',
    again: 'Run again',
    stop: 'Stop',
    shown: 'What the example shows',
    toolbar: 'The example’s toolbar',
    value: 'Value',
    noSandbox: 'No sandbox answers here. Run `cargo xtask demo` in a clone of the repository, then open this page at http://127.0.0.1:8088/docs/.',
    noPackage: 'The package /pkg/agent-toolbar.js is missing. Run `cargo xtask build`, then reload this page.',
  },
  'zh-CN': {
    run: '运行',
    again: '再次运行',
    stop: '停止',
    shown: '示例的输出',
    toolbar: '示例的工具条',
    value: '取值',
    noSandbox: '这里没有沙箱应答。在仓库的克隆中运行 `cargo xtask demo`，再打开 http://127.0.0.1:8088/docs/ 下的本页。',
    noPackage: '缺少 /pkg/agent-toolbar.js。运行 `cargo xtask build` 后刷新本页。',
  },
};

const lang = document.documentElement.lang.startsWith('zh') ? 'zh-CN' : 'en';
const words = WORDS[lang];

/** What runs: its frame, and what ends it. */
let running;

function make(name, className, more) {
  return Object.assign(document.createElement(name), { className }, more);
}

/** Whether a sandbox serves this page. */
async function sandboxAnswers() {
  try {
    const response = await fetch('/sandbox/state');
    return response.ok && Array.isArray((await response.json()).agents);
  } catch {
    return false;
  }
}

/** `figure[data-state]`: absent, `running`, `done` (it may be used still) or `failed`. */
function equip(figure) {
  const usual = figure.textContent.match(/\bchoice\('([^']*)'\)/)?.[1];
  const field = usual !== undefined && make('input', 'example-choice', { value: usual, ariaLabel: words.value });
  const button = make('button', 'example-run', { type: 'button', textContent: words.run });
  const bar = make('div', 'example-bar');
  bar.append(...[field, button].filter(Boolean));
  const lines = make('ol', 'example-lines', { hidden: true, role: 'log', ariaLabel: words.shown });
  figure.append(bar, lines);

  const line = (text, className) => {
    lines.hidden = false;
    lines.append(make('li', className, { textContent: text }));
  };

  function end() {
    running.frame.remove();
    removeEventListener('message', running.hear);
    running = undefined;
    button.textContent = words.again;
  }

  function finish(state) {
    figure.dataset.state = state;
    // A toolbar may be used until it is stopped; without one nothing is left to do.
    if (running.frame.hidden) end();
  }

  async function start() {
    running?.end();
    lines.replaceChildren();
    lines.hidden = true;
    figure.dataset.state = 'running';
    const query = new URLSearchParams({ example: figure.dataset.example, lang, ...field && { choice: field.value } });
    const frame = make('iframe', 'example-frame', { hidden: true, width: '100%', height: '420', title: words.toolbar, allow: 'microphone; autoplay' });
    frame.src = new URL(`frame.html?${query}`, import.meta.url);
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data.kind === 'line') line(data.text);
      if (data.kind === 'toolbar') frame.hidden = false;
      if (data.kind === 'done') finish('done');
      if (data.kind === 'failed') {
        line(data.noPackage ? words.noPackage : data.text, 'example-error');
        if (data.remedy) line(data.remedy, 'example-remedy');
        finish('failed');
      }
    };
    const mine = { frame, hear, end };
    running = mine;
    button.textContent = words.stop;
    addEventListener('message', hear);
    if (!await sandboxAnswers()) {
      if (running !== mine) return;
      line(words.noSandbox, 'example-error');
      finish('failed');
    } else if (running === mine) {
      figure.append(frame);
    }
  }

  button.addEventListener('click', () => {
    if (running?.end !== end) return void start();
    if (figure.dataset.state === 'running') delete figure.dataset.state;
    end();
  });
}

for (const figure of document.querySelectorAll('figure.example[data-example]')) equip(figure);
