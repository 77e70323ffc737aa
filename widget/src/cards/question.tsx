import { useContext, useState } from "preact/hooks";
import { ToolsContext } from "../context";
import type { Option, Question } from "../types";
import { halfWidth, numberProblem, statement } from "../wording";

/** A question with its controls; locked as soon as the conversation has gone on. */
export function QuestionCard({ data, text, locked }: { data: Question; text: string; locked: boolean }) {
  const { say } = useContext(ToolsContext);
  const ask = text.split("\n")[0]!.replace(/^【请补充】/, "");
  const { known, total } = data.progress;
  return (
    <fieldset class={`question ${locked ? "locked" : ""}`} disabled={locked}>
      <legend>{ask}</legend>
      {locked && <p class="superseded">已不再等待这一问题的回答。</p>}
      {data.select === "many" && <Many data={data} />}
      {data.select === "one" && <One data={data} />}
      {data.select === "number" && <Numbers data={data} />}
      {!locked && data.facts.length > 0 && (
        <div class="row">
          <button type="button" onClick={() => say("不清楚")}>不清楚</button>
          <button type="button" onClick={() => say("跳过")}>跳过</button>
        </div>
      )}
      {data.why && data.facts.length > 0 && (
        <details><summary>为什么问</summary><p>{data.why}</p></details>
      )}
      {total ? (
        <label class="progress">
          <span>已明确 {known} / {total} 项</span>
          <progress max={total} value={known} />
        </label>
      ) : null}
    </fieldset>
  );
}

function One({ data }: { data: Question }) {
  const { say } = useContext(ToolsContext);
  return (
    <div class="row">
      {data.options.map((option, index) => (
        <button type="button" class="choice" key={index} onClick={() => say(answer(data, option, index))}>
          {option.title}
        </button>
      ))}
    </div>
  );
}

/** A menu is answered by the title, yes or no by the word, anything else by its number. */
function answer(data: Question, option: Option, index: number): string {
  if (!data.facts.length || option.title === "是" || option.title === "否") return option.title;
  return String(index + 1);
}

function Many({ data }: { data: Question }) {
  const { say } = useContext(ToolsContext);
  const [chosen, setChosen] = useState<number[]>([]);
  const none = data.options.findIndex((option) => option.exclusive);
  const toggle = (index: number) => {
    if (chosen.indexOf(index) >= 0) return setChosen(chosen.filter((one) => one !== index));
    setChosen(index === none ? [none] : chosen.filter((one) => one !== none).concat(index));
  };
  const send = () => {
    const numbers = chosen.filter((one) => one !== none).sort((a, b) => a - b).map((one) => one + 1);
    say(numbers.length ? numbers.join(" ") : data.options[none]!.title);
  };
  return (
    <>
      <ul class="options">
        {data.options.map((option, index) => (
          <li key={index} class={option.exclusive ? "exclusive" : ""}>
            <label>
              <input type="checkbox" checked={chosen.indexOf(index) >= 0} onChange={() => toggle(index)} />
              <span>{option.title}</span>
            </label>
          </li>
        ))}
      </ul>
      <button type="button" class="primary" disabled={!chosen.length} onClick={send}>
        确定{chosen.length && chosen[0] !== none ? `（已选 ${chosen.length} 项，其余为无）` : ""}
      </button>
    </>
  );
}

function Numbers({ data }: { data: Question }) {
  const { catalogue, say } = useContext(ToolsContext);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const send = (event: Event) => {
    event.preventDefault();
    const sentences: string[] = [];
    for (const name of data.facts) {
      const text = typed[name] || "";
      if (!text.trim()) continue;
      const fact = catalogue.facts[name];
      const wrong = numberProblem(fact, text);
      if (wrong) return setProblem(`${fact ? fact.label : name}：${wrong}`);
      sentences.push((fact && statement(fact, Number(halfWidth(text)))) || halfWidth(text));
    }
    if (!sentences.length) return setProblem("请至少填写一项");
    setProblem(null);
    say(sentences.join("，"));
  };
  return (
    <form onSubmit={send} noValidate>
      {data.facts.map((name) => {
        const fact = catalogue.facts[name];
        return (
          <label class="number-field" key={name}>
            <span>{fact ? fact.label : name}</span>
            <input inputMode="decimal" autoComplete="off" value={typed[name] || ""}
              onInput={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })} />
            <span class="unit">{(fact && fact.unit) || ""}</span>
          </label>
        );
      })}
      {problem && <p class="problem" role="alert">{problem}</p>}
      <button type="submit" class="primary">确定</button>
    </form>
  );
}
