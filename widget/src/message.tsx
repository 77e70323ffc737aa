import { useContext } from "preact/hooks";
import { AssessmentCard } from "./cards/assessment";
import { AdviceCard, AlertCard, AnswerCard, ComparisonCard } from "./cards/others";
import { QuestionCard } from "./cards/question";
import { ToolsContext } from "./context";
import type { ChatEvent } from "./types";

/** One message of the bot. A card that cannot be drawn falls back to its complete plain text. */
export function BotMessage({ event, locked }: { event: ChatEvent; locked: boolean }) {
  const { say } = useContext(ToolsContext);
  const card = event.custom;
  const actions = (card && card.kind !== "question" && card.actions) || [];
  return (
    // What is redrawn in a card that has been superseded is not read out again.
    <article class={`bot ${card ? card.kind : "plain"}`} data-number={event.number} aria-live={locked ? "off" : undefined}>
      <h3 class="sr-only">助手</h3>
      <Body event={event} locked={locked} />
      {!locked && actions.length > 0 && (
        <div class="row actions">
          {actions.map((one) => (
            <button type="button" key={one.title} onClick={() => say(one.payload)}>{one.title}</button>
          ))}
        </div>
      )}
    </article>
  );
}

function Body({ event, locked }: { event: ChatEvent; locked: boolean }) {
  const { text, custom: card } = event;
  switch (card && card.kind) {
    case "assessment":
      return <AssessmentCard data={card!.data as never} text={text} locked={locked} />;
    case "question":
      return <QuestionCard data={card!.data as never} text={text} locked={locked} />;
    case "advice":
      return <AdviceCard advice={(card!.data as { advice: [] }).advice} text={text} />;
    case "alert":
      return <AlertCard advice={(card!.data as { advice: [] }).advice} text={text} />;
    case "comparison":
      return <ComparisonCard data={card!.data as never} text={text} />;
    case "answer":
      return <AnswerCard data={card!.data as never} text={text} />;
    default:
      return <>{text.split("\n").map((line, index) => <p key={index}>{line}</p>)}</>;
  }
}
