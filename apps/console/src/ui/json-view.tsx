interface JsonViewProps {
  readonly value: unknown;
  readonly label: string;
}

/** A stored value as it is, for whoever has to compare it with what a provider or a log says. */
export function JsonView({ value, label }: JsonViewProps) {
  return (
    // What scrolls must be reachable by keyboard.
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="max-h-96 overflow-auto rounded-lg bg-sunken px-3 py-2.5 font-mono text-xs leading-5"
    >
      {JSON.stringify(value, undefined, 2)}
    </pre>
  );
}
