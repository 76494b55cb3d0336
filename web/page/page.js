
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const show = (id, is = true) => { $(id).hidden = !is; };
  const make = (tag, attributes, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };
  const counted = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const url = (blob) => URL.createObjectURL(blob);

  if (!('WebAssembly' in window) || !('DecompressionStream' in window)) {
    show('unfit');
    show('start', false);
    return;
  }

  // The engine and the worker stand in the page as text, so that nothing has to be fetched.
  const unpacked = (id) => {
    const packed = Uint8Array.from(atob($(id).textContent), (c) => c.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
  };
  const engine = unpacked('engine').arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  // A worker from a blob is held to the policy of the page; one from a file would have none.
  const script = unpacked('worker').text().then((text) => url(new Blob([text], { type: 'text/javascript' })));

  // What is checked: the files, the passwords by path, and what ended a worker.
  let run = null;
  let worker = null;
  let warming = null;
  let rows = new Map();
  let view = '';

  const state = (name) => {
    for (const id of ['start', 'work', 'done']) show(id, id === name);
    show('view', false);
    show('trouble', false);
    show('files', name !== 'start');
  };

  // Before the first file comes, a worker reads a made-up report, so that the engine is compiled for speed by then. It ends when
  // there is something to do.
  const cool = () => {
    warming?.terminate();
    warming = null;
  };
  const warm = (module, source) => {
    if (run) return;
    warming = new Worker(source);
    warming.onmessage = ({ data }) => { if (data.type !== 'page') cool(); };
    warming.onerror = (event) => { event.preventDefault(); cool(); };
    warming.postMessage({ task: 'warm', module });
  };
  // What fails here is told when it is needed.
  Promise.all([engine, script]).then(([module, source]) => warm(module, source), () => {});

  const stop = () => {
    cool();
    worker?.terminate();
    worker = null;
    URL.revokeObjectURL(view);
    $('view').removeAttribute('src');
  };

  const reset = () => {
    stop();
    run = null;
    $('choose').value = '';
    state('start');
    $('status').textContent = '';
    document.title = 'crossfoot: do the figures add up?';
    $('choose').focus();
  };

  // Two files of one name are told apart.
  const named = (files) => {
    const names = new Map();
    return files.map((file) => {
      const name = file.path ?? (file.webkitRelativePath || file.name);
      const times = (names.get(name) ?? 0) + 1;
      names.set(name, times);
      return { name: times === 1 ? name : `${name.replace(/(\.[^.]*)?$/, ` (${times})$1`)}`, file };
    });
  };

  const begin = (files) => {
    if (!files.length) return;
    run = { files: named(files), passwords: {}, left: {}, checks: true, pictures: true, notes: $('notes').checked };
    work();
  };

  const work = async () => {
    stop();
    const own = run;
    Object.assign(run, { at: 0, documents: [] });
    rows = new Map();
    $('files').replaceChildren(...run.files.map(({ name }) => row(name)));
    $('bar').value = 0;
    $('at').textContent = '\u00a0';
    doing('Reading');
    state('work');
    scrollTo(0, 0);
    $('doing').focus();
    try {
      const [module, source] = await Promise.all([engine, script]);
      if (run !== own) return;
      worker = new Worker(source);
      worker.onmessage = ({ data }) => told[data.type](data);
      worker.onerror = (event) => { event.preventDefault(); trouble(event.message || 'the worker could not be started'); };
      worker.postMessage({ task: 'check', module, ...run });
    } catch (error) {
      trouble(String(error));
    }
  };

  const doing = (what) => {
    $('doing').textContent = what;
    $('status').textContent = what;
  };

  const trouble = (what) => {
    if ($('done').hidden) {
      state('done');
      $('found').textContent = 'This did not work';
      show('saves', false);
      show('copies', false);
    }
    $('trouble').textContent = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
    show('trouble');
  };

  const row = (path) => {
    const made = make('li', {}, make('b', { textContent: path }), ' ', make('span', { className: 'soft', textContent: 'waiting' }));
    rows.set(path, made);
    return made;
  };
  const say = (path, className, text) => {
    const said = rows.get(path)?.querySelector('span');
    if (said) Object.assign(said, { className, textContent: text });
  };
  // How far it is, in files.
  const bar = (part) => { $('bar').value = Math.min(1, (run.at + part) / run.files.length); };

  const locked = (path) => {
    const id = `password-${rows.size}-${path.length}-${[...rows.keys()].indexOf(path)}`;
    const input = make('input', { type: 'password', id, autocomplete: 'off', required: true });
    const form = make('form', {}, make('label', { htmlFor: id, textContent: 'Password' }), input, make('button', { textContent: 'Open' }));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      run.passwords[path] = input.value;
      work();
    });
    return form;
  };

  const read = ({ document: index, pages, tables, figures, pdf, blank, lost }, path) => {
    run.documents.push({ path, index, pdf });
    if (blank) return say(path, 'no', `no text in it: ${blank}`);
    const parts = [counted(pages, 'page'), counted(tables, 'table'), counted(figures, 'figure')];
    say(path, 'ok', parts.join(', ') + (lost.length ? `; read in part: ${lost[0]}` : ''));
  };
  const failed = ({ what, hint, locked: asks }, path) => {
    const text = asks || !hint ? `not read: ${what}.` : `not read: ${what}. What to do: ${hint}.`;
    say(path, 'no', text);
    if (asks) rows.get(path).append(locked(path));
  };

  const told = {
    file({ at, path }) {
      run.at = at;
      run.share = { part: 0, share: 1 };
      bar(0);
      say(path, 'soft', 'reading');
      $('at').textContent = path;
      $('status').textContent = `Reading ${path}, ${at + 1} of ${run.files.length}`;
    },
    inputs({ path, paths, passed_over: others }) {
      if (paths.length === 1 && paths[0] === path) return;
      const members = paths.map(row);
      rows.get(path).after(...members);
      if (!paths.length) return say(path, 'no', 'not read: no file in it that can be read.');
      say(path, 'soft', `${counted(paths.length, 'file')}${others.length ? `; passed over: ${others.map(([name]) => name.split('!/').pop()).join(', ')}` : ''}`);
    },
    input({ path, part, share }) {
      run.share = { part, share };
      run.path = path;
      bar(part);
      say(path, 'soft', 'reading');
      $('at').textContent = path;
    },
    page({ read: done, pages }) {
      bar(run.share.part + run.share.share * done / pages);
      $('at').textContent = `${run.path}, page ${done + 1} of ${pages}`;
    },
    read({ path, result }) {
      (result.status === 'ok' ? read : failed)(result, path);
    },
    step({ step }) {
      $('bar').value = 1;
      $('at').textContent = '\u00a0';
      doing(step === 'check' ? 'Checking' : 'Drawing the report');
    },
    checked({ found, report }) {
      const read = run.documents.length;
      const parts = [[found.errors, 'error'], [found.warnings, 'warning']].filter(([number]) => number).map((part) => counted(...part));
      const said = parts.join(' and ') || 'Nothing inconsistent';
      const what = read ? `${said} in ${counted(read, 'document')}` : 'Nothing could be read';
      state('done');
      $('found').textContent = what;
      document.title = `${what} – crossfoot`;
      show('saves', read > 0);
      copies();
      // The report has what was read; here stays what was not.
      for (const made of rows.values()) made.hidden = !made.querySelector('.no');
      show('files', [...rows.values()].some((made) => !made.hidden));
      if (read) draw(report);
      $('status').textContent = what;
      $('found').focus();
    },
    report({ report }) { draw(report); },
    save({ blob }) {
      const link = make('a', { href: url(blob), download: run.saves });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      $('status').textContent = `Saved ${run.saves}`;
    },
    refused({ why }) { trouble(why); },
    // The worker is of no use any more. Another does it again without what ended this one.
    crashed({ path, step, why }) {
      if (path) run.left[path] = why;
      else if (step === 'check' && run.checks) Object.assign(run, { checks: false, why });
      else if (step === 'report' && run.pictures) run.pictures = false;
      else return trouble(why);
      work();
    },
  };

  const draw = (report) => {
    URL.revokeObjectURL(view);
    run.report = report;
    view = url(report);
    $('view').src = view;
    show('view');
  };

  // Saving. Files are named after the document, where there is one.
  const stem = (path) => path.split(/[/\\]/).pop().replace(/\.[^.]*$/, '');
  const name = (ending) => `${run.documents.length === 1 ? stem(run.documents[0].path) : 'crossfoot'}-${ending}`;
  const ask = (task, saves, more) => {
    show('trouble', false);
    run.saves = saves;
    worker.postMessage({ task, notes: run.notes, pictures: run.pictures, ...more });
  };
  const copies = () => {
    const pdfs = run.documents.filter(({ pdf }) => pdf);
    const save = ({ path, index }) => ask('copy', `${stem(path)}-annotated.pdf`, { document: index });
    show('save-copy', pdfs.length === 1);
    $('save-copy').onclick = () => save(pdfs[0]);
    show('copies', pdfs.length > 1);
    $('copies').querySelector('ul').replaceChildren(...pdfs.map((pdf) => {
      const button = make('button', { type: 'button', textContent: pdf.path });
      button.onclick = () => save(pdf);
      return make('li', {}, button);
    }));
  };
  $('save-report').onclick = () => {
    run.saves = name('report.html');
    told.save({ blob: run.report });
  };
  $('save-csv').onclick = () => ask('csv', name('figures.csv'));
  $('save-json').onclick = () => ask('json', name('findings.json'));
  $('notes').onchange = () => {
    run.notes = $('notes').checked;
    ask('report');
  };

  // Choosing and dropping. Of a folder, files of other kinds are passed over.
  const READABLE = /\.(csv|docx|fods|html?|markdown|md|ods|pdf|text|tsv|txt|xls[bmx]?|zip)$/i;
  const all = async (entry, into, inside = false) => {
    if (entry.isFile) {
      if (inside && !READABLE.test(entry.name)) return;
      const file = await new Promise((done, no) => entry.file(done, no));
      file.path = entry.fullPath.replace(/^\//, '');
      into.push(file);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, no) => reader.readEntries(done, no));
      if (!some.length) return;
      for (const one of some) if (!one.name.startsWith('.')) await all(one, into, true);
    }
  };
  $('choose').addEventListener('change', () => begin([...$('choose').files]));
  const over = (is) => $('drop').classList.toggle('over', is);
  addEventListener('dragover', (event) => { event.preventDefault(); over(true); });
  addEventListener('dragleave', (event) => { if (!event.relatedTarget) over(false); });
  addEventListener('drop', async (event) => {
    event.preventDefault();
    over(false);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    const files = [...event.dataTransfer.files];
    if (!entries.some((entry) => entry?.isDirectory)) return begin(files);
    const found = [];
    for (const entry of entries) if (entry) await all(entry, found);
    begin(found);
  });
  $('example').onclick = () => begin([new File([EXAMPLE], 'example.txt')]);
  $('cancel').onclick = reset;
  $('again').onclick = reset;

  const EXAMPLE = `Larkmere Borough Council
Annual complaints report 2023/24

We received 176 complaints in 2023/24, 20% more than in 2022/23. We upheld 61 of them, which is 35%.

Complaints by stage | 2022/23 | 2023/24
Stage 1 | 131 | 145
Stage 2 | 20 | 22
Total | 151 | 176
`;

  if ('serviceWorker' in navigator && location.protocol.startsWith('http')) navigator.serviceWorker.register('sw.js').catch(() => {});
})();
