import { useContext, useRef } from "preact/hooks";
import { canPrint, printElement } from "../actions";
import { ToolsContext } from "../context";
import type { Assessment, Item, Scale, Score } from "../types";
import { evidenceText, factName } from "../wording";
import { AdviceList, SourceButton } from "./advice";
import { Facts } from "./facts";
import { Gauge } from "./gauge";

/** Deciding facts that are shown at once: the heaviest come first. */
const FIRST = 8;
const NOTICES = ["结论", "已记录", "变化", "请核对"];

/** The score card: the decision, every score against its cut points, the facts behind it, the advice. */
export function AssessmentCard({ data, text, locked }: { data: Assessment; text: string; locked: boolean }) {
  const { catalogue, copy } = useContext(ToolsContext);
  const card = useRef<HTMLDivElement>(null);
  const known = Object.keys(catalogue.facts).filter(
    (name) => name in data.facts && (data.evidence ? name in data.evidence || !data.derived[name] : true),
  );
  const folded = Object.keys(data.scores).filter((name) => data.spelled_out.indexOf(name) < 0);
  const deciding: string[] = [];
  for (const name of data.spelled_out) {
    for (const fact of data.scores[name]!.deciding) if (deciding.indexOf(fact) < 0) deciding.push(fact);
  }
  return (
    <div class="assessment" ref={card}>
      {locked && <p class="superseded">此后病例已有新的评估，本卡片仅供回看。</p>}
      <Notices text={text} />
      {data.spelled_out.map((name) => (
        <ScorePart key={name} name={name} score={data.scores[name]!} data={data} />
      ))}
      {folded.length > 0 && (
        <details>
          <summary>其他评分（{folded.map((name) => `${data.scores[name]!.label} ${data.scores[name]!.points}分`).join("、")}）</summary>
          {folded.map((name) => (
            <ScorePart key={name} name={name} score={data.scores[name]!} data={data} />
          ))}
        </details>
      )}
      {deciding.length > 0 && (
        <section>
          <h4>可改变分层的未知项</h4>
          <Facts facts={data.facts} names={deciding.slice(0, FIRST)} locked={locked} />
          {deciding.length > FIRST && (
            <details>
              <summary>其余 {deciding.length - FIRST} 项</summary>
              <Facts facts={data.facts} names={deciding.slice(FIRST)} locked={locked} />
            </details>
          )}
        </section>
      )}
      <section>
        <h4>建议与提示</h4>
        <AdviceList advice={data.advice} />
      </section>
      <details open={!locked}>
        <summary>已知资料（{known.length} 项{locked ? "" : "，点击可更改"}）</summary>
        <Facts facts={data.facts} names={known} locked={locked} />
      </details>
      <p class="fine">内容版本 {data.content_version}。仅供临床决策参考，不替代医师判断。</p>
      <div class="row tools">
        <button type="button" onClick={() => copy(text, "已复制评估全文。")}>复制全文</button>
        {canPrint && <button type="button" onClick={() => card.current && printElement(card.current)}>打印</button>}
      </div>
    </div>
  );
}

/** The decision and what this message changed, from the plain text that every client shows. */
function Notices({ text }: { text: string }) {
  const lines = text.split("\n").map((line) => /^【(.+?)】(.*)$/.exec(line));
  return (
    <>
      {lines.map((match, index) => {
        if (!match || NOTICES.indexOf(match[1]!) < 0) return null;
        if (match[1] === "结论") return <p key={index} class="decision">{match[2]}</p>;
        return <p key={index} class={`notice ${match[1] === "请核对" ? "tone-warn" : ""}`}><b>{match[1]}</b> {match[2]}</p>;
      })}
    </>
  );
}

function ScorePart({ name, score, data }: { name: string; score: Score; data: Assessment }) {
  const { catalogue } = useContext(ToolsContext);
  const scale: Scale | undefined = catalogue.scales[name];
  const present = score.items.filter((item) => item.status === "present");
  const unknown = score.items.filter((item) => item.status !== "present" && item.status !== "absent");
  const absent = score.items.filter((item) => item.status === "absent");
  const level = scale ? scale.tiers.map((tier) => tier.id).indexOf(score.tier) : 0;
  const two = score.two_level && scale && scale.two_level.find((tier) => tier.id === score.two_level);
  const [low, high] = score.range;
  return (
    <section class="score" data-scale={name}>
      <h4>{score.label}</h4>
      <p class="total">
        <strong>{score.points}</strong> 分
        <span class={`tier-name level-${level}`}>{score.tier_label}{two ? ` · 两分法：${two.label}` : ""}</span>
        <span class="fine">
          {low === high ? "各项已明确" : `待定项可致 ${low}～${high} 分`}
          {score.settled ? "，分层不会再变" : "，分层尚未确定"}
        </span>
      </p>
      {scale && <Gauge scale={scale} score={score} />}
      {present.length > 0 && (
        <table>
          <caption>计分项（合计 {score.points} 分）</caption>
          <thead><tr><th scope="col">项目</th><th scope="col">分值</th><th scope="col">依据</th></tr></thead>
          <tbody>
            {present.map((item) => (
              <tr key={item.id}>
                <th scope="row">{item.label}</th>
                <td class="number">{item.points > 0 ? `+${item.points}` : item.points}</td>
                <td>{evidenceText(item.facts, data.evidence, data.derived) || "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Rest title="未知" items={unknown} known={data} />
      <Rest title="无，不计分" items={absent} known={data} />
      {score.sensitivity.concat(score.notes).map((line) => <p key={line} class="fine">{line}</p>)}
      <SourceButton source={score.source} />
    </section>
  );
}

function Rest({ title, items, known }: { title: string; items: Item[]; known: Assessment }) {
  const { catalogue } = useContext(ToolsContext);
  if (!items.length) return null;
  return (
    <details>
      <summary>{title}（{items.length} 项）</summary>
      <ul class="rest">
        {items.map((item) => (
          <li key={item.id}>
            {item.label} <span class="fine">{item.points > 0 ? `+${item.points}` : item.points} 分
              {item.facts.filter((fact) => known.conflicts[fact]).map((fact) => `；${factName(catalogue, fact)}：${known.conflicts[fact]}`).join("")}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
