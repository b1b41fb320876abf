/** What the process ends with. Scripts and runbooks depend on these numbers. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  denied: 4,
  partly: 5,
  drift: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For the documentation and the help. */
export const exitMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, "Done."],
  [exitCodes.failed, "Failed: not found, not reachable, or a fault of the system. What can be repeated says so."],
  [exitCodes.usage, "The command line is wrong; nothing was asked of the engine or changed."],
  [
    exitCodes.refused,
    "A rule refused it, the plan has changed, a limit was reached, or you said no. Nothing was changed.",
  ],
  [exitCodes.denied, "Not signed in, or not allowed."],
  [exitCodes.partly, "Partly done: some of it was done and some was not. The answer lists both."],
  [exitCodes.drift, "A check ran to its end and found something wrong."],
  [exitCodes.interrupted, "Interrupted; the last line says how to resume."],
];
