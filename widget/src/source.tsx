import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./dialog";
import type { Server } from "./server";
import type { Section, Source } from "./types";
import { sourceName } from "./wording";

/** What the consensus says in one section, with its tables; the table that was asked for comes first. */
export function SourcePanel({ source, server, close }: { source: Source; server: Server; close: () => void }) {
  const [section, setSection] = useState<Section | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    server.section(source.section!).then(setSection, () => setFailed(true));
  }, [source]);
  const tables = section ? section.tables.slice() : [];
  tables.sort((a, b) => Number(b.table === source.table) - Number(a.table === source.table));
  const body = section && (
    <>
      {section.statements.map((one) => (
        <section key={one.title}><h4>{one.title}</h4><p>{one.text}</p></section>
      ))}
    </>
  );
  const tabular = tables.map((table) => (
    <table key={table.table}>
      <caption>表{table.table} {table.label}</caption>
      <tbody>
        {table.rows.map((row, index) => <tr key={index}><th scope="row">{row.label}</th><td>{row.text}</td></tr>)}
      </tbody>
    </table>
  ));
  return (
    <Dialog title={`共识 ${sourceName(source)}`} close={close}>
      <p class="fine">《多发性骨髓瘤相关静脉血栓栓塞症防治中国专家共识（2022年版）》，按条目摘录</p>
      <div class="scroll" tabIndex={0}>
        {failed && <p role="alert">暂时无法打开，请检查网络后重试。</p>}
        {!section && !failed && <p role="status">正在打开…</p>}
        {source.table ? <>{tabular}{body}</> : <>{body}{tabular}</>}
      </div>
    </Dialog>
  );
}
