import type { ReactNode } from "react";
import { Logo } from "#ui/logo.tsx";

interface SignInFrameProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

export function SignInFrame({ title, lead, children }: SignInFrameProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4 pt-[max(2rem,14dvh)] pb-8">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-2.5">
          <Logo className="size-7" />
          <span className="text-lg font-semibold tracking-[-0.02em]">Pitboss</span>
        </div>
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{title}</h1>
        <div className="mt-1 mb-6 text-base text-ink-muted text-pretty">{lead}</div>
        {children}
      </div>
    </main>
  );
}
