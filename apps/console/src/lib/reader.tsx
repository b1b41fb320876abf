"use client";

import { createContext, type ReactNode, use } from "react";
import type { Permission } from "@pitboss/domain/identity/permissions";
import type { Role } from "@pitboss/domain/identity/roles";

/** Who sits in front of the console, as the engine says. */
export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
}

const Context = createContext<Reader | undefined>(undefined);

export function ReaderProvider({ reader, children }: { reader: Reader; children: ReactNode }) {
  return <Context value={reader}>{children}</Context>;
}

export function useReader(): Reader {
  const reader = use(Context);
  if (reader === undefined) throw new Error("ReaderProvider is missing");
  return reader;
}

export function useMay(permission: Permission): boolean {
  return useReader().permissions.has(permission);
}
