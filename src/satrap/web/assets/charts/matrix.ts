// Rival explanations against stories: how much each story speaks for or against each.
import { max } from "d3";
import type { MatrixRow, Told } from "../shapes";
import { canvas, fitted, FORMS, type Frame, grouped, legend, linked } from "./frame";

const ROW = 24;
const BOLD = 13; // as wide as bold letters of 11
const DEEPEST = 58;
const STRONG = 1.1; // about three to one, the least that is called support

export function matrix(frame: Frame, { rows }: Told<MatrixRow>): void {
  const hypotheses = grouped(rows, (row) => row.hypothesis).map(([name]) => name);
  const stories = grouped(rows, (row) => row.story);
  const width = Math.min(frame.width, 260 + hypotheses.length * 130);
  const names = Math.min(300, width * 0.42);
  const side = (width - names) / hypotheses.length;
  const svg = canvas({ ...frame, width }, (stories.length + 2) * ROW);
  const strongest = Math.max(STRONG, max(rows, (row) => Math.abs(row.log_bf)) ?? 0);
  // names that do not fit stand below, under letters
  const lettered = hypotheses.some((name) => fitted(name, side, BOLD) !== name);
  const letter = (at: number): string => String.fromCharCode(65 + at);
  svg
    .append("g")
    .attr("font-weight", 600)
    .selectAll("text")
    .data(hypotheses)
    .join("text")
    .attr("x", (_, at) => names + (at + 0.5) * side)
    .attr("y", ROW + 4)
    .attr("text-anchor", "middle")
    .text((name, at) => (lettered ? letter(at) : name));
  svg
    .append("g")
    .selectAll("text")
    .data(stories)
    .join("text")
    .attr("x", 2)
    .attr("y", (_, at) => (at + 1) * ROW + 28)
    .text(([story]) => fitted(story, names - 8));
  const line = new Map(stories.map(([story], at) => [story, at]));
  const marks = linked(svg, rows, (row) => [
    `${row.hypothesis}: ${row.log_bf > 0 ? "+" : ""}${FORMS.number(row.log_bf)}`,
    `${row.story}, ${Math.exp(Math.abs(row.log_bf)).toFixed(1)} to one ${row.log_bf < 0 ? "against" : "for"}`,
  ]).attr(
    "transform",
    (row) => `translate(${names + hypotheses.indexOf(row.hypothesis) * side},${(line.get(row.story)! + 1) * ROW + 12})`,
  );
  marks
    .append("rect")
    .attr("class", "tile")
    .attr("width", side - 2)
    .attr("height", ROW - 2)
    .style("fill", (row) => {
      const hue = row.log_bf < 0 ? "var(--down)" : "var(--up)";
      return `color-mix(in oklab, ${hue} ${Math.round((DEEPEST * Math.abs(row.log_bf)) / strongest)}%, var(--paper))`;
    });
  marks
    .append("text")
    .attr("x", side / 2)
    .attr("y", ROW - 8)
    .attr("text-anchor", "middle")
    .text((row) => `${row.log_bf > 0 ? "+" : ""}${FORMS.number(row.log_bf)}`);
  legend(frame, [
    ...(lettered ? hypotheses.map((name, at) => ({ label: `${letter(at)}: ${name}` })) : []),
    { label: "speaks against", fill: "color-mix(in oklab, var(--down) 45%, var(--paper))" },
    { label: "speaks for", fill: "color-mix(in oklab, var(--up) 45%, var(--paper))" },
    { label: "natural logarithm of the Bayes factor: ±1.1 is about three to one" },
  ]);
}
