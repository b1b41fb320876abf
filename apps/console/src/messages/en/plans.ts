export const plans = {
  close: "Close",
  actionOf: "{action} ({count, number})",
  count: "{count, plural, =0 {Nothing would change} one {# record will change} other {# records will change}}",
  progress: "{done, number} of {count, number} done…",
  andMore: "and {count, number} more",
  items: "What will happen to each",
  leftOut: "{count, plural, one {# is left out} other {# are left out}}",
  done: "{count, plural, one {# done} other {# done}}",
  notDone: "{count, plural, one {# not done} other {# not done}}",
} as const;
