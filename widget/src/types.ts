/** What the server sends: contract.md, sections 2 and 4, and rasa_project/channels/web. */

export interface Action {
  title: string;
  payload: string;
}

export interface Source {
  section: string | null;
  table: number | null;
}

export interface Dose {
  amount: number | null;
  unit: string;
  interval_h: number | null;
  days: number | null;
  formula: string | null;
}

export interface Advice {
  code: string;
  modality: string;
  provisional: boolean;
  text: string;
  drug: string | null;
  doses: Dose[];
  source: Source | null;
}

export type Value = boolean | number | string | null;

export interface Item {
  id: string;
  label: string;
  points: number;
  status: string;
  facts: string[];
}

export interface Score {
  label: string;
  points: number;
  tier: string;
  tier_label: string;
  settled: boolean;
  range: [number, number];
  tier_range: [string, string];
  items: Item[];
  unknown: string[];
  deciding: string[];
  sensitivity: string[];
  notes: string[];
  source: Source;
  two_level?: string;
}

export interface Evidence {
  text: string;
  turn: number;
  note: string | null;
}

export interface Assessment {
  content_version: string;
  facts: Record<string, Value>;
  derived: Record<string, string>;
  conflicts: Record<string, string>;
  scores: Record<string, Score>;
  advice: Advice[];
  questions: string[];
  evidence?: Record<string, Evidence>;
  /** The scores to show in full. */
  spelled_out: string[];
}

export interface Option {
  title: string;
  fact?: string;
  value?: Value;
  exclusive?: boolean;
}

export interface Question {
  facts: string[];
  select: "one" | "many" | "number";
  options: Option[];
  why: string;
  progress: { known?: number; total?: number };
}

export interface Difference {
  kind: string;
  label?: string;
  change?: string;
  text?: string;
  modality?: string;
  fact?: string;
  scale?: string;
  before?: unknown;
  after?: unknown;
}

export interface Comparison {
  current: Assessment;
  hypothetical: Assessment;
  differences: Difference[];
  /** Rows of table 4 for the drugs supposed instead. */
  relations: { label: string; text: string }[];
}

export interface Answer {
  title?: string;
  summary?: string;
  rows?: { label: string; text: string; source: Source | null }[];
  source?: Source | null;
}

export type Card =
  | { kind: "assessment"; data: Assessment; actions: Action[] }
  | { kind: "question"; data: Question; actions: Action[] }
  | { kind: "advice"; data: { advice: Advice[] }; actions: Action[] }
  | { kind: "alert"; data: { advice: Advice[] }; actions: Action[] }
  | { kind: "comparison"; data: Comparison; actions: Action[] }
  | { kind: "answer"; data: Answer; actions: Action[] };

export interface ChatEvent {
  number: number;
  from: "user" | "bot";
  client_msg_id: string;
  text: string;
  custom?: Card;
  time: number;
}

export interface Fact {
  label: string;
  kind: "bool" | "number" | "choice" | "string";
  unit?: string;
  min?: number;
  max?: number;
  choices?: Record<string, string>;
  /** The sentence that states each value; absent where only the user's own words will do. */
  say?: Record<string, string>;
}

export interface Scale {
  label: string;
  lowest: number;
  highest: number;
  tiers: { id: string; label: string; from: number; to: number }[];
  two_level: { id: string; label: string }[];
}

export interface Catalogue {
  content_version: string;
  consent: { version: string; title: string; text: string[]; agree: string };
  examples: { title: string; text: string }[];
  correction_prefix: string;
  facts: Record<string, Fact>;
  scales: Record<string, Scale>;
}

export interface Section {
  section: string;
  statements: { title: string; text: string }[];
  tables: { table: number; label: string; rows: { label: string; text: string }[] }[];
}
