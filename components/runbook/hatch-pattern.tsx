// The hatching of drawings: unknown, not stored or not yet, as `hatched` is in HTML.

export function HatchPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V5" className="stroke-control-border" strokeOpacity={0.6} />
      </pattern>
    </defs>
  )
}
