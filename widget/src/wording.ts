/** Names of values, tiers and kinds of advice, and the sentences that a control sends. */

import type { Catalogue, ChatEvent, Difference, Evidence, Fact, Source, Value } from "./types";

export function valueName(fact: Fact | undefined, value: unknown): string {
  if (value === "absent") return "未提及";
  if (value === null || value === undefined) return "不明确";
  if (value === true) return "有";
  if (value === false) return "无";
  if (typeof value === "number") {
    const shown = String(Math.round(value * 100) / 100);
    return fact && fact.unit ? `${shown} ${fact.unit}` : shown;
  }
  const text = String(value);
  return (fact && fact.choices && fact.choices[text]) || text;
}

export function factName(catalogue: Catalogue, fact: string): string {
  const known = catalogue.facts[fact];
  return known ? known.label : fact;
}

export function tierName(catalogue: Catalogue, scale: string, tier: string): string {
  const known = catalogue.scales[scale];
  const found = known && known.tiers.find((one) => one.id === tier);
  return found ? found.label : tier;
}

/** The sentence that states a value, or null where only the user's own words will do. */
export function statement(fact: Fact, value: Value): string | null {
  if (!fact.say) return null;
  if (fact.kind === "number") return fact.say["number"]!.replace("{value}", String(value));
  return fact.say[String(value)] || null;
}

/** What is wrong with a number that was typed in, or null. */
export function numberProblem(fact: Fact | undefined, typed: string): string | null {
  const text = halfWidth(typed);
  if (!/^\d+(\.\d+)?$/.test(text)) return "请填写数值，例如 65 或 2.5";
  if (!fact || fact.min === undefined || fact.max === undefined) return null;
  const number = Number(text);
  if (number >= fact.min && number <= fact.max) return null;
  return `可接受范围 ${fact.min}～${fact.max} ${fact.unit || ""}`.trim();
}

/** Digits and the point of a Chinese keyboard as ASCII. */
export function halfWidth(typed: string): string {
  return typed
    .trim()
    .replace(/[０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, ".");
}

export function sourceName(source: Source | null | undefined): string {
  if (!source) return "";
  return (source.section || "") + (source.table ? `表${source.table}` : "");
}

export function evidenceText(
  facts: string[],
  evidence: Record<string, Evidence> | undefined,
  derived: Record<string, string>,
): string {
  const said: string[] = [];
  for (const fact of facts) {
    const one = evidence && evidence[fact];
    const text = one ? `「${one.text}」${one.note ? `（${one.note}）` : ""}` : derived[fact];
    if (text && said.indexOf(text) < 0) said.push(text);
  }
  return said.join(" ");
}

/** What the numbers of an answer like “1 3” stand for, from the question before it. */
export function chosenTitles(events: ChatEvent[], index: number): string {
  const text = events[index]!.text;
  if (!/^\d+(\s+\d+)*$/.test(text)) return "";
  let before = index - 1;
  while (before >= 0 && events[before]!.from === "bot") {
    const card = events[before]!.custom;
    if (card && card.kind === "question" && card.data.select !== "number") {
      const listed = card.data.options.filter((one) => !one.exclusive);
      if (text === "0") return "以上均无";
      const titles = text.split(/\s+/).map((number) => listed[Number(number) - 1]);
      return titles.every(Boolean) ? titles.map((one) => one!.title).join("、") : "";
    }
    before--;
  }
  return "";
}

export function differenceText(catalogue: Catalogue, one: Difference): { before: string; after: string } {
  const name = (value: unknown): string => {
    if (one.kind === "fact") return valueName(catalogue.facts[one.fact || ""], value);
    if (one.kind === "tier") return tierName(catalogue, one.scale || "", String(value));
    if (one.kind === "range" && Array.isArray(value)) return value.join("～") + "分";
    if (one.kind === "points") return `${value}分`;
    if (one.kind === "item") return value === "present" ? "计分" : value === "absent" ? "不计分" : "未知";
    return String(value);
  };
  return { before: name(one.before), after: name(one.after) };
}

/** How a kind of advice is told apart: a sign and a word, and a colour only besides. */
export const MODALITIES: Record<string, { sign: string; word: string; tone: string }> = {
  recommend: { sign: "✔", word: "推荐", tone: "good" },
  option: { sign: "✔", word: "可选其一", tone: "good" },
  consider: { sign: "◐", word: "可考虑", tone: "good" },
  continue: { sign: "▶", word: "继续", tone: "good" },
  may_stop: { sign: "■", word: "可停止", tone: "good" },
  caution: { sign: "⚠", word: "慎用", tone: "warn" },
  avoid: { sign: "✖", word: "不推荐", tone: "bad" },
  contraindicated: { sign: "⛔", word: "禁忌", tone: "bad" },
  ask: { sign: "?", word: "须先明确", tone: "warn" },
  reference: { sign: "ⓘ", word: "仅供参考", tone: "plain" },
  inform: { sign: "ⓘ", word: "说明", tone: "plain" },
};
