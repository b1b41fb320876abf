const browsers = [
  [/Edg\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[^ ]* (?:Mobile\/\S+ )?Safari/, "Safari"],
] as const;

const systems = [
  [/Windows/, "Windows"],
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Mac OS X/, "macOS"],
  [/Linux|X11/, "Linux"],
] as const;

/** `Firefox 139 on macOS`: enough to recognise one's own device by. A program that names itself is shown as it does. */
export function describeAgent(agent: string | null): string | undefined {
  if (agent === null || agent === "") return undefined;
  const system = systems.find(([form]) => form.test(agent))?.[1];
  for (const [form, name] of browsers) {
    const version = form.exec(agent)?.[1];
    if (version !== undefined) return `${name} ${version}${system === undefined ? "" : ` · ${system}`}`;
  }
  return agent.slice(0, 60);
}
