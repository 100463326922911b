// Which pairs are wanted, and in which order: what the form offers, and what it lets through.

const CHECK_NAMES = ["numbers", "dates", "names", "polarity"];

function textOf(pieces) {
  return (pieces ?? []).map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
}

// Lists of pairs' fields become objects; what they are searched by is made when it is first needed.
function readPairs({ fields, rows }) {
  return rows.map((row, place) => {
    const pair = { place };
    fields.forEach((field, at) => (pair[field] = row[at]));
    return pair;
  });
}

const SEARCHED = ["pair_id", "story_id", "wire_id", "section", "en_id", "ja_id", "en_url", "ja_url", "en_outlet", "ja_outlet", "en_sha256", "ja_sha256"];

function haystack(pair) {
  pair.haystack ??= plain([textOf(pair.en), textOf(pair.ja), ...SEARCHED.map((field) => pair[field] ?? "")].join("\n"));
  return pair.haystack;
}

function offerChoices(pairs) {
  const values = (...fields) => [...new Set(pairs.flatMap((pair) => fields.map((field) => pair[field])))].filter((value) => value !== null).sort();
  offer("split", [...new Set(pairs.map((pair) => pair.split))]);
  offer("relation", values("relation"));
  offer("outlet", values("en_outlet", "ja_outlet"));
  form.elements.check.append(element("option", { value: "any conflict" }, "any conflict"), element("option", { value: "no conflict" }, "no conflict"));
  for (const check of CHECK_NAMES) {
    const verdicts = values(check).map((verdict) => element("option", { value: `${check} ${verdict}` }, `${check} ${verdict}`));
    if (verdicts.length) form.elements.check.append(element("optgroup", { label: check }, ...verdicts));
  }
}

function passes(pair, { words, split, relation, outlet, check, from, to }) {
  if (split && pair.split !== split) return false;
  if (relation && pair.relation !== relation) return false;
  if (outlet && pair.en_outlet !== outlet && pair.ja_outlet !== outlet) return false;
  if (check && !checked(pair, check)) return false;
  if (from !== "" && !(pair.score >= Number(from))) return false;
  if (to !== "" && (pair.score === null || pair.score > Number(to))) return false;
  return words.every((word) => haystack(pair).includes(word));
}

function checked(pair, check) {
  const conflicts = CHECK_NAMES.some((name) => pair[name] === "conflict");
  if (check === "any conflict") return conflicts;
  if (check === "no conflict") return !conflicts;
  const [name, ...verdict] = check.split(" ");
  return pair[name] === verdict.join(" ");
}

function choosePairs(pairs) {
  const asked = wanted();
  const rule = { ...asked, words: plain(asked.q).split(/\s+/u).filter(Boolean) };
  const chosen = pairs.filter((pair) => passes(pair, rule));
  if (asked.sort) return sorted(chosen, asked.sort, asked.direction === "down" ? -1 : 1);
  return asked.direction === "down" ? chosen.reverse() : chosen;
}

const collators = { en: new Intl.Collator("en"), ja: new Intl.Collator("ja") };

// Pairs by a field; what has no value comes last, whichever the direction.
function sorted(pairs, field, direction) {
  const compare = (collators[field] ?? collators.en).compare;
  const valued = pairs.map((pair) => ({ pair, value: field in collators && pair[field] !== null ? textOf(pair[field]) : pair[field] }));
  valued.sort((one, other) => {
    if (one.value === null || other.value === null) return (one.value === null) - (other.value === null);
    return direction * (typeof one.value === "number" ? one.value - other.value : compare(one.value, other.value));
  });
  return valued.map(({ pair }) => pair);
}
