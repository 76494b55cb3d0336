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

  const tasks = {
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
