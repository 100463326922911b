// The figures of this dataset.

const RELATION_MEANING = {
  equivalent: "both say the same",
  en_more: "the English says more",
  ja_more: "the Japanese says more",
  overlap: "each says something of its own",
  comparable: "same event, other news",
  unrelated: "not of one story",
};

function drawHead(stats, version) {
  byId("name").append(...shown(stats.name));
  const badges = [
    stats.version && `version ${stats.version}`,
    stats.license && `licence ${stats.license}`,
    stats.synthetic && "invented headlines",
    stats.text === "stand-off" && "stand-off: no text, only pointers to it",
  ];
  byId("badges").append(...badges.filter(Boolean).map((badge) => element("span", { class: "badge" }, ...shown(badge))));
  const outlets = new Set(stats.outlets.map((each) => each.outlet).filter((name) => name !== null));
  const keys = [
    ["pairs", count(stats.pairs)],
    ["stories", count(stats.stories)],
    ...Object.entries(stats.languages).map(([lang, number]) => [{ en: "English headlines", ja: "Japanese headlines" }[lang] ?? lang, count(number)]),
    ["outlets", count(outlets.size)],
    ["median score", stats.score ? stats.score.median.toFixed(2) : "–"],
  ];
  byId("keys").append(...keys.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  if (stats.period) {
    const [first, last] = stats.period.map((day) => element("span", {}, day));
    byId("keys").append(element("div", {}, element("dt", {}, "published"), element("dd", { class: "period" }, first, " to ", last)));
  }
  byId("colophon").append(`Made by alignkit ${version}. The page loads nothing and sends nothing; links to outlets open only when followed.`);
}

function drawFigures(stats, choose) {
  const splits = Object.keys(stats.rows.pairs);
  const figures = [
    relations(stats, splits, choose),
    scores(stats, splits, choose),
    checks(stats, choose),
    coverage(stats),
    lengths(stats),
    daysApart(stats, splits),
    reprints(stats),
    rows(stats),
    outlets(stats, choose),
  ];
  byId("figures").append(...figures.filter(Boolean));
}

function relations(stats, splits, choose) {
  const entries = Object.entries(stats.relations).map(([relation, counts]) => ({
    label: relation,
    meaning: RELATION_MEANING[relation],
    parts: ordered(counts),
    note: `${count(sum(Object.values(counts)))} · ${percent(sum(Object.values(counts)) / stats.pairs)}`,
    pick: () => choose({ relation }),
  }));
  if (!entries.length) return null;
  return card("Relation", "What the two headlines say of one story, as the aligner tells it.", bars("Pairs by relation", entries), seriesLegend(splits));
}

function scores(stats, splits, choose) {
  if (!stats.score) return null;
  const pick = ({ low, high }) => choose({ from: low, to: high });
  const { lower, median, upper } = stats.score;
  const first = stats.scores.findIndex((bin) => Object.keys(bin.counts).length);
  return card("Score", `Probability that both are of one story and at least overlap. Half of the pairs lie between ${lower.toFixed(2)} and ${upper.toFixed(2)}, the median is ${median.toFixed(2)}.`,
    columns("Pairs by score", stats.scores.slice(first), { unit: "score", pick }), seriesLegend(splits));
}

function checks(stats, choose) {
  const verdicts = [...new Set(Object.values(stats.checks).flatMap(Object.keys))];
  const head = element("tr", {}, element("td"), element("td"), ...verdicts.map((name) => element("th", { scope: "col" }, ...shown(name))));
  const table = bars("Verdicts of checks", Object.entries(stats.checks).map(([label, counts]) => ({ label, parts: Object.entries(counts) })), { share: true, classOf: (name) => `verdict-${name}` });
  table.querySelectorAll("tbody tr").forEach((row, place) => {
    const [check, counts] = Object.entries(stats.checks)[place];
    row.lastChild.replaceWith(...verdicts.map((verdict) => element("td", { class: "number" }, counts[verdict]
      ? pickable(count(counts[verdict]), () => choose({ check: `${check} ${verdict}` }), `${check}: ${verdict} ${count(counts[verdict])}, show these pairs`) : "0")));
  });
  table.tBodies[0].before(element("thead", {}, head));
  return card("Checks", "Whether what can be checked agrees; absent: nothing to compare.", table);
}

function coverage(stats) {
  const { en, ja, grid } = stats.coverage;
  if (!en || !ja) return null;
  const most = Math.max(1, ...grid.flat());
  const tens = grid.map((_, place) => `${place * 10}`);
  const body = grid.map((row, place) => element("tr", {}, element("th", { scope: "row" }, tens[place]), ...row.map((number, other) =>
    withTip(shade(number, most), `English ${place * 10} to ${place * 10 + 10}%, Japanese ${other * 10} to ${other * 10 + 10}%: ${count(number)}`)))).reverse();
  const foot = element("tr", {}, element("td"), ...tens.map((name) => element("th", { scope: "col" }, name)));
  return card("Coverage", `How much of each headline the other one says (words weighted by rarity), in per cent. Upwards the English, median ${percent(en.median)}; to the right the Japanese, median ${percent(ja.median)}.`,
    element("table", { class: "grid" }, element("caption", { class: "unseen" }, "Pairs by coverage of the English and of the Japanese, in per cent"), element("tbody", {}, ...body), element("tfoot", {}, foot)));
}

function reprints(stats) {
  const entries = Object.entries(stats.reprints).map(([number, stories]) => ({ label: number, parts: [["stories", stories]] }));
  if (!entries.length) return null;
  const few = entries.slice(0, 9);
  if (entries.length > 9) few.push({ label: `${entries[9].label} and more`, parts: [["stories", sum(entries.slice(9).map((each) => each.parts[0][1]))]] });
  return card("Reprints a story", "How many stories have how many Japanese headlines.", bars("Stories by Japanese headlines", few, { classOf: () => "plain" }));
}

function daysApart(stats, splits) {
  if (!stats.days_apart.length) return null;
  const undated = stats.pairs - sum(stats.days_apart.flatMap((bin) => Object.values(bin.counts)));
  return card("Days apart", `From the English to the Japanese headline; below 0 the Japanese came first.${undated ? ` ${count(undated)} pairs lack a date.` : ""}`,
    columns("Pairs by days apart", stats.days_apart, { unit: "days" }), seriesLegend(splits));
}

function lengths(stats) {
  const parts = [];
  for (const [lang, name] of [["en", "English"], ["ja", "Japanese"]]) {
    const { characters, words, bins } = stats.lengths[lang];
    if (!characters) continue;
    const said = [`${half(characters)} characters (longest ${tick(characters.most)})`, words && `${half(words)} words (most ${tick(words.most)})`];
    parts.push(element("h4", {}, name), columns(`${name} headlines by characters`, bins, { unit: "characters", height: 64 }),
      element("p", { class: "note" }, `Half have ${said.filter(Boolean).join(" and ")}.`));
  }
  const note = stats.text === "full" ? "Of all headlines, in characters as published." : "Of all headlines, in characters, without what newsrooms put around them.";
  return parts.length ? card("Length", note, ...parts) : null;
}

function half({ lower, upper }) {
  return lower === upper ? tick(lower) : `${tick(lower)} to ${tick(upper)}`;
}

function rows(stats) {
  const splits = [...new Set(Object.values(stats.rows).flatMap(Object.keys))];
  const head = element("tr", {}, element("th", { scope: "col" }, "config"), ...splits.map((name) => element("th", { scope: "col" }, ...shown(name))), element("th", { scope: "col" }, "all"));
  const body = Object.entries(stats.rows).map(([config, counts]) => element("tr", {}, element("th", { scope: "row" }, ...shown(config)),
    ...splits.map((split) => element("td", { class: "number" }, split in counts ? count(counts[split]) : "–")), element("td", { class: "number" }, count(sum(Object.values(counts))))));
  return card("Rows", "What each config holds, by split.", element("table", { class: "plain-table" }, element("thead", {}, head), element("tbody", {}, ...body)));
}

const MOST_OUTLETS = 30;
const MOST_MONTHS = 36;

function outlets(stats, choose) {
  const named = stats.outlets.filter((each) => each.outlet !== null);
  if (!named.length) return null;
  const months = [...new Set(named.flatMap((each) => Object.keys(each.months)))].sort();
  const cut = months.length > MOST_MONTHS ? 4 : 7;
  const periods = [...new Set(months.map((month) => month.slice(0, cut)))];
  const shownOutlets = named.slice(0, MOST_OUTLETS).map((each) => ({ ...each, counts: periods.map((period) => sum(Object.entries(each.months).filter(([month]) => month.startsWith(period)).map(([, number]) => number))) }));
  const most = Math.max(1, ...shownOutlets.flatMap((each) => each.counts));
  const head = element("tr", {}, element("th", { scope: "col" }, "outlet"), element("th", { scope: "col" }, "language"), element("th", { scope: "col" }, "headlines"), ...periods.map((period) => element("th", { scope: "col" }, period)));
  const body = shownOutlets.map((each) => element("tr", {},
    element("th", { scope: "row" }, pickable(element("span", {}, ...shown(each.outlet)), () => choose({ outlet: each.outlet }), `${each.outlet}: show its pairs`)),
    element("td", {}, ...shown(each.lang ?? "–")), element("td", { class: "number" }, count(each.headlines)),
    ...each.counts.map((number) => shade(number, most))));
  const more = named.length - shownOutlets.length;
  const figure = card(cut === 4 ? "Outlets by year" : "Outlets by month", `Headlines by who published them and when (UTC).${more > 0 ? ` The largest ${MOST_OUTLETS}; ${count(more)} more are not shown.` : ""}`,
    scrolled("Headlines by outlet and time", element("table", { class: "grid outlets" }, element("thead", {}, head), element("tbody", {}, ...body))));
  figure.classList.add("broad");
  return figure;
}
