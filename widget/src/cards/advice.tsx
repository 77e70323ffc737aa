import { useContext } from "preact/hooks";
import { ToolsContext } from "../context";
import type { Advice, Dose, Source } from "../types";
import { MODALITIES, sourceName } from "../wording";

const ORDER = [
  "contraindicated", "option", "recommend", "continue", "may_stop", "consider", "caution", "avoid", "ask",
  "reference", "inform",
];

/** Advice, the most binding first; each kind has its sign and word. */
export function AdviceList({ advice }: { advice: Advice[] }) {
  const rank = (one: Advice) => (one.code === "EMERGENCY" ? -1 : ORDER.indexOf(one.modality));
  const sorted = advice.map((one, index) => ({ one, index }));
  sorted.sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index);
  return (
    <ul class="advice">
      {sorted.map(({ one, index }) => <AdviceItem key={index} item={one} />)}
    </ul>
  );
}

function AdviceItem({ item }: { item: Advice }) {
  const kind = MODALITIES[item.modality] || MODALITIES["inform"]!;
  return (
    <li class={`tone-${kind.tone}`}>
      <span class="badge"><span aria-hidden="true">{kind.sign} </span>{kind.word}</span>
      {item.provisional && <span class="badge tone-warn"><span aria-hidden="true">… </span>暂定</span>}
      <span class="words">{item.text}</span>
      {item.doses.length > 0 && (
        <ul class="doses">
          {item.doses.map((dose, index) => <DoseLine key={index} dose={dose} />)}
        </ul>
      )}
      <SourceButton source={item.source} />
    </li>
  );
}

function DoseLine({ dose }: { dose: Dose }) {
  if (dose.amount === null) return null;
  const times = dose.interval_h === 24 ? "每日1次" : dose.interval_h === 12 ? "每日2次"
    : dose.interval_h ? `每 ${dose.interval_h} 小时` : "";
  return (
    <li>
      <strong>{dose.amount} {dose.unit}</strong> {times}{dose.days ? `，共 ${dose.days} 天` : ""}
      {dose.formula && <span class="formula">{dose.formula}</span>}
    </li>
  );
}

/** Opens what the consensus says in that section. */
export function SourceButton({ source }: { source: Source | null | undefined }) {
  const { openSource } = useContext(ToolsContext);
  if (!source || !source.section) return null;
  return (
    <button type="button" class="source" onClick={() => openSource(source)}>
      <span class="sr-only">打开出处：</span>共识 {sourceName(source)}
    </button>
  );
}
