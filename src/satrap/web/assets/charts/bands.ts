// Shares over time: mean, 50, 80 and 95% bands; a panel for each institution, all on one scale.
import * as Plot from "@observablehq/plot";
import { max } from "d3";
import type { BandOptions, BandRow, Told } from "../shapes";
import { between, colour, FORMS, type Frame, grouped, legend, panels } from "./frame";
import { bare } from "./plot";
import { type Point, steer } from "./steer";

export function bands(frame: Frame, { rows, ...options }: Told<BandRow, BandOptions>): void {
  const groups = grouped(rows, (row) => row.key);
  const unit = options.unit ?? "share";
  const top = max(rows, (row) => row.high_95) ?? 1;
  const boxes = panels(
    frame,
    groups.map(([, group]) => group[0]!.name),
  );
  groups.forEach(([key, group], at) => {
    const box = boxes[at]!;
    const hue = colour(group[0]!.colour || key, at);
    const line = `color-mix(in oklab, ${hue} 65%, var(--ink))`;
    const dated = group.map((row) => ({ ...row, at: new Date(row.day) }));
    const area = (low: keyof BandRow, high: keyof BandRow, opacity: number) =>
      Plot.areaY(dated, { x: "at", y1: low, y2: high, fill: hue, fillOpacity: opacity });
    const drawn = bare(
      {
        width: box.width,
        height: groups.length > 1 ? 130 : Math.min(300, Math.max(190, box.width * 0.42)),
        marginLeft: 34,
        marginRight: 8,
        marginTop: 8,
        marginBottom: 22,
        x: { type: "utc", ticks: Math.max(2, Math.floor(box.width / 90)), label: null },
        y: { domain: [0, top], ticks: 4, tickFormat: FORMS[unit], label: null, grid: true },
        marks: [
          area("low_95", "high_95", 0.18),
          area("low_80", "high_80", 0.22),
          area("low_50", "high_50", 0.32),
          Plot.ruleX(options.marks ?? [], { x: (mark) => new Date(mark.day), stroke: "var(--soft)", strokeDasharray: "2,2" }),
          ...(options.as_of ? [Plot.ruleX([new Date(options.as_of)], { stroke: "var(--ink)", strokeWidth: 1 })] : []),
          Plot.line(dated, { x: "at", y: "share", stroke: line, strokeWidth: 1.2, strokeDasharray: "1,3" }),
          Plot.line(dated, {
            x: "at",
            y: (row) => (row.prior ? Number.NaN : row.share),
            stroke: line,
            strokeWidth: 1.8,
          }),
        ],
      },
      box.title,
    );
    box.into.append(drawn.svg);
    const points: Point<BandRow>[] = dated.map((row) => ({ row, x: drawn.x(row.at), y: drawn.y(row.share) }));
    steer(drawn.svg, points, (row) => lines(row, unit), box.title);
  });
  legend(frame, [
    { label: "mean", kind: "line" },
    { label: "dotted: mostly the prior", kind: "line dotted" },
    { label: "bands of 50, 80 and 95%", kind: "fan" },
    ...(options.marks ?? []).map((mark) => ({ label: `${mark.label} ${mark.day}`, kind: mark.day === options.as_of ? "upright" : "upright dashed" })),
  ]);
}

const lines = (row: BandRow, unit: "share" | "points" | "number"): string[] => [
  `${row.name}, ${row.day}`,
  `${FORMS[unit](row.share)}, 80% band ${between(row.low_80, row.high_80, unit)}`,
  `95% band ${between(row.low_95, row.high_95, unit)}`,
  ...(row.prior ? ["Mostly the prior: claims tell little here"] : []),
];
