// What a comment still lacks, said while it is written. The words come from coach.json; the steps
// are those of trainingbase/assessments/rules/coach.py, which judges again when the form arrives.
import { fresh } from "./taken.js";

const SENTENCES = /[。！？!?；;.\n]+/;
const CLAUSES = /[。！？!?；;.\n，,：:、]+|但是|但|不过|然而|(?<![a-z])(?:but|however)(?![a-z])/;
const TOKENS = /[㐀-䶿一-鿿]|[a-z][a-z'-]*/g;
const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
const plain = (text) => text.replace(/\r\n?/g, "\n").normalize("NFKC").toLowerCase().replaceAll("’", "'");
const tokensOf = (text) => text.match(TOKENS) || [];
const weight = (tokens) => tokens.reduce((sum, token) => sum + (isAscii(token) ? 2 : 1), 0);
const spacedOf = (text) => ` ${(text.match(/[a-z'-]+/g) || []).join(" ")} `;
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

function without(text, phrases) {
  return phrases.reduce(
    (rest, phrase) =>
      isAscii(phrase)
        ? rest.replace(new RegExp(`(?<![a-z])${literal(phrase)}(?![a-z])`, "g"), " ")
        : rest.replaceAll(phrase, " "),
    text,
  );
}

const has = (marker, text, spaced) => (isAscii(marker) ? spaced.includes(` ${marker}`) : text.includes(marker));

function isLong(rules, text) {
  const tokens = tokensOf(text);
  return weight(tokens) >= rules.least && weight([...new Set(tokens)]) >= rules.distinct;
}

function sumOf(tokens) {
  let value = 2166136261;
  for (const letter of tokens.join(" ")) value = Math.imul(value ^ letter.codePointAt(0), 16777619) >>> 0;
  return value.toString(16);
}

export function sumsOf(rules, text) {
  return plain(text)
    .split(SENTENCES)
    .map(tokensOf)
    .filter((tokens) => weight(tokens) >= rules.sentence)
    .map(sumOf);
}

// Of seen and next, what this sentence says; what follows on advice belongs to it.
function saidIn(rules, sentence) {
  const said = new Set();
  for (const clause of sentence.split(CLAUSES)) {
    if (weight(tokensOf(clause)) < rules.clause) continue;
    const bare = without(clause, rules.neutral);
    const bareSpaced = spacedOf(bare);
    const spaced = spacedOf(clause);
    if (rules.next.some((marker) => has(marker, bare, bareSpaced))) said.add("next");
    else if (!said.has("next") && rules.seen.some((marker) => has(marker, clause, spaced))) said.add("seen");
  }
  return said;
}

export function missing(rules, text, own = []) {
  const all = plain(text);
  const rest = without(all, rules.praise);
  const found = [];
  if (!isLong(rules, rest)) found.push(isLong(rules, all) ? "praise" : "short");
  const sums = sumsOf(rules, text);
  if (sums.length && sums.every((sum) => own.includes(sum))) found.push("old");
  const said = rest.split(SENTENCES).map((sentence) => saidIn(rules, sentence));
  return found.concat(["seen", "next"].filter((what) => !said.some((one) => one.has(what))));
}

function show(box, found, written) {
  for (const line of box.querySelectorAll("[data-lacks]")) {
    const lacks = found.includes(line.dataset.lacks);
    line.dataset.state = !written ? "" : lacks ? "lacks" : "has";
    if (line.dataset.lacks !== "seen" && line.dataset.lacks !== "next") line.hidden = !written || !lacks;
  }
  box.querySelector("[data-coach-said]").textContent =
    !written ? "" : found.length ? box.dataset.wanting : box.dataset.good;
}

export async function start(root) {
  for (const box of fresh(root, "[data-coach]", "coach")) {
    const form = box.closest("form");
    const fields = box.dataset.coach.split(" ").map((name) => form.elements[name]);
    const rules = await fetch(box.dataset.rules).then((answer) => answer.json()).catch(() => null);
    if (!rules) continue; // without network the portal says it when the form arrives
    const own = box.dataset.own ? box.dataset.own.split(" ") : [];
    const look = () => {
      const text = fields.map((field) => field.value).join("\n");
      show(box, missing(rules, text, own), text.trim() !== "");
    };
    let timer;
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 400); });
    form.addEventListener("restored", look);
    look();
  }
}
