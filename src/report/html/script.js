'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;

  // Pictures of pages are kept deflated; each is unpacked when it comes near the window.
  const urls = new Map();
  const unpacked = (id) => {
    if (!urls.has(id)) {
      const text = atob(document.getElementById(id).textContent);
      const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      urls.set(id, new Response(stream).blob().then((svg) => URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))));
    }
    return urls.get(id);
  };
  const draw = async (shot) => {
    if (shot.dataset.drawn) return;
    shot.dataset.drawn = 'yes';
    shot.querySelector('image').setAttribute('href', await unpacked(shot.dataset.page));
  };
  const shots = all('.shot');
  if ('DecompressionStream' in window && shots.length) {
    root.classList.add('drawn');
    const near = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); draw(entry.target); }
    }, { rootMargin: '600px' });
    shots.forEach((shot) => near.observe(shot));
    // The others follow when there is nothing else to do: printing does not wait for them.
    const later = window.requestIdleCallback ?? ((then) => setTimeout(then, 50));
    const rest = async (at) => { if (at < shots.length) { await draw(shots[at]); later(() => rest(at + 1)); } };
    later(() => rest(0));
    window.addEventListener('beforeprint', () => shots.forEach(draw));
  }
  const whole = (button) => {
    const [shot, ...further] = all('.shot', button.closest('figure'));
    const is = button.getAttribute('aria-pressed') === 'true';
    shot.setAttribute('viewBox', is ? shot.dataset.crop : shot.dataset.full);
    further.forEach((one) => one.classList.toggle('hidden', !is));
    button.setAttribute('aria-pressed', String(!is));
    button.textContent = is ? 'Show the whole page' : 'Show only this part';
  };
  all('.whole').forEach((button) => button.addEventListener('click', () => whole(button)));

  // What is too wide for its place is moved so that the figure in question is seen.
  const mid = (element) => { const { left, width } = element.getBoundingClientRect(); return left + width / 2; };
  for (const wide of all('.wide')) {
    const asked = wide.querySelector('.published, mark:not(.operand)');
    if (asked && wide.scrollWidth > wide.clientWidth) wide.scrollLeft += mid(asked) - mid(wide);
  }
  window.addEventListener('beforeprint', () => all('details:not(.fine)').forEach((one) => { one.open = true; }));

  // Filters.
  const findings = all('article');
  const shown = () => findings.filter((finding) => !finding.classList.contains('hidden'));
  // A card tells all findings of one cause.
  const count = (cards) => cards.reduce((sum, card) => sum + Number(card.dataset.findings), 0);
  const filter = () => {
    const severities = all('.filters input:checked').map((box) => box.value);
    const value = (id) => document.getElementById(id)?.value ?? '';
    const has = (list, one) => !one || list.split(' ').includes(one);
    for (const finding of findings) {
      const { severity, check, page } = finding.dataset;
      const is = severities.includes(severity) && has(check, value('check')) && has(page, value('page'));
      finding.classList.toggle('hidden', !is);
    }
    document.getElementById('shown').textContent = `${count(shown())} of ${count(findings)} findings shown`;
  };
  if (findings.length) {
    all('.filters input, .filters select').forEach((one) => one.addEventListener('change', filter));
    filter();
  }
  // A link to a finding that the filters hide shows it.
  const reveal = () => {
    const finding = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('article');
    if (finding) { finding.classList.remove('hidden'); finding.scrollIntoView(); finding.focus({ preventScroll: true }); }
  };
  window.addEventListener('hashchange', reveal);
  reveal();

  // Keys: j and k go from finding to finding, w shows the whole page.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea')) return;
    const list = shown();
    const at = list.indexOf(document.activeElement?.closest('article'));
    const go = (to) => { const next = list[Math.max(0, Math.min(list.length - 1, to))]; next?.focus({ preventScroll: true }); next?.scrollIntoView(); };
    if (event.key === 'j') go(at + 1);
    else if (event.key === 'k') go(at < 0 ? 0 : at - 1);
    else if (event.key === 'w' && at >= 0) { const button = list[at].querySelector('.whole'); if (button) whole(button); }
    else return;
    event.preventDefault();
  });

  // The command that accepts a finding.
  all('.fine').forEach((fine) => {
    const [input, command, copy, said] = ['input', 'code', 'button', '[role=status]'].map((one) => fine.querySelector(one));
    const text = () => `crossfoot accept ${fine.dataset.id} --because '${input.value.replaceAll("'", "'\\''")}'`;
    input.addEventListener('input', () => { command.textContent = text(); });
    copy.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(text()); said.textContent = 'Copied.'; } catch {
        getSelection().selectAllChildren(command); said.textContent = 'Copy what is selected.';
      }
    });
  });

  // Light and dark.
  const theme = document.querySelector('.theme');
  theme.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
})();
