// What each chart's JSON at data-src holds. Every row leads somewhere (`href`, a path of ours, with its query);
// shares and probabilities are 0 to 1, days are ISO dates, bands are central.

export interface Band {
  low_50: number;
  high_50: number;
  low_80: number;
  high_80: number;
  low_95: number;
  high_95: number;
}

/** `sources`: one short line for the tip, such as "moved most by Daily NK, 2017-06-02". */
interface Row {
  href: string;
  sources?: string;
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

export interface Bands {
  rows: BandRow[];
  as_of: string;
  unit?: "share" | "points" | "number";
  marks?: { day: string; label: string }[];
}

/** One map a `key` (institution); `outline` names the shape of the place in `outlines`, a TopoJSON path. */
export interface MapRow extends Row {
  place: string;
  name: string;
  own?: string;
  row: number;
  column: number;
  outline?: string;
  key: string;
  title: string;
  value: number;
  low_80: number;
  high_80: number;
  prior: boolean;
  follows?: boolean;
}

/** `signed`: values are changes, coloured from down through nothing to up; else from nothing up. */
export interface Maps {
  rows: MapRow[];
  signed: boolean;
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

export interface Tenures {
  rows: TenureRow[];
  first: string;
  as_of: string;
}

/** What moved an estimate from the prior (or from its value at a date), in log-ratio: `start` + rows = `end`. */
export interface WaterfallRow extends Row {
  label: string;
  amount: number;
  off?: boolean;
}

export interface Waterfall {
  rows: WaterfallRow[];
  start: { label: string; value: number };
  end: { label: string; value: number };
}

/** Natural logarithms of Bayes factors: positive speaks for the hypothesis. */
export interface MatrixRow extends Row {
  story: string;
  hypothesis: string;
  log_bf: number;
}

export interface Matrix {
  rows: MatrixRow[];
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

export interface Fans {
  rows: FanRow[];
  axis: string;
  unit: "share" | "points" | "number";
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

export interface Calibration {
  rows: CalibrationRow[];
}

/** Where claims come from, against where people live. */
export interface CoverageRow extends Row {
  place: string;
  name: string;
  claims: number;
  claims_share: number;
  people_share: number | null;
}

export interface Coverage {
  rows: CoverageRow[];
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

export interface Org {
  rows: OrgRow[];
  oversight: { by: string; over: string; kind: string }[];
}
