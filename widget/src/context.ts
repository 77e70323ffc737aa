import { createContext } from "preact";
import type { Catalogue, Source } from "./types";

/** What every card may use. */
export interface Tools {
  catalogue: Catalogue;
  say: (text: string) => void;
  /** Put a beginning into the input line, for the user to go on. */
  begin: (text: string) => void;
  openSource: (source: Source) => void;
  /** Copy a text and say so, or show it to be copied by hand. */
  copy: (text: string, done: string) => void;
}

export const ToolsContext = createContext<Tools>(null as unknown as Tools);
