// Who held which post: a bar from the last day by which it had begun to the first on which it may have ended, fading
// over the days between which each end lies.
import { axisBottom, scaleUtc } from "d3";
import type { TenureOptions, TenureRow, Told } from "../shapes";
import { canvas, fitted, type Frame, grouped, legend, linked } from "./frame";

const ROW = 34;
const HEAD = 22;
const BAR = 9;

export function tenure(frame: Frame, { rows, ...options }: Told<TenureRow, TenureOptions>): void {
  const width = frame.width;
  const day = (iso: string) => new Date(iso);
  const x = scaleUtc([day(options.first), day(options.as_of)], [2, width - 10]);
  const posts = grouped(rows, (row) => row.post);
  const tops = new Map<TenureRow, number>();
  const heads: [string, number][] = [];
  let height = 4;
  for (const [post, held] of posts) {
    heads.push([post, height]);
    height += HEAD;
    for (const row of held) {
      tops.set(row, height);
      height += ROW;
    }
    height += 6;
  }
  const svg = canvas(frame, height + 20);
  svg
    .append("g")
    .attr("class", "axis")
    .attr("transform", `translate(0,${height})`)
    .call(axisBottom(x).ticks(Math.floor(width / 110)).tickSize(-height).tickPadding(6) as never)
    .select(".domain")
    .remove();
  svg
    .append("g")
    .attr("font-weight", 600)
    .selectAll("text")
    .data(heads)
    .join("text")
    .attr("class", "over")
    .attr("x", 2)
    .attr("y", ([, top]) => top + 13)
    .text(([post]) => fitted(post, width, 12));
  const marks = linked(svg, rows, tells).attr("transform", (row) => `translate(0,${tops.get(row)})`);
  marks.append("rect").attr("class", "hit").attr("width", width).attr("height", ROW);
  const part = (from: (row: TenureRow) => Date, to: (row: TenureRow) => Date, opacity: number): void => {
    marks
      .append("rect")
      .attr("x", (row) => x(from(row)))
      .attr("width", (row) => Math.max(opacity === 1 ? 2 : 0, x(to(row)) - x(from(row))))
      .attr("y", 18)
      .attr("height", BAR)
      .attr("fill", "var(--i2)")
      .attr("fill-opacity", opacity);
  };
  const end = (row: TenureRow, which: "to_earliest" | "to_latest") => day(row[which] ?? options.as_of);
  part((row) => day(row.from_earliest), (row) => day(row.from_latest), 0.3);
  part((row) => day(row.from_latest), (row) => end(row, "to_earliest"), 1);
  part((row) => end(row, "to_earliest"), (row) => end(row, "to_latest"), 0.3);
  marks
    .append("text")
    .attr("class", "over")
    .attr("y", 14)
    .attr("x", (row) => Math.max(2, Math.min(x(day(row.from_latest)), width - 150)))
    .text((row) => fitted(row.fate ? `${row.person} · ${row.fate}` : row.person, 150));
  legend(frame, [
    { label: "in the post", fill: "var(--i2)" },
    { label: "began or ended at some time in between", fill: "color-mix(in oklab, var(--i2) 30%, var(--paper))" },
  ]);
}

const tells = (row: TenureRow): string[] => [
  `${row.person}${row.own ? ` ${row.own}` : ""}`,
  row.post,
  `from ${within(row.from_earliest, row.from_latest)} ${row.to_latest ? `to ${within(row.to_earliest!, row.to_latest)}` : "on"}`,
  ...(row.fate ? [row.fate] : []),
];

const within = (earliest: string, latest: string): string =>
  earliest === latest ? earliest : `some day between ${earliest} and ${latest},`;
