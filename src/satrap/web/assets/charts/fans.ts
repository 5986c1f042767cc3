// Simulated futures, two runs compared: median with 50, 80 and 95% of the runs, a panel for each measure.
import * as Plot from "@observablehq/plot";
import { extent, max, min } from "d3";
import type { FanOptions, FanRow, Told, Unit } from "../shapes";
import { between, FORMS, type Frame, grouped, legend, panels } from "./frame";
import { bare } from "./plot";
import { type Point, steer } from "./steer";

const HUES = ["var(--i2)", "var(--i1)", "var(--i4)", "var(--i8)"];

export function fans(frame: Frame, { rows, ...options }: Told<FanRow, FanOptions>): void {
  const runs = grouped(rows, (row) => row.run).map(([run]) => run);
  const hue = (run: string): string => HUES[runs.indexOf(run) % HUES.length]!;
  const measures = grouped(rows, (row) => row.measure);
  const boxes = panels(
    frame,
    measures.map(([, group]) => `${group[0]!.name}${group.some((row) => row.prior) ? " · mostly the prior" : ""}`),
  );
  measures.forEach(([, group], at) => {
    const box = boxes[at]!;
    const bottom = Math.min(0, min(group, (row) => row.low_95) ?? 0);
    const top = max(group, (row) => row.high_95) ?? 1;
    const [first = 0, last = 1] = extent(group, (row) => row.at);
    const drawn = bare(
      {
        width: box.width,
        height: measures.length > 1 ? 150 : 260,
        marginLeft: 40,
        marginRight: 8,
        marginTop: 8,
        marginBottom: 30,
        x: { domain: [first, last], ticks: Math.floor(box.width / 70), label: options.axis },
        y: { domain: [bottom, top || 1], ticks: 4, tickFormat: FORMS[options.unit], label: null, grid: true },
        marks: [
          ...runs.flatMap((run) => {
            const own = group.filter((row) => row.run === run);
            const area = (low: keyof FanRow, high: keyof FanRow, opacity: number) =>
              Plot.areaY(own, { x: "at", y1: low, y2: high, fill: hue(run), fillOpacity: opacity });
            return [
              area("low_95", "high_95", 0.1),
              area("low_80", "high_80", 0.14),
              area("low_50", "high_50", 0.22),
              Plot.line(own, {
                x: "at",
                y: "median",
                stroke: `color-mix(in oklab, ${hue(run)} 75%, var(--ink))`,
                strokeWidth: 1.8,
                strokeDasharray: runs.indexOf(run) ? "6,3" : "none",
              }),
            ];
          }),
          Plot.ruleX(options.marks ?? [], { x: "at", stroke: "var(--soft)", strokeDasharray: "2,2" }),
        ],
      },
      box.title,
    );
    box.into.append(drawn.svg);
    const points: Point<FanRow>[] = group
      .filter((row) => row.run === runs[0])
      .map((row) => ({ row, x: drawn.x(row.at), y: drawn.y(row.median) }));
    const tells = (row: FanRow): string[] => [
      `${row.name}, ${options.axis} ${row.at}`,
      ...group.filter((one) => one.at === row.at).map((one) => line(one, options.unit)),
    ];
    steer(drawn.svg, points, tells, box.title);
  });
  legend(frame, [
    ...runs.map((run, at) => ({ label: `${run}${at ? " (dashed)" : ""}`, fill: hue(run) })),
    { label: "median, and 50, 80 and 95% of the runs", kind: "fan" },
    ...(options.marks ?? []).map(({ label }) => ({ label, kind: "upright dashed" })),
  ]);
}

const line = (row: FanRow, unit: Unit): string =>
  `${row.run}: ${FORMS[unit](row.median)}, 80% ${between(row.low_80, row.high_80, unit)}`;
