import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { ToolsContext } from "../context";
import type { Value } from "../types";
import { halfWidth, numberProblem, statement, valueName } from "../wording";

/** Facts as buttons; each opens an editor that states or corrects it in a sentence of the chat. */
export function Facts({ facts, names, locked }: {
  facts: Record<string, Value>;
  /** The facts to show; one that is not in ``facts`` has not been mentioned. */
  names: string[];
  locked: boolean;
}) {
  const { catalogue, begin } = useContext(ToolsContext);
  const [open, setOpen] = useState<string | null>(null);
  const buttons = useRef<Record<string, HTMLButtonElement | null>>({});
  const close = () => {
    const button = open && buttons.current[open];
    setOpen(null);
    if (button) button.focus();
  };
  return (
    <div class="facts">
      <ul>
        {names.map((name) => {
          const fact = catalogue.facts[name];
          const known = name in facts;
          const label = fact ? fact.label : name;
          const text = known ? `${label}：${valueName(fact, facts[name])}` : label;
          if (locked) return <li key={name}><span class="fact">{text}</span></li>;
          return (
            <li key={name}>
              <button
                type="button"
                class="fact"
                ref={(element) => { buttons.current[name] = element; }}
                aria-expanded={open === name}
                aria-label={known ? `${text}，更改` : `补充${label}`}
                onClick={() => (fact && fact.say ? setOpen(open === name ? null : name) : begin(`更正：${label}`))}
              >
                {!known && <span aria-hidden="true">＋ </span>}{text}{known && <span class="pen" aria-hidden="true"> ✎</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {open && <Editor name={open} value={facts[open]} known={open in facts} done={close} />}
    </div>
  );
}

function Editor({ name, value, known, done }: { name: string; value?: Value; known: boolean; done: () => void }) {
  const { catalogue, say } = useContext(ToolsContext);
  const fact = catalogue.facts[name]!;
  const [typed, setTyped] = useState(typeof value === "number" ? valueName(undefined, value) : "");
  const [problem, setProblem] = useState<string | null>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const first = box.current && box.current.querySelector<HTMLElement>("input, button");
    if (first) first.focus();
  }, []);

  const send = (chosen: Value) => {
    const sentence = statement(fact, chosen);
    if (!sentence) return;
    done();
    say(known ? catalogue.correction_prefix + sentence : sentence);
  };
  const sendNumber = (event: Event) => {
    event.preventDefault();
    const wrong = numberProblem(fact, typed);
    setProblem(wrong);
    if (!wrong) send(Number(halfWidth(typed)));
  };
  const choices: [string, Value][] =
    fact.kind === "bool" ? [["有", true], ["无", false]] : Object.keys(fact.choices || {}).map((key) => [fact.choices![key]!, key]);

  return (
    <fieldset class="editor" ref={box} onKeyDown={(event) => { if (event.key === "Escape") done(); }}>
      <legend>{known ? "更改" : "补充"}：{fact.label}</legend>
      {fact.kind === "number" ? (
        <form onSubmit={sendNumber} noValidate>
          <label>
            <span>{fact.label}{fact.unit ? `（${fact.unit}）` : ""}</span>
            <input inputMode="decimal" autoComplete="off" value={typed} aria-invalid={problem !== null}
              onInput={(event) => setTyped(event.currentTarget.value)} />
          </label>
          <button type="submit" class="primary">确定</button>
          <button type="button" onClick={done}>取消</button>
          {problem && <p class="problem" role="alert">{problem}</p>}
        </form>
      ) : (
        <div class="row">
          {choices.map(([title, one]) => (
            <button type="button" key={title} aria-pressed={value === one} onClick={() => send(one)}>{title}</button>
          ))}
          <button type="button" onClick={done}>取消</button>
        </div>
      )}
    </fieldset>
  );
}
