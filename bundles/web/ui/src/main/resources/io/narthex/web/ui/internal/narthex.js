'use strict';

// All text reaches the page through textContent: nothing a target or a label says becomes markup.

const content = document.getElementById('content');
const notice = document.getElementById('notice');
const page = document.body.dataset.page;

function element(name, properties, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key === 'class') e.className = value; else e[key] = value;
  }
  e.append(...children.filter(c => c !== null && c !== undefined));
  return e;
}

function table(head, rows) {
  const body = element('tbody');
  for (const row of rows) {
    body.append(element('tr', {}, ...row.map(c => c instanceof Node && c.nodeName === 'TD' ? c : element('td', {}, c))));
  }
  return element('table', {}, element('thead', {}, element('tr', {}, ...head.map(h => element('th', {}, h)))), body);
}

function number(value) {
  return element('td', {class: 'number'}, String(value));
}

function code(text) {
  return element('td', {class: 'code'}, text);
}

async function api(path, options) {
  const response = await fetch('api/v1/' + path, options);
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch (e) {
    throw new Error(response.status === 503 ? 'The server is not ready yet.' : text.trim() || response.statusText);
  }
  if (body.status !== 'success') throw new Error(body.errorType + ': ' + body.error);
  return body;
}

async function data(path) {
  return (await api(path)).data;
}

// The value, or null where its module is not there now.
async function optional(path) {
  try {
    return await data(path);
  } catch (e) {
    return null;
  }
}

function metric(labels) {
  const {__name__: name = '', ...rest} = labels;
  const pairs = Object.entries(rest).map(([k, v]) => k + '=' + JSON.stringify(v));
  return pairs.length || !name ? name + '{' + pairs.join(', ') + '}' : name;
}

function duration(ms) {
  const s = Math.floor(ms / 1000);
  const parts = [[Math.floor(s / 86400), 'd'], [Math.floor(s / 3600) % 24, 'h'], [Math.floor(s / 60) % 60, 'm'], [s % 60, 's']];
  return parts.filter(p => p[0] > 0).slice(0, 2).map(p => p.join('')).join(' ') || '0s';
}

function ago(time) {
  const ms = Date.parse(time);
  return ms < 0 ? 'never' : duration(Math.max(0, Date.now() - ms)) + ' ago';
}

function card(title, value, note, href) {
  return element('div', {class: 'card'}, href ? element('a', {href}, title) : title, element('b', {}, value), note || '');
}

function problem(error) {
  return element('p', {class: 'problem'}, error.message);
}

function histogram(h) {
  const buckets = (h.buckets || []).map(b => (b[0] === 1 || b[0] === 3 ? '[' : '(') + b[1] + ', ' + b[2] + (b[0] === 0 || b[0] === 3 ? ']' : ')') + ': ' + b[3]);
  return 'count: ' + h.count + ', sum: ' + h.sum + (buckets.length ? '\n' + buckets.join('\n') : '');
}

function resultTable(result) {
  switch (result.resultType) {
    case 'scalar':
    case 'string':
      return table([result.resultType, ''], [['', number(result.result[1])]]);
    case 'vector':
      return table(['Series', 'Value'], result.result.map(s => [code(metric(s.metric)), s.value ? number(s.value[1]) : code(histogram(s.histogram[1]))]));
    default:
      return table(['Series', 'Samples'], result.result.map(s => [code(metric(s.metric)), code([...(s.values || []).map(v => v[1] + ' @' + v[0]), ...(s.histograms || []).map(v => histogram(v[1]) + ' @' + v[0])].join('\n'))]));
  }
}

function queryForm(target) {
  const parameters = new URLSearchParams(location.search);
  const input = element('textarea', {name: 'g0.expr', rows: 1, spellcheck: false, placeholder: 'Enter expression (press Shift+Enter for newlines)', value: parameters.get('g0.expr') || ''});
  const output = element('div');
  const run = async () => {
    if (!input.value.trim()) return;
    history.replaceState(null, '', 'query?' + new URLSearchParams({'g0.expr': input.value, 'g0.tab': 'table'}));
    const started = performance.now();
    try {
      const body = new URLSearchParams({query: input.value, limit: '10000'});
      const answer = await api('query', {method: 'POST', body});
      const n = Array.isArray(answer.data.result) ? answer.data.result.length : 0;
      output.replaceChildren(
        ...(answer.warnings || []).concat(answer.infos || []).map(w => element('p', {class: 'hint'}, w)),
        element('p', {}, 'Load time: ' + Math.round(performance.now() - started) + 'ms   Result series: ' + n),
        n ? resultTable(answer.data) : element('p', {}, 'Empty query result'));
    } catch (e) {
      output.replaceChildren(problem(e));
    }
  };
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      run();
    }
  });
  const form = element('form', {action: 'query'}, input, element('button', {type: 'submit'}, 'Execute'));
  form.addEventListener('submit', event => {
    event.preventDefault();
    run();
  });
  target.append(form, output);
  if (input.value) run();
}

// Throws what to tell while the server starts or stops; the page is shown again after a while.
async function checkReady() {
  const response = await fetch('-/ready');
  if (response.ok) return;
  if (response.headers.get('X-Prometheus-Stopping') === 'true') throw new Error('The server is shutting down.');
  const replay = await optional('status/walreplay');
  const progress = replay && replay.max > 0 ? ' Replaying WAL (' + replay.current + '/' + replay.max + ').' : '';
  throw new Error('The server is starting: not everything answers yet.' + progress);
}

async function overview() {
  const [runtime, build, targets, tsdb, group, configuration] = await Promise.all([
    optional('status/runtimeinfo'), optional('status/buildinfo'), optional('targets?state=active'),
    optional('status/tsdb?limit=1'), optional('narthex/actors'), optional('narthex/configuration')]);
  const cards = element('div', {class: 'cards'});
  if (build) cards.append(card('Version', build.version, build.goVersion, 'status'));
  if (runtime) cards.append(card('Uptime', duration(Date.parse(runtime.serverTime) - Date.parse(runtime.startTime)), runtime.hostname, 'status'));
  if (targets) {
    const up = targets.activeTargets.filter(t => t.health === 'up').length;
    const down = targets.activeTargets.filter(t => t.health === 'down').length;
    cards.append(card('Targets', up + ' up', down + ' down, ' + (targets.activeTargets.length - up - down) + ' unknown', 'targets'));
  }
  if (tsdb) cards.append(card('Head series', tsdb.headStats.numSeries, tsdb.headStats.chunkCount + ' chunks', 'tsdb-status'));
  if (group) cards.append(card('Actors', group.actors.length, group.waiting.length ? group.waiting.length + ' modules wait' : 'nothing waits'));
  if (configuration && configuration.transactions.length) {
    const t = configuration.transactions[0];
    cards.append(card('Configuration', t.committed ? 'loaded' : 'refused', t.trigger + ', ' + ago(t.time), 'config'));
  }
  content.replaceChildren(cards);
  content.append(element('h2', {}, 'Query'));
  queryForm(content);
  if (group) {
    content.append(element('h2', {}, 'What runs'), table(['Actor', 'State', 'Since', 'Bundle', 'Error'],
      group.actors.map(a => [a.name, a.state, ago(a.since), a.bundle, a.lastError || ''])));
    if (group.waiting.length) {
      content.append(element('h2', {}, 'What waits'), table(['Component', 'Bundle', 'Needs'],
        group.waiting.map(w => [w.component, w.bundle, w.missing.join(', ')])));
    }
  }
  const links = [['api/v1/targets', 'Targets (API)'], ['api/v1/labels', 'Label names (API)'], ['api/v1/status/config', 'Configuration (API)'],
    ['api/v1/narthex/actors', 'Actors (API)'], ['api/v1/narthex/discovery', 'Discovery (API)'], ['api/v1/narthex/configuration', 'Configuration changes (API)'],
    ['metrics', 'Own metrics'], ['-/healthy', 'Health'], ['-/ready', 'Readiness'], ['system/console', 'Console'],
    ['https://prometheus.io/docs/prometheus/latest/querying/basics/', 'The query language'], ['https://prometheus.io/docs/prometheus/latest/querying/api/', 'The HTTP API']];
  content.append(element('h2', {}, 'More'), element('p', {}, ...links.flatMap(([href, text]) => [element('a', {href, rel: 'noreferrer'}, text), '  ·  ']).slice(0, -1)));
  await checkReady();
}

async function targets() {
  const all = await data('targets?state=active');
  const pools = new Map();
  for (const t of all.activeTargets) {
    if (!pools.has(t.scrapePool)) pools.set(t.scrapePool, []);
    pools.get(t.scrapePool).push(t);
  }
  content.replaceChildren(pools.size ? '' : 'No targets.');
  for (const [pool, list] of pools) {
    const up = list.filter(t => t.health === 'up').length;
    content.append(element('h2', {}, pool + ' (' + up + ' / ' + list.length + ' up)'),
      table(['Endpoint', 'State', 'Labels', 'Last scrape', 'Duration', 'Error'], list.map(t => [
        element('a', {href: t.globalUrl, rel: 'noreferrer'}, t.scrapeUrl),
        element('span', {class: t.health}, t.health.toUpperCase()), code(metric(t.labels)), ago(t.lastScrape),
        number((t.lastScrapeDuration * 1000).toFixed(1) + ' ms'), t.lastError])));
  }
}

async function discovery() {
  const found = await data('narthex/discovery');
  content.replaceChildren(
    element('h2', {}, 'Providers'), table(['Kind', 'Bundle'], found.providers.map(p => [p.kind, p.bundle])),
    element('h2', {}, 'Sections'), table(['Section', 'Jobs', 'State', 'Targets', 'Last update', 'Error'],
      found.sections.map(s => [s.manager + ' ' + s.name, s.sets.join(', '), s.state, number(s.targets), s.lastUpdate ? ago(s.lastUpdate) : '', s.lastError || ''])));
}

async function configuration() {
  const [config, history] = await Promise.all([data('status/config'), optional('narthex/configuration')]);
  content.replaceChildren(element('pre', {}, config.yaml));
  if (history) {
    content.append(element('h2', {}, 'Changes'), table(['Time', 'By', 'Result', 'Difference'], history.transactions.map(t =>
      [t.time, t.trigger, t.committed ? 'committed' : 'refused: ' + t.error, code(t.difference.join('\n'))])));
  }
}

function pairs(object) {
  return table(['Name', 'Value'], Object.entries(object).map(([k, v]) => [k, code(String(v))]));
}

async function flags() {
  content.replaceChildren(pairs(await data('status/flags')));
}

async function status() {
  const [build, runtime] = await Promise.all([data('status/buildinfo'), data('status/runtimeinfo')]);
  content.replaceChildren(element('h2', {}, 'Build'), pairs(build), element('h2', {}, 'Run time'), pairs(runtime));
}

async function tsdb() {
  const s = await data('status/tsdb');
  content.replaceChildren(element('h2', {}, 'Head'), pairs(s.headStats));
  const lists = {labelValueCountByLabelName: 'Label names with most values', seriesCountByMetricName: 'Metric names with most series',
    memoryInBytesByLabelName: 'Label names with most memory', seriesCountByLabelValuePair: 'Label pairs with most series'};
  for (const [key, title] of Object.entries(lists)) {
    content.append(element('h2', {}, title), table(['Name', ''], (s[key] || []).map(c => [c.name, number(c.value)])));
  }
}

const pages = {'': overview, query: async () => queryForm(content), targets, 'service-discovery': discovery, config: configuration, flags, status, 'tsdb-status': tsdb};

async function show() {
  content.replaceChildren();
  try {
    await pages[page]();
    notice.hidden = true;
  } catch (e) {
    notice.textContent = e.message;
    notice.hidden = false;
    setTimeout(show, 2000);
  }
}

for (const link of document.querySelectorAll('nav a')) {
  if (link.getAttribute('href') === page) link.setAttribute('aria-current', 'page');
}
show();
