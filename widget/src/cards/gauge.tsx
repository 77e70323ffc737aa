import type { Scale, Score } from "../types";

/**
 * The total and the range it can still take, against the tier cut points. Every tier is drawn equally wide
 * (a declared gap narrow), so that the cut points stay apart however far the scale goes.
 */
export function Gauge({ scale, score }: { scale: Scale; score: Score }) {
  const weights = scale.tiers.map((tier) => (tier.from === tier.to ? 0.6 : 2));
  const whole = weights.reduce((sum, one) => sum + one, 0);
  const starts = weights.map((_, index) => weights.slice(0, index).reduce((sum, one) => sum + one, 0) / whole);

  const place = (points: number): number => {
    let index = scale.tiers.length - 1;
    while (index > 0 && points < scale.tiers[index]!.from) index--;
    const tier = scale.tiers[index]!;
    const next = scale.tiers[index + 1];
    const end = next ? next.from : tier.to;
    const inside = end > tier.from ? Math.min(1, (points - tier.from) / (end - tier.from)) : 0;
    return (starts[index]! + (inside * weights[index]!) / whole) * 100;
  };

  const [low, high] = score.range;
  const range = low === high ? "" : `，待定项可致 ${low}～${high} 分`;
  const at = place(score.points);
  return (
    <div class="gauge" role="img" aria-label={`${score.label}：${score.points} 分，${score.tier_label}${range}`}>
      <div class="track">
        {scale.tiers.map((tier, index) => (
          <div
            key={tier.id}
            class={`tier level-${index} ${tier.id === score.tier ? "here" : ""}`}
            style={{ flexGrow: weights[index]! }}
          />
        ))}
        {low !== high && (
          <div class="span" style={{ left: `${place(low)}%`, width: `${Math.max(1, place(high) - place(low))}%` }} />
        )}
        <div class="mark" style={{ left: `${at}%` }} />
      </div>
      <div class="ticks">
        {scale.tiers.map((tier, index) => (
          <div key={tier.id} class={tier.id === score.tier ? "here" : ""} style={{ flexGrow: weights[index]! }}>
            <span class="from">{tier.from}</span>
            {tier.from !== tier.to && <span class="name">{tier.label}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
