"use strict";
// The article browser. Whatever the crawl found is put into the page as text (textContent) and never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const index = JSON.parse($("index").textContent);
  const total = index.title.length;
  const PAGE = 30;
  const SPLIT = 1, DUPLICATE = 2, NOT_ARTICLE = 4, LATER = 8;
  const whole = new Map(index.full.map((number, place) => [number, place]));
  const chunks = new Map();
  const SHOW = [
    ["", "all articles"],
    ["removed", "with removals", (i) => index.removed[i] > 0],
    ["none", "without removals", (i) => index.removed[i] === 0],
    ["unsure", "confidence below 0.6", (i) => index.sure[i] !== null && index.sure[i] < 0.6],
    ["split", "a sentence mended", (i) => index.flags[i] & SPLIT],
    ["assumed", "offset assumed", (i) => index.zones[index.zone[i]] === "assumed"],
    ["undated", "without a date", (i) => index.zones[index.zone[i]] === "none"],
    ["duplicate", "duplicates", (i) => index.flags[i] & DUPLICATE],
    ["later", "later versions", (i) => index.flags[i] & LATER],
    ["not", "pages that are not articles", (i) => index.flags[i] & NOT_ARTICLE],
    ["whole", "whole in this page", (i) => whole.has(i)],
  ];
  let found = [], page = 0, current = -1, lower = null, texts = null;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

  function article(number) {
    const place = whole.get(number);
    if (place === undefined) return null;
    const chunk = Math.floor(place / index.chunk);
    if (!chunks.has(chunk)) chunks.set(chunk, JSON.parse($(`chunk-${chunk}`).textContent));
    return chunks.get(chunk)[place % index.chunk];
  }

  function options(select, entries) {
    for (const [value, label] of entries) {
      const option = make("option", "", label);
      option.value = value;
      select.append(option);
    }
  }

  function setUp() {
    const bySite = new Array(index.sites.length).fill(0);
    index.site.forEach((site) => { bySite[site] += 1; });
    const order = index.sites.map((_, i) => i).sort((a, b) => bySite[b] - bySite[a]);
    options($("site"), [["", "all sites"], ...order.map((i) => [String(i), `${index.sites[i]} (${bySite[i]})`])]);
    options($("kind"), [["", "anything or nothing"], ...index.kindNames.slice(0, 31).map((name, i) => [String(i), name])]);
    options($("show"), SHOW.map(([value, label]) => [value, label]));
    let timer = 0;
    $("q").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 150); });
    for (const id of ["site", "kind", "show", "sort"]) $(id).addEventListener("change", filter);
    $("previous").addEventListener("click", () => turn(-1));
    $("next").addEventListener("click", () => turn(1));
    addEventListener("hashchange", follow);
    if (index.full.length < total) $("show").value = "whole";
    filter();
    follow();
    if (current < 0) {
      const first = found.find((i) => whole.has(i) && index.flags[i] & SPLIT) ?? found.find((i) => whole.has(i));
      if (first !== undefined) show(first);
    }
  }

  function wordsFound(query) {
    const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!wanted.length) return null;
    lower = lower || index.title.map((title, i) => `${title} ${index.sites[index.site[i]]}`.toLowerCase());
    if (!texts) {
      texts = new Map();
      for (const number of whole.keys()) {
        const one = article(number);
        const parts = [one.headline, one.url, one.description, ...one.blocks.map((b) => b[1]), ...one.removed.map((r) => r[3])];
        texts.set(number, parts.join("\n").toLowerCase());
      }
    }
    return (i) => {
      const text = texts.get(i);
      return wanted.every((word) => lower[i].includes(word) || (text !== undefined && text.includes(word)));
    };
  }

  function filter() {
    const tests = [];
    const words = wordsFound($("q").value);
    if (words) tests.push(words);
    if ($("site").value) { const site = Number($("site").value); tests.push((i) => index.site[i] === site); }
    if ($("kind").value) { const mask = 1 << Number($("kind").value); tests.push((i) => index.kinds[i] & mask); }
    const chosen = SHOW.find(([value]) => value === $("show").value);
    if (chosen && chosen[2]) tests.push(chosen[2]);
    found = [];
    for (let i = 0; i < total; i += 1) if (tests.every((test) => test(i))) found.push(i);
    const sort = $("sort").value;
    const sure = (i) => index.sure[i] ?? 2;
    if (sort === "sure") found.sort((a, b) => sure(a) - sure(b) || a - b);
    if (sort === "date") found.sort((a, b) => (index.date[a] < index.date[b] ? 1 : index.date[a] > index.date[b] ? -1 : a - b));
    if (sort === "removed") found.sort((a, b) => index.removed[b] - index.removed[a] || a - b);
    if (sort === "short") found.sort((a, b) => index.words[a] - index.words[b] || a - b);
    page = 0;
    list();
  }

  function turn(step) {
    page += step;
    list();
    const first = $("results").querySelector("button");
    if (first) first.focus();
  }

  function list() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const rows = found.slice(page * PAGE, page * PAGE + PAGE).map((number) => {
      const item = make("li");
      const button = make("button");
      button.type = "button";
      button.dataset.number = number;
      if (number === current) button.setAttribute("aria-current", "true");
      const head = make("span", "head", index.title[number]);
      head.dir = "auto";
      const meta = [index.sites[index.site[number]], index.date[number] || "no date", plural(index.words[number], "word", "words"),
        plural(index.removed[number], "removal", "removals")];
      if (index.sure[number] !== null) meta.push(`confidence ${index.sure[number].toFixed(2)}`);
      if (!whole.has(number)) meta.push("text not in this page");
      button.append(head, make("span", "meta", meta.join(" · ")));
      button.addEventListener("click", () => { location.hash = `article-${number}`; if (current === number) read(number); });
      item.append(button);
      return item;
    });
    $("results").replaceChildren(...rows);
    $("results").hidden = !rows.length;
    $("count").textContent = `${plural(found.length, "article", "articles")}${found.length === total ? "" : ` of ${total.toLocaleString("en")}`}`;
    $("pages").textContent = `page ${(page + 1).toLocaleString("en")} of ${pages.toLocaleString("en")}`;
    $("previous").disabled = page === 0;
    $("next").disabled = page >= pages - 1;
  }

  function follow() {
    const match = /^#article-(\d+)$/.exec(location.hash);
    const number = match ? Number(match[1]) : -1;
    if (number >= 0 && number < total) read(number);
    else if (!match) $("browser").classList.remove("reading");
  }

  function show(number) {
    current = number;
    for (const button of $("results").querySelectorAll("button")) {
      if (Number(button.dataset.number) === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const one = article(number);
    $("reader").replaceChildren(...(one ? shown(one, number) : elsewhere(number)));
    $("reader").scrollTop = 0;
  }

  function read(number) {
    show(number);
    $("browser").classList.add("reading");
    ($("filters").offsetParent ? $("filters") : $("browser")).scrollIntoView({ block: "start" });
    $("reader").querySelector("h3").focus({ preventScroll: true });
  }

  function title(text) {
    const heading = make("h3", "", text);
    heading.tabIndex = -1;
    heading.dir = "auto";
    return heading;
  }

  function back() {
    const button = make("button", "back", "Back to the list");
    button.type = "button";
    button.addEventListener("click", () => {
      $("browser").classList.remove("reading");
      history.replaceState(null, "", "#articles");
      const at = $("results").querySelector("[aria-current]") || $("results").querySelector("button");
      if (at) at.focus();
    });
    return button;
  }

  function elsewhere(number) {
    const line = make("p");
    line.append("The text is not in this page. To read it with its removals: ",
      make("code", "", `scrapy explain '${index.files[index.file[number]]}#${index.line[number]}'`));
    return [back(), title(index.title[number]), line];
  }

  function shown(one, number) {
    const tools = make("div", "tools");
    const toggle = make("label", "toggle");
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    toggle.append(box, "Show removals");
    tools.append(back(), toggle);
    const heading = title(one.headline || "(no headline)");
    heading.lang = one.lang;
    const facts = make("dl", "facts");
    facts.append(make("dt", "", "URL"));
    const address = make("dd");
    if (one.link) {
      const link = make("a", "", one.url);
      link.href = one.link;
      link.rel = "noreferrer noopener nofollow";
      address.append(link);
    } else {
      address.textContent = one.url;
    }
    facts.append(address);
    for (const [name, value, note] of one.facts) {
      const entry = make("dd", "", value);
      if (note) entry.append(" ", make("span", "soft small", note));
      facts.append(make("dt", "", name), entry);
    }
    facts.append(make("dt", "", "Line"), make("dd", "", `${index.line[number]} of ${index.files[index.file[number]]}`));
    const text = make("div", "article-text");
    text.lang = one.lang;
    text.dir = "auto";
    if (one.description) text.append(make("p", "standfirst", one.description));
    text.append(...inPlace(one));
    if (one.cut) text.append(make("p", "soft", "… the rest is not in this page"));
    box.addEventListener("change", () => text.classList.toggle("hide-removals", !box.checked));
    return [tools, heading, facts, text];
  }

  function inPlace(one) {
    const out = [];
    const at = one.blocks.map(() => []);
    at.push([]);
    one.removed.forEach((removal) => { at[Math.min(Math.max(removal[4], 0), one.blocks.length)].push(removal); });
    one.blocks.forEach((block, i) => {
      const cuts = [];
      for (const removal of at[i]) {
        if (removal[5] < 0) out.push(taken(removal));
        else cuts.push(removal);
      }
      cuts.sort((a, b) => a[5] - b[5]);
      const characters = cuts.length ? Array.from(block[1]) : null;  // offsets count characters, not UTF-16 units
      let start = 0;
      for (const removal of cuts) {
        const offset = Math.min(removal[5], characters.length);
        if (offset > start) out.push(piece(block, characters.slice(start, offset).join(""), "cut"));
        out.push(taken(removal));
        start = Math.max(start, offset);
      }
      const rest = characters ? characters.slice(start).join("") : block[1];
      if (rest) out.push(piece(block, rest, ""));
    });
    at[one.blocks.length].forEach((removal) => out.push(taken(removal)));
    return out;
  }

  function piece(block, text, className) {
    const tag = ["p", "h4", "div", "blockquote"][block[0]];
    const element = make(tag, block[0] === 2 ? `item ${className}` : className, text);
    if (block[2]) element.prepend(make("span", "tag", block[2]), " ");
    return element;
  }

  function taken([kind, rule, level, text, , offset]) {
    const moved = index.moved.includes(kind);
    const box = make("div", moved ? "removal moved" : "removal");
    box.setAttribute("role", "note");
    box.setAttribute("aria-label", `${moved ? "Moved to a field of its own" : "Removed"}: ${kind}`);
    const [name, detail] = index.meanings[rule] || ["", ""];
    const words = kind.replaceAll("_", " ");
    const what = make("p", "what", `${words.charAt(0).toUpperCase()}${words.slice(1)}${name ? ` · ${name}` : ""}`);
    what.lang = "en";
    if (offset >= 0) what.append(" · broke a sentence, which was mended");
    const why = make("p", "why");
    why.lang = "en";
    why.append(make("code", "", rule), level === "html" ? ", in the page" : ", in the text", detail ? `: ${detail}` : "");
    box.append(what, make("p", "text", text), why);
    return box;
  }

  // Wide tables say that they scroll, where they do.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries) target.parentElement.classList.toggle("scrolls", target.scrollWidth > target.clientWidth + 1);
  });
  for (const region of document.querySelectorAll(".scroll")) {
    const frame = make("div", "wide-table");
    region.before(frame);
    frame.append(make("p", "hint", "Scroll sideways for more →"), region);
    wide.observe(region);
  }

  setUp();
})();
