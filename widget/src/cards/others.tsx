import { useContext, useRef } from "preact/hooks";
import { canPrint, printElement } from "../actions";
import { ToolsContext } from "../context";
import type { Advice, Answer, Assessment, Comparison } from "../types";
import { MODALITIES, differenceText } from "../wording";
import { AdviceList, SourceButton } from "./advice";
import { Gauge } from "./gauge";

/** Advice on a drug, a dose, duration or treatment. */
export function AdviceCard({ advice, text }: { advice: Advice[]; text: string }) {
  const said = advice.map((one) => one.text);
  const intro = text.split("\n").filter((line) => line.trim() && line[0] !== "·" && said.indexOf(line) < 0);
  return (
    <div>
      {intro.map((line, index) => <p key={index}>{line}</p>)}
      <AdviceList advice={advice} />
    </div>
  );
}

/** An emergency: read out at once, recognised without colour. */
export function AlertCard({ advice, text }: { advice: Advice[]; text: string }) {
  return (
    <div class="alert" role="alert">
      <p class="alert-head"><span aria-hidden="true">⚠ </span>紧急情况</p>
      {text.replace(/^【紧急】/, "").split("\n").map((line, index) => <p key={index}>{line}</p>)}
      {advice[0] && <SourceButton source={advice[0].source} />}
    </div>
  );
}

/** An answer from the consensus, a row of its tables, or the summary for the medical record. */
export function AnswerCard({ data, text }: { data: Answer; text: string }) {
  const { copy } = useContext(ToolsContext);
  const card = useRef<HTMLDivElement>(null);
  return (
    <div ref={card}>
      {data.title && <h4>{data.title}</h4>}
      {data.rows ? (
        <ul class="statements">
          {data.rows.map((row) => <li key={row.label}><b>{row.label}</b>：{row.text}</li>)}
        </ul>
      ) : (
        text.split("\n").map((line, index) => <p key={index}>{line}</p>)
      )}
      <SourceButton source={data.source} />
      {data.summary && (
        <div class="row tools">
          <button type="button" class="primary" onClick={() => copy(data.summary!, "已复制小结，可粘贴到病历。")}>复制到病历</button>
          {canPrint && <button type="button" onClick={() => card.current && printElement(card.current)}>打印</button>}
        </div>
      )}
    </div>
  );
}

/** The case as it is beside the case as supposed. */
export function ComparisonCard({ data, text }: { data: Comparison; text: string }) {
  const { catalogue } = useContext(ToolsContext);
  const line = (start: string) => {
    const found = text.split("\n").find((one) => one.indexOf(start) === 0);
    return found ? found.slice(start.length).replace("【结论】", "") : "";
  };
  const shown = data.differences.filter((one) => ["fact", "item", "points", "range", "tier"].indexOf(one.kind) >= 0);
  const advice = data.differences.filter((one) => one.kind === "advice");
  return (
    <div class="comparison">
      <p><b>假设：</b>{line("【假设】")}</p>
      <div class="sides">
        <Side title="当前" assessment={data.current} decision={line("当前：")} />
        <Side title="假设" assessment={data.hypothetical} decision={line("假设：")} />
      </div>
      {shown.length === 0 ? <p>两者评分相同。</p> : (
        <table>
          <caption>差别</caption>
          <thead><tr><th scope="col">项目</th><th scope="col">当前</th><th scope="col">假设</th></tr></thead>
          <tbody>
            {shown.map((one, index) => {
              const { before, after } = differenceText(catalogue, one);
              const kind = { range: "（可能范围）", item: "（计分项）", tier: "（分层）" }[one.kind] || "";
              return <tr key={index}><th scope="row">{one.label}{kind}</th><td>{before}</td><td>{after}</td></tr>;
            })}
          </tbody>
        </table>
      )}
      {data.relations.map((row) => <p key={row.label}><b>表4 {row.label}：</b>{row.text}</p>)}
      {advice.length > 0 && (
        <details>
          <summary>建议的变化（{advice.length} 条）</summary>
          <ul class="statements">
            {advice.map((one, index) => (
              <li key={index}>
                <b>{one.change === "added" ? "＋ 新增" : "－ 不再适用"}</b>
                （{(MODALITIES[one.modality || ""] || MODALITIES["inform"]!).word}）{one.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Side({ title, assessment, decision }: { title: string; assessment: Assessment; decision: string }) {
  const { catalogue } = useContext(ToolsContext);
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {assessment.spelled_out.map((name) => {
        const score = assessment.scores[name]!;
        const scale = catalogue.scales[name];
        return (
          <div key={name} data-scale={name}>
            <p class="total small">{score.label}：<strong>{score.points}</strong> 分 {score.tier_label}</p>
            {scale && <Gauge scale={scale} score={score} />}
          </div>
        );
      })}
      <p class="fine">{decision}</p>
    </section>
  );
}
