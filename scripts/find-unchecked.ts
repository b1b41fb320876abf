interface FloorFile {
  readonly path: string;
  readonly hasImports: boolean;
}

interface CruisedModule {
  readonly source: string;
  readonly dependencies: readonly unknown[];
}

/**
 * What a dependency check did not see of a floor, as sentences; none when it saw all.
 *
 * @param files what lies on the floor.
 * @param modules what the check reports to have read, on any floor.
 */
export function findUnchecked(floor: string, files: readonly FloorFile[], modules: readonly CruisedModule[]): string[] {
  const importsByPath = new Map(modules.map(({ source, dependencies }) => [source, dependencies.length]));
  const missed = files.filter(({ path }) => !importsByPath.has(path));
  const complaints: string[] = [];
  if (missed.length > 0) {
    complaints.push(
      `${floor}: ${missed.length} of ${files.length} files were not looked at, such as ${missed[0]?.path}`,
    );
  }
  // A parser that does not understand a file reports it as a module without imports.
  const importing = files.filter(({ hasImports }) => hasImports);
  if (importing.length > 0 && importing.every(({ path }) => !importsByPath.get(path))) {
    complaints.push(`${floor}: not one of its imports was seen`);
  }
  return complaints;
}
