/** The one place of the bench that reads the environment: what its child processes are given. */
export function readEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
