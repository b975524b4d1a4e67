/** A choice of one among a few words in a row. */

/** The options, and the one that stands. */
export interface SegmentedProps<Option extends string> {
  readonly label: string;
  readonly value: Option;
  /** In order, each with the words on its button. */
  readonly options: readonly (readonly [Option, string])[];
  readonly onChange: (option: Option) => void;
  readonly className?: string;
}

/** A radio group in the form of joined buttons. */
export function Segmented<Option extends string>(props: SegmentedProps<Option>) {
  const { label, value, options, onChange, className = '' } = props;
  return (
    <div className={`segmented ${className}`.trimEnd()} role="radiogroup" aria-label={label}>
      {options.map(([option, words]) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={value === option}
          className={value === option ? 'is-on' : ''}
          onClick={() => onChange(option)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
