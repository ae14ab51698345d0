// Picks from the tables of this page and draws what was picked; without this script the tables stand
// alone. Every figure and word is the page's own: here they are only placed.
(() => {
  const words = document.currentScript.dataset;
  document.getElementById("without-script").remove();
  const carried = JSON.parse(document.getElementById("figures").textContent);
  const lang = document.documentElement.lang;
  const NARROW = 520;
  const LETTER = 7;

  const made = (tag, set, ...inside) => {
    const one = Object.assign(document.createElement(tag), set);
    one.append(...inside);
    return one;
  };
  const drawn = (tag, set, ...inside) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(set).forEach(([name, value]) => one.setAttribute(name, value));
    one.append(...inside);
    return one;
  };
  const filled = (text, ...values) =>
    text.split("#").map((part, at) => (at ? values[at - 1] : "") + part).join("");
  const known = (row) => row.value !== null;
  const signed = (whole) => String(whole).replace("-", "−");
  const ranged = (row) => row.low !== null && row.high !== null;

  // Places and ticks.
  const scale = (from, to, start, end) => (value) => start + ((end - start) * (value - from)) / (to - from);
  const bounds = (rows, also) => {
    const ends = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v) => v !== null).concat(also);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const spare = 0.12 * (high - low || Math.abs(high) || 1);
    // What cannot be below zero has no axis below it.
    return [low >= 0 ? Math.max(0, low - spare) : low - spare, high + spare];
  };
  const ticks = (low, high, most) => {
    const rough = (high - low) / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
    const first = Math.ceil(low / step - 1e-9);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const written = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const all = [];
    for (let at = first; at * step <= high + 1e-9; at += 1)
      all.push([at * step, written.format(at * step + 0).replace("-", "−")]);
    return all;
  };
  const line = (kind, x1, y1, x2, y2) => drawn("line", { class: kind, x1, y1, x2, y2 });
  const text = (said, x, y, anchor = "middle", kind = "") =>
    drawn("text", { x, y, "text-anchor": anchor, class: kind }, said);
  const holds = (row, zero) => (zero && ranged(row) && row.low <= 0 && row.high >= 0 ? " holds" : "");
  const sheet = (width, height, alt) =>
    drawn("svg", { class: "drawn", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": alt });

  // Values over years, or over years since training where zero is no difference.
  const overTime = (rows, width, alt, since) => {
    const height = 290;
    const shown = rows.filter(known);
    const [low, high] = bounds(shown, since ? [0] : []);
    const scaleMarks = ticks(low, high, 5);
    const left = 14 + LETTER * Math.max(...scaleMarks.map(([, said]) => said.length));
    const times = rows.map((r) => r.at);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const x = first === last ? () => (left + width) / 2 : scale(first, last, left + 22, width - 24);
    const y = scale(low, high, height - 46, 34);
    const svg = sheet(width, height, alt);
    scaleMarks.forEach(([value, said]) =>
      svg.append(line("grid", left, y(value), width, y(value)), text(said, left - 7, y(value) + 4, "end")));
    if (since) {
      svg.append(line("zero", left, y(0), width, y(0)));
      svg.append(line("break", x(-0.5), 24, x(-0.5), height - 46));
    }
    const apart = rows.length > 1 ? (x(last) - x(first)) / (last - first) : width;
    const every = Math.ceil((since ? 20 : 36) / apart);
    rows.forEach((row) => {
      if ((last - row.at) % every === 0) {
        svg.append(text(signed(row.at), x(row.at), height - 26));
      }
      if (!known(row)) svg.append(text("×", x(row.at), height - 52, "middle", "hidden-mark"));
    });
    const broken = rows.some((row) => row.part !== rows[0].part);
    const below = since ? words.time : broken ? `${words.year} (¦ ${words.part})` : words.year;
    svg.append(text(shown[0].axis, 0, 14, "start"), text(below, (left + width) / 2, height - 6));
    rows.forEach((row, at) => {
      const before = rows[at - 1];
      if (!since && before && known(row) && known(before) && before.part === row.part)
        svg.append(line("joined", x(before.at), y(before.value), x(row.at), y(row.value)));
      if (!since && before && before.part !== row.part) {
        const middle = (x(before.at) + x(row.at)) / 2;
        svg.append(line("break", middle, 24, middle, height - 46));
      }
    });
    shown.forEach((row) => {
      if (ranged(row)) svg.append(line(`range${holds(row, since)}`, x(row.at), y(row.low), x(row.at), y(row.high)));
      svg.append(drawn("circle", { class: `value${holds(row, since)}`, cx: x(row.at), cy: y(row.value), r: 5 }));
      const top = ranged(row) ? y(row.high) : y(row.value);
      if (apart >= LETTER * row.text.length + 2) svg.append(text(row.text, x(row.at), top - 9, "middle", "said"));
    });
    return svg;
  };

  // Values under one another, beside no difference.
  const beside = (rows, width, alt) => {
    const shown = rows.filter(known);
    const pace = 42;
    const height = shown.length * pace + 50;
    const [low, high] = bounds(shown, [0]);
    const x = scale(low, high, 8, width - 8);
    const foot = height - 44;
    const svg = sheet(width, height, alt);
    ticks(low, high, width < NARROW ? 4 : 7).forEach(([value, said]) => {
      const room = (LETTER * said.length) / 2;
      svg.append(line("grid", x(value), 4, x(value), foot));
      svg.append(text(said, Math.min(Math.max(x(value), room), width - room), foot + 16));
    });
    svg.append(line("zero", x(0), 0, x(0), foot), text(shown[0].axis, width / 2, height - 6));
    shown.forEach((row, at) => {
      const middle = at * pace + 28;
      svg.append(text(row.label, 0, middle - 12, "start", "said name"));
      if (LETTER * (row.label.length + row.text.length + 2) < width)
        svg.append(text(row.text, width, middle - 12, "end", "said"));
      if (ranged(row)) svg.append(line(`range${holds(row, true)}`, x(row.low), middle, x(row.high), middle));
      svg.append(drawn("circle", { class: `value${holds(row, true)}`, cx: x(row.value), cy: middle, r: 5.5 }));
    });
    return svg;
  };

  // The rows picked as a table of some columns, and as a file of all of them.
  const noFormula = (said) => (/^[ \r\n]*[=+\-@\t]/.test(said) ? `'${said}` : said);
  const quoted = (said) => (/[",\r\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said);
  const heads = (rows) => [...rows[0].table.tHead.rows[0].cells];
  const column = (rows, at) => {
    const head = heads(rows)[at];
    return { head: head.textContent, said: (row) => row.cells[at], like: head.className };
  };
  // Where all are in one unit, it stands above them.
  const valued = (rows, at) => {
    const own = column(rows, at);
    const [unit, ...others] = new Set(rows.map((row) => row.axis));
    return unit && !others.length
      ? { ...own, head: `${own.head} (${unit})`, said: (row) => (known(row) ? row.text : row.cells[at]) }
      : own;
  };
  const listed = (rows, columns, title, name) => {
    const line = (tag, one, said) => made(tag, { className: one.like }, said);
    const head = columns.map((one) => Object.assign(line("th", one, one.head), { scope: "col" }));
    const body = rows.map((row) => made("tr", {}, ...columns.map((one) => line("td", one, one.said(row)))));
    const table = made("table", { ariaLabel: title }, made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...body));
    const every = [heads(rows).map((one) => one.textContent), ...rows.map((row) => row.cells)];
    const csv = every.map((one) => one.map((said) => quoted(noFormula(said))).join(",")).join("\r\n");
    const link = made("a", {
      download: `${words.file}_${name}.csv`,
      href: `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${csv}\r\n`)}`,
    }, words.download);
    const scroll = made("div", { className: "scroll", tabIndex: 0 }, table);
    return made("div", {}, scroll, made("p", { className: "csv" }, link));
  };

  // Lists to pick from: each offers what the picks before it leave.
  const pickers = (part, rows, show, any) => {
    const box = part.querySelector(".picks");
    const lists = part.dataset.picks.split("|").map((name, at) => {
      const list = made("select", { id: `${part.id}-pick-${at}` });
      box.append(made("div", {}, made("label", { htmlFor: list.id }, name), list));
      return list;
    });
    const left = (depth) =>
      rows.filter((row) => lists.slice(0, depth).every((list, at) => !list.value || row.keys[at] === list.value));
    const follow = (from) => {
      lists.forEach((list, at) => {
        if (at < from) return;
        const before = list.value;
        const there = [...new Set(left(at).map((row) => row.keys[at]))];
        const offered = [...(any && at ? [made("option", { value: "" }, words.any)] : []),
          ...there.map((said) => made("option", { value: said }, said))];
        list.replaceChildren(...offered);
        if (there.includes(before)) list.value = before;
      });
      show(left(lists.length));
    };
    lists.forEach((list, at) => list.addEventListener("change", () => follow(at + 1)));
    box.hidden = false;
    follow(0);
  };

  const rowsOf = (part, keys) => {
    const columns = Object.entries(carried[part.id]);
    return [...part.querySelectorAll("table")]
      .flatMap((table) => [...table.tBodies[0].rows].map((row) => ({ table, cells: [...row.cells].map((c) => c.textContent) })))
      .map((row, at) => ({ ...row, ...Object.fromEntries(columns.map(([name, all]) => [name, all[at]])) }))
      .map((row) => ({ ...row, keys: keys(row) }));
  };
  const points = (rows, name) => rows.map((row) => `${name(row)}: ${row.text}`).join("; ");
  const title = (rows) => [...new Set(rows[0].keys)].join(" · ");
  const figure = (...inside) => made("figure", {}, ...inside);
  const status = () => {
    const said = made("p", { className: "picked" });
    said.setAttribute("role", "status");
    return said;
  };

  // What was picked stands beside its table, drawn as wide as there is room, again when that changes.
  const shows = (part, tell) => {
    const seen = part.querySelector(".seen");
    const said = status();
    part.querySelector(".picks").after(said);
    seen.hidden = false;
    let now = [];
    let width = 0;
    const draw = () => {
      const alone = matchMedia("(max-width: 44rem)").matches;
      const room = Math.floor(Math.min(640, seen.clientWidth * (alone ? 1 : 0.52)));
      seen.replaceChildren(...tell(now, room, title(now)));
    };
    addEventListener("resize", () => {
      if (seen.clientWidth !== width) draw();
      width = seen.clientWidth;
    });
    return (rows) => {
      now = rows;
      width = seen.clientWidth;
      said.textContent = title(rows);
      draw();
    };
  };

  const indicators = (part) => {
    const rows = rowsOf(part, (row) => row.cells.slice(0, 3));
    const tell = (now, room, title) => {
      const hidden = now.filter((row) => !known(row)).map((row) => row.at);
      const drawable = now.some(known);
      const alt = filled(words.line, title, points(now, (row) => row.at));
      return [
        ...(drawable ? [figure(overTime(now, room, alt, false))] : []),
        listed(now, [column(now, 3), valued(now, 4), column(now, 5), column(now, 6)], title, part.id),
        ...(hidden.length ? [made("p", { className: "wide" }, drawable ? "× " : "", filled(words.hidden, hidden.join(", ")))] : []),
      ];
    };
    pickers(part, rows, shows(part, tell), false);
  };

  const differences = (part, claims) => {
    const rows = rowsOf(part, (row) => [row.table.caption.textContent, row.cells[0], row.cells[1]]);
    const pictures = (now, room, title) =>
      [...new Set(now.filter(known).map((row) => row.axis))].map((axis) => {
        const alike = now.filter((row) => row.axis === axis);
        if (alike.every((row) => row.at !== null)) {
          alike.sort((a, b) => a.at - b.at);
          return figure(overTime(alike, room, filled(words.since, title, points(alike, (row) => row.at)), true));
        }
        return figure(beside(alike, room, filled(words.forest, title, points(alike, (row) => row.label))));
      });
    const tell = (now, room, title) => {
      const about = [...new Set(now.flatMap((row) => row.claims))].map((at) => claims[at].cloneNode(true));
      about.forEach((claim) => claim.classList.remove("unfit"));
      const since = { head: words.time, said: (row) => signed(row.at), like: "num" };
      const name = now.every((row) => row.at !== null) ? since : column(now, 2);
      return [
        made("div", { className: "wide" },
          ...(about.length ? about : [made("p", {}, words.unclaimed)]),
          made("p", {}, carried.roles[now[0].keys[2]])),
        made("div", {}, ...pictures(now, room, title)),
        listed(now, [name, valued(now, 3), column(now, 4), column(now, 5)], title, part.id),
      ];
    };
    pickers(part, rows, shows(part, tell), false);
  };

  const findings = (part, claims) => {
    const rows = claims.map((claim, at) => ({ claim, keys: carried.findings[at] }));
    const said = status();
    part.querySelector(".picks").after(said);
    const show = (now) => {
      claims.forEach((claim) => claim.classList.add("unfit"));
      now.forEach((row) => row.claim.classList.remove("unfit"));
      said.textContent = filled(words.found, now.length, claims.length);
    };
    pickers(part, rows, show, true);
  };

  // Long tables have been folded by then; what is picked is none of them.
  addEventListener("DOMContentLoaded", () => {
    const claims = [...document.querySelectorAll("#findings .claim")];
    const told = { indicators, differences, findings };
    document.querySelectorAll(".browse").forEach((part) => {
      const heading = part.querySelector(".every");
      if (part.id === "findings") heading.remove();
      else heading.hidden = false;
      told[part.id](part, claims);
    });
  });
})();
