// How an output differs from a reference: by characters where words are not parted by spaces, by words elsewhere.

const UNSPACED = ["ja", "zh", "th", "lo", "km", "my"];
const MOST_CELLS = 4_000_000;
const segmenters = new Map();

function piecesOf(text, lang) {
  const granularity = UNSPACED.includes(lang.slice(0, 2)) ? "grapheme" : "word";
  const key = `${lang} ${granularity}`;
  if (!segmenters.has(key)) segmenters.set(key, new Intl.Segmenter(lang, { granularity }));
  return Array.from(segmenters.get(key).segment(text), (each) => each.segment);
}

// Stretches [kind, text], kind being "same", "extra" (only in the output) or "lacking" (only in the reference), by a
// longest common subsequence; and the share of characters that are the same.
function differenceOf(output, reference) {
  let [start, ends] = [0, 0];
  const shorter = Math.min(output.length, reference.length);
  while (start < shorter && output[start] === reference[start]) start += 1;
  while (ends < shorter - start && output.at(-1 - ends) === reference.at(-1 - ends)) ends += 1;
  const [left, right] = [output.slice(start, output.length - ends), reference.slice(start, reference.length - ends)];
  const stretches = [];
  const add = (kind, text) => {
    if (stretches.at(-1)?.[0] === kind) stretches.at(-1)[1] += text;
    else if (text) stretches.push([kind, text]);
  };
  add("same", output.slice(0, start).join(""));
  for (const [kind, text] of between(left, right)) add(kind, text);
  add("same", output.slice(output.length - ends).join(""));
  const same = sum(stretches.filter(([kind]) => kind === "same").map(([, text]) => text.length));
  const all = sum(output.map((each) => each.length)) + sum(reference.map((each) => each.length));
  return { stretches, alike: all ? (2 * same) / all : 1 };
}

function between(left, right) {
  const whole = [["extra", left.join("")], ["lacking", right.join("")]];
  if (!left.length || !right.length || left.length * right.length > MOST_CELLS) return whole;
  const width = right.length + 1;
  const longest = new Uint16Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] = left[row] === right[column]
        ? longest[(row + 1) * width + column + 1] + 1
        : Math.max(longest[(row + 1) * width + column], longest[row * width + column + 1]);
    }
  }
  const found = [];
  let [row, column] = [0, 0];
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) {
      found.push(["same", left[row]]);
      row += 1;
      column += 1;
    } else if (longest[(row + 1) * width + column] >= longest[row * width + column + 1]) found.push(["extra", left[row++]]);
    else found.push(["lacking", right[column++]]);
  }
  return [...found, ["extra", left.slice(row).join("")], ["lacking", right.slice(column).join("")]];
}

// The reference that an output is most like, by its place, and how the two differ.
function nearest(output, references, lang) {
  const pieces = piecesOf(output, lang);
  const found = references.map((text, place) => ({ place, ...differenceOf(pieces, piecesOf(text, lang)) }));
  return found.reduce((best, each) => (each.alike > best.alike ? each : best));
}
