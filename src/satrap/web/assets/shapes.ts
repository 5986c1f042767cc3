// What each chart's JSON at data-src holds. Every row leads somewhere (`href`, a path of ours); shares and
// probabilities are 0 to 1, days are ISO dates, bands are central.

/** Beside the rows stands what they do not say; `source` is what they come from, in words. */
export type Told<R, O = object> = O & { title: string; source: string; rows: R[] };

export interface Band {
  low_50: number;
  high_50: number;
  low_80: number;
  high_80: number;
  low_95: number;
  high_95: number;
}

/** `sources`: one short line for the tip, such as "named by 3 claims in 2 stories". */
export interface Row {
  href: string;
  sources?: string;
}

export type Unit = "share" | "points" | "number";

/** An office's share and how it changed. */
export interface ChangeRow extends Row {
  institution?: string;
  name: string;
  share: number;
  change: number;
  change_low_80: number;
  change_high_80: number;
  fell: number;
  prior: boolean;
  follows: boolean;
}

/** One panel a `key` (an institution, or a place); `colour` is the id of the institution to be coloured as. */
export interface BandRow extends Row, Band {
  day: string;
  key: string;
  name: string;
  colour: string;
  share: number;
  prior: boolean;
}

export interface BandOptions {
  as_of?: string;
  unit?: Unit;
  marks?: { day: string; label: string }[];
}

/** One map a `key` (institution). */
export interface MapRow extends Row {
  place: string;
  name: string;
  own?: string;
  row: number;
  column: number;
  key: string;
  title: string;
  value: number;
  low_80: number;
  high_80: number;
  prior: boolean;
  follows?: boolean;
}

/** `signed`: values are changes, coloured from down through nothing to up; else from nothing up. `outlines` is the
 * path of a TopoJSON whose shapes have the ids of places: "/static/outlines/kp.json". */
export interface MapOptions {
  signed?: boolean;
  outlines?: string;
}

/** Ends are known to lie between two days; no end days: still there at the last word. */
export interface TenureRow extends Row {
  post: string;
  person: string;
  own?: string;
  from_earliest: string;
  from_latest: string;
  to_earliest: string | null;
  to_latest: string | null;
  fate: string;
}

export interface TenureOptions {
  first: string;
  as_of: string;
}

/** What moved an estimate from the prior (or from its value at a date), in log-ratio: `start` + rows = `end`. */
export interface WaterfallRow extends Row {
  label: string;
  amount: number;
  off?: boolean;
}

export interface WaterfallOptions {
  start: { label: string; value: number };
  end: { label: string; value: number };
}

/** Natural logarithms of Bayes factors: positive speaks for the hypothesis. */
export interface MatrixRow extends Row {
  story: string;
  hypothesis: string;
  log_bf: number;
}

/** One panel a `measure`, one colour a `run` (two at most are told apart with ease). */
export interface FanRow extends Row, Band {
  run: string;
  measure: string;
  name: string;
  at: number;
  median: number;
  prior: boolean;
}

export interface FanOptions {
  axis: string;
  unit: Unit;
  marks?: { at: number; label: string }[];
}

/** Forecasts settled, by the probability given: how often it came true. */
export interface CalibrationRow extends Row {
  given: number;
  came: number;
  count: number;
  low_95: number;
  high_95: number;
}

/** Where claims come from, against where people live. */
export interface CoverageRow extends Row {
  place: string;
  name: string;
  claims: number;
  claims_share: number;
  people_share: number | null;
  blind?: boolean;
}

/** Who answers to whom, and who may act on whom, on a day. */
export interface OrgRow extends Row {
  id: string;
  name: string;
  own?: string;
  parent: string | null;
  parent_kind: "formal" | "de facto" | null;
  holder?: string;
}

export interface OrgOptions {
  oversight: { by: string; over: string; kind: string }[];
}
