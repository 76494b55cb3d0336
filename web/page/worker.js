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

  // A made-up PDF: on each page a heading, two paragraphs and a table, which is ruled on every other one. Some figures do not add up.
  const sample = async (pages) => {
    const lines = (page) => {
      const rows = Array.from({ length: 16 }, (_, row) => [`Service ${row + 1}`, page * 10 + row, page * 9 + row * 2, `${10 + row}.${page % 10}%`]);
      const total = (column) => rows.reduce((sum, row) => sum + row[column], 0);
      const [before, now] = [total(1), total(2)];
      const upheld = Math.round(now * 0.3);
      const text = [
        `Annual complaints report 2023/24: part ${page + 1}`,
        `In 2023/24 we received ${now} complaints, compared with ${before} in 2022/23, a change of ${Math.round((now / before - 1) * 100)}%.`,
        `Of these, ${upheld} (30%) were upheld and ${now - upheld} were not upheld; about a third took more than 20 working days.`,
        `- ${page + 12} complaints were escalated to stage 2, up from ${page + 8} the year before (an increase of ${page + 4}).`,
        `- The average response time was ${8 + page % 5}.5 days, and \u00a3${page + 1},250 was paid in compensation.`,
        `Table ${page + 1}: Complaints by service`,
      ];
      const cells = [['Complaints received', '2022/23', '2023/24', 'Upheld'], ...rows, ['Total', before, now + page % 2, '']];
      const put = (x, y, size, what) => `BT /F ${size} Tf ${x} ${y} Td (${String(what).replace(/[()]/g, '\\$&')}) Tj ET\n`;
      return text.map((line, at) => put(60, 790 - at * 18, at ? 9 : 16, line)).join('') + cells.map((cells, row) => {
        const y = 670 - row * 20;
        return cells.map((what, at) => put(60 + at * 120, y, 11, what)).join('') + (page % 2 ? '' : `60 ${y - 5} m 540 ${y - 5} l S\n`);
      }).join('');
    };
    const packed = async (text) => {
      const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
      return String.fromCharCode(...new Uint8Array(await new Response(stream).arrayBuffer()));
    };
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '', '<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
    const kids = [];
    for (let page = 0; page < pages; page += 1) {
      const drawn = await packed(lines(page));
      kids.push(`${objects.length + 2} 0 R`);
      objects.push(`<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n${drawn}\nendstream`);
      objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F 3 0 R >> >> >>`);
    }
    objects[1] = `<< /Type /Pages /Count ${pages} /Kids [${kids.join(' ')}] >>`;
    let text = '%PDF-1.4\n';
    const places = objects.map((object, at) => {
      const place = text.length;
      text += `${at + 1} 0 obj\n${object}\nendobj\n`;
      return `${String(place).padStart(10, '0')} 00000 n \n`;
    });
    text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
    return Uint8Array.from(text, (c) => c.charCodeAt(0));
  };

  const tasks = {
    // The browser compiles what is used often once more, for speed, and keeps that for the workers to come. After three rounds it
    // has nothing left to compile. Between two steps this worker can be ended.
    async warm({ module }) {
      wasm_bindgen.initSync({ module });
      const pause = () => new Promise((done) => { setTimeout(done); });
      const bytes = await sample(24);
      for (let round = 0; round < 3; round += 1) {
        const made = new wasm_bindgen.Session();
        for (const path of JSON.parse(made.open('made-up.pdf', bytes)).paths) made.read(path);
        await pause();
        made.check();
        await pause();
        made.report(false, true);
        made.free();
        await pause();
      }
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
