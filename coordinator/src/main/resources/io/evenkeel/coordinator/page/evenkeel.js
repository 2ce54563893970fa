// Live progress, copy buttons and filters that apply themselves. Reading needs none of it.
"use strict";

(() => {
  const wake = (root) => {
    root.querySelectorAll("button[data-copy]").forEach((button) => {
      button.hidden = !navigator.clipboard;
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
    }
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });

  document.addEventListener("htmx:afterSwap", (event) => wake(event.target));

  // Which cards a reader has opened or closed, so that loading a part again does not undo it.
  const opened = (root) => new Map([...root.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
  const restore = (root, state) => root.querySelectorAll("details[id]").forEach((d) => {
    if (state.has(d.id)) d.open = state.get(d.id);
  });

  const replace = async (address, pick) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    pick(page);
  };

  const loadTrouble = (main) => replace(`/runs/${main.dataset.run}/trouble`, (page) => {
    const place = document.getElementById("trouble");
    const state = opened(place);
    place.replaceChildren(...page.body.childNodes);
    restore(place, state);
    wake(place);
  });

  const loadAll = () => replace(location.href, (page) => {
    const fresh = page.querySelector("main");
    const old = document.querySelector("main");
    if (!fresh || !old) return;
    const state = opened(old);
    const focused = document.activeElement && document.activeElement.id;
    old.replaceWith(fresh);
    restore(fresh, state);
    document.title = page.title;
    wake(fresh);
    if (window.htmx) window.htmx.process(fresh);
    if (focused) document.getElementById(focused)?.focus();
  });

  // At most one load in a second and a half, however fast news come; the last news are never dropped.
  const throttled = (action) => {
    let timer = 0;
    let again = false;
    const run = () => {
      if (timer) { again = true; return; }
      action();
      timer = setTimeout(() => { timer = 0; if (again) { again = false; run(); } }, 1500);
    };
    return run;
  };

  const bar = (main, counts, all) => {
    const svg = main.querySelector("#progress svg");
    let x = 0;
    for (const kind of ["failed", "flaky", "passed", "skipped"]) {
      const rect = svg.querySelector(`rect.${kind}`);
      const width = 100 * counts[kind] / Math.max(1, all);
      rect.setAttribute("x", x);
      rect.setAttribute("width", width);
      x += width;
    }
  };

  const show = (test) => {
    const row = document.querySelector(`[data-test="${Number(test.key)}"]`);
    if (!row) return false;
    const state = test.running && test.verdict === "pending" ? "running" : test.verdict;
    row.className = state;
    const mark = row.querySelector(".mark");
    mark.className = `mark ${state}`;
    mark.title = state;
    mark.querySelector(".sr").textContent = state;
    if (test.attempts > 0) {
      const ms = test.durationMs;
      row.querySelector(".num").textContent = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
    }
    return true;
  };

  const follow = (main) => {
    const source = new EventSource(`/api/v1/orchestrate/${main.dataset.run}/progress`);
    const trouble = throttled(() => loadTrouble(main));
    const all = throttled(loadAll);
    let known = null;
    const news = (event) => {
      const run = JSON.parse(event.data);
      const current = document.querySelector("main");
      document.getElementById("sentence").textContent = run.sentence;
      document.title = `${run.sentence} Run ${run.runId} · Evenkeel`;
      for (const kind of ["failed", "flaky", "passed", "skipped"]) {
        current.querySelector(`[data-count="${kind}"]`).textContent = run.counts[kind];
      }
      current.querySelector('[data-count="all"]').textContent = run.discovered;
      bar(current, run.counts, run.discovered);
      const unseen = run.tests.filter((test) => !show(test)).length;
      const bad = `${run.counts.failed} ${run.counts.flaky} ${run.counts.setUpFailed} ${run.heals}`;
      if (event.type === "finished") {
        source.close();
        loadAll();
      } else if (run.reset || (unseen > 0 && !current.querySelector("[hx-get]")) || known === null && run.done > 0) {
        all();
      } else if (known !== bad) {
        trouble();
      }
      known = bad;
    };
    source.addEventListener("progress", news);
    source.addEventListener("finished", news);
    addEventListener("pagehide", () => source.close());
  };

  wake(document);
  const main = document.querySelector("main[data-live]");
  if (main && window.EventSource) follow(main);
})();
