'use strict';
// Reads and checks. The page terminates this worker and starts another where a task is cancelled or has crashed.
(() => {
  const PAUSE = 40;
  let panic = '';
  let told = 0;
  // The engine calls these two.
  self.tellPanic = (message) => { panic = message; };
  self.tellPage = (read, pages) => {
    const now = performance.now();
    if (now - told < PAUSE) return;
    told = now;
    postMessage({ type: 'page', read, pages });
  };

  let session;
  // What is being done: the path of an input, or the name of a step.
  let doing = {};
  const report = (notes, pictures) => new Blob([session.report(notes, pictures)], { type: 'text/html' });

  const read = async ({ files, passwords, left }) => {
    const done = (path, result) => postMessage({ type: 'read', path, result });
    // What ended an earlier worker is not tried again.
    const leave = (path) => {
      const why = left[path];
      if (why === undefined) return false;
      session.leave_out(path, why);
      done(path, { status: 'failed', what: why, hint: 'this is a fault of crossfoot, not of the file; please report it', locked: false });
      return true;
    };
    for (const [at, { name, file }] of files.entries()) {
      doing = { path: name };
      postMessage({ type: 'file', at, path: name });
      if (leave(name)) continue;
      let bytes;
      try {
        bytes = new Uint8Array(await file.arrayBuffer());
      } catch {
        const what = 'the browser could not read it';
        session.leave_out(name, what);
        done(name, { status: 'failed', what, hint: 'it may have been moved or changed since you chose it; choose it again', locked: false });
        continue;
      }
      const inputs = JSON.parse(session.open(name, bytes));
      postMessage({ type: 'inputs', path: name, ...inputs });
      for (const [number, path] of inputs.paths.entries()) {
        doing = { path };
        postMessage({ type: 'input', path, part: number / inputs.paths.length, share: 1 / inputs.paths.length });
        if (!leave(path)) done(path, JSON.parse(session.read(path, passwords[path])));
      }
    }
  };

  // A made-up PDF: on each page a ruled table whose second total does not add up.
  const sample = (pages) => {
    const rows = (page) => {
      const own = Array.from({ length: 28 }, (_, row) => [`Service ${row + 1}`, page * 10 + row, page * 9 + row * 2]);
      const total = (column) => own.reduce((sum, row) => sum + row[column], 0);
      return [['Complaints received', '2022/23', '2023/24'], ...own, ['Total', total(1), total(2) + 1]];
    };
    const lines = (page) => rows(page).map((cells, row) => {
      const y = 760 - row * 20;
      return `${cells.map((text, at) => `BT /F 11 Tf ${60 + at * 150} ${y} Td (${text}) Tj ET`).join('\n')}\n60 ${y - 5} m 500 ${y - 5} l S`;
    }).join('\n');
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'];
    const kids = [];
    for (let page = 0; page < pages; page += 1) {
      const drawn = lines(page);
      kids.push(`${objects.length + 2} 0 R`);
      objects.push(`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`);
      objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F 3 0 R >> >> >>`);
    }
    objects[1] = `<< /Type /Pages /Count ${pages} /Kids [${kids.join(' ')}] >>`;
    let text = '%PDF-1.4\n';
    const places = objects.map((object, at) => {
      const place = text.length;
      text += `${at + 1} 0 obj\n${object}\nendobj\n`;
      return `${String(place).padStart(10, '0')} 00000 n \n`;
    });
    return new TextEncoder().encode(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`);
  };

  const tasks = {
    // The browser compiles what is used often once more, for speed, and keeps that for the workers to come.
    warm({ module, pages }) {
      wasm_bindgen.initSync({ module });
      const made = new wasm_bindgen.Session();
      for (const path of JSON.parse(made.open('made-up.pdf', sample(pages))).paths) made.read(path);
      made.check();
      made.report(false, true);
      postMessage({ type: 'warm' });
    },
    async check(task) {
      wasm_bindgen.initSync({ module: task.module });
      session = new wasm_bindgen.Session();
      await read(task);
      postMessage({ type: 'step', step: 'check' });
      doing = { step: 'check' };
      let found = { errors: 0, warnings: 0, notes: 0 };
      if (task.checks) found = JSON.parse(session.check());
      else session.leave_out('check', task.why);
      postMessage({ type: 'step', step: 'report' });
      doing = { step: 'report' };
      postMessage({ type: 'checked', found, report: report(task.notes, task.pictures) });
    },
    report: ({ notes, pictures }) => postMessage({ type: 'report', report: report(notes, pictures) }),
    csv: () => postMessage({ type: 'save', blob: new Blob([session.csv()], { type: 'text/csv' }) }),
    json: () => postMessage({ type: 'save', blob: new Blob([session.json()], { type: 'application/json' }) }),
    copy: ({ document, notes }) => {
      try {
        postMessage({ type: 'save', blob: new Blob([session.annotated(document, notes)], { type: 'application/pdf' }) });
      } catch (error) {
        if (typeof error !== 'string') throw error;
        postMessage({ type: 'refused', why: error });
      }
    },
  };

  self.onmessage = async ({ data }) => {
    try {
      doing = { step: data.task };
      await tasks[data.task](data);
    } catch (error) {
      postMessage({ type: 'crashed', ...doing, why: `internal error: ${panic || error}` });
    }
  };
})();
