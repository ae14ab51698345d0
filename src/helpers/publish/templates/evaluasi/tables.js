// Long tables show their first rows, with a control for all of them and a search; without this
// script, and on paper, every row stands.
(() => {
  const OPEN = 12;
  const words = document.currentScript.dataset;
  const plain = (text) => text.toLocaleLowerCase(document.documentElement.lang).normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const made = (tag, set) => Object.assign(document.createElement(tag), set);

  document.querySelectorAll("main .scroll").forEach((frame, at) => {
    const table = frame.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    if (rows.length <= OPEN) return;
    table.id ||= `long-table-${at}`;
    rows.slice(OPEN).forEach((row) => row.classList.add("more"));
    const texts = rows.map((row) => plain([...row.cells].map((cell) => cell.textContent).join(" ")));

    const field = made("input", { type: "search", autocomplete: "off" });
    const count = made("span", { className: "count" });
    count.setAttribute("role", "status");
    const label = made("label", { textContent: words.search });
    label.append(" ", field);
    const search = made("p", { className: "rows" });
    search.append(label, " ", count);
    const button = made("button", { type: "button" });
    button.setAttribute("aria-controls", table.id);
    field.setAttribute("aria-controls", table.id);
    const more = made("p", { className: "rows" });
    more.append(button);
    frame.before(search);
    frame.after(more);

    const fold = (folded) => {
      table.classList.toggle("folded", folded);
      button.setAttribute("aria-expanded", String(!folded));
      button.textContent = (folded ? words.all : words.first).replace("#", folded ? rows.length : OPEN);
    };
    fold(true);
    button.addEventListener("click", () => fold(!table.classList.contains("folded")));
    field.addEventListener("input", () => {
      const sought = plain(field.value).split(/\s+/).filter(Boolean);
      let found = 0;
      rows.forEach((row, i) => {
        const fits = sought.every((one) => texts[i].includes(one));
        row.classList.toggle("unfit", !fits);
        found += fits;
      });
      // What is looked for is found in every row, also in those that are folded.
      table.classList.toggle("searched", sought.length > 0);
      more.hidden = sought.length > 0;
      count.textContent = sought.length ? words.found.replace("#", found).replace("#", rows.length) : "";
    });
  });
})();
