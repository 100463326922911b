// The table of pairs: one page of it at a time.

const KINDS = { word: "word", number: "number", date: "date or time", name: "name", polarity: "which way the news goes" };
const HUES = 5;

function headline(pieces) {
  return (pieces ?? []).map((piece) => {
    if (typeof piece === "string") return shown(piece);
    const [text, mark, kind] = piece;
    const looks = mark === 0 ? "left" : mark < 0 ? "differs" : `said hue-${mark % HUES}`;
    return element("mark", { class: looks, "data-mark": mark || null, title: `${mark === 0 ? "left over" : mark < 0 ? "said differently" : "said by both"}: ${KINDS[kind] ?? kind}` }, ...shown(text));
  }).flat();
}

function side(pair, lang, name) {
  const text = pair[lang];
  const outlet = pair[`${lang}_outlet`] ?? "";
  const address = pair[`${lang}_url`];
  const first = text !== null ? headline(text) : [element("span", { class: "pointer", lang: "en" }, ...shown(pair[`${lang}_id`] ?? "no id"))];
  const where = address === null ? shown(outlet) : webLink(address, outlet || address);
  const length = text === null && pair[`${lang}_length`] !== null ? `${pair[`${lang}_length`]} characters` : null;
  const time = pair[`${lang}_published_at`];
  const meta = [where, time && `${time} UTC`, length].filter((part) => part !== null && part.length);
  return element("td", { role: "cell", lang, class: "side", "data-label": name },
    element("p", { class: "headline" }, ...first),
    element("p", { class: "meta", lang: "en" }, ...meta.flatMap((part, place) => (place ? [" · ", part] : [part])).flat()));
}

function verdicts(pair) {
  const signs = { agree: "✓", conflict: "✗" };
  return CHECK_NAMES.filter((name) => pair[name] && pair[name] !== "absent").map((name) =>
    element("span", { class: `verdict is-${pair[name]}` }, element("span", { "aria-hidden": "true" }, `${signs[pair[name]] ?? "?"} `), name, element("span", { class: "unseen" }, ` ${pair[name]}`)));
}

function pairRow(pair) {
  const score = element("td", { role: "cell", class: "score", "data-label": "Score" }, pair.score === null ? "–" : pair.score.toFixed(3));
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false" }, pair.en === null ? "More" : "Why", element("span", { class: "unseen" }, ` pair ${pair.place + 1}`));
  const row = element("tr", { role: "row" }, score,
    element("td", { role: "cell", class: "relation", "data-label": "Relation", title: RELATION_MEANING[pair.relation] ?? null }, element("span", { class: "chip" }, ...shown(pair.relation ?? "–"))),
    side(pair, "en", "English"), side(pair, "ja", "Japanese"),
    element("td", { role: "cell", class: "checks", "data-label": "Checks" }, ...verdicts(pair)),
    element("td", { role: "cell", class: "split", "data-label": "Split" }, ...shown(pair.split)),
    element("td", { role: "cell", class: "opener" }, more));
  more.addEventListener("click", () => toggleDetails(row, more, pair));
  row.addEventListener("pointerover", (event) => light(row, event.target));
  row.addEventListener("pointerleave", () => light(row, null));
  row.addEventListener("click", (event) => light(row, event.target));
  return row;
}

function light(row, target) {
  const mark = target?.closest?.("[data-mark]")?.dataset.mark;
  for (const each of row.querySelectorAll("[data-mark]")) each.classList.toggle("lit", each.dataset.mark === mark);
  row.classList.toggle("lights", mark !== undefined);
}

function toggleDetails(row, button, pair) {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) return row.nextElementSibling.remove();
  row.after(element("tr", { role: "row", class: "details" }, element("td", { role: "cell", colspan: 7 }, ...details(pair))));
}

function details(pair) {
  const links = (wantedMark) => linked(pair, wantedMark).map(([en, ja, kind]) =>
    element("li", {}, element("span", { lang: "en" }, ...shown(en)), " ↔ ", element("span", { lang: "ja" }, ...shown(ja)), element("small", {}, ` ${KINDS[kind] ?? kind}`)));
  const left = (lang) => (pair[lang] ?? []).filter((piece) => piece[1] === 0 && typeof piece !== "string").map((piece) => element("li", { lang }, ...shown(piece[0])));
  const lists = [
    ["Said by both", links((mark) => mark > 0)],
    ["Said differently", links((mark) => mark < 0)],
    ["Left over in the English", left("en")],
    ["Left over in the Japanese", left("ja")],
  ].filter(([, items]) => items.length);
  const facts = [
    ["English said by the Japanese", pair.coverage_en === null ? null : percent(pair.coverage_en)],
    ["Japanese said by the English", pair.coverage_ja === null ? null : percent(pair.coverage_ja)],
    ["Checks", CHECK_NAMES.filter((name) => pair[name]).map((name) => `${name} ${pair[name]}`).join(", ")],
    ["Days apart", pair.days_apart === null ? null : tick(pair.days_apart)],
    ["Section", pair.section], ["Wire id", pair.wire_id], ["Pair", pair.pair_id], ["Story", pair.story_id],
    ["English headline", pair.en_id], ["Japanese headline", pair.ja_id],
    ["English hash", pair.en_sha256], ["Japanese hash", pair.ja_sha256],
  ].filter(([, value]) => value !== null && value !== "");
  const addresses = ["en_url", "ja_url"].filter((name) => pair[name] !== null).map((name) => element("div", {}, element("dt", {}, name === "en_url" ? "English address" : "Japanese address"), element("dd", {}, ...webLink(pair[name], pair[name]))));
  return [
    element("div", { class: "lists" }, ...lists.map(([name, items]) => element("div", {}, element("h4", {}, name), element("ul", {}, ...items)))),
    element("dl", { class: "facts" }, ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, ...shown(value)))), ...addresses),
  ];
}

// The stretches of both headlines that have one mark: [English, Japanese, kind].
function linked(pair, wantedMark) {
  const found = new Map();
  for (const lang of ["en", "ja"]) {
    for (const piece of pair[lang] ?? []) {
      if (typeof piece === "string" || !wantedMark(piece[1])) continue;
      const entry = found.get(piece[1]) ?? { en: [], ja: [], kind: piece[2] };
      entry[lang].push(piece[0]);
      found.set(piece[1], entry);
    }
  }
  return [...found.values()].map(({ en, ja, kind }) => [en.join(" … "), ja.join(" … "), kind]);
}
